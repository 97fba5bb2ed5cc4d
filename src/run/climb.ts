import { type Candidate, toCandidate } from '../answers/candidate.ts';
import { emit } from '../context/emit.ts';
import { releasedCheck } from '../context/released.ts';
import type { Run } from '../context/run.ts';
import { budgetReached } from '../context/spent.ts';
import { lazily } from '../effects/lazily.ts';
import { sleep } from '../effects/waiting.ts';
import { decide } from '../policy/decide.ts';
import { isHuman } from '../stages/human.ts';
import type { Stage } from '../stages/stage.ts';
import type { History, HistoryEntry } from '../trace/history.ts';
import type { Issue } from '../trace/issue.ts';
import type { StageEnd } from '../trace/stage-end.ts';
import { attempt } from './attempt.ts';
import type { Outcome } from './outcome.ts';

const givingUp = /* @__PURE__ */ lazily(() => import('./give-up.ts'));

/**
 * Climbs the ladder until an answer is accepted.
 *
 * Rejects with the typed errors of the library, with a provider's own error where the run does not own it, and with the
 * reason of the caller's signal.
 */
export async function climb(run: Run): Promise<Outcome> {
  const { ladder, convergence } = run.settings;
  let history: HistoryEntry[] = ladder.some(isHuman) ? [...(await (await import('./resume.ts')).resume(run))] : [];
  takeUp(run, history);
  for (;;) {
    run.abortSignal?.throwIfAborted();
    const move = decide({ ladder, history, reachedLimit: budgetReached(run, history), convergence });
    for (const end of move.left) leaveStage(run, end, history);
    switch (move.type) {
      case 'attempt': {
        const stage = ladder[move.rung];
        enterStage(run, stage);
        const delayMs = delayBefore(run, stage, history);
        if (delayMs > 0) await sleep(delayMs, run.settings.effects, run.abortSignal);
        const entry = await attempt(run, stage, history);
        if (entry.type === 'stage-end') leaveStage(run, entry, history);
        else history.push(entry);
        if (await isReleaseFaulty(run, history)) throw (await givingUp()).exhausted(run, history);
        if (contradictsRelease(history)) throw (await givingUp()).exhausted(run, history, 'contradicted');
        break;
      }
      case 'ask': {
        const stage = ladder[move.rung];
        if (!isHuman(stage)) throw new TypeError('A stage that asks a person comes of human().');
        enterStage(run, stage);
        history = [...(await (await import('./ask-person.ts')).askPerson(run, stage, history))];
        break;
      }
      case 'accept':
        return accepted(run, move.attempt, history);
      case 'give-up':
        return await (await givingUp()).giveUp(run, move, history);
    }
  }
}

/** Continues where an earlier process stopped. */
function takeUp(run: Run, history: History): void {
  const asked = history.at(-1)?.stage;
  enterStage(
    run,
    run.settings.ladder.find(({ name }) => name === asked),
  );
}

/** Whether a check rejected text that the reader already has. It cannot be corrected, so the run ends. */
async function isReleaseFaulty({ live, plan, candidates, abortSignal }: Run, history: History): Promise<boolean> {
  const last = history.at(-1);
  if (live === undefined || live.text.owed() === '') return false;
  if (last?.type !== 'attempt' || last.verdict.type === 'pass' || last.estimatedTokens !== undefined) return false;
  // An answer that was cut off, or stops being JSON further on, can be continued.
  if (plan.structure.length > 0 && candidates.get(last.number)?.isJson === false) return false;
  // What a schema or a check that read along let through can be continued to what it wants.
  const readAlong = new Set(plan.content.filter(({ start }) => start !== undefined).map(({ name }) => name));
  // Issues of an answer that says something else are not about the released text.
  if ((await live.text.compare(last.text, abortSignal)) !== undefined) return false;
  const issues = last.verdict.issues.filter(
    (issue) => issue.kind !== 'schema' && !readAlong.has(issue.check) && !isReleased(issue),
  );
  return live.text.holdsAny(issues, abortSignal);
}

/** Whether a person's decision contradicts what the reader was shown. The person is not asked again. */
function contradictsRelease(history: History): boolean {
  const [cause, last] = history.slice(-2);
  if (cause?.type !== 'decision' || cause.decision.type === 'retry') return false;
  return last?.type === 'attempt' && last.verdict.type === 'fail' && last.verdict.issues.every(isReleased);
}

function isReleased({ check }: Issue): boolean {
  return check === releasedCheck;
}

function enterStage(run: Run, stage: Stage | undefined): void {
  if (stage === undefined || run.state.stage === stage.name) return;
  run.state.stage = stage.name;
  emit(run, 'stage-start', { stage: stage.name });
}

function leaveStage(run: Run, end: StageEnd, history: HistoryEntry[]): void {
  history.push(end);
  if (run.sinks.length === 0) return;
  const { type: _, ...event } = end;
  emit(run, 'stage-end', event);
}

/** How long a stage waits before its next attempt. */
function delayBefore(run: Run, stage: Stage | undefined, history: History): number {
  const delay = stage?.delay ?? 0;
  if (stage === undefined || delay === 0) return 0;
  const retries = history.filter((entry) => entry.type === 'attempt' && entry.stage === stage.name).length;
  if (retries === 0) return 0;
  return typeof delay === 'number' ? delay : delay(retries, run.settings.effects.random());
}

function accepted(run: Run, number: number, history: History): Outcome {
  const entry = history.findLast((candidate) => candidate.type === 'attempt' && candidate.number === number);
  if (entry?.type !== 'attempt') throw new TypeError(`There is no attempt ${number} to accept.`);
  const candidate = run.candidates.get(number) ?? candidateOfText(entry.text);
  return { type: 'accepted', candidate, attempt: entry, history };
}

/** A text as a candidate. Nothing else is known about an attempt of an earlier process. */
export function candidateOfText(text: string, finishReason = 'stop'): Candidate {
  const answer = { text, value: undefined, content: [{ type: 'text', text } as const], finishReason };
  return toCandidate(answer, { needsJson: false });
}
