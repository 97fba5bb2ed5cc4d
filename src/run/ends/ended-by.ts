import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Run } from '../../context/run.ts';
import { CallbackFailedError } from '../../errors/callback-failed-error.ts';
import { CheckCrashedError } from '../../errors/check-crashed-error.ts';
import { isOurs } from '../../errors/is-ours.ts';
import { isBudgetExceeded, isProviderFailed, isStagesExhausted } from '../../errors/known.ts';
import { LimitReachedError } from '../../errors/limit-reached-error.ts';
import { callbackMessage, crashCourse, limitMessage, misuseMessage } from '../../errors/messages.ts';
import { StoreError } from '../../errors/store-error.ts';
import { ThrownByCaller } from '../../errors/thrown-by-caller.ts';
import { errorOfLimiter } from '../../limits/error-of-limiter.ts';
import { LimiterRejected } from '../../limits/limiter-rejected.ts';
import { hasEnded, leaving } from '../../policy/stage-ends.ts';
import { countAttempts, type HistoryEntry } from '../../trace/history.ts';
import { Suspended } from '../person/suspended.ts';
import { keepReported } from './callers-word.ts';
import { leaveStage } from './leave-stage.ts';
import { explainingRun } from './said.ts';

/**
 * What a run rejects with that an error ended on its way up the ladder: a typed error with what was tried, if it is ours or
 * the fault is in the caller's code. The stage ends.
 */
export async function endedBy(run: Run, thrown: unknown, history: HistoryEntry[]): Promise<unknown> {
  const { abortSignal, state, settings } = run;
  const isInternal = thrown instanceof ThrownByCaller || thrown instanceof LimiterRejected;
  if (abortSignal?.aborted === true) return isInternal ? abortSignal.reason : thrown;
  const error = errorOfLimiter(thrown);
  if (isProviderFailed(error) || state.unowned !== undefined) await keepReported(run, history);
  if (isTold(error) || state.unowned !== undefined) return error;
  const { stage } = state;
  if (stage !== undefined && !hasEnded(history, stage)) {
    for (const end of leaving(stage, 'error', { ladder: settings.ladder, history })) leaveStage(run, end, history);
  }
  return withCourse(run, thrown, history);
}

/** Whether the run has said already how it ended. */
function isTold(error: unknown): boolean {
  return error instanceof Suspended || isStagesExhausted(error) || isBudgetExceeded(error) || isProviderFailed(error);
}

/** The error with what was tried. It is a new one, as a limiter may reject several runs with one error. */
function withCourse(run: Run, thrown: unknown, history: HistoryEntry[]): unknown {
  const error = errorOfLimiter(thrown);
  const { toolFailures, bill } = run.state;
  const explained = { history, explaining: explainingRun(run, history), toolFailures };
  if (error instanceof ThrownByCaller) {
    const { callback, cause } = error;
    return new CallbackFailedError({ callback, cause, history, message: callbackMessage(error, explained) });
  }
  if (LimitReachedError.isInstance(error)) {
    const { limit, retryAfterMs } = error;
    const { check } = thrown instanceof LimiterRejected ? thrown : {};
    const message = limitMessage({ limit, retryAfterMs, check }, explained);
    return new LimitReachedError({ limit, retryAfterMs, history, cause: error, message });
  }
  if (CheckCrashedError.isInstance(error)) {
    const { check, cause } = error;
    return new CheckCrashedError({ check, cause, history, course: ` ${crashCourse(explained)}` });
  }
  if (StoreError.isInstance(error)) {
    const { operation, key, cause } = error;
    return new StoreError({ operation, key, cause, history, message: misuseMessage(error, explained) });
  }
  // Nothing is lost while nothing was answered.
  if (!InvalidArgumentError.isInstance(error) || !isOurs(error) || countAttempts(history) === 0) return error;
  const { argument: callback, cause, message } = error;
  if (callback === 'price') bill.priceFaults = [...bill.priceFaults, message];
  return new CallbackFailedError({ callback, cause, history, message: misuseMessage(error, explained) });
}
