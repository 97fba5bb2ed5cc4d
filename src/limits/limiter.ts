import type { Usage } from '../trace/usage.ts';

/** The estimated cost of a provider call before it is made. */
export interface CallCost {
  /** The provider's name, as the model reports it. */
  readonly provider: string;
  /** The model's id. */
  readonly model: string;
  /** Estimated from the prompt's length, plus `maxOutputTokens` if the caller set it. */
  readonly estimatedTokens: number;
  /** The caller's `maxOutputTokens`; `undefined` if it is not set. */
  readonly maxOutputTokens: number | undefined;
  /** The scope of the run, if it has one. */
  readonly scope?: string;
}

/** The result of a provider call. */
export interface CallOutcome {
  /**
   * `answered` and `failed`: the call was made. `aborted`: the caller aborted it. `refused`: it was not made, because
   * another limiter refused it or the caller left first.
   */
  readonly type: 'answered' | 'failed' | 'aborted' | 'refused';
  /** What `reserve` was given. */
  readonly cost: CallCost;
  /** The usage that the provider reported; `undefined` if it reported none. */
  readonly usage: Usage | undefined;
  /** About how many tokens the model wrote, estimated from the length of its text, also for calls that broke off. */
  readonly writtenTokens?: number;
  /** The error of a call that failed. */
  readonly error: unknown;
  /** The response headers, if there are any. */
  readonly headers: Readonly<Record<string, string | undefined>> | undefined;
  /** How long the call took, in milliseconds. */
  readonly durationMs: number;
}

/** Runs before and after each provider call. */
export interface Limiter {
  /**
   * Resolves when the call may be made, and rejects if it cannot be made in time. If the error has a numeric
   * `retryAfterMs`, it counts as a failure of the model, and the run goes to a stage that uses another model. Any other
   * error ends the run.
   */
  reserve(cost: CallCost, options: { readonly abortSignal?: AbortSignal | undefined }): Promise<void>;
  /** Gets the result of a call that `reserve` allowed. The run waits at most one second for it. */
  settle(outcome: CallOutcome): Promise<void>;
}
