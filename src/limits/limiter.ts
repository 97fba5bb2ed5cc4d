import type { Usage } from '../trace/usage.ts';

/** What a provider call is going to cost, as far as it can be told before. */
export interface CallCost {
  readonly provider: string;
  readonly model: string;
  /** Estimated from the prompt's length, with `maxOutputTokens` where the caller set it. */
  readonly estimatedTokens: number;
}

/** What a provider call came to. */
export interface CallOutcome {
  readonly cost: CallCost;
  /** What the provider reported; `undefined` when the call failed or was aborted. */
  readonly usage: Usage | undefined;
  readonly error: unknown;
  readonly headers: Readonly<Record<string, string | undefined>> | undefined;
  readonly durationMs: number;
}

/** Stands between a run and each provider call. */
export interface Limiter {
  /** Waits until the call may be made; rejects when it cannot be in time. */
  reserve(cost: CallCost, options: { readonly abortSignal?: AbortSignal | undefined }): Promise<void>;
  settle(outcome: CallOutcome): Promise<void>;
}
