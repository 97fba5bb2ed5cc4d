import type { BudgetLimit } from '../trace/budget-limit.ts';

/** What a run may spend; each is checked before the next attempt. A type, not an interface, so that it is JSON to the SDK. */
export type Budget = {
  readonly attempts?: number;
  readonly outputTokens?: number;
  readonly totalTokens?: number;
  readonly elapsedMs?: number;
  /** In USD, by the option `price`. */
  readonly usd?: number;
};

export const unlimited: Budget = {};

/** What a run has spent so far. */
export type Spent = Required<Budget>;

export const budgetLimits = ['attempts', 'outputTokens', 'totalTokens', 'elapsedMs', 'usd'] as const;

/** The first limit that is reached. */
export function reachedLimit(budget: Budget, spent: Spent): BudgetLimit | undefined {
  return budgetLimits.find((limit) => spent[limit] >= (budget[limit] ?? Number.POSITIVE_INFINITY));
}
