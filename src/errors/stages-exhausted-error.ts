import { AISDKError } from '@ai-sdk/provider';
import type { Attempt, History } from '../trace/history.ts';
import { findError } from './find.ts';
import { hide, isMarked, mark } from './mark.ts';

const name = 'StagedRetry_StagesExhaustedError';

/**
 * No stage of the ladder is left, or a person rejected the answer.
 *
 * @example const best = StagesExhaustedError.find(error)?.bestAttempt?.text; // the answer with the fewest issues
 */
export class StagesExhaustedError extends AISDKError {
  readonly history: History;
  readonly reason: 'exhausted' | 'rejected';
  /**
   * The attempt with the fewest issues; the latest among equals. `undefined` if every answer was cancelled early. Not
   * printed with the error.
   */
  readonly bestAttempt: Attempt | undefined;

  constructor(options: {
    history: History;
    reason: 'exhausted' | 'rejected';
    bestAttempt: Attempt | undefined;
    cause?: unknown;
    message?: string;
  }) {
    const { message = 'No answer passed the checks.', cause } = options;
    super({ name, message, cause });
    mark(this, name);
    this.history = options.history;
    this.reason = options.reason;
    this.bestAttempt = options.bestAttempt;
    hide(this, 'history', 'bestAttempt');
  }

  /** Whether the error is one of these, also if another copy of this package threw it. */
  static override isInstance(error: unknown): error is StagesExhaustedError {
    return isMarked(error, name);
  }

  /** Finds this error inside another one, such as the SDK's `RetryError`. */
  static find(error: unknown): StagesExhaustedError | undefined {
    return findError(error, StagesExhaustedError.isInstance);
  }
}
