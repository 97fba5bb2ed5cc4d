import { isEmptyPlan } from '../checks/plan/plan.ts';
import { emit, openEvents } from '../context/emit.ts';
import type { Run } from '../context/run.ts';
import { spentBy } from '../context/spent.ts';
import { within } from '../context/within.ts';
import { lazily } from '../effects/lazily.ts';
import { raced } from '../effects/waiting.ts';
import { isBudgetExceeded, isEscalationPending, isProviderFailed, isStagesExhausted } from '../errors/known.ts';
import type { ExhaustedError } from '../options/when-exhausted.ts';
import { countAttempts } from '../trace/history.ts';
import { candidateOfText, climb } from './climb.ts';
import { type Outcome, waitingFor } from './ends/outcome.ts';
import { acceptedAnswer, conclude, latestAnswer } from './person/conclude.ts';
import { Suspended } from './person/suspended.ts';

const cachePath = /* @__PURE__ */ lazily(() => import('./through-cache.ts'));

/** How long a run waits for its resources to close, in milliseconds. */
const releaseTimeoutMs = 2000;

/** Conducts a run from its first event to its last, and releases its resources however it ends. */
export function conduct(run: Run, onStart?: () => void): Promise<Outcome> {
  return within(run, { type: 'run' }, () => conducted(run, onStart));
}

async function conducted(run: Run, onStart?: () => void): Promise<Outcome> {
  if (run.sinks.length > 0) await openEvents();
  emit(run, 'run-start', { provider: run.model.provider, model: run.model.modelId, type: run.type });
  onStart?.();
  try {
    for (const stage of run.settings.ladder) stage.refuseCall?.(run.params);
    if (!isEmptyPlan(run.settings.guards)) await (await import('./guard-prompt.ts')).guardPrompt(run);
    const outcome = await (run.settings.cache === undefined ? climbed(run) : cached(run));
    if (run.sinks.length > 0) announceEnd(run, outcome);
    return outcome;
  } catch (error) {
    emit(run, 'run-end', {
      outcome: outcomeOf(run, error),
      attempts: attemptsOf(run, error),
      durationMs: run.settings.effects.now() - run.startedAt,
      ...spentBy(run),
      ...(isBudgetExceeded(error) ? { limit: error.limit } : {}),
      ...(isEscalationPending(error) ? { escalationId: error.escalation.id } : {}),
      error,
    });
    throw error;
  } finally {
    if (run.releases.length > 0) await release(run);
  }
}

/** The attempts in the error's history, or else those judged so far, including those before a resumed run. */
function attemptsOf({ candidates, state }: Run, error: unknown): number {
  const history = isEscalationPending(error)
    ? error.escalation.attempts
    : isStagesExhausted(error) || isBudgetExceeded(error)
      ? error.history
      : undefined;
  if (history !== undefined) return countAttempts(history);
  return Math.max(state.earlier?.attempts.length ?? 0, ...candidates.keys());
}

function announceEnd(run: Run, { type, history, attempt, limit, ...outcome }: Outcome): void {
  const stage = attempt?.stage ?? outcome.stage;
  const last = history.at(-1);
  emit(run, 'run-end', {
    outcome: type,
    attempts: countAttempts(history),
    ...(stage === undefined ? {} : { stage }),
    durationMs: run.settings.effects.now() - run.startedAt,
    ...spentBy(run),
    ...(limit === undefined ? {} : { limit }),
    ...waitingFor(outcome),
    ...(last?.type !== 'stage-end' || last.decision === undefined ? {} : { decision: last.decision }),
  });
}

async function cached(run: Run): Promise<Outcome> {
  const { throughCache } = await cachePath();
  return await throughCache(run, () => climbed(run));
}

async function climbed(run: Run): Promise<Outcome> {
  try {
    const outcome = await climb(run);
    const { attempt, candidate } = outcome;
    if (run.state.decided !== undefined && attempt !== undefined)
      await conclude(run, { type: 'accepted', ...acceptedAnswer(attempt, candidate) });
    return outcome;
  } catch (error) {
    if (error instanceof Suspended) return await suspension(run, error);
    const isRejected = isStagesExhausted(error) && error.reason === 'rejected';
    try {
      const outcome = await unaccepted(run, error);
      const { attempt, candidate } = outcome;
      const verdict = attempt === undefined ? {} : { verdict: attempt.verdict };
      await conclude(
        run,
        isRejected ? { type: 'failed' } : { type: 'accepted', text: candidate.answer.text, ...verdict },
      );
      return outcome;
    } catch (thrown) {
      if (hasEnded(error)) await conclude(run, { type: 'failed', ...latestAnswer(error.history) });
      throw thrown;
    }
  }
}

/** What the run delivers although nothing was accepted; rejects with its error where that is nothing. */
async function unaccepted(run: Run, error: unknown): Promise<Outcome> {
  if (run.settings.whenExhausted === 'throw') throw error;
  const { deliverUnaccepted } = await import('./ends/deliver-unaccepted.ts');
  return await deliverUnaccepted(run, error);
}

function hasEnded(error: unknown): error is ExhaustedError {
  return isStagesExhausted(error) || isBudgetExceeded(error) || isProviderFailed(error);
}

/** The answer of a run that waits for a person, if there is one. */
async function suspension(run: Run, error: Suspended): Promise<Outcome> {
  const { escalation, response } = error;
  if (response === undefined) throw (await import('./ends/give-up.ts')).pending(run, error);
  return {
    type: 'pending',
    candidate: candidateOfText(response, 'other'),
    attempt: undefined,
    stage: escalation.stage,
    waitsFor: escalation,
    history: escalation.attempts,
  };
}

function outcomeOf({ abortSignal }: Run, error: unknown): 'pending' | 'aborted' | 'failed' {
  if (isEscalationPending(error)) return 'pending';
  return abortSignal?.aborted === true ? 'aborted' : 'failed';
}

async function release({ releases, settings: { effects } }: Run): Promise<void> {
  const closing = Promise.allSettled(releases.map(async (close) => close()));
  await raced(closing, { timeoutMs: releaseTimeoutMs, effects }).catch(() => {});
}
