import type { BudgetLimit } from '../trace/budget-limit.ts';

/** What a run may spend; each is checked before the next attempt. */
export interface Budget {
  readonly attempts?: number;
  readonly outputTokens?: number;
  readonly totalTokens?: number;
  readonly elapsedMs?: number;
}

export const unlimited: Budget = {};

/** What a run has spent so far. */
export type Spent = Required<Budget>;

const limits = ['attempts', 'outputTokens', 'totalTokens', 'elapsedMs'] as const;

/** The first limit that is reached. */
export function reachedLimit(budget: Budget, spent: Spent): BudgetLimit | undefined {
  return limits.find((limit) => spent[limit] >= (budget[limit] ?? Number.POSITIVE_INFINITY));
}
