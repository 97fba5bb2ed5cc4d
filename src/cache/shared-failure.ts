import { APICallError, InvalidArgumentError } from '@ai-sdk/provider';
import { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import { CallbackFailedError } from '../errors/callback-failed-error.ts';
import { CheckCrashedError } from '../errors/check-crashed-error.ts';
import { EscalationPendingError } from '../errors/escalation-pending-error.ts';
import { ProviderFailedError } from '../errors/provider-failed-error.ts';
import { StagesExhaustedError } from '../errors/stages-exhausted-error.ts';

/** What waiters are told about a failed run: nothing that a model or a provider said. */
export type SharedFailure =
  | {
      readonly type: 'provider';
      readonly statusCode?: number;
      readonly isRetryable: boolean;
      readonly retryAfterMs?: number;
    }
  | { readonly type: 'exhausted' };

/** A run's failure as waiters may see it; `undefined` for a failure that concerns only its caller. */
export function sharedFailure(error: unknown): SharedFailure | undefined {
  if (StagesExhaustedError.isInstance(error)) return error.reason === 'exhausted' ? { type: 'exhausted' } : undefined;
  if (ProviderFailedError.isInstance(error)) {
    const { retryAfterMs, cause } = error;
    return provider({ statusCode: statusOf(cause), isRetryable: false, retryAfterMs });
  }
  if (isCallersOwn(error)) return undefined;
  const { isRetryable = false } = (error ?? {}) as { readonly isRetryable?: boolean };
  return provider({ statusCode: statusOf(error), isRetryable, retryAfterMs: undefined });
}

function isCallersOwn(error: unknown): boolean {
  return [
    BudgetExceededError,
    CallbackFailedError,
    CheckCrashedError,
    EscalationPendingError,
    InvalidArgumentError,
  ].some((own) => own.isInstance(error));
}

/**
 * The error for a call that waited. Where the SDK would have tried again after the run's own failure, it does after this
 * one.
 */
export function sharedError(failure: SharedFailure): Error {
  const what = 'The identical call that this one waited for failed';
  if (failure.type === 'exhausted') {
    const cause = new Error(`${what}: no answer passed the checks.`);
    const message = `${cause.message} ${ownError}`;
    return new StagesExhaustedError({ history: [], reason: 'exhausted', bestAttempt: undefined, cause, message });
  }
  const { statusCode, isRetryable, retryAfterMs } = failure;
  const message = statusCode === undefined ? `${what}.` : `${what} (status ${statusCode}).`;
  if (!isRetryable) {
    const cause = new Error(message);
    return new ProviderFailedError({ history: [], cause, retryAfterMs, message: `${message} ${ownError}` });
  }
  return new APICallError({
    message,
    url: '',
    requestBodyValues: undefined,
    isRetryable,
    ...(statusCode === undefined ? {} : { statusCode }),
    ...(retryAfterMs === undefined ? {} : { responseHeaders: { 'retry-after-ms': String(retryAfterMs) } }),
  });
}

const ownError = 'The error of that call says why. Send the request again for attempts of its own.';

/** Whether a stale answer is better than the run's error. A caller that left, or that must know, gets the error. */
export function mayServeStale(error: unknown, signal: AbortSignal | undefined): boolean {
  if (signal?.aborted === true) return false;
  return BudgetExceededError.isInstance(error) || sharedFailure(error) !== undefined;
}

function provider({
  statusCode,
  isRetryable,
  retryAfterMs,
}: {
  statusCode: number | undefined;
  isRetryable: boolean;
  retryAfterMs: number | undefined;
}): SharedFailure {
  return {
    type: 'provider',
    isRetryable,
    ...(statusCode === undefined ? {} : { statusCode }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function statusOf(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown } | null | undefined)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}
