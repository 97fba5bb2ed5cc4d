import { AISDKError } from '@ai-sdk/provider';
import type { Issue } from '../trace/issue.ts';
import { findError } from './find.ts';
import { hide, isMarked, mark } from './mark.ts';

const name = 'StagedRetry_PromptRefusedError';

export interface PromptRefused {
  readonly issues: readonly Issue[];
  /** @default a sentence that says so */
  readonly message?: string;
}

/**
 * A guard rejected the prompt. No model was asked for an answer.
 *
 * @example const reasons = PromptRefusedError.find(error)?.issues.map(({ message }) => message);
 */
export class PromptRefusedError extends AISDKError {
  /** What the guards found, each with the guard's name in `check`. Not printed with the error. */
  readonly issues: readonly Issue[];

  constructor({ issues, message = 'The prompt was refused before the first call.' }: PromptRefused) {
    super({ name, message });
    mark(this, name);
    this.issues = issues;
    hide(this, 'issues');
  }

  /** Whether the error is one of these, also if another copy of this package threw it. */
  static override isInstance(error: unknown): error is PromptRefusedError {
    return isMarked(error, name);
  }

  /** Finds this error inside another one, such as the SDK's `RetryError`. */
  static find(error: unknown): PromptRefusedError | undefined {
    return findError(error, PromptRefusedError.isInstance);
  }
}
