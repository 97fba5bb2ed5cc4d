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

/** An attempt begins; those of a shared budget are counted over all its runs. */
export function countAttempt({ budget: { shared } }: Run): void {
  if (shared !== undefined) spend(shared, { attempts: 1 });
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
  const ownMs = (own.elapsedMs ?? Number.POSITIVE_INFINITY) - (settings.effects.now() - startedAt);
  if (shared?.limits.elapsedMs === undefined) return ownMs;
  return Math.min(ownMs, shared.limits.elapsedMs - shared.spent.elapsedMs);
}
