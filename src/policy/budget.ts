import type { BudgetLimit } from '../trace/budget-limit.ts';

/**
 * What a run may spend. Each limit is checked before the next attempt. (A type, not an interface, so that the SDK
 * accepts it as JSON.)
 */
export type Budget = {
  /** How many answers may be judged. */
  readonly attempts?: number;
  /** Output tokens of all model calls. */
  readonly outputTokens?: number;
  /** Input and output tokens of all model calls. */
  readonly totalTokens?: number;
  /** Time since the run began, in milliseconds. */
  readonly elapsedMs?: number;
  /** Cost in USD; requires the option `price`. */
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
