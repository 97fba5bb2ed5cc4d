import type { Run } from '../context/run.ts';
import { CallbackFailedError } from '../errors/callback-failed-error.ts';
import { CheckCrashedError } from '../errors/check-crashed-error.ts';
import { isBudgetExceeded, isProviderFailed, isStagesExhausted } from '../errors/known.ts';
import { LimitReachedError } from '../errors/limit-reached-error.ts';
import { callbackMessage } from '../errors/messages.ts';
import { ThrownByCaller } from '../errors/thrown-by-caller.ts';
import { hasEnded, leaving } from '../policy/stage-ends.ts';
import type { HistoryEntry } from '../trace/history.ts';
import { leaveStage } from './leave-stage.ts';
import { explainingRun } from './said.ts';
import { Suspended } from './suspended.ts';

/**
 * What a run rejects with that an error ended on its way up the ladder. If the fault is in the caller's code, that is a
 * typed error with what was tried, and the stage ends.
 */
export function endedBy(run: Run, error: unknown, history: HistoryEntry[]): unknown {
  const { abortSignal, state, settings } = run;
  if (abortSignal?.aborted === true) return error instanceof ThrownByCaller ? abortSignal.reason : error;
  if (isTold(error) || state.unowned !== undefined) return error;
  const { stage } = state;
  if (stage !== undefined && !hasEnded(history, stage)) {
    for (const end of leaving(stage, 'error', { ladder: settings.ladder, history })) leaveStage(run, end, history);
  }
  if (error instanceof ThrownByCaller) {
    const { callback, cause } = error;
    const explained = { history, explaining: explainingRun(run, history), toolFailures: state.toolFailures };
    return new CallbackFailedError({ callback, cause, history, message: callbackMessage(error, explained) });
  }
  return withHistory(error, history);
}

/** Whether the run has said already how it ended. */
function isTold(error: unknown): boolean {
  return error instanceof Suspended || isStagesExhausted(error) || isBudgetExceeded(error) || isProviderFailed(error);
}

/** A limiter may reject several runs with one error. */
function withHistory(error: unknown, history: HistoryEntry[]): unknown {
  if (LimitReachedError.isInstance(error)) return new LimitReachedError({ ...error, history, cause: error });
  if (!CheckCrashedError.isInstance(error)) return error;
  const { check, cause } = error;
  return new CheckCrashedError({ check, cause, history });
}
