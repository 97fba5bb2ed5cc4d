import type { BudgetLimit } from './budget-limit.ts';
import type { Decision } from './decision.ts';
import type { IssueKind } from './issue.ts';
import type { FailureSummary } from './provider-failure.ts';

/**
 * Why a stage ended:
 * - `accepted`: its answer passed, or a person forced it; see `decision`.
 * - `attempts-used`: it used all its attempts.
 * - `no-progress`: the model repeated itself; see `repeats`.
 * - `not-handled`: the answer has an issue of a kind that the stage does not handle; see `kinds`.
 * - `skipped`: it had nothing to propose.
 * - `budget`: a limit of the budget was reached; see `limit`.
 * - `provider-failed`: its model, or the provider, failed; see `error`.
 * - `released`: a check rejected text that a live stream had already delivered, which cannot be taken back.
 * - `error`: the run ended with an error: a function of the caller's or a check failed, or the inbox's store did.
 * - `decided`: a person approved, rejected or passed the request on; see `decision`.
 */
export type StageEndReason =
  | 'accepted'
  | 'attempts-used'
  | 'no-progress'
  | 'not-handled'
  | 'skipped'
  | 'budget'
  | 'provider-failed'
  | 'released'
  | 'error'
  | 'decided';

/** A stage that ended or was skipped, and why. */
export interface StageEnd {
  readonly type: 'stage-end';
  readonly stage: string;
  readonly reason: StageEndReason;
  /** How many attempts it made. */
  readonly attempts: number;
  /** How many attempts it was allowed. */
  readonly maxAttempts: number;
  /** With `no-progress`: the earlier attempt that the last one repeats. */
  readonly repeats?: Repetition;
  /** With `not-handled`: the kinds that the stage does not handle. */
  readonly kinds?: readonly IssueKind[];
  /** With `budget`: the limit that was reached. */
  readonly limit?: BudgetLimit;
  /** With `provider-failed`: what failed. */
  readonly error?: FailureSummary;
  /** With `accepted` and `decided`, for a human stage: what the person decided. */
  readonly decision?: Decision['type'];
}

/** What an attempt repeats of an earlier one: the answer or its issues. */
export interface Repetition {
  readonly type: 'answer' | 'issues';
  /** The number of the earlier attempt. */
  readonly attempt: number;
}
