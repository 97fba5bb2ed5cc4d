import type { BudgetLimit } from '../trace/budget-limit.ts';
import type { AppliedDecision, History } from '../trace/history.ts';
import type { StageEnd } from '../trace/stage-end.ts';
import { approvedAttempt } from './best-attempt.ts';
import type { Rung } from './rung.ts';
import type { Situation } from './situation.ts';
import { attemptsOf, endOf, hasEnded, indexOf, leaving } from './stage-ends.ts';

/**
 * What a run does next, and the stages it leaves behind with that. `rung` is an index into the ladder; -1 is the plain
 * call that counts for no stage.
 */
export type Move = NextStep & { readonly left: readonly StageEnd[] };

type NextStep =
  | { readonly type: 'attempt'; readonly rung: number }
  | { readonly type: 'ask'; readonly rung: number }
  | { readonly type: 'accept'; readonly attempt: number }
  | { readonly type: 'give-up'; readonly reason: 'exhausted' | 'rejected' | 'provider' }
  | { readonly type: 'give-up'; readonly reason: 'budget'; readonly limit: BudgetLimit };

/**
 * The policy: a pure function. It never goes back down the ladder, never exceeds a stage's attempts, and always ends.
 */
export function decide(situation: Situation): Move {
  const { ladder, history } = situation;
  const last = history.at(-1);
  switch (last?.type) {
    case undefined:
      return climbFrom(countsPlainCall(ladder[0]) ? 0 : -1, situation);
    case 'attempt':
      if (last.verdict.type === 'pass' || isForced(history)) {
        return { type: 'accept', attempt: last.number, left: leaving(last.stage, 'accepted', situation) };
      }
      return climbFrom(indexOf(ladder, last.stage), situation);
    case 'decision':
      return followDecision(last, situation);
    case 'provider-failure':
      return climbAfterFailure(last.stage, situation);
    case 'stage-end':
      return climbFrom(indexOf(ladder, last.stage), situation);
  }
}

function countsPlainCall(rung: Rung | undefined): boolean {
  return rung?.isPlainCall === true && rung.attempts > 0;
}

/** If the provider fails after a person's advice, nobody is asked again: the advice applies when the request is resent. */
function climbAfterFailure(stage: string, situation: Situation): Move {
  const rung = indexOf(situation.ladder, stage);
  const wasAdvised = situation.ladder[rung]?.asksPerson === true;
  return wasAdvised
    ? climbFrom(rung + 1, situation, leaving(stage, 'provider-failed', situation))
    : climbFrom(rung, situation);
}

/** Whether a person forced their edit: it is accepted whatever the checks say. */
function isForced(history: History): boolean {
  const cause = history.at(-2);
  return cause?.type === 'decision' && cause.decision.type === 'edit' && cause.decision.force === true;
}

function followDecision({ stage, decision, answer }: AppliedDecision, situation: Situation): Move {
  const { ladder, history, reachedLimit } = situation;
  const rung = indexOf(ladder, stage);
  const left = leaving(stage, 'decided', situation);
  switch (decision.type) {
    case 'approve': {
      const attempt = approvedAttempt(history, decision.attempt)?.number;
      return attempt === undefined ? { type: 'give-up', reason: 'exhausted', left } : { type: 'accept', attempt, left };
    }
    case 'edit':
      return { type: 'attempt', rung, left: [] };
    case 'retry': {
      if (answer !== undefined) return { type: 'attempt', rung, left: [] };
      const hasAttemptsLeft = attemptsOf(history, stage).length < (ladder[rung]?.attempts ?? 0);
      if (hasAttemptsLeft && reachedLimit === undefined) return { type: 'attempt', rung, left: [] };
      return climbFrom(rung + 1, situation, leaving(stage, hasAttemptsLeft ? 'budget' : 'attempts-used', situation));
    }
    case 'reject':
      return { type: 'give-up', reason: 'rejected', left };
    case 'escalate': {
      const next = ladder.findIndex((candidate, index) => index > rung && candidate.asksPerson === true);
      if (next === -1) return { type: 'give-up', reason: 'exhausted', left };
      const between = ladder.slice(rung + 1, next).flatMap(({ name }) => leaving(name, 'decided', situation));
      return { type: 'ask', rung: next, left: [...left, ...between] };
    }
  }
}

/** The first rung from `start` on that has something left to try and that the budget allows. */
function climbFrom(start: number, situation: Situation, leftBefore: readonly StageEnd[] = []): Move {
  const { ladder, history, reachedLimit } = situation;
  if (start === -1 && history.length === 0 && reachedLimit === undefined)
    return { type: 'attempt', rung: -1, left: [] };
  const left = [...leftBefore];
  for (let index = Math.max(start, 0); index < ladder.length; index += 1) {
    const rung = ladder[index];
    if (rung === undefined || hasEnded(history, rung.name)) continue;
    const end = endOf(rung, situation);
    if (end !== undefined) left.push(end);
    else if (rung.asksPerson === true) return { type: 'ask', rung: index, left };
    else if (reachedLimit === undefined) return { type: 'attempt', rung: index, left };
    else left.push(...leaving(rung.name, 'budget', situation));
  }
  const last = history.at(-1);
  const wasHeld = last === undefined || (last.type === 'stage-end' && last.reason === 'budget');
  const isHeldByBudget = wasHeld || left.some(({ reason }) => reason === 'budget');
  if (reachedLimit !== undefined && isHeldByBudget)
    return { type: 'give-up', reason: 'budget', limit: reachedLimit, left };
  return { type: 'give-up', reason: last?.type === 'provider-failure' ? 'provider' : 'exhausted', left };
}
