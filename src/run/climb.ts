import { type Candidate, toCandidate } from '../answers/candidate.ts';
import { emit } from '../context/emit.ts';
import type { Run } from '../context/run.ts';
import { budgetReached } from '../context/spent.ts';
import { lazily } from '../effects/lazily.ts';
import { decide } from '../policy/decide.ts';
import { isHuman } from '../stages/human.ts';
import type { Stage } from '../stages/stage.ts';
import type { History, HistoryEntry } from '../trace/history.ts';
import { attempt } from './attempt.ts';
import { leaveStage } from './ends/leave-stage.ts';
import type { Outcome } from './ends/outcome.ts';

const releasing = /* @__PURE__ */ lazily(() => import('./ends/end-released.ts'));
const delays = /* @__PURE__ */ lazily(() => import('./wait-before.ts'));
const givingUp = /* @__PURE__ */ lazily(() => import('./ends/give-up.ts'));

/**
 * Climbs the ladder until an answer is accepted.
 *
 * Rejects with the typed errors of the library, with a provider's own error where the run does not own it, and with the
 * reason of the caller's signal.
 */
export async function climb(run: Run): Promise<Outcome> {
  const { ladder, convergence } = run.settings;
  let history: HistoryEntry[] = [];
  try {
    if (ladder.some(isHuman)) history = [...(await (await import('./person/resume.ts')).resume(run))];
    takeUp(run, history);
    let waitedAt = -1;
    for (;;) {
      run.abortSignal?.throwIfAborted();
      const move = decide({ ladder, history, reachedLimit: budgetReached(run, history), convergence });
      for (const end of move.left) leaveStage(run, end, history);
      switch (move.type) {
        case 'attempt': {
          const stage = ladder[move.rung];
          enterStage(run, stage);
          if (stage?.delay && waitedAt !== history.length) {
            waitedAt = history.length;
            // The budget may be used up by then.
            if (await (await delays()).waitBefore(run, stage, history)) break;
          }
          const entry = await attempt(run, stage, history);
          if (entry.type === 'stage-end') leaveStage(run, entry, history);
          else history.push(entry);
          if ((run.live ?? run.state.fault) !== undefined) await (await releasing()).endIfOver(run, history);
          break;
        }
        case 'ask': {
          const stage = ladder[move.rung];
          enterStage(run, stage);
          history = [...(await (await import('./person/ask-person.ts')).askPerson(run, stage, history))];
          break;
        }
        case 'accept': {
          const outcome = accepted(run, move.attempt, history);
          if (run.live !== undefined) (await releasing()).refuseContradiction(run, outcome);
          return outcome;
        }
        case 'give-up':
          return await (await givingUp()).giveUp(run, move, history);
      }
    }
  } catch (error) {
    throw await (await givingUp()).endedBy(run, error, history);
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

function enterStage(run: Run, stage: Stage | undefined): void {
  if (stage === undefined || run.state.stage === stage.name) return;
  run.state.stage = stage.name;
  emit(run, 'stage-start', { stage: stage.name });
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
