import { AISDKError } from '@ai-sdk/provider';
import type { History } from '../trace/history.ts';
import { findError } from './find.ts';
import { hide, isMarked, mark } from './mark.ts';

const name = 'StagedRetry_LimitReachedError';

/**
 * A limiter did not allow a provider call in time. If a stage made the call, the run goes to its next stage that uses
 * another model; if a check made it, the run ends with this error, and its `history` has the answer that was to be judged.
 *
 * @example const retryAfterMs = LimitReachedError.find(error)?.retryAfterMs;
 */
export class LimitReachedError extends AISDKError {
  /** The limit that was reached; `own` for a limiter of the caller's. */
  readonly limit: 'requestsPerMinute' | 'tokensPerMinute' | 'circuit' | 'own';
  /** When the call may be made, in milliseconds from now. */
  readonly retryAfterMs: number;
  /** What was tried, oldest first, if the error ended a run. Not printed with the error. */
  readonly history: History;

  constructor(
    options: Pick<LimitReachedError, 'limit' | 'retryAfterMs'> & {
      history?: History;
      cause?: unknown;
      message?: string;
    },
  ) {
    const { limit, retryAfterMs, history = [], cause } = options;
    const why = limit === 'circuit' ? 'The model keeps failing' : `The limit ${limit} is reached`;
    const { message = `${why}: call again in ${Math.ceil(retryAfterMs)} ms, or add a fallback stage.` } = options;
    super({ name, message, cause });
    mark(this, name);
    this.limit = limit;
    this.retryAfterMs = retryAfterMs;
    this.history = history;
    hide(this, 'history');
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
