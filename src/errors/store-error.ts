import { AISDKError } from '@ai-sdk/provider';
import { findError } from './find.ts';

const name = 'StagedRetry_StoreError';
const marker = `ai-staged-retry.error.${name}`;
const symbol = Symbol.for(marker);

/** A store could not do what it was asked; the message carries no value and no command. */
export class StoreError extends AISDKError {
  protected readonly [symbol] = true;

  /** The operation that failed: `get`, `set`, `delete`, `index.add`, … */
  readonly operation: string;
  readonly key: string;

  constructor({ operation, key, reason, cause }: { operation: string; key: string; reason?: string; cause?: unknown }) {
    super({
      name,
      message: `The store failed at ${operation} of ${key}${reason === undefined ? '' : `: ${reason}`}.`,
      cause,
    });
    this.operation = operation;
    this.key = key;
  }

  static override isInstance(error: unknown): error is StoreError {
    return AISDKError.hasMarker(error, marker);
  }

  /** Finds it in an error that wraps it, the SDK's `RetryError` for one. */
  static find(error: unknown): StoreError | undefined {
    return findError(error, StoreError.isInstance);
  }
}
