import type { Run } from '../context/run.ts';
import { timeLeft } from '../context/spent.ts';
import { CheckCrashedError } from '../errors/check-crashed-error.ts';
import { LimitReachedError } from '../errors/limit-reached-error.ts';
import { errorOfLimiter, retryAfterOf } from '../limits/error-of-limiter.ts';
import { LimiterRejected } from '../limits/limiter-rejected.ts';
import { classifyFailure, type FailureClass } from './failure.ts';
import { ProviderCallFailed } from './provider-call-failed.ts';
import type { ProviderRequest } from './provider-request.ts';
import { RelayFailed } from './relay-failed.ts';
import { takeRetry } from './retry-bucket.ts';

interface FailedCall {
  readonly call: ProviderRequest;
  /** How many times the model was called, this time included. */
  readonly retry: number;
  /** Whether it was the first call of the run. */
  readonly isFirstCall: boolean;
}

/** How long to wait before the model is called again, in milliseconds. Throws where it is not. */
export function delayOrThrow(error: unknown, { call, retry, isFirstCall }: FailedCall): number {
  if (error instanceof LimiterRejected) throw rejection(error);
  if (CheckCrashedError.isInstance(error)) throw error;
  if (error instanceof RelayFailed) throw new ProviderCallFailed(failureOf(error.cause, call), error.cause, true);
  const failure = failureOf(error, call);
  if (isFirstCall && isCallersOwn(failure, call)) throw new ProviderCallFailed(failure, error, true);
  const delayMs = retryDelay(failure, retry, call.run);
  if (delayMs === undefined) throw new ProviderCallFailed(failure, error);
  if (delayMs === 'budget') throw new ProviderCallFailed({ ...failure, noRetry: delayMs }, error);
  if (failure.retryAfterMs === undefined && !takeRetry(call.model))
    throw new ProviderCallFailed({ ...failure, noRetry: 'retry-bucket' }, error);
  return delayMs;
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
function rejection(rejected: LimiterRejected): unknown {
  const { cause } = rejected;
  const retryAfterMs = retryAfterOf(cause);
  if (retryAfterMs === undefined) return errorOfLimiter(rejected);
  const heldBy = LimitReachedError.isInstance(cause) ? cause.limit : 'own';
  return new ProviderCallFailed({ type: 'next-stage', statusCode: undefined, retryAfterMs, heldBy }, cause);
}

/** How long to wait before the next retry; `undefined` if there is none, `budget` if the budget leaves no time for it. */
function retryDelay(failure: FailureClass, retry: number, run: Run): number | 'budget' | undefined {
  const { transport, effects } = run.settings;
  if (failure.type !== 'retry' || retry >= transport.attempts) return undefined;
  const leftMs = timeLeft(run);
  const { retryAfterMs } = failure;
  if (retryAfterMs === undefined) {
    const delayMs = transport.backoff(retry, effects.random());
    return delayMs <= leftMs ? delayMs : 'budget';
  }
  if (retryAfterMs > transport.maxRetryAfterMs) return undefined;
  if (retryAfterMs > leftMs) return 'budget';
  // Without jitter, all rejected callers would return at the same moment.
  const spreadMs = transport.hasJitter ? transport.backoff(retry, 1) * effects.random() : 0;
  return Math.min(retryAfterMs + spreadMs, leftMs);
}
