import { AISDKError } from '@ai-sdk/provider';
import type { History } from '../trace/history.ts';
import { errorName } from './error-name.ts';
import { findError } from './find.ts';
import { isOurs } from './is-ours.ts';
import { hide, isMarked, mark } from './mark.ts';
import { NoVerdictError } from './no-verdict-error.ts';

const name = 'StagedRetry_CheckCrashedError';

interface CheckCrashed {
  readonly check: string;
  readonly cause: unknown;
  readonly history?: History;
  /** How far the run had come, for the message; with a space before it. */
  readonly course?: string;
}

/**
 * A check threw, timed out or returned something invalid. The fault is in the check, not in the model, so the model is
 * not asked again.
 *
 * @example const faulty = CheckCrashedError.find(error)?.check; // the check's name
 */
export class CheckCrashedError extends AISDKError {
  /** The name of the check. */
  readonly check: string;
  /** What was tried, oldest first, with the answer that the check failed to judge. Not printed with the error. */
  readonly history: History;

  constructor({ check, cause, history = [], course = '' }: CheckCrashed) {
    super({
      name,
      message: isOurs(cause)
        ? `The check "${check}" cannot judge: ${cause.message}${course}`
        : `The check "${check}" failed to judge the answer${explainCrash(cause)}${course} See the cause and fix the check, or set whenCheckCrashes: 'pass'.`,
      cause,
    });
    mark(this, name);
    this.check = check;
    this.history = history;
    hide(this, 'history');
  }

  /** Whether the error is one of these, also if another copy of this package threw it. */
  static override isInstance(error: unknown): error is CheckCrashedError {
    return isMarked(error, name);
  }

  /** Finds this error inside another one, such as the SDK's `RetryError`. */
  static find(error: unknown): CheckCrashedError | undefined {
    return findError(error, CheckCrashedError.isInstance);
  }
}

/** Tells the name of a cause: its message may quote the answer, unless it is ours. */
export function explainCrash(cause: unknown): string {
  if (cause instanceof NoVerdictError) return `. ${cause.message}`;
  const name = errorName(cause);
  return `${name === undefined ? '' : ` with ${name}`}.`;
}
