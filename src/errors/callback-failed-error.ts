import { AISDKError } from '@ai-sdk/provider';
import type { History } from '../trace/history.ts';
import { findError } from './find.ts';
import { hide, isMarked, mark } from './mark.ts';

const name = 'StagedRetry_CallbackFailedError';

/**
 * A function that the caller gave threw, or returned something invalid, in the middle of a run: `feedback`, a `delay`, the
 * `propose` of a stage, the `reserve` of a limiter, the `response` of `human()`, or `whenExhausted`. `cause` is what it threw.
 *
 * @example const { callback, cause, history } = CallbackFailedError.find(error) ?? {};
 */
export class CallbackFailedError extends AISDKError {
  /** The function, such as `feedback` or `delay of the stage "retry"`. */
  readonly callback: string;
  /** What was tried, oldest first. Not printed with the error. */
  readonly history: History;
  /** For `whenExhausted`: the error that the run would have ended with. `find` of its class finds it too. */
  readonly ended: Error | undefined;

  constructor(options: { callback: string; history: History; cause: unknown; ended?: Error; message?: string }) {
    const { callback, history, cause, ended, message = `${callback} failed.` } = options;
    super({ name, message, cause });
    mark(this, name);
    this.callback = callback;
    this.history = history;
    this.ended = ended;
    hide(this, 'history', 'ended');
  }

  /** Whether the error is one of these, also if another copy of this package threw it. */
  static override isInstance(error: unknown): error is CallbackFailedError {
    return isMarked(error, name);
  }

  /** Finds this error inside another one, such as the SDK's `RetryError`. */
  static find(error: unknown): CallbackFailedError | undefined {
    return findError(error, CallbackFailedError.isInstance);
  }
}
