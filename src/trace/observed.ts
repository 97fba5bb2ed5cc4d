import type { BudgetLimit } from './budget-limit.ts';

/** With `mode: 'observe'`: what the run would have done. */
export interface Observed {
  /** The stage that would have come next; absent if there is none. */
  readonly nextStage?: string;
  /** The limit of the budget that would have ended the run. */
  readonly limit?: BudgetLimit;
  /** Why the run would have failed: the message of its error. */
  readonly error?: string;
}
