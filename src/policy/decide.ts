import type { BudgetLimit } from '../errors/budget-exceeded-error.ts';
import type { AppliedDecision, Attempt, History } from '../trace/history.ts';
import { bestAttempt } from './best-attempt.ts';
import { makesNoProgress } from './convergence.ts';
import type { Rung } from './rung.ts';

/** What a run does next. `rung` is an index into the ladder; -1 is the plain call that counts for no stage. */
export type Move =
  | { readonly type: 'attempt'; readonly rung: number }
  | { readonly type: 'ask'; readonly rung: number }
  | { readonly type: 'accept'; readonly attempt: number }
  | { readonly type: 'give-up'; readonly reason: 'exhausted' | 'rejected' | 'provider' }
  | { readonly type: 'give-up'; readonly reason: 'budget'; readonly limit: BudgetLimit };

export interface Situation {
  readonly ladder: readonly Rung[];
  readonly history: History;
  /** The budget's limit that is reached, if one is. */
  readonly reachedLimit?: BudgetLimit | undefined;
  /** @default 'strict' */
  readonly convergence?: 'strict' | 'off';
}

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
      if (last.verdict.type === 'pass' || isForced(history)) return { type: 'accept', attempt: last.number };
      return climbFrom(indexOf(ladder, last.stage), situation);
    case 'decision':
      return followDecision(last, situation);
    case 'provider-failure':
      return climbFrom(afterFailure(ladder, last.stage), situation);
    case 'skipped-stage':
      return climbFrom(indexOf(ladder, last.stage), situation);
  }
}

function countsPlainCall(rung: Rung | undefined): boolean {
  return rung?.isPlainCall === true && rung.attempts > 0;
}

/** A person whose advice met a failing provider is not asked again: the advice stands when the request is sent again. */
function afterFailure(ladder: readonly Rung[], stage: string): number {
  const rung = indexOf(ladder, stage);
  return ladder[rung]?.asksPerson === true ? rung + 1 : rung;
}

/** A person's edit that stands whatever the checks say. */
function isForced(history: History): boolean {
  const cause = history.at(-2);
  return cause?.type === 'decision' && cause.decision.type === 'edit' && cause.decision.force === true;
}

function followDecision({ stage, decision }: AppliedDecision, situation: Situation): Move {
  const { ladder, history, reachedLimit } = situation;
  const rung = indexOf(ladder, stage);
  switch (decision.type) {
    case 'approve': {
      const attempt = decision.attempt ?? bestAttempt(history)?.number;
      return attempt === undefined ? { type: 'give-up', reason: 'exhausted' } : { type: 'accept', attempt };
    }
    case 'edit':
      return { type: 'attempt', rung };
    case 'retry': {
      const hasAttemptsLeft = attemptsOf(history, stage).length < (ladder[rung]?.attempts ?? 0);
      if (hasAttemptsLeft && reachedLimit === undefined) return { type: 'attempt', rung };
      return climbFrom(rung + 1, situation, hasAttemptsLeft);
    }
    case 'reject':
      return { type: 'give-up', reason: 'rejected' };
    case 'escalate': {
      const next = ladder.findIndex((candidate, index) => index > rung && candidate.asksPerson === true);
      return next === -1 ? { type: 'give-up', reason: 'exhausted' } : { type: 'ask', rung: next };
    }
  }
}

/** The first rung at or above `start` that has something left to try, and that the budget does not hold back. */
function climbFrom(start: number, situation: Situation, hasHeldAttempt = false): Move {
  const { ladder, history, reachedLimit } = situation;
  if (start === -1 && history.length === 0 && reachedLimit === undefined) return { type: 'attempt', rung: -1 };
  let isHeldByBudget = hasHeldAttempt;
  for (let index = Math.max(start, 0); index < ladder.length; index += 1) {
    const rung = ladder[index];
    if (rung === undefined || !isOpen(rung, situation)) continue;
    if (rung.asksPerson === true) return { type: 'ask', rung: index };
    if (reachedLimit === undefined) return { type: 'attempt', rung: index };
    isHeldByBudget = true;
  }
  if (reachedLimit !== undefined && (isHeldByBudget || history.length === 0)) {
    return { type: 'give-up', reason: 'budget', limit: reachedLimit };
  }
  return { type: 'give-up', reason: history.at(-1)?.type === 'provider-failure' ? 'provider' : 'exhausted' };
}

function isOpen(rung: Rung, { ladder, history, convergence = 'strict' }: Situation): boolean {
  const attempts = attemptsOf(history, rung.name);
  if (!handlesIssues(rung, history) || wasSkipped(history, rung.name)) return false;
  if (rung.asksPerson === true) return attempts.length < rung.attempts || !wasAsked(history, rung.name);
  if (attempts.length >= rung.attempts) return false;
  if (hasFailed(rung, ladder, history)) return false;
  return convergence === 'off' || !makesNoProgress(attempts);
}

/** Judged by the latest attempt: every kind of issue in it must be one the stage handles. */
function handlesIssues({ handles }: Rung, history: History): boolean {
  const latest = history.findLast((entry) => entry.type === 'attempt');
  if (handles === undefined || latest?.verdict.type !== 'fail') return true;
  return latest.verdict.issues.every((issue) => handles.includes(issue.kind));
}

/** Whether its model failed, or its request was refused. */
function hasFailed(rung: Rung, ladder: readonly Rung[], history: History): boolean {
  return history.some((entry) => {
    if (entry.type !== 'provider-failure') return false;
    if (entry.isRefused === true) return entry.stage === rung.name;
    return ladder[indexOf(ladder, entry.stage)]?.usesModel === rung.usesModel;
  });
}

function wasAsked(history: History, stage: string): boolean {
  return history.some((entry) => entry.type === 'decision' && entry.stage === stage);
}

function wasSkipped(history: History, stage: string): boolean {
  return history.some((entry) => entry.type === 'skipped-stage' && entry.stage === stage);
}

function attemptsOf(history: History, stage: string): Attempt[] {
  return history.filter((entry) => entry.type === 'attempt' && entry.stage === stage) as Attempt[];
}

function indexOf(ladder: readonly Rung[], stage: string): number {
  return ladder.findIndex((rung) => rung.name === stage);
}
