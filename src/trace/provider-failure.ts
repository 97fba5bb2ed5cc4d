/** A provider call that failed for good: its retries are used up, or the failure allowed none. */
export interface ProviderFailure {
  readonly type: 'provider-failure';
  /** The stage that made the call. */
  readonly stage: string;
  /** The id of the model that was called. */
  readonly model: string;
  /** The error's name; records of 0.1 have none. */
  readonly name?: string;
  /** The name and the status, without the provider's own words. */
  readonly message: string;
  /** The HTTP status, if there was one. */
  readonly statusCode?: number;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The provider refused the request; another stage may send a different one. */
  readonly isRefused?: boolean;
  /** A quota or a balance is used up, so the same call would fail again. */
  readonly isSpent?: boolean;
  /** Why retries that were left were not made: the budget left too little time, or the process has none left for the model. */
  readonly noRetry?: 'budget' | 'retry-bucket';
  /** What held the call back, if the provider was not asked: the limit of a `LimitReachedError`, or a limiter of the caller's `own`. */
  readonly heldBy?: 'requestsPerMinute' | 'tokensPerMinute' | 'circuit' | 'own';
  /** When the call failed, as ISO 8601. */
  readonly at: string;
}

/** A description of a failed provider call, without anything that the provider wrote. */
export type FailureSummary = Pick<
  ProviderFailure,
  'name' | 'model' | 'statusCode' | 'retryAfterMs' | 'isRefused' | 'isSpent' | 'noRetry' | 'heldBy'
>;

/** A failure without where and when it happened. */
export function summaryOf({ type: _, stage: __, message: ___, at: ____, ...summary }: ProviderFailure): FailureSummary {
  return summary;
}
