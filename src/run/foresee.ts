import type { Run } from '../context/run.ts';
import { budgetReached } from '../context/spent.ts';
import { modelKey } from '../model/language-model.ts';
import { decide, type Move } from '../policy/decide.ts';
import { estimateTokens } from '../trace/estimate-tokens.ts';
import type { Fragment } from '../trace/fragment.ts';
import type { Attempt, History } from '../trace/history.ts';
import { noUsage } from '../trace/usage.ts';

/** The attempt in progress. */
export interface AttemptPlace {
  readonly history: History;
  readonly number: number;
  readonly stage: string;
}

/** Whether the run would give up if this attempt failed. */
export function isLastAttempt(run: Run, place: AttemptPlace): boolean {
  return moveAfterFailure(run, place).type === 'give-up';
}

/**
 * Whether nothing would be lost if this attempt were aborted: a model is asked again whatever else is wrong with the answer,
 * by a stage that does not need its end, or the run ends.
 */
export function mayAbort(run: Run, place: AttemptPlace, fragment: Fragment): boolean {
  const move = moveAfterFailure(run, place, fragment);
  if (move.type !== 'attempt') return move.type === 'give-up' && fragment.isHopeless === true;
  const { ladder, convergence } = run.settings;
  const next = ladder[move.rung];
  if (next === undefined || next.needsWholeAnswer === true) return false;
  // Only whole answers tell whether a stage makes progress. With two attempts, it is over before that matters.
  const isCompared = convergence !== 'off' && next.name === place.stage && next.attempts > 2;
  return !isCompared || fragment.isHopeless === true;
}

function moveAfterFailure(run: Run, { history, number, stage }: AttemptPlace, fragment?: Fragment): Move {
  const { ladder, convergence } = run.settings;
  const failed: Attempt = {
    type: 'attempt',
    number,
    stage,
    model: modelKey(run.model),
    text: fragment?.text ?? '',
    verdict: {
      type: 'fail',
      issues: fragment?.issues ?? [{ message: '', path: [], check: `${number}`, kind: 'content' }],
    },
    ...(fragment === undefined ? {} : { estimatedTokens: 0 }),
    usage: noUsage,
    startedAt: '',
    durationMs: 0,
  };
  const imagined = [...history, failed];
  const written = fragment === undefined ? 0 : estimateTokens(fragment.text.length);
  return decide({ ladder, history: imagined, reachedLimit: budgetReached(run, imagined, written), convergence });
}
