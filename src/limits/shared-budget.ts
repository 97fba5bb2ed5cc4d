import { type Budget, reachedLimit, type Spent } from '../policy/budget.ts';
import { refuseBadBudget } from '../policy/refuse-bad-budget.ts';
import type { BudgetLimit } from '../trace/budget-limit.ts';
import { rounded } from '../trace/price.ts';

/** A budget that several runs share: the steps of an agent, the calls of a job. */
export interface SharedBudget {
  readonly limits: Budget;
  /**
   * What all runs with this budget have spent so far. `elapsedMs` counts from the start of the first run, without the time
   * in which a run waits for a person.
   */
  readonly spent: Spent;
}

interface Ledger {
  readonly spent: { -readonly [LIMIT in BudgetLimit]: number };
  startedAt?: number;
  /** How many runs wait for a person, and since when at least one does. */
  waiting: number;
  waitingSince?: number | undefined;
}

const ledgers = new WeakMap<object, Ledger>();

/**
 * Creates a budget to share. Pass it as `budget` to every model whose runs share it. Its time starts with the first
 * run, so create one for each job.
 *
 * @throws InvalidArgumentError for an unknown or invalid limit.
 * @example
 * const budget = createBudget({ usd: 0.5 });
 * const agent = new ToolLoopAgent({ model: withStagedRetry(openai('gpt-5-mini'), { price, budget }), tools });
 */
export function createBudget(limits: Budget): SharedBudget {
  refuseBadBudget(limits);
  const spent = { attempts: 0, outputTokens: 0, totalTokens: 0, elapsedMs: 0, usd: 0 };
  const budget: SharedBudget = { limits, spent };
  ledgers.set(budget, { spent, waiting: 0 });
  return budget;
}

/** The calls that a model counts for the budget itself, since it is wrapped with it. */
const countedInside = new WeakSet<object>();

export function noteCountedInside(cost: object): void {
  countedInside.add(cost);
}

export function isCountedInside(cost: object): boolean {
  return countedInside.has(cost);
}

/** The prompts of calls whose attempt another run with the same budget counts: those of a judge that is wrapped with it. */
const countedOutside = new WeakSet<object>();

export function noteCountedOutside(prompt: object): void {
  countedOutside.add(prompt);
}

export function isCountedOutside(prompt: object): boolean {
  return countedOutside.has(prompt);
}

export function isSharedBudget(budget: unknown): budget is SharedBudget {
  return typeof budget === 'object' && budget !== null && ledgers.has(budget);
}

/** Adds to the amount spent. */
export function spend(budget: SharedBudget, amounts: Partial<Spent>): void {
  const ledger = ledgers.get(budget);
  if (ledger === undefined) return;
  for (const [limit, amount] of Object.entries(amounts)) ledger.spent[limit as BudgetLimit] += amount;
  ledger.spent.usd = rounded(ledger.spent.usd);
}

/** Stops the budget's time while a run waits for a person. Returns what lets it go on. */
export function pauseBudget(budget: SharedBudget, now: () => number): () => void {
  const ledger = ledgers.get(budget);
  if (ledger === undefined) return () => {};
  ledger.startedAt ??= now();
  ledger.waitingSince ??= now();
  ledger.waiting += 1;
  return () => {
    ledger.waiting -= 1;
    if (ledger.waiting > 0) return;
    ledger.startedAt = (ledger.startedAt ?? 0) + now() - (ledger.waitingSince ?? now());
    ledger.waitingSince = undefined;
  };
}

/** The limit that is reached, if any. The budget's time starts with the first call. */
export function sharedLimit(
  budget: SharedBudget,
  now: number,
  limits: Budget = budget.limits,
): BudgetLimit | undefined {
  const ledger = ledgers.get(budget);
  if (ledger === undefined) return undefined;
  ledger.startedAt ??= now;
  ledger.spent.elapsedMs = (ledger.waitingSince ?? now) - ledger.startedAt;
  return reachedLimit(limits, ledger.spent);
}
