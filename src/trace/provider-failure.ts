/** A provider call that failed for good: its retries are over, or it allowed none. */
export interface ProviderFailure {
  readonly type: 'provider-failure';
  readonly stage: string;
  readonly model: string;
  /** The error's name; older records have none. */
  readonly name?: string;
  /** The name and the status, not the provider's own words. */
  readonly message: string;
  readonly statusCode?: number;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The request was refused, not the model: another stage may put it otherwise. */
  readonly isRefused?: boolean;
  /** A quota or a balance is used up, so that the same call fails again. */
  readonly isSpent?: boolean;
  /** ISO 8601. */
  readonly at: string;
}

/** What is told of a failed provider call: nothing that the provider wrote. */
export type FailureSummary = Pick<
  ProviderFailure,
  'name' | 'model' | 'statusCode' | 'retryAfterMs' | 'isRefused' | 'isSpent'
>;

/** A failure without where and when it happened. */
export function summaryOf({ type: _, stage: __, message: ___, at: ____, ...summary }: ProviderFailure): FailureSummary {
  return summary;
}
