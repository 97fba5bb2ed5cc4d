import { toCandidate } from '../answers/candidate.ts';
import { foundBeside } from '../checks/plan/verdict.ts';
import { type Bill, costSince } from '../context/bill.ts';
import { emit } from '../context/emit.ts';
import type { Run } from '../context/run.ts';
import { budgetReached } from '../context/spent.ts';
import { isoTime } from '../effects/iso-time.ts';
import type { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import { CheckCrashedError, explainCrash } from '../errors/check-crashed-error.ts';
import { errorName } from '../errors/error-name.ts';
import { isBudgetExceeded } from '../errors/known.ts';
import { LimitReachedError } from '../errors/limit-reached-error.ts';
import type { EventDetail } from '../events.ts';
import { errorOfLimiter } from '../limits/error-of-limiter.ts';
import { LimiterRejected } from '../limits/limiter-rejected.ts';
import type { Answer } from '../model/answer.ts';
import { plainCall } from '../policy/rung.ts';
import { leaving } from '../policy/stage-ends.ts';
import { describeFailure } from '../provider/failure.ts';
import { ProviderCallFailed } from '../provider/provider-call-failed.ts';
import type { Stage } from '../stages/stage.ts';
import type { History, HistoryEntry } from '../trace/history.ts';
import type { Issue } from '../trace/issue.ts';
import { type ProviderFailure, summaryOf } from '../trace/provider-failure.ts';
import type { StageEnd } from '../trace/stage-end.ts';
import { leaveStage } from './ends/leave-stage.ts';
import type { Evaluated } from './evaluate.ts';
import type { AttemptPlace } from './foresee.ts';

export { withCallersWord } from './ends/callers-word.ts';

/** An attempt that has begun, and the run's bill when it did. */
export interface BegunAttempt extends AttemptPlace {
  readonly billBefore: Bill;
}

/** Why an attempt came to no answer that was judged. */
export type AttemptFailure = Pick<EventDetail<'attempt-failed'>, 'reason' | 'error'>;

/** Emits that an attempt which began will not be judged, with what it cost. */
export function tellFailedAttempt(run: Run, begun: BegunAttempt, failure: AttemptFailure): void {
  const { number, stage, billBefore } = begun;
  emit(run, 'attempt-failed', { attempt: number, stage, ...failure, ...costSince(run, billBefore) });
}

/** What an error says of the attempt that it ended. */
export function failureOf(run: Run, { stage }: AttemptPlace, error: unknown): AttemptFailure {
  if (error instanceof ProviderCallFailed)
    return { reason: 'provider-failed', error: summaryOf(providerFailure(run, stage, error)) };
  return { reason: isBudgetExceeded(error) ? 'budget' : 'error' };
}

/**
 * The entry for the history of an attempt that failed.
 *
 * @throws what the run does not own: a provider's own error that the caller handles, and anything but failures of providers
 * and budgets.
 */
export function failedEntry(run: Run, { history, stage }: AttemptPlace, error: unknown): HistoryEntry {
  const { ladder } = run.settings;
  if (error instanceof ProviderCallFailed) {
    const failure = providerFailure(run, stage, error);
    if (!error.isCallersOwn) return failure;
    run.state.unowned = failure;
    const failed = [...history, failure];
    for (const end of leaving(stage, 'provider-failed', { ladder, history: failed })) leaveStage(run, end, failed);
    throw error.cause;
  }
  if (!isBudgetExceeded(error)) throw error;
  noteRefusal(run, error);
  const [end] = leaving(stage, 'budget', { ladder, history, reachedLimit: error.limit });
  return end ?? { type: 'stage-end', stage, attempts: 0, maxAttempts: 1, reason: 'budget', limit: error.limit };
}

/**
 * An answer that could not be judged: a check failed, or its model call was refused. It was paid for, and is kept. Where no
 * budget is used up, the run ends with what was thrown.
 *
 * @throws anything else, and the reason of the caller's signal.
 */
export function unjudged(run: Run, proposal: Answer, thrown: unknown): Evaluated {
  run.abortSignal?.throwIfAborted();
  const issue = whyUnjudged(thrown);
  if (issue === undefined) throw thrown;
  const error = errorOfLimiter(thrown);
  if (isBudgetExceeded(error)) noteRefusal(run, error);
  else run.state.fault = thrown;
  const candidate = toCandidate(proposal, { needsJson: false });
  const found = foundBeside.get(Object(thrown)) ?? [];
  return { candidate, verdict: { type: 'fail', issues: [issue, ...found] }, isUnjudged: true };
}

/** Why an answer was not judged, as an issue of it. */
function whyUnjudged(thrown: unknown): Issue | undefined {
  const about = (check: string, message: string): Issue => ({ message, path: [], check, kind: 'content' });
  if (CheckCrashedError.isInstance(thrown))
    return about(thrown.check, `The check "${thrown.check}" failed to judge the answer${explainCrash(thrown.cause)}`);
  if (!(thrown instanceof LimiterRejected)) return undefined;
  const error = errorOfLimiter(thrown);
  if (isBudgetExceeded(error))
    return about(
      'budget',
      'The answer was not judged: the model call of a check was refused, since a budget is used up.',
    );
  const limit = LimitReachedError.isInstance(error) ? ` (${error.limit})` : '';
  return about(
    'limit',
    `The answer was not judged: the model call of the check "${thrown.check}" was refused${limit}.`,
  );
}

/** A budget that the run itself knows to be used up explains itself better than the call that it refused elsewhere. */
function noteRefusal(run: Run, error: BudgetExceededError): void {
  if (error.spend !== undefined || budgetReached(run, []) === undefined) run.state.refused = error;
}

/** The end of a stage that has nothing to propose. */
export function skipped(stage: Stage | undefined, history: History): StageEnd {
  const { name = plainCall, attempts: maxAttempts = 1 } = stage ?? {};
  const attempts = history.filter((entry) => entry.type === 'attempt' && entry.stage === name).length;
  return { type: 'stage-end', stage: name, attempts, maxAttempts, reason: 'skipped' };
}

function providerFailure(run: Run, stage: string, { failure, cause }: ProviderCallFailed): ProviderFailure {
  const { statusCode, retryAfterMs, type, isSpent = false, noRetry, heldBy } = failure;
  run.state.lastError = cause;
  return {
    type: 'provider-failure',
    stage,
    model: run.state.calledModel.modelId,
    name: errorName(cause) ?? 'Error',
    message: describeFailure(cause, statusCode),
    ...(statusCode === undefined ? {} : { statusCode }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(type === 'refused' ? { isRefused: true } : {}),
    ...(isSpent ? { isSpent } : {}),
    ...(noRetry === undefined ? {} : { noRetry }),
    ...(heldBy === undefined ? {} : { heldBy }),
    at: isoTime(run.settings.effects.now()),
  };
}
