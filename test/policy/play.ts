import { type Budget, reachedLimit } from '../../src/policy/budget.ts';
import { decide, type Move } from '../../src/policy/decide.ts';
import { plainCall, type Rung } from '../../src/policy/rung.ts';
import type { Situation } from '../../src/policy/situation.ts';
import type { Decision } from '../../src/trace/decision.ts';
import type { History, HistoryEntry } from '../../src/trace/history.ts';
import type { IssueKind } from '../../src/trace/issue.ts';
import { decided, failed, issue, passed, providerFailed, skipped } from './history.ts';

/** What the world does at one turn: what a model comes to, and what a person decides, whichever is asked. */
export interface Turn {
  readonly model: 'pass' | 'fail' | 'failure' | 'refused' | 'skip';
  /** Few, so that answers repeat themselves. */
  readonly text: number;
  readonly kinds: readonly IssueKind[];
  readonly decision: Decision;
}

export interface Game {
  readonly ladder: readonly Rung[];
  readonly budget: Budget;
  readonly convergence: 'strict' | 'off';
  /** Taken in turn, again and again. */
  readonly turns: readonly Turn[];
}

export interface Step {
  readonly situation: Situation;
  readonly move: Move;
}

/** Lets the policy play against the world, until it ends or `maxSteps` are made. */
export function play({ ladder, budget, convergence, turns }: Game, maxSteps: number): readonly Step[] {
  const steps: Step[] = [];
  let history: History = [];
  while (steps.length < maxSteps) {
    const situation: Situation = { ladder, history, reachedLimit: limitOf(budget, history), convergence };
    const move = decide(situation);
    steps.push({ situation, move });
    if (move.type === 'accept' || move.type === 'give-up') return steps;
    const turn = turns[(steps.length - 1) % turns.length] as Turn;
    history = [...history, ...move.left, entryOf(move, turn, { ladder, history })];
  }
  return steps;
}

function limitOf(budget: Budget, history: History) {
  const attempts = attemptsIn(history).length;
  return reachedLimit(budget, {
    attempts,
    outputTokens: 10 * attempts,
    totalTokens: 20 * attempts,
    elapsedMs: attempts,
    usd: attempts / 100,
  });
}

function entryOf(
  move: Extract<Move, { rung: number }>,
  turn: Turn,
  { ladder, history }: Pick<Situation, 'ladder' | 'history'>,
): HistoryEntry {
  const stage = ladder[move.rung]?.name ?? plainCall;
  if (move.type === 'ask') return decided(stage, turn.decision);
  const answer = turn.model === 'pass' ? passed(stage) : failed(stage, wrongAnswer(turn));
  const numbered = { ...answer, number: attemptsIn(history).length + 1 };
  const last = history.at(-1);
  const isEdit = last?.type === 'decision' && last.decision.type === 'edit';
  if (isEdit) return numbered;
  switch (turn.model) {
    case 'pass':
    case 'fail':
      return numbered;
    case 'failure':
      return providerFailed(stage);
    case 'refused':
      return providerFailed(stage, { isRefused: true });
    case 'skip':
      return stage === plainCall ? numbered : skipped(stage);
  }
}

function wrongAnswer({ text, kinds }: Turn) {
  const found = kinds.length === 0 ? (['content'] as const) : kinds;
  return { text: JSON.stringify({ text }), issues: found.map((kind) => issue(`${kind} of ${text}`, kind)) };
}

export function attemptsIn(history: History) {
  return history.filter((entry) => entry.type === 'attempt');
}
