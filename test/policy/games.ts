import fc from 'fast-check';
import type { Rung } from '../../src/policy/rung.ts';
import type { Decision } from '../../src/trace/decision.ts';
import type { IssueKind } from '../../src/trace/issue.ts';
import type { Game, Turn } from './play.ts';

const kinds: readonly IssueKind[] = ['syntax', 'content', 'missing-information'];
const someKinds = fc.subarray([...kinds]);

const rung: fc.Arbitrary<Omit<Rung, 'name'>> = fc
  .record({
    attempts: fc.integer({ min: 0, max: 3 }),
    shape: fc.constantFrom('plain', 'model', 'other model', 'third model', 'person'),
    handles: fc.option(someKinds, { nil: undefined, freq: 2 }),
  })
  .map(({ attempts, shape, handles }) => ({
    attempts,
    ...(handles === undefined ? {} : { handles }),
    ...(shape === 'plain' ? { isPlainCall: true } : {}),
    ...(shape === 'person' ? { asksPerson: true } : {}),
    ...(shape === 'other model' || shape === 'third model' ? { usesModel: shape } : {}),
  }));

const decision: fc.Arbitrary<Decision> = fc.oneof(
  fc.constantFrom<Decision[]>(
    { type: 'approve' },
    { type: 'edit', text: 'edited' },
    { type: 'edit', text: 'forced', force: true },
    { type: 'reject' },
  ),
  // What keeps a run going comes up more often than what ends it.
  fc.constantFrom<Decision[]>({ type: 'retry', advice: 'look again' }, { type: 'escalate' }),
);

const turn: fc.Arbitrary<Turn> = fc.record({
  model: fc.constantFrom('fail', 'fail', 'fail', 'pass', 'failure', 'refused', 'skip'),
  text: fc.integer({ min: 0, max: 9 }),
  kinds: someKinds,
  decision,
});

/** A random ladder, budget and world. */
export const games: fc.Arbitrary<Game> = fc.record({
  ladder: fc
    .array(rung, { maxLength: 5 })
    .map((rungs) => rungs.map((each, index) => ({ name: `stage ${index}`, ...each }))),
  budget: fc.record(
    { attempts: fc.integer({ min: 1, max: 6 }), outputTokens: fc.integer({ min: 1, max: 80 }) },
    { requiredKeys: [] },
  ),
  convergence: fc.constantFrom('strict', 'off'),
  turns: fc.array(turn, { minLength: 1, maxLength: 12 }),
});
