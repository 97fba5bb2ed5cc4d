import type { Run } from '../../context/run.ts';
import { spentSoFar } from '../../context/spent.ts';
import { BudgetExceededError } from '../../errors/budget-exceeded-error.ts';
import { EscalationPendingError } from '../../errors/escalation-pending-error.ts';
import type { Explained } from '../../errors/explain-course.ts';
import {
  budgetMessage,
  type Exhausted,
  exhaustedMessage,
  pendingMessage,
  providerMessage,
  type ReachedBudget,
} from '../../errors/messages.ts';
import { ProviderFailedError } from '../../errors/provider-failed-error.ts';
import { StagesExhaustedError } from '../../errors/stages-exhausted-error.ts';
import { bestAttempt } from '../../policy/best-attempt.ts';
import type { Move } from '../../policy/decide.ts';
import type { BudgetLimit } from '../../trace/budget-limit.ts';
import type { History } from '../../trace/history.ts';
import type { Suspended } from '../person/suspended.ts';
import { unchangedAnswer } from './callers-word.ts';
import type { Outcome } from './outcome.ts';
import { explainingRun } from './said.ts';

export { endedBy } from './ended-by.ts';

/**
 * Ends a run that no stage can help: with the last answer where only checks the caller did not ask for found fault with
 * it, else with a typed error.
 */
export async function giveUp(run: Run, move: Extract<Move, { type: 'give-up' }>, history: History): Promise<Outcome> {
  const unchanged = move.reason === 'rejected' ? undefined : await unchangedAnswer(run, history);
  if (unchanged !== undefined) return unchanged;
  switch (move.reason) {
    case 'budget': {
      const cause = run.state.refused;
      const exceeded = { ...explained(run, history), limit: move.limit, cause, spend: cause?.spend };
      const reached = cause === undefined ? figuresOf(run, history, move.limit) : undefined;
      const message = budgetMessage({ ...exceeded, reached });
      throw new BudgetExceededError({ ...exceeded, spent: reached?.spent ?? cause?.spent, message });
    }
    case 'provider': {
      const failure = history.findLast((entry) => entry.type === 'provider-failure');
      const { retryAfterMs } = failure ?? {};
      const message = providerMessage(explained(run, history), retryAfterMs);
      throw new ProviderFailedError({ history, cause: run.state.lastError, retryAfterMs, message });
    }
    case 'exhausted':
    case 'rejected':
      throw exhausted(run, history, move.reason);
  }
}

/** The limit that was reached, of the run's own or a shared budget, and the amount spent. */
function figuresOf(run: Run, history: History, limit: BudgetLimit): ReachedBudget | undefined {
  const { own, shared } = run.budget;
  const spent = spentSoFar(run, history)[limit];
  const most = own[limit];
  if (most !== undefined && spent >= most) return { most, spent, isShared: false };
  const sharedMost = shared?.limits[limit];
  if (shared === undefined || sharedMost === undefined) return undefined;
  return { most: sharedMost, spent: shared.spent[limit], isShared: true };
}

/** The error of a run whose ladder is used up. */
export function exhausted(run: Run, history: History, why: Exhausted = 'exhausted'): StagesExhaustedError {
  const message = exhaustedMessage(explained(run, history), why);
  const reason = why === 'rejected' ? why : 'exhausted';
  return new StagesExhaustedError({ history, reason, bestAttempt: bestAttempt(history), message });
}

/** The error of a run that waits for a person. */
export function pending(
  run: Run,
  { escalation, history }: Pick<Suspended, 'escalation' | 'history'>,
): EscalationPendingError {
  return new EscalationPendingError({ escalation, message: pendingMessage(explained(run, history), escalation) });
}

function explained(run: Run, history: History): Explained {
  return { history, explaining: explainingRun(run, history), toolFailures: run.state.toolFailures };
}
