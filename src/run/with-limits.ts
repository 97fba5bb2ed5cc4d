import { raced } from '../effects/waiting.ts';
import type { CallCost, CallOutcome } from '../limits/limiter.ts';
import type { CallOptions, LanguageModel } from '../model/language-model.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import type { Run } from './run.ts';

/** What a limiter rejects with is not the provider's failure. */
export class LimiterRejected extends Error {}

/**
 * Makes a provider call when every limiter lets it, and tells them what it came to.
 *
 * Rejects with `LimiterRejected`, or as the call does.
 */
export async function withLimits(
  run: Run,
  model: LanguageModel,
  params: CallOptions,
  request: () => Promise<ModelAnswer>,
): Promise<ModelAnswer> {
  const { limits } = run.settings;
  if (limits.length === 0) return await request();
  const cost: CallCost = { provider: model.provider, model: model.modelId, estimatedTokens: estimateTokens(params) };
  const startedAt = run.settings.effects.now();
  const settle = async (outcome: Pick<CallOutcome, 'usage' | 'error' | 'headers'>, count = limits.length) => {
    const durationMs = run.settings.effects.now() - startedAt;
    await Promise.allSettled(limits.slice(0, count).map((limiter) => limiter.settle({ cost, durationMs, ...outcome })));
  };
  for (const [index, limiter] of limits.entries()) {
    try {
      await raced(limiter.reserve(cost, { abortSignal: run.abortSignal }), { signal: run.abortSignal });
    } catch (cause) {
      await settle({ usage: undefined, error: cause, headers: undefined }, index);
      throw new LimiterRejected('A limiter rejected the call.', { cause });
    }
  }
  try {
    const answer = await request();
    await settle({ usage: answer.result.usage, error: undefined, headers: answer.result.response?.headers });
    return answer;
  } catch (error) {
    const headers = (error as { responseHeaders?: Record<string, string> } | undefined)?.responseHeaders;
    await settle({ usage: undefined, error, headers });
    throw error;
  }
}

/** About four characters a token: https://help.openai.com/en/articles/4936856 */
const charactersPerToken = 4;

function estimateTokens({ prompt, maxOutputTokens }: CallOptions): number {
  let characters = 0;
  for (const { content } of prompt) {
    if (typeof content === 'string') characters += content.length;
    else for (const part of content) characters += 'text' in part ? part.text.length : 64;
  }
  return Math.ceil(characters / charactersPerToken) + (maxOutputTokens ?? 0);
}
