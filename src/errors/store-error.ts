import { AISDKError } from '@ai-sdk/provider';
import { findError } from './find.ts';
import { isMarked, mark } from './mark.ts';

const name = 'StagedRetry_StoreError';

/**
 * A store operation failed. The message contains no value and no command.
 *
 * @example const operation = StoreError.find(error)?.operation;
 */
export class StoreError extends AISDKError {
  /** The operation that failed: `get`, `set`, `delete`, `index.add`, … */
  readonly operation: string;
  readonly key: string;

  constructor({ operation, key, reason, cause }: { operation: string; key: string; reason?: string; cause?: unknown }) {
    super({
      name,
      message: `The store failed at ${operation} of ${key}${reason === undefined ? '' : `: ${reason}`}.`,
      cause,
    });
    mark(this, name);
    this.operation = operation;
    this.key = key;
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
