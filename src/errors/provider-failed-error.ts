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
 * A provider kept failing, and no stage of the ladder can do without it. `cause` is the provider's last error.
 *
 * @example
 * const failed = ProviderFailedError.find(error);
 * if (failed?.retryAfterMs !== undefined) await tell(`Try again in ${failed.retryAfterMs} ms`);
 */
export class ProviderFailedError extends AISDKError {
  readonly history: History;
  /** How long the server asked to wait before the next call, in milliseconds; `undefined` if it did not say. */
  readonly retryAfterMs: number | undefined;

  constructor({ history, cause, retryAfterMs, message = 'The provider failed.' }: ProviderFailed) {
    super({ name, message, cause });
    mark(this, name);
    this.history = history;
    this.retryAfterMs = retryAfterMs;
    hide(this, 'history');
  }

  /** Whether the error is one of these, also if another copy of this package threw it. */
  static override isInstance(error: unknown): error is ProviderFailedError {
    return isMarked(error, name);
  }

  /** Finds this error inside another one, such as the SDK's `RetryError`. */
  static find(error: unknown): ProviderFailedError | undefined {
    return findError(error, ProviderFailedError.isInstance);
  }
}
