import type { BudgetLimit } from '../trace/budget-limit.ts';
import type { History } from '../trace/history.ts';
import type { Rung } from './rung.ts';

/** Everything that the policy's decision depends on. */
export interface Situation {
  readonly ladder: readonly Rung[];
  readonly history: History;
  /** The budget's limit that is reached, if one is. */
  readonly reachedLimit?: BudgetLimit | undefined;
  /** @default 'strict' */
  readonly convergence?: 'strict' | 'off';
}
