import { sharedLimit, spend } from '../limits/shared-budget.ts';
import { reachedLimit, unlimited } from '../policy/budget.ts';
import type { BudgetLimit } from '../trace/budget-limit.ts';
import { countAttempts, type History } from '../trace/history.ts';
import { addUsage, noUsage, type Usage } from '../trace/usage.ts';
import type { Run } from './run.ts';

export function addRunUsage({ state }: Run, usage: Usage): void {
  state.usage = addUsage(state.usage, usage);
}

/** What a check's model call used counts for the budget, and apart from what the answers used. */
export function addChecksUsage({ state }: Run, usage: Usage): void {
  state.checksUsage = addUsage(state.checksUsage ?? noUsage, usage);
}

/** Counts an attempt when it begins, so that runs at a time keep to the budget they share. */
export function countAttempt({ budget: { shared } }: Run, attempts: 1 | -1): void {
  if (shared !== undefined) spend(shared, { attempts });
}

/** The limit that a run has reached, of its own budget, of one it shares, or of a limiter. */
export function budgetReached({ settings, budget, state, startedAt }: Run, history: History): BudgetLimit | undefined {
  const { own, shared } = budget;
  if (state.refused !== undefined) return state.refused.limit;
  if (own === unlimited && shared === undefined) return undefined;
  const { outputTokens, inputTokens } = addUsage(state.usage, state.checksUsage ?? noUsage);
  const output = (outputTokens.total ?? 0) + state.estimatedTokens;
  const now = settings.effects.now();
  const reached = reachedLimit(own, {
    attempts: countAttempts(history),
    outputTokens: output,
    totalTokens: output + (inputTokens.total ?? 0),
    elapsedMs: now - startedAt,
    usd: state.bill.usd,
  });
  return reached ?? (shared === undefined ? undefined : sharedLimit(shared, now));
}

/** How much of its time a run has left, in milliseconds. */
export function timeLeft({ settings, budget: { own, shared }, startedAt }: Run): number {
  const now = settings.effects.now();
  const ownMs = (own.elapsedMs ?? Number.POSITIVE_INFINITY) - (now - startedAt);
  if (shared?.limits.elapsedMs === undefined) return ownMs;
  sharedLimit(shared, now); // It brings the time that is spent up to now.
  return Math.min(ownMs, shared.limits.elapsedMs - shared.spent.elapsedMs);
}
