import type { Run } from '../context/run.ts';
import { budgetReached } from '../context/spent.ts';
import { modelKey } from '../model/language-model.ts';
import { decide, type Move } from '../policy/decide.ts';
import type { Attempt, History } from '../trace/history.ts';
import { noUsage } from '../trace/usage.ts';

/** An attempt that is being made. */
export interface AttemptPlace {
  readonly history: History;
  readonly number: number;
  readonly stage: string;
}

/** Whether the run would give up if this attempt failed. */
export function isLastAttempt(run: Run, place: AttemptPlace): boolean {
  return moveAfterFailure(run, place).type === 'give-up';
}

/** Whether a model would be asked again if this attempt failed, by a stage that can do without the end of its answer. */
export function isAskedAgain(run: Run, place: AttemptPlace): boolean {
  const move = moveAfterFailure(run, place);
  return move.type === 'attempt' && run.settings.ladder[move.rung]?.needsWholeAnswer !== true;
}

function moveAfterFailure(run: Run, { history, number, stage }: AttemptPlace): Move {
  const { ladder, convergence } = run.settings;
  const failed: Attempt = {
    type: 'attempt',
    number,
    stage,
    model: modelKey(run.model),
    text: '',
    verdict: { type: 'fail', issues: [{ message: '', path: [], check: `${number}`, kind: 'content' }] },
    usage: noUsage,
    startedAt: '',
    durationMs: 0,
  };
  const imagined = [...history, failed];
  return decide({ ladder, history: imagined, reachedLimit: budgetReached(run, imagined), convergence });
}
