import { isEmptyPlan } from '../checks/plan.ts';
import { verdictOn } from '../checks/verdict.ts';
import { zeroConfigNames } from '../checks/zero-config.ts';
import type { Run } from '../context/run.ts';
import { spentSoFar } from '../context/spent.ts';
import { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import { EscalationPendingError } from '../errors/escalation-pending-error.ts';
import type { Explained } from '../errors/explain-course.ts';
import {
  budgetMessage,
  type Exhausted,
  exhaustedMessage,
  pendingMessage,
  providerMessage,
  type ReachedBudget,
} from '../errors/messages.ts';
import { ProviderFailedError } from '../errors/provider-failed-error.ts';
import { StagesExhaustedError } from '../errors/stages-exhausted-error.ts';
import { bestAttempt } from '../policy/best-attempt.ts';
import type { Move } from '../policy/decide.ts';
import type { BudgetLimit } from '../trace/budget-limit.ts';
import { countAttempts, type History } from '../trace/history.ts';
import { asWritten } from './as-written.ts';
import { checkContext } from './check-context.ts';
import type { Outcome } from './outcome.ts';
import { explainingRun } from './said.ts';
import type { Suspended } from './suspended.ts';

/**
 * Ends a run that no stage can help: with the last answer where only checks the caller did not ask for found fault with
 * it, else with a typed error.
 */
export async function giveUp(run: Run, move: Extract<Move, { type: 'give-up' }>, history: History): Promise<Outcome> {
  const unchanged = move.reason === 'rejected' ? undefined : await lastUnlessRefused(run, history);
  if (unchanged !== undefined && (await satisfiesCaller(run, unchanged))) return unchanged;
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

/**
 * The last answer, when only checks the caller did not ask for found fault with it: the SDK's own validation,
 * `repairToolCall` and agent loop have the last word then, as they would have without us.
 */
async function lastUnlessRefused(run: Run, history: History): Promise<Outcome | undefined> {
  // An aborted answer is not an answer.
  const last = history.findLast((entry) => entry.type === 'attempt' && entry.estimatedTokens === undefined);
  if (last?.type !== 'attempt') return undefined;
  const candidate = run.candidates.get(last.number);
  if (last.verdict.type !== 'fail' || candidate === undefined) return undefined;
  if (!last.verdict.issues.every(({ check }) => isZeroConfig(run, check))) return undefined;
  const delivered = await asWritten(run, candidate);
  return delivered && { type: 'unchanged', candidate: delivered, attempt: last, history };
}

/** Whether the caller's own checks, which had to wait for the structure, accept the answer too. */
async function satisfiesCaller(run: Run, { candidate, history }: Outcome): Promise<boolean> {
  const { plan, effects } = run.settings;
  if (isEmptyPlan(plan)) return true;
  const { abortSignal } = run;
  const context = checkContext(run, { history, number: countAttempts(history), isLast: true });
  const { answer, isJson } = candidate;
  const judging = verdictOn({ plan, answer, isJson, ...context, whenCheckCrashes: 'throw', effects });
  try {
    return (await judging).verdict.type === 'pass';
  } catch {
    abortSignal?.throwIfAborted();
    return false;
  }
}

function isZeroConfig({ settings: { plan } }: Run, check: string): boolean {
  const isCallers = [...plan.toolInput, ...plan.structure, ...plan.content].some(({ name }) => name === check);
  return zeroConfigNames.has(check) && !isCallers;
}
