import { type LanguageModelMiddleware, simulateReadableStream } from 'ai';

/** What the recipe uses of a Redis, in memory: values go through JSON as they do in `@upstash/redis`. */
export interface RecipeRedis {
  readonly entries: Map<string, string>;
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

export function recipeRedis(): RecipeRedis {
  const entries = new Map<string, string>();
  return {
    entries,
    get: async (key) => JSON.parse(entries.get(key) ?? 'null'),
    set: async (key, value) => void entries.set(key, JSON.stringify(value)),
  };
}

/** The key of the cookbook, and the one of the documentation of ai 7.0.173. */
export const recipeKeys = {
  cookbook: (_model: object, params: unknown) => JSON.stringify(params),
  documentation: ({ provider, modelId }: { provider: string; modelId: string }, params: unknown) =>
    JSON.stringify({ provider, modelId, params }),
} as const;

/**
 * The caching middleware of the AI SDK, word for word but for the key and the types:
 * https://ai-sdk.dev/cookbook/next/caching-middleware and https://ai-sdk.dev/docs/advanced/caching
 */
export function recipe(
  redis: RecipeRedis,
  keyOf: (typeof recipeKeys)[keyof typeof recipeKeys],
): LanguageModelMiddleware {
  return {
    specificationVersion: 'v4',
    wrapGenerate: async ({ doGenerate, params, model }) => {
      const cacheKey = keyOf(model, params);
      const cached = (await redis.get(cacheKey)) as Awaited<ReturnType<typeof doGenerate>> | null;
      if (cached !== null) {
        return {
          ...cached,
          response: {
            ...cached.response,
            timestamp: cached?.response?.timestamp ? new Date(cached?.response?.timestamp) : undefined,
          },
        } as typeof cached;
      }
      const result = await doGenerate();
      redis.set(cacheKey, result);
      return result;
    },
    wrapStream: async ({ doStream, params, model }) => {
      const cacheKey = keyOf(model, params);
      const cached = await redis.get(cacheKey);
      if (cached !== null) {
        const chunks = cached as Awaited<ReturnType<typeof doStream>>['stream'] extends ReadableStream<infer PART>
          ? PART[]
          : never;
        return { stream: simulateReadableStream({ initialDelayInMs: 0, chunkDelayInMs: 10, chunks }) };
      }
      const { stream, ...rest } = await doStream();
      const fullResponse: unknown[] = [];
      const transformStream = new TransformStream({
        transform(chunk, controller) {
          fullResponse.push(chunk);
          controller.enqueue(chunk);
        },
        flush() {
          redis.set(cacheKey, fullResponse);
        },
      });
      return { stream: stream.pipeThrough(transformStream), ...rest };
    },
  };
}
