import { reachedLimit, unlimited } from '../policy/budget.ts';
import type { BudgetLimit } from '../trace/budget-limit.ts';
import { countAttempts, type History } from '../trace/history.ts';
import { addUsage, type Usage } from '../trace/usage.ts';
import type { Run } from './run.ts';

export function addRunUsage({ state }: Run, usage: Usage): void {
  state.usage = addUsage(state.usage, usage);
}

/** The limit of the budget that a run has reached. */
export function budgetReached({ settings, state, startedAt }: Run, history: History): BudgetLimit | undefined {
  if (settings.budget === unlimited) return undefined;
  const { outputTokens, inputTokens } = state.usage;
  const output = (outputTokens.total ?? 0) + state.estimatedTokens;
  return reachedLimit(settings.budget, {
    attempts: countAttempts(history),
    outputTokens: output,
    totalTokens: output + (inputTokens.total ?? 0),
    elapsedMs: settings.effects.now() - startedAt,
  });
}
