import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repetitionIn } from '../../src/policy/convergence.ts';
import { decide, type Move } from '../../src/policy/decide.ts';
import type { Rung } from '../../src/policy/rung.ts';
import type { History } from '../../src/trace/history.ts';
import { games } from './games.ts';
import { attemptsIn, type Game, play, type Step } from './play.ts';

/** What holds of every step the policy makes, whatever the ladder and the world. */
const rules: Readonly<Record<string, (step: Step, before: readonly Step[]) => boolean>> = {
  'attempt 1 is the plain call': ({ move, situation: { history, ladder } }) =>
    history.length > 0 ||
    (move.type === 'attempt' && (move.rung === -1 || (move.rung === 0 && ladder[0]?.isPlainCall === true))),

  'a stage makes no more attempts than it may': ({ move, situation: { history, ladder } }) => {
    if (move.type !== 'attempt') return true;
    const rung = ladder[move.rung];
    if (rung === undefined) return history.length === 0;
    return countAttempts(history, rung) < mostAttempts(rung);
  },

  'it never goes back down the ladder': ({ move }, before) =>
    !('rung' in move) || before.every((step) => !('rung' in step.move) || step.move.rung <= move.rung),

  'it accepts what passed, and what a person approved or forced': ({ move, situation: { history } }) => {
    if (move.type !== 'accept') return true;
    const last = history.at(-1);
    if (last?.type === 'decision') return last.decision.type === 'approve';
    const accepted = attemptsIn(history).find(({ number }) => number === move.attempt);
    const cause = history.at(-2);
    const isForced = cause?.type === 'decision' && cause.decision.type === 'edit' && cause.decision.force === true;
    return accepted === last && (accepted?.verdict.type === 'pass' || isForced);
  },

  'an answer that passed is accepted at once': ({ move, situation: { history } }) => {
    const last = history.at(-1);
    return last?.type !== 'attempt' || last.verdict.type !== 'pass' || move.type === 'accept';
  },

  'a used up budget allows nothing but a person and what the person wrote': ({ move, situation }) =>
    move.type !== 'attempt' || situation.reachedLimit === undefined || lastDecision(situation.history) === 'edit',

  'a used up budget goes to the next person': ({ move, situation: { history, ladder, reachedLimit } }) => {
    if (move.type !== 'give-up' || move.reason !== 'budget') return true;
    const reached = ladder.findIndex(({ name }) => name === history.at(-1)?.stage);
    return reachedLimit === move.limit && ladder.slice(reached + 1).every((rung) => !isPersonFor(rung, history));
  },

  'a model that failed is called again by a person alone': ({ move, situation: { history, ladder } }) => {
    const rung = move.type === 'attempt' ? ladder[move.rung] : undefined;
    if (rung === undefined || rung.asksPerson === true) return true;
    return !history.some(
      (entry) =>
        entry.type === 'provider-failure' &&
        entry.isRefused !== true &&
        modelOf(ladder, entry.stage) === rung.usesModel,
    );
  },

  'a stage whose request was refused is left': ({ move, situation: { history, ladder } }) => {
    const rung = move.type === 'attempt' ? ladder[move.rung] : undefined;
    if (rung === undefined || rung.asksPerson === true) return true;
    return !history.some((entry) => entry.type === 'provider-failure' && entry.stage === rung.name);
  },

  'a stage is passed over for issues it does not handle': ({ move, situation: { history, ladder } }) => {
    const rung = 'rung' in move ? ladder[move.rung] : undefined;
    if (rung === undefined || lastDecision(history) !== undefined) return true;
    return handles(rung, history);
  },

  'a stage that makes no progress is left': ({ move, situation: { history, ladder, convergence } }) => {
    const rung = move.type === 'attempt' ? ladder[move.rung] : undefined;
    if (rung === undefined || rung.asksPerson === true || convergence === 'off') return true;
    return repetitionIn(attemptsIn(history).filter(({ stage }) => stage === rung.name)) === undefined;
  },

  'a stage that had nothing to propose is not asked again': ({ move, situation: { history, ladder } }) => {
    const rung = 'rung' in move ? ladder[move.rung] : undefined;
    return (
      rung === undefined ||
      !history.some((entry) => entry.type === 'stage-end' && entry.reason === 'skipped' && entry.stage === rung.name)
    );
  },

  'a stage ends once': ({ move, situation: { history } }) => {
    const ended = [...history, ...move.left].filter(({ type }) => type === 'stage-end').map(({ stage }) => stage);
    return new Set(ended).size === ended.length;
  },

  'a stage that ended is not tried again': ({ move, situation: { history, ladder } }) => {
    const rung = 'rung' in move ? ladder[move.rung] : undefined;
    const ended = [...history, ...move.left].filter(({ type }) => type === 'stage-end');
    return rung === undefined || !ended.some(({ stage }) => stage === rung.name);
  },

  'a run that ends has left every stage that made an attempt': ({ move, situation: { history, ladder } }) => {
    if ('rung' in move) return true;
    const ended = [...history, ...move.left].filter(({ type }) => type === 'stage-end');
    const tried = attemptsIn(history).filter(({ stage }) => ladder.some(({ name }) => name === stage));
    return tried.every(({ stage }) => ended.some((end) => end.stage === stage));
  },

  'a stage that ended says how many attempts it made': ({ move, situation: { history, ladder } }) =>
    move.left.every(({ stage, attempts, maxAttempts }) => {
      const rung = ladder.find(({ name }) => name === stage);
      return rung?.attempts === maxAttempts && attempts === countAttempts(history, rung);
    }),

  'a rejection ends the run': ({ move, situation: { history } }) =>
    lastDecision(history) !== 'reject' || isGiveUp(move, 'rejected'),

  'it decides alike for equal input': ({ move, situation }) => isEqual(decide(structuredClone(situation)), move),
};

test('the policy keeps its rules on 100,000 random ladders and histories, and always ends', () => {
  fc.assert(
    fc.property(games, (game) => {
      const steps = play(deepFreeze(game), mostSteps(game) + 1);
      if (steps.length > mostSteps(game)) throw new Error('It does not end.');
      for (const [index, step] of steps.entries()) {
        for (const rule in rules) {
          if (!rules[rule]?.(step, steps.slice(0, index)))
            throw new Error(`Step ${index + 1} breaks the rule: ${rule}.`);
        }
      }
    }),
    { numRuns: 100_000 },
  );
}, 120_000);

test('the failure of one model leaves other stages all their attempts', () => {
  const stage = fc.record({ attempts: fc.integer({ min: 1, max: 3 }), usesModel: fc.constantFrom('a', 'b') });
  const wrong = { text: 0, kinds: [], decision: { type: 'reject' } } as const;
  fc.assert(
    fc.property(fc.array(stage, { maxLength: 4 }), (stages) => {
      const ladder = [
        { name: 'retry', attempts: 2, isPlainCall: true },
        ...stages.map((each, index) => ({ name: `stage ${index}`, ...each })),
      ];
      const turns = [{ ...wrong, model: 'failure' } as const, ...Array(20).fill({ ...wrong, model: 'fail' })];
      const steps = play({ ladder, budget: {}, convergence: 'off', turns }, 30);
      const { history } = steps.at(-1)?.situation ?? { history: [] };
      const expected = ladder.slice(1).flatMap(({ name, attempts }) => Array(attempts).fill(name));
      expect(attemptsIn(history).map((each) => each.stage)).toEqual(expected);
    }),
  );
});

/** Every entry of a history is an attempt, a failure of a stage, a stage left, or a decision; each is bounded. */
function mostSteps({ ladder }: Game): number {
  return ladder.reduce((sum, rung) => sum + 2 * mostAttempts(rung) + 2, 3);
}

/** A person who is asked may answer, even where no model may be asked again. */
function mostAttempts({ asksPerson, attempts }: Rung): number {
  return asksPerson === true ? Math.max(1, attempts) : attempts;
}

function countAttempts(history: History, { name }: Rung): number {
  return attemptsIn(history).filter(({ stage }) => stage === name).length;
}

function isPersonFor(rung: Rung, history: History): boolean {
  return rung.asksPerson === true && handles(rung, history);
}

function handles(rung: Rung, history: History): boolean {
  const verdict = attemptsIn(history).at(-1)?.verdict;
  if (rung.handles === undefined || verdict?.type !== 'fail') return true;
  return verdict.issues.every(({ kind }) => rung.handles?.includes(kind));
}

function lastDecision(history: History): string | undefined {
  const last = history.at(-1);
  return last?.type === 'decision' ? last.decision.type : undefined;
}

function modelOf(ladder: readonly Rung[], stage: string): string | undefined {
  return ladder.find(({ name }) => name === stage)?.usesModel;
}

function isGiveUp(move: Move, reason: string): boolean {
  return move.type === 'give-up' && move.reason === reason;
}

function isEqual(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function deepFreeze<VALUE>(value: VALUE): VALUE {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
