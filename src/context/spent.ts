import { isCountedOutside, sharedLimit, spend } from '../limits/shared-budget.ts';
import { reachedLimit, type Spent, unlimited } from '../policy/budget.ts';
import type { BudgetLimit } from '../trace/budget-limit.ts';
import { countAttempts, type History } from '../trace/history.ts';
import { addUsage, noUsage, type Usage } from '../trace/usage.ts';
import { costSince, priceFaultsOf } from './bill.ts';
import type { Run, Spending } from './run.ts';

export function addRunUsage({ state }: Run, usage: Usage): void {
  state.usage = addUsage(state.usage, usage);
}

/** Adds the usage of a check's model call. It counts for the budget, separately from the usage of answers. */
export function addChecksUsage({ state }: Run, usage: Usage): void {
  state.checksUsage = addUsage(state.checksUsage ?? noUsage, usage);
}

/** Counts an attempt when it begins, so that concurrent runs keep to a shared budget. */
export function countAttempt({ budget: { shared }, params }: Run, attempts: 1 | -1): void {
  if (shared !== undefined && !isCountedOutside(params.prompt)) spend(shared, { attempts });
}

/**
 * The limit that a run has reached: of its own budget, a shared one, or a limiter.
 *
 * @param written how many tokens of an answer have come that is not counted yet
 */
export function budgetReached(run: Run, history: History, written = 0): BudgetLimit | undefined {
  const { own, shared } = run.budget;
  if (run.state.refused !== undefined) return run.state.refused.limit;
  if (own === unlimited && shared === undefined) return undefined;
  const reached = reachedLimit(own, spentSoFar(run, history, written));
  if (reached !== undefined || shared === undefined) return reached;
  const { attempts: _, ...others } = shared.limits;
  const limits = isCountedOutside(run.params.prompt) ? others : shared.limits;
  return sharedLimit(shared, run.settings.effects.now(), limits);
}

/** What a run has spent of its own budget. */
export function spentSoFar(run: Run, history: History, written = 0): Spent {
  const { outputTokens, totalTokens, usd } = spentInAll(run).bill;
  return {
    attempts: countAttempts(history),
    outputTokens: outputTokens + written,
    totalTokens: totalTokens + written,
    elapsedMs: run.settings.effects.now() - run.startedAt - run.state.waitedMs,
    usd,
  };
}

/** What a run has spent, including the earlier calls that it continues. */
export function spentInAll({ state }: Run): Spending {
  return state.earlier?.addTo(state) ?? state;
}

/** How much of its time a run has left, in milliseconds. */
export function timeLeft({ settings, budget: { own, shared }, startedAt, state }: Run): number {
  const now = settings.effects.now();
  const ownMs = (own.elapsedMs ?? Number.POSITIVE_INFINITY) - (now - startedAt - state.waitedMs);
  if (shared?.limits.elapsedMs === undefined) return ownMs;
  sharedLimit(shared, now); // It brings the time that is spent up to now.
  return Math.min(ownMs, shared.limits.elapsedMs - shared.spent.elapsedMs);
}

/** What this call used and cost, and what the cache did, for the `run-end` event. Earlier calls had events of their own. */
export function spentBy(run: Run) {
  const { usage, estimatedTokens: discardedTokens, checksUsage, bill, cache } = run.state;
  const discarded = discardedTokens === 0 ? {} : { discardedTokens };
  const checks = checksUsage === undefined ? {} : { checksUsage };
  const kept = cache === undefined ? {} : { cache };
  return { usage, ...discarded, ...checks, ...kept, ...costSince(run), ...priceFaultsOf(bill) };
}
