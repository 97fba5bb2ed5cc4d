import { AISDKError } from '@ai-sdk/provider';
import type { History } from '../trace/history.ts';
import { findError } from './find.ts';
import { hide, isMarked, mark } from './mark.ts';

const name = 'StagedRetry_StoreError';

interface StoreFailure {
  readonly operation: string;
  readonly key: string;
  readonly reason?: string;
  readonly cause?: unknown;
  readonly history?: History;
  readonly message?: string;
}

/**
 * A store operation failed. The message contains no value and no command.
 *
 * @example const operation = StoreError.find(error)?.operation;
 */
export class StoreError extends AISDKError {
  /** The operation that failed: `get`, `set`, `delete`, `index.add`, … */
  readonly operation: string;
  readonly key: string;
  /** What the run had tried that could not file its escalation, oldest first. Not printed with the error. */
  readonly history: History;

  constructor(options: StoreFailure) {
    const { operation, key, reason, cause, history = [] } = options;
    const what = `The store failed at ${operation} of ${key}${reason === undefined ? '' : `: ${reason}`}.`;
    super({ name, message: options.message ?? what, cause });
    mark(this, name);
    this.operation = operation;
    this.key = key;
    this.history = history;
    hide(this, 'history');
  }

  /** Whether the error is one of these, also if another copy of this package threw it. */
  static override isInstance(error: unknown): error is StoreError {
    return isMarked(error, name);
  }

  /** Finds this error inside another one, such as the SDK's `RetryError`. */
  static find(error: unknown): StoreError | undefined {
    return findError(error, StoreError.isInstance);
  }
}
