import { isEmptyPlan } from '../checks/plan/plan.ts';
import { costSince } from '../context/bill.ts';
import { emit } from '../context/emit.ts';
import type { Run } from '../context/run.ts';
import { countAttempt } from '../context/spent.ts';
import { within } from '../context/within.ts';
import { isoTime } from '../effects/iso-time.ts';
import { lazily } from '../effects/lazily.ts';
import type { Answer } from '../model/answer.ts';
import { plainCall } from '../policy/rung.ts';
import type { Stage } from '../stages/stage.ts';
import { type Attempt, countAttempts, type History, type HistoryEntry } from '../trace/history.ts';
import type { StageEnd } from '../trace/stage-end.ts';
import { noUsage, type Usage } from '../trace/usage.ts';
import { callFor } from './call-for.ts';
import { type Evaluated, evaluate } from './evaluate.ts';
import type { BegunAttempt } from './failed-attempt.ts';
import type { AttemptPlace } from './foresee.ts';
import { tellAttempt } from './tell-attempt.ts';

/** What writes feedback is never loaded while first answers pass. */
const contexts = /* @__PURE__ */ lazily(() => import('./stage-context.ts'));
const failing = /* @__PURE__ */ lazily(() => import('./failed-attempt.ts'));

/** Makes one attempt and judges it. Returns the entry for the history. */
export async function attempt(run: Run, stage: Stage | undefined, history: History): Promise<HistoryEntry> {
  const place = { history, number: countAttempts(history) + 1, stage: stage?.name ?? plainCall };
  const part = { type: 'attempt', attempt: place.number, stage: place.stage } as const;
  let made: HistoryEntry | undefined;
  countAttempt(run, 1);
  try {
    made = await within(run, part, () => attempted(run, stage, place));
    return made;
  } catch (error) {
    return (await failing()).failedEntry(run, place, error);
  } finally {
    // An attempt without an answer does not count for any budget.
    if (made?.type !== 'attempt') countAttempt(run, -1);
  }
}

/** Makes one attempt, and emits if it came to no answer that was judged. */
async function attempted(run: Run, stage: Stage | undefined, place: AttemptPlace): Promise<Attempt | StageEnd> {
  const { history, number, stage: name } = place;
  const { bill, usage: usageBefore } = run.state;
  const begun = { ...place, billBefore: { ...bill }, usageBefore, startedAt: run.settings.effects.now() };
  try {
    run.state.calledModel = run.model;
    emit(run, 'attempt-start', { attempt: number, stage: name });
    const isPlain = number === 1 && (stage === undefined || stage.isPlainCall === true);
    const proposal = isPlain
      ? await callFor(run, place, run.params, run.model)
      : stage && (await (await contexts()).proposalOf(run, stage, place));
    if (proposal === undefined) {
      const { skipped, tellFailedAttempt } = await failing();
      tellFailedAttempt(run, begun, { reason: 'skipped' });
      return skipped(stage, history);
    }
    const entry = entryOf(run, await judged(run, proposal, place), begun);
    if (run.sinks.length > 0) await tellAttempt(run, entry);
    return entry;
  } catch (error) {
    const { tellFailedAttempt, failureOf } = await failing();
    tellFailedAttempt(run, begun, failureOf(run, place, error));
    throw error;
  }
}

interface Begun extends BegunAttempt {
  readonly usageBefore: Usage;
  readonly startedAt: number;
}

function entryOf(run: Run, evaluated: Evaluated, begun: Begun): Attempt {
  const { candidate, verdict, warnings, estimatedTokens, isUnjudged } = evaluated;
  const { number, stage, billBefore, usageBefore, startedAt } = begun;
  const { calledModel, usage } = run.state;
  run.candidates.set(number, candidate);
  run.authors.set(number, calledModel);
  return {
    type: 'attempt',
    number,
    stage,
    model: candidate.result.response?.modelId ?? calledModel.modelId,
    text: candidate.answer.text,
    verdict,
    usage: usage === usageBefore ? noUsage : candidate.result.usage,
    startedAt: isoTime(startedAt),
    durationMs: run.settings.effects.now() - startedAt,
    ...(isUnjudged === undefined ? {} : { isUnjudged }),
    ...(warnings === undefined ? {} : { warnings }),
    ...(candidate.fixes.length === 0 ? {} : { fixes: candidate.fixes }),
    ...(estimatedTokens === undefined ? {} : { estimatedTokens }),
    ...costSince(run, billBefore),
  };
}

/** Judges a proposal. If that fails, the paid answer is kept. */
async function judged(run: Run, proposal: Answer, place: AttemptPlace): Promise<Evaluated> {
  try {
    const evaluated = await evaluate(run, proposal, place);
    if (evaluated.verdict.type === 'pass' || isEmptyPlan(run.settings.plan)) return evaluated;
    return await (await failing()).withCallersWord(run, evaluated, place);
  } catch (error) {
    return (await failing()).unjudged(run, proposal, error);
  }
}
