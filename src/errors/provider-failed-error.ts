import { AISDKError } from '@ai-sdk/provider';
import type { History } from '../trace/history.ts';
import { findError } from './find.ts';
import { hide, isMarked, mark } from './mark.ts';

const name = 'StagedRetry_ProviderFailedError';

export interface ProviderFailed {
  readonly history: History;
  readonly cause: unknown;
  readonly retryAfterMs?: number | undefined;
  readonly message?: string;
}

/**
 * A provider kept failing and the ladder has no stage left that does without it; `cause` is its last error.
 *
 * @example
 * const failed = ProviderFailedError.find(error);
 * if (failed?.retryAfterMs !== undefined) await tell(`Try again in ${failed.retryAfterMs} ms`);
 */
export class ProviderFailedError extends AISDKError {
  readonly history: History;
  /** How long the server asked to wait before the next call, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor({ history, cause, retryAfterMs, message = 'The provider failed.' }: ProviderFailed) {
    super({ name, message, cause });
    mark(this, name);
    this.history = history;
    this.retryAfterMs = retryAfterMs;
    hide(this, 'history');
  }

  static override isInstance(error: unknown): error is ProviderFailedError {
    return isMarked(error, name);
  }

  /** Finds it in an error that wraps it, the SDK's `RetryError` for one. */
  static find(error: unknown): ProviderFailedError | undefined {
    return findError(error, ProviderFailedError.isInstance);
  }
}
