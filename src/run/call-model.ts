import { raced, sleep, timeoutError } from '../effects/waiting.ts';
import type { CallCost, CallOutcome } from '../limits/limiter.ts';
import {
  type CallOptions,
  type GenerateResult,
  type LanguageModel,
  modelKey,
  type StreamPart,
  type StreamResult,
} from '../model/language-model.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import { assembler } from '../stream/assemble.ts';
import { readStream } from '../stream/read-stream.ts';
import { noUsage } from '../trace/usage.ts';
import { modelAnswer } from './candidate.ts';
import { classifyFailure, type FailureClass } from './provider-failure.ts';
import { retryBucket } from './retry-bucket.ts';
import { addRunUsage, emit, type Run } from './run.ts';

/** A provider call that failed for good. */
export class ProviderCallFailed extends Error {
  override readonly name = 'ProviderCallFailed';
  readonly failure: FailureClass;

  constructor(failure: FailureClass, cause: unknown) {
    super('A provider call failed.', { cause });
    this.failure = failure;
  }
}

/**
 * Calls a model and retries what the provider is to blame for. The very first call of a run fails as it is, unless the
 * run owns it, so that the SDK's own `maxRetries` does what the caller set it to.
 *
 * Rejects with `ProviderCallFailed`, with the signal's reason, or with what a limiter rejects with.
 */
export async function callModel(run: Run, model: LanguageModel, params: CallOptions): Promise<ModelAnswer> {
  const { settings, abortSignal } = run;
  const { transport, effects } = settings;
  const bucket = retryBucket(modelKey(model));
  for (let retry = 1; ; retry += 1) {
    abortSignal?.throwIfAborted();
    const isFirstCall = run.state.providerCalls === 0;
    run.state.providerCalls += 1;
    try {
      const answer = await callOnce(run, model, params);
      bucket.refill();
      run.state.warnings.push(answer.result.warnings);
      return answer;
    } catch (error) {
      if (abortSignal?.aborted === true) throw abortSignal.reason;
      if (error instanceof LimiterRejected) throw error.cause;
      if (isFirstCall && !run.state.hasHeard && !transport.ownsFirstCall) throw error;
      const failure = classifyFailure(error, effects.now());
      if (failure.type === 'fatal' && isFirstCall) throw error;
      const delayMs = retryDelay(failure, retry, run);
      if (delayMs === undefined || (failure.retryAfterMs === undefined && !bucket.take())) {
        throw new ProviderCallFailed(failure, error);
      }
      emit(run, 'transport-retry', { provider: model.provider, model: model.modelId, retry, delayMs, error });
      await sleep(delayMs, effects, abortSignal);
    }
  }
}

/** How long to wait before the next try; `undefined` when there is to be none. */
function retryDelay(failure: FailureClass, retry: number, { settings, startedAt }: Run): number | undefined {
  const { transport, budget, effects } = settings;
  if (failure.type !== 'retry' || retry >= transport.attempts) return undefined;
  const leftMs = (budget.elapsedMs ?? Number.POSITIVE_INFINITY) - (effects.now() - startedAt);
  const delayMs = failure.retryAfterMs ?? transport.backoff(retry, effects.random());
  const mayWaitMs = failure.retryAfterMs === undefined ? leftMs : Math.min(leftMs, transport.maxRetryAfterMs);
  return delayMs <= mayWaitMs ? delayMs : undefined;
}

/** What a limiter rejects with is not the provider's failure. */
class LimiterRejected extends Error {}

async function callOnce(run: Run, model: LanguageModel, params: CallOptions): Promise<ModelAnswer> {
  const { limits } = run.settings;
  if (limits.length === 0) return await request(run, model, params);
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
    const answer = await request(run, model, params);
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

async function request(run: Run, model: LanguageModel, params: CallOptions): Promise<ModelAnswer> {
  const { callMs } = run.settings.transport.timeout;
  if (callMs === undefined) return await send(run, model, params, run.abortSignal);
  const controller = new AbortController();
  const abort = () => controller.abort(run.abortSignal?.reason);
  run.abortSignal?.addEventListener('abort', abort, { once: true });
  const cancelTimer = run.settings.effects.after(callMs, () => {
    controller.abort(timeoutError(`No answer within ${callMs} ms.`));
  });
  try {
    return await send(run, model, params, controller.signal);
  } finally {
    cancelTimer();
    run.abortSignal?.removeEventListener('abort', abort);
  }
}

async function send(
  run: Run,
  model: LanguageModel,
  params: CallOptions,
  signal: AbortSignal | undefined,
): Promise<ModelAnswer> {
  const own = signal === params.abortSignal ? params : { ...params, abortSignal: signal };
  return run.type === 'generate' ? await generate(run, model, own, signal) : await stream(run, model, own, signal);
}

async function generate(
  run: Run,
  model: LanguageModel,
  params: CallOptions,
  signal: AbortSignal | undefined,
): Promise<ModelAnswer> {
  const result = await raced(model.doGenerate(params), { signal });
  run.state.hasHeard = true;
  addRunUsage(run, result.usage);
  return modelAnswer(result);
}

/** Where nothing is to be judged the stream goes out unread. */
const unread: GenerateResult = {
  content: [],
  finishReason: { unified: 'other', raw: undefined },
  usage: noUsage,
  warnings: [],
};

async function openStream(
  model: LanguageModel,
  params: CallOptions,
  signal: AbortSignal | undefined,
): Promise<StreamResult> {
  const opening = Promise.resolve(model.doStream(params));
  try {
    return await raced(opening, { signal });
  } catch (error) {
    // A stream that opens after the run has left it must not stay open.
    opening.then(({ stream }) => stream.cancel(error)).catch(() => {});
    throw error;
  }
}

/** A stream that is over without saying so, or says that it broke off. */
class StreamBrokeOff extends Error {
  override readonly name = 'StreamBrokeOff';
}

async function stream(
  run: Run,
  model: LanguageModel,
  params: CallOptions,
  signal: AbortSignal | undefined,
): Promise<ModelAnswer> {
  const opened = await openStream(model, params, signal);
  run.state.hasHeard = true;
  run.onOpen?.(opened);
  if (run.passesStreams) return modelAnswer(unread);
  const parts: StreamPart[] = [];
  const assembled = assembler();
  const onPart = (part: StreamPart) => {
    if (part.type === 'error') throw part.error;
    assembled.push(part);
    if (part.type === 'stream-start') run.onStart?.(part.warnings);
    else run.onStart?.([]);
    if (part.type !== 'stream-start' && part.type !== 'finish') parts.push(part);
  };
  const { firstChunkMs, chunkMs } = run.settings.transport.timeout;
  await readStream(opened.stream, onPart, { signal, firstChunkMs, chunkMs, effects: run.settings.effects });
  if (!assembled.hasFinished) throw new StreamBrokeOff('The stream ended without a finish.');
  const assembledResult = assembled.result();
  addRunUsage(run, assembledResult.usage);
  if (assembledResult.finishReason.unified === 'interrupted') throw new StreamBrokeOff('The stream was interrupted.');
  const { headers } = opened.response ?? {};
  const response = headers === undefined ? assembledResult.response : { ...assembledResult.response, headers };
  return modelAnswer(
    {
      ...assembledResult,
      ...(response === undefined ? {} : { response }),
      ...(opened.request === undefined ? {} : { request: opened.request }),
    },
    parts,
  );
}
