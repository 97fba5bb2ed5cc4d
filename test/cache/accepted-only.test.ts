import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type CheckInput,
  check,
  createInbox,
  fallback,
  human,
  type Inbox,
  memoryStore,
  repair,
  retry,
  type Stage,
  type Store,
  withStagedRetry,
} from '../../src/index.ts';
import type { CallOptions, LanguageModel } from '../../src/model/language-model.ts';
import type { ScriptedAnswer } from '../../src/testing/index.ts';
import { callTypes } from '../faults/ask.ts';
import { atOnce, calls, failsWith, says } from '../fixtures.ts';

/** Every answer that must not be kept says so; the good ones differ, so that no stage stops for want of progress. */
const refused = 'REFUSED';

const answer = fc
  .nat(1e6)
  .chain((serial) =>
    fc.constantFrom<ScriptedAnswer>(
      `{"good": ${serial}}`,
      `{"good": "${refused} ${serial}"}`,
      `no JSON, ${refused} ${serial}`,
      { content: [{ type: 'text', text: `{"good": ${serial}, "cut": "${refused}"}` }], finishReason: 'length' },
      { content: [{ type: 'text', text: `{"good": ${serial}, "odd": "${refused}"}` }], finishReason: 'other' },
      { content: [...calls('lookup', { query: refused }).content, { type: 'text', text: `{"good": ${serial}}` }] },
      failsWith(503),
      failsWith(400),
      new Error(refused),
    ),
  );

const checkSets: readonly (readonly CheckInput[])[] = [
  [check('good', ({ text }) => !text.includes(refused) || 'Be good.')],
  [
    check(
      'number',
      ({ value }) => typeof (value as { good?: unknown } | undefined)?.good === 'number' || 'Say a number.',
    ),
    check('whole', ({ text }) => !text.includes(refused) || [{ message: 'Do not.', path: ['good'] }]),
  ],
];

const decision = fc.constantFrom(
  { type: 'approve' } as const,
  { type: 'edit', text: `{"good": "${refused} by a person"}` } as const,
  { type: 'edit', text: `{"good": "${refused} by force"}`, force: true } as const,
  { type: 'edit', text: '{"good": 1}' } as const,
  { type: 'retry', advice: 'Try harder.' } as const,
  { type: 'reject' } as const,
);

const stageNames = fc.subarray(['retry', 'repair', 'fallback', 'human'] as const);

it('nothing that was not accepted is ever in the store', { timeout: 60_000 }, async () => {
  const game = fc.record({
    answers: fc.array(answer, { minLength: 1, maxLength: 6 }),
    others: fc.array(answer, { minLength: 1, maxLength: 3 }),
    checks: fc.constantFrom(...checkSets),
    stageNames,
    attempts: fc.integer({ min: 1, max: 3 }),
    decisions: fc.array(decision, { minLength: 1, maxLength: 3 }),
    types: fc.array(fc.constantFrom(...callTypes), { minLength: 1, maxLength: 4 }),
    singleFlight: fc.boolean(),
    staleIfErrorMs: fc.constantFrom(0, 60_000),
  });
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(game, async ({ answers, others, checks, attempts, decisions, types, ...play }) => {
      const written: string[] = [];
      const inbox = createInbox();
      const { singleFlight, staleIfErrorMs } = play;
      const model = withStagedRetry(says(...answers), {
        scope: 'public',
        checks,
        stages: play.stageNames.map((name) => stageOf(name, { attempts, others, inbox })),
        cache: { store: recording(written), singleFlight, staleIfErrorMs },
        transport: { attempts: 2, ...atOnce },
      });
      for (const [index, type] of types.entries()) {
        await call(type, model as unknown as LanguageModel);
        const [pending] = (await inbox.list()).escalations;
        const decided = decisions[index % decisions.length];
        if (pending !== undefined && decided !== undefined) await inbox.decide(pending.id, decided).catch(() => {});
      }
      for (const text of written) expect(text).not.toContain(refused);
      if (written.some((text) => text.includes('"type":"entry"'))) kept += 1;
    }),
    { numRuns: 100 },
  );
  // The property is worth something only if answers were kept.
  expect(kept).toBeGreaterThan(20);
});

/** Calls the model as the SDK would; what the call comes to does not matter here. */
async function call(type: (typeof callTypes)[number], model: LanguageModel): Promise<void> {
  const params: CallOptions = { prompt: [{ role: 'user', content: [{ type: 'text', text: 'Go on.' }] }] };
  try {
    if (type === 'generate') await model.doGenerate(params);
    else for await (const _ of (await model.doStream(params)).stream);
  } catch {
    // Failing is one way to go.
  }
}

function stageOf(
  name: 'retry' | 'repair' | 'fallback' | 'human',
  { attempts, others, inbox }: { attempts: number; others: readonly ScriptedAnswer[]; inbox: Inbox },
): Stage {
  switch (name) {
    case 'retry':
      return retry({ attempts });
    case 'repair':
      return repair({ attempts });
    case 'fallback':
      return fallback({ model: says(...others), attempts });
    case 'human':
      return human({ inbox, attempts });
  }
}

/** A store that remembers all that was ever written. */
function recording(written: string[]): Store {
  const store = memoryStore();
  return {
    ...store,
    set(key, value, options) {
      written.push(value);
      return store.set(key, value, options);
    },
  };
}
