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

/** The limit of the budget that a run has reached. */
export function budgetReached({ settings, state, startedAt }: Run, history: History): BudgetLimit | undefined {
  if (settings.budget === unlimited) return undefined;
  const { outputTokens, inputTokens } = addUsage(state.usage, state.checksUsage ?? noUsage);
  const output = (outputTokens.total ?? 0) + state.estimatedTokens;
  return reachedLimit(settings.budget, {
    attempts: countAttempts(history),
    outputTokens: output,
    totalTokens: output + (inputTokens.total ?? 0),
    elapsedMs: settings.effects.now() - startedAt,
  });
}
