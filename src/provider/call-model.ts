import { emit } from '../context/emit.ts';
import type { Run } from '../context/run.ts';
import { timeLeft } from '../context/spent.ts';
import { sleep } from '../effects/waiting.ts';
import { CheckCrashedError } from '../errors/check-crashed-error.ts';
import { LimiterRejected } from '../limits/limiter-rejected.ts';
import { type CallOptions, modelKey } from '../model/language-model.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import { classifyFailure, type FailureClass } from './failure.ts';
import { ProviderCallFailed } from './provider-call-failed.ts';
import type { ProviderRequest } from './provider-request.ts';
import { RelayFailed } from './relay-failed.ts';
import { request } from './request.ts';
import { retryBucket } from './retry-bucket.ts';
import { withLimits } from './with-limits.ts';

/**
 * Calls a model and retries what the provider is to blame for. The very first call of a run fails as it is, unless the
 * run owns it, so that the SDK's own `maxRetries` does what the caller set it to.
 *
 * Rejects with `ProviderCallFailed`, with the signal's reason, or with what a limiter rejects with.
 */
export async function callModel(call: ProviderRequest): Promise<ModelAnswer> {
  const { run, model } = call;
  const { settings, abortSignal } = run;
  const { effects } = settings;
  const bucket = retryBucket(modelKey(model));
  const owed = run.live?.text.owed();
  for (let retry = 1; ; retry += 1) {
    abortSignal?.throwIfAborted();
    const isFirstCall = run.state.providerCalls === 0;
    run.state.providerCalls += 1;
    run.state.calledModel = model;
    try {
      const current = retry === 1 ? call : { ...call, params: await paramsAfterBreak(call, owed) };
      const answer = await withLimits(current, request);
      bucket.refill();
      run.state.warnings.push(answer.result.warnings);
      return answer;
    } catch (error) {
      if (abortSignal?.aborted === true) throw abortSignal.reason;
      if (error instanceof LimiterRejected) throw rejection(error.cause);
      if (CheckCrashedError.isInstance(error)) throw error;
      if (error instanceof RelayFailed) throw new ProviderCallFailed(failureOf(error.cause, call), error.cause, true);
      const failure = failureOf(error, call);
      if (isFirstCall && isCallersOwn(failure, call)) throw new ProviderCallFailed(failure, error, true);
      const delayMs = retryDelay(failure, retry, run);
      if (delayMs === undefined || (failure.retryAfterMs === undefined && !bucket.take())) {
        throw new ProviderCallFailed(failure, error);
      }
      emit(run, 'transport-retry', { provider: model.provider, model: model.modelId, retry, delayMs, error });
      await sleep(delayMs, effects, abortSignal);
    }
  }
}

/** Classifies a failure. A refused request that the caller wrote would be refused with anything a stage adds, too. */
function failureOf(error: unknown, { run, model, params }: ProviderRequest): FailureClass {
  const classified = classifyFailure(error, run.settings.effects.now());
  // A model that has answered exists: a 404 is about an item, or about an endpoint with tools.
  const isOurDoing = classified.statusCode === 404 && model === run.model && run.state.hasHeard;
  const failure: FailureClass = isOurDoing ? { ...classified, type: 'refused' } : classified;
  const isAsWritten = params === run.params && model === run.model;
  return failure.type === 'refused' && isAsWritten ? { ...failure, type: 'next-stage', isAsWritten } : failure;
}

/** Whether the caller and the SDK handle a failure: that of a first call, unless the run was told to handle it. */
function isCallersOwn({ type, isAsWritten = false }: FailureClass, { run }: ProviderRequest): boolean {
  const { transport, ladder } = run.settings;
  if (isAsWritten) return !ladder.some(({ usesModel }) => usesModel !== undefined);
  return type !== 'refused' && !run.state.hasHeard && !transport.ownsFirstCall;
}

/** A limiter's error that says when to call again counts as a failure of the model. */
function rejection(cause: unknown): unknown {
  const retryAfterMs = (cause as { retryAfterMs?: unknown } | null | undefined)?.retryAfterMs;
  if (typeof retryAfterMs !== 'number') return cause;
  return new ProviderCallFailed({ type: 'next-stage', statusCode: undefined, retryAfterMs }, cause);
}

/** How long to wait before the next retry; `undefined` if there is none. */
function retryDelay(failure: FailureClass, retry: number, run: Run): number | undefined {
  const { transport, effects } = run.settings;
  if (failure.type !== 'retry' || retry >= transport.attempts) return undefined;
  const leftMs = timeLeft(run);
  const { retryAfterMs } = failure;
  if (retryAfterMs === undefined) {
    const delayMs = transport.backoff(retry, effects.random());
    return delayMs <= leftMs ? delayMs : undefined;
  }
  if (retryAfterMs > Math.min(leftMs, transport.maxRetryAfterMs)) return undefined;
  // Without jitter, all rejected callers would return at the same moment.
  const spreadMs = transport.hasJitter ? transport.backoff(retry, 1) * effects.random() : 0;
  return Math.min(retryAfterMs + spreadMs, leftMs);
}

/** After a stream of this call broke off that was partly released, the next answer has to continue it. */
async function paramsAfterBreak({ run, params }: ProviderRequest, before: string | undefined): Promise<CallOptions> {
  const owed = run.live?.text.owed();
  if (!owed || owed === before) return params;
  const { keepingReleased } = await import('./keeping-released.ts');
  return keepingReleased(params, owed, run.settings.effects.createId().slice(0, 8));
}
