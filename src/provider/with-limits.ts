import type { Run } from '../context/run.ts';
import { raced } from '../effects/waiting.ts';
import type { CallCost, CallOutcome } from '../limits/limiter.ts';
import type { CallOptions, LanguageModel, Prompt } from '../model/language-model.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import { estimateTokens } from '../trace/estimate-tokens.ts';

/** How long an answer waits for the limiters to take note of it, in milliseconds. */
const settleTimeoutMs = 1000;

/** What a limiter rejects with is not the provider's failure. */
export class LimiterRejected extends Error {}

/**
 * Makes a provider call when every limiter lets it, and tells them what it came to.
 *
 * Rejects with `LimiterRejected`, or as the call does.
 */
export function withLimits(
  run: Run,
  model: LanguageModel,
  params: CallOptions,
  request: () => Promise<ModelAnswer>,
): Promise<ModelAnswer> {
  return run.settings.limits.length === 0 ? request() : limited(run, model, params, request);
}

async function limited(
  { abortSignal, settings }: Run,
  model: LanguageModel,
  params: CallOptions,
  request: () => Promise<ModelAnswer>,
): Promise<ModelAnswer> {
  const { limits, effects } = settings;
  const cost = costOf(model, params);
  const startedAt = effects.now();
  const settle = async (outcome: Omit<CallOutcome, 'cost' | 'durationMs'>, count = limits.length) => {
    const durationMs = effects.now() - startedAt;
    const settling = limits.slice(0, count).map(async (limiter) => limiter.settle({ cost, durationMs, ...outcome }));
    await raced(Promise.allSettled(settling), { signal: abortSignal, timeoutMs: settleTimeoutMs, effects }).catch(
      () => {},
    );
  };
  for (const [index, limiter] of limits.entries()) {
    try {
      await raced(limiter.reserve(cost, { abortSignal }), { signal: abortSignal });
    } catch (cause) {
      await settle({ type: 'refused', usage: undefined, error: cause, headers: undefined }, index);
      throw new LimiterRejected('A limiter rejected the call.', { cause });
    }
  }
  try {
    const answer = await request();
    const { usage, response } = answer.result;
    await settle({ type: 'answered', usage, error: undefined, headers: response?.headers });
    return answer;
  } catch (error) {
    const headers = (error as { responseHeaders?: Record<string, string> } | undefined)?.responseHeaders;
    const type = abortSignal?.aborted === true ? 'aborted' : 'failed';
    await settle({ type, usage: undefined, error, headers });
    throw error;
  }
}

function costOf({ provider, modelId }: LanguageModel, { prompt, maxOutputTokens }: CallOptions): CallCost {
  const estimatedTokens = estimateTokens(charactersOf(prompt)) + (maxOutputTokens ?? 0);
  return { provider, model: modelId, estimatedTokens, maxOutputTokens };
}

function charactersOf(prompt: Prompt): number {
  let characters = 0;
  for (const { content } of prompt) {
    if (typeof content === 'string') characters += content.length;
    else for (const part of content) characters += 'text' in part ? part.text.length : 64;
  }
  return characters;
}
