import type { FailureClass } from './failure.ts';

/** A provider call that failed for good. */
export class ProviderCallFailed extends Error {
  override readonly name = 'ProviderCallFailed';
  readonly failure: FailureClass;
  /** The run does not handle it: the caller gets `cause`. */
  readonly isCallersOwn: boolean;

  constructor(failure: FailureClass, cause: unknown, isCallersOwn = false) {
    super('A provider call failed.', { cause });
    this.failure = failure;
    this.isCallersOwn = isCallersOwn;
  }
}
