import type { Usage } from '../trace/usage.ts';

/** What a provider call is going to cost, as far as it can be told before. */
export interface CallCost {
  readonly provider: string;
  readonly model: string;
  /** Estimated from the prompt's length, with `maxOutputTokens` where the caller set it. */
  readonly estimatedTokens: number;
  readonly maxOutputTokens: number | undefined;
  /** The scope of the run, where it has one. */
  readonly scope?: string;
}

/** What a provider call came to. */
export interface CallOutcome {
  /** `refused`: it was not made, since another limiter refused it or the caller left before. `aborted`: by the caller. */
  readonly type: 'answered' | 'failed' | 'aborted' | 'refused';
  readonly cost: CallCost;
  /** What the provider reported; `undefined` where it reported nothing. */
  readonly usage: Usage | undefined;
  /** About how many tokens the model wrote, by the length of its text; of calls that broke off too. */
  readonly writtenTokens?: number;
  readonly error: unknown;
  readonly headers: Readonly<Record<string, string | undefined>> | undefined;
  readonly durationMs: number;
}

/** Stands between a run and each provider call. */
export interface Limiter {
  /**
   * Waits until the call may be made; rejects when it cannot be in time. An error with a number `retryAfterMs` counts as
   * a failure of the model, so that the run goes on to a stage that uses another; any other one ends the run.
   */
  reserve(cost: CallCost, options: { readonly abortSignal?: AbortSignal | undefined }): Promise<void>;
  settle(outcome: CallOutcome): Promise<void>;
}
