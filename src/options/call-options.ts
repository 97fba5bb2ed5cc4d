import type { JSONObject } from '@ai-sdk/provider';
import type { Budget } from '../policy/budget.ts';

/** The options of a single call, under `providerOptions.stagedRetry`. The provider does not see them. */
export interface StagedRetryCallOptions {
  /**
   * Who may share this call's answers and decisions: a tenant's id, or `'public'`; at most 256 characters.
   * @default the model's `scope`
   */
  readonly scope?: string;
  /** Names the run in events and in the report. It has no other effect. @default a random id */
  readonly runId?: string;
  /**
   * Replaces the prompt up to the last user message when the library decides whether a request was sent before. Use it
   * for prompts that contain a date or a random id.
   */
  readonly resumeKey?: string;
  /**
   * Your own JSON, repeated in every event, the report, the spans and the escalation. It is not part of any key. What has
   * a `toJSON`, such as a `Date`, becomes what that returns, and members that are `undefined` are left out.
   */
  readonly metadata?: JSONObject;
  /**
   * What this call's run may spend. Each limit replaces the model's limit; a budget of `createBudget` applies as well.
   */
  readonly budget?: Budget;
  /** `bypass` does not use the cache; `refresh` writes but does not read. @default 'default' */
  readonly cache?: 'default' | 'bypass' | 'refresh';
  /** The maximum age of a cached answer, in milliseconds. @default `ttlMs` of the cache */
  readonly maxAgeMs?: number;
  /** Calls the bare model: nothing is judged, cached or traced. @default false */
  readonly disabled?: boolean;
}
