import type { FailureClass } from './failure.ts';

/** A provider call that failed for good. */
export class ProviderCallFailed extends Error {
  override readonly name = 'ProviderCallFailed';
  readonly failure: FailureClass;

  constructor(failure: FailureClass, cause: unknown) {
    super('A provider call failed.', { cause });
    this.failure = failure;
  }
}
