import { AISDKError } from '@ai-sdk/provider';
import { findError } from './find.ts';
import { isMarked, mark } from './mark.ts';

const name = 'StagedRetry_LimitReachedError';

/**
 * A limiter did not allow a provider call in time. The run goes to its next stage that uses another model.
 *
 * @example const retryAfterMs = LimitReachedError.find(error)?.retryAfterMs;
 */
export class LimitReachedError extends AISDKError {
  readonly limit: 'requestsPerMinute' | 'tokensPerMinute' | 'circuit';
  /** When the call may be made, in milliseconds from now. */
  readonly retryAfterMs: number;

  constructor({ limit, retryAfterMs }: Pick<LimitReachedError, 'limit' | 'retryAfterMs'>) {
    const why = limit === 'circuit' ? 'The model keeps failing' : `The limit ${limit} is reached`;
    super({ name, message: `${why}: call again in ${Math.ceil(retryAfterMs)} ms, or add a fallback stage.` });
    mark(this, name);
    this.limit = limit;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the error is one of these, also if another copy of this package threw it. */
  static override isInstance(error: unknown): error is LimitReachedError {
    return isMarked(error, name);
  }

  /** Finds this error inside another one, such as `ProviderFailedError`. */
  static find(error: unknown): LimitReachedError | undefined {
    return findError(error, LimitReachedError.isInstance);
  }
}
