import { APICallError } from '@ai-sdk/provider';
import { raced } from '../../../src/effects/waiting.ts';
import type {
  CallOptions,
  ContentPart,
  GenerateResult,
  LanguageModel,
  StreamPart,
} from '../../../src/model/language-model.ts';
import type { Usage } from '../../../src/trace/usage.ts';
import { drawAnswer, type SimulatedAnswer } from './answers.ts';
import { type Chaos, WorldError } from './chaos.ts';
import type { Random } from './random.ts';

export interface SimulatedModel extends LanguageModel {
  readonly calls: readonly CallOptions[];
  /** The answers that came through whole, oldest first. */
  readonly answers: readonly SimulatedAnswer[];
  /** How each stream it opened ended, or that it did not. */
  readonly streams: readonly { readonly state: 'open' | 'ended' | 'cancelled' | 'errored' }[];
}

const usage: Usage = {
  inputTokens: { total: 5, noCache: 5, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 10, text: 10, reasoning: undefined },
};

/** A model that answers well or badly, fails in every way providers do, and minds the abort signal or does not. */
export function simulatedModel(provider: string, modelId: string, chaos: Chaos): SimulatedModel {
  const { random } = chaos;
  const calls: CallOptions[] = [];
  const answers: SimulatedAnswer[] = [];
  const streams: { state: 'open' | 'ended' | 'cancelled' | 'errored' }[] = [];

  async function respond(params: CallOptions): Promise<SimulatedAnswer> {
    calls.push(params);
    const thinking = chaos.moment('provider', { hangs: 'allowed' }).catch((error) => {
      throw random.chance(0.7) ? providerError(random) : error;
    });
    await (random.chance(0.5) ? raced(thinking, { signal: params.abortSignal }) : thinking);
    return drawAnswer(random, params);
  }

  return {
    specificationVersion: 'v4',
    provider,
    modelId,
    supportedUrls: {},
    calls,
    answers,
    streams,

    async doGenerate(params): Promise<GenerateResult> {
      const answer = await respond(params);
      answers.push(answer);
      return { ...answer, usage, warnings: [] };
    },

    async doStream(params) {
      const answer = await respond(params);
      const tracked: (typeof streams)[number] = { state: 'open' };
      streams.push(tracked);
      const parts = brokenOff(partsOf(answer, random), random);
      const sent: StreamPart[] = [];
      return {
        stream: new ReadableStream<StreamPart>({
          async pull(controller) {
            try {
              await chaos.moment('chunk', { hangs: 'allowed' });
            } catch (error) {
              tracked.state = 'errored';
              throw error;
            }
            const part = parts.shift();
            if (tracked.state !== 'open') return;
            if (part === undefined) {
              tracked.state = 'ended';
              if (sent.at(-1)?.type !== 'finish') answers.push(answerOf(sent));
              controller.close();
              return;
            }
            if (part.type === 'finish') answers.push(answer);
            sent.push(part);
            controller.enqueue(part);
          },
          async cancel() {
            if (tracked.state === 'open') tracked.state = 'cancelled';
            await chaos.moment('cancel', { hangs: 'bounded' });
          },
        }),
      };
    },
  };
}

function providerError(random: Random): Error {
  const statusCode = random.pick([400, 401, 429, 429, 500, 503, undefined]);
  if (statusCode === undefined) return new TypeError('fetch failed');
  const retryAfter = random.pick([undefined, '0', '1', '3600']);
  return new APICallError({
    message: 'The provider failed.',
    url: 'https://provider.test',
    requestBodyValues: {},
    statusCode,
    ...(retryAfter === undefined ? {} : { responseHeaders: { 'retry-after': retryAfter } }),
  });
}

function partsOf({ content, finishReason }: SimulatedAnswer, random: Random): StreamPart[] {
  const parts: StreamPart[] = [{ type: 'stream-start', warnings: [] }];
  for (const [index, part] of content.entries()) {
    const id = String(index);
    if (part.type === 'text' || part.type === 'reasoning') {
      const cut = random.between(0, part.text.length);
      parts.push(
        { type: `${part.type}-start`, id },
        { type: `${part.type}-delta`, id, delta: part.text.slice(0, cut) },
        { type: `${part.type}-delta`, id, delta: part.text.slice(cut) },
        { type: `${part.type}-end`, id },
      );
    } else if (part.type === 'tool-call') {
      const { toolCallId, toolName, input } = part;
      parts.push(
        { type: 'tool-input-start', id: toolCallId, toolName },
        { type: 'tool-input-delta', id: toolCallId, delta: input },
        { type: 'tool-input-end', id: toolCallId },
        part,
      );
    }
  }
  return [...parts, { type: 'finish', usage, finishReason }];
}

/** What came of an answer whose stream ended without a finish, which may be all of it. */
function answerOf(parts: readonly StreamPart[]): SimulatedAnswer {
  const content: ContentPart[] = [];
  for (const part of parts) {
    const last = content.at(-1);
    if (part.type === 'text-start' || part.type === 'reasoning-start')
      content.push({ type: part.type === 'text-start' ? 'text' : 'reasoning', text: '' });
    else if ((part.type === 'text-delta' || part.type === 'reasoning-delta') && last !== undefined && 'text' in last)
      content.splice(-1, 1, { ...last, text: `${last.text}${part.delta}` });
    else if (part.type === 'tool-call') content.push(part);
  }
  return { content, finishReason: { unified: 'other', raw: undefined } };
}

/** Now and then the stream breaks off: by an `error` part, or with no word. */
function brokenOff(parts: StreamPart[], random: Random): StreamPart[] {
  if (!random.chance(0.1)) return parts;
  const end = random.between(0, parts.length - 1);
  const error = random.pick([new WorldError('stream'), providerError(random)]);
  return [...parts.slice(0, end), ...(random.chance(0.5) ? [{ type: 'error', error } as const] : [])];
}
