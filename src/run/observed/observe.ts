import { modelAnswer, toCandidate } from '../../answers/candidate.ts';
import { costSince, nothingSpent } from '../../context/bill.ts';
import { emit, openEvents } from '../../context/emit.ts';
import { type Run, type RunStart, startRun } from '../../context/run.ts';
import { addRunUsage, budgetReached, spentBy } from '../../context/spent.ts';
import { within } from '../../context/within.ts';
import { deferred } from '../../effects/deferred.ts';
import { isoTime } from '../../effects/iso-time.ts';
import { raced } from '../../effects/waiting.ts';
import { isSharedBudget } from '../../limits/shared-budget.ts';
import type { GenerateResult, StreamPart, StreamResult } from '../../model/language-model.ts';
import { type Budget, unlimited } from '../../policy/budget.ts';
import { decide } from '../../policy/decide.ts';
import { plainCall } from '../../policy/rung.ts';
import { classifyFailure } from '../../provider/failure.ts';
import { openStream } from '../../provider/open-stream.ts';
import { ProviderCallFailed } from '../../provider/provider-call-failed.ts';
import { describeError } from '../../telemetry/describe-error.ts';
import { type Attempt, countAttempts } from '../../trace/history.ts';
import type { Observed } from '../../trace/observed.ts';
import type { Outcome } from '../ends/outcome.ts';
import { evaluate } from '../evaluate.ts';
import { failureOf, tellFailedAttempt } from '../failed-attempt.ts';
import { metadataWith } from '../report/report.ts';
import { tellAttempt } from '../tell-attempt.ts';
import { observedBill } from './observed-bill.ts';
import { passedOn } from './observed-stream.ts';

type ObservedCall = Omit<RunStart, 'type' | 'abortSignal' | 'live' | 'onOpen' | 'onStart'>;

/**
 * The bare model's answer, as it is, judged and reported: nothing is asked again, cached, limited or retried, and no person
 * is asked. Rejects as the model does, and when the caller's signal is aborted, which a model may not mind.
 */
export function observeGenerate(call: ObservedCall): Promise<GenerateResult> {
  const run = startRun({ ...unlimitedCall(call), type: 'generate' });
  return observed(run, async (judge) => {
    const result = await raced(run.model.doGenerate(run.params), { signal: run.abortSignal });
    const outcome = await judge(result);
    return { ...result, providerMetadata: metadataWith(run, outcome) };
  });
}

/** The bare model's stream. Each part is forwarded as it comes, the last one when the answer is judged. */
export async function observeStream(call: ObservedCall): Promise<StreamResult> {
  const left = new AbortController();
  const signals = [left.signal, call.params.abortSignal].filter((signal) => signal !== undefined);
  const run = startRun({ ...unlimitedCall(call), type: 'stream', abortSignal: AbortSignal.any(signals) });
  const opened = deferred<StreamResult>();
  const observing = observed(run, async (judge, notePart) => {
    const result = await openStream(run.model, run.params, run.abortSignal);
    const answered = deferred<GenerateResult>();
    const reported = deferred<Outcome>();
    reported.promise.catch(() => {});
    opened.resolve({ ...result, stream: passedOn(run, result.stream, { answered, reported, notePart, left }) });
    try {
      reported.resolve(await judge(await answered.promise));
    } catch (error) {
      reported.reject(error);
      throw error;
    }
  });
  observing.catch(opened.reject);
  return await opened.promise;
}

type Judge = (result: GenerateResult) => Promise<Outcome>;

/** One attempt of one run: each is told once, however the model, the checks or the reader end it. */
function observed<RESULT>(
  run: Run,
  ask: (judge: Judge, notePart: (part: StreamPart) => void) => Promise<RESULT>,
): Promise<RESULT> {
  const stage = firstStage(run);
  const begun = { history: [], number: 1, stage, billBefore: nothingSpent };
  const bill = observedBill(run);
  let outcome: Outcome | undefined;
  let crash: { readonly error: unknown } | undefined;
  const judge: Judge = async (result) => {
    addRunUsage(run, result.usage);
    await bill.settle({ type: 'answered', result });
    try {
      outcome = await judged(run, result, stage);
    } catch (error) {
      run.abortSignal?.throwIfAborted();
      crash = { error };
      tellFailedAttempt(run, begun, { reason: 'error' });
      const candidate = toCandidate(modelAnswer(result), { needsJson: false });
      const observed = { error: describeError(error) };
      outcome = { type: 'failed', candidate, attempt: undefined, stage, history: [], observed };
    }
    return outcome;
  };
  const answered = async () => {
    try {
      await bill.open();
      return await ask(judge, bill.notePart);
    } catch (error) {
      await bill.settle({ type: run.abortSignal?.aborted === true ? 'aborted' : 'failed', error });
      tellFailedAttempt(run, begun, failureOf(run, begun, providerError(run, error)));
      throw error;
    }
  };
  return within(run, { type: 'run' }, async () => {
    if (run.sinks.length > 0) await openEvents();
    emit(run, 'run-start', { provider: run.model.provider, model: run.model.modelId, type: run.type });
    emit(run, 'attempt-start', { attempt: 1, stage });
    try {
      const result = await within(run, { type: 'attempt', attempt: 1, stage }, answered);
      announceEnd(run, outcome, crash);
      return result;
    } catch (error) {
      announceEnd(run, undefined, { error });
      throw error;
    }
  });
}

/** What the run would have done with the answer. */
async function judged(run: Run, result: GenerateResult, stage: string): Promise<Outcome> {
  const proposal = modelAnswer(result);
  const { candidate, ...judgement } = await evaluate(run, proposal, { history: [], number: 1, stage });
  run.candidates.set(1, candidate);
  const attempt: Attempt = {
    type: 'attempt',
    number: 1,
    stage,
    model: result.response?.modelId ?? run.model.modelId,
    text: proposal.text,
    ...judgement,
    ...(candidate.fixes.length === 0 ? {} : { fixes: candidate.fixes }),
    usage: result.usage,
    ...costSince(run),
    startedAt: isoTime(run.startedAt),
    durationMs: run.settings.effects.now() - run.startedAt,
  };
  await tellAttempt(run, attempt);
  const type = attempt.verdict.type === 'pass' ? 'accepted' : 'not-accepted';
  return { type, candidate, attempt, history: [attempt], observed: nextAfter(run, attempt) };
}

/** The stage at which the run would have begun. */
function firstStage({ settings: { ladder } }: Run): string {
  const move = decide({ ladder, history: [] });
  return move.type === 'attempt' ? (ladder[move.rung]?.name ?? plainCall) : plainCall;
}

/** What the run would have done next. */
function nextAfter(run: Run, attempt: Attempt): Observed {
  const { ladder, convergence } = run.settings;
  const history = [attempt];
  const move = decide({ ladder, history, reachedLimit: budgetReached(run, history), convergence });
  if (move.type === 'give-up') return move.reason === 'budget' ? { limit: move.limit } : {};
  const next = move.type === 'accept' ? undefined : ladder[move.rung];
  return next === undefined ? {} : { nextStage: next.name };
}

/** What the model itself failed with, described like a failure that a run handles; the caller's own reason where it left. */
function providerError({ abortSignal, settings: { effects } }: Run, error: unknown): unknown {
  return abortSignal?.aborted === true ? error : new ProviderCallFailed(classifyFailure(error, effects.now()), error);
}

/** Without an outcome the model itself failed, or the caller left. */
function announceEnd(run: Run, outcome: Outcome | undefined, failure: { readonly error: unknown } | undefined): void {
  const failed = run.abortSignal?.aborted === true ? 'aborted' : 'failed';
  const { type = failed, attempt, history = [], observed = {} } = outcome ?? {};
  const stage = attempt?.stage ?? outcome?.stage;
  emit(run, 'run-end', {
    outcome: type,
    attempts: countAttempts(history),
    ...(stage === undefined ? {} : { stage }),
    observed,
    durationMs: run.settings.effects.now() - run.startedAt,
    ...spentBy(run),
    ...failure,
  });
}

/** What is only observed is neither limited nor charged to a budget that others share. */
function unlimitedCall(call: ObservedCall): ObservedCall {
  const { settings, callOptions } = call;
  const budget = isSharedBudget(settings.budget) ? unlimited : withoutUsd(settings.budget);
  const own =
    callOptions.budget === undefined ? callOptions : { ...callOptions, budget: withoutUsd(callOptions.budget) };
  return { ...call, settings: { ...settings, limits: [], budget }, callOptions: own };
}

/** A sum in USD would refuse a model that has no price. */
function withoutUsd({ usd: _, ...budget }: Budget): Budget {
  return budget;
}
