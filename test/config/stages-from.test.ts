import { generateText } from 'ai';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { type StageConfig, stagesFrom } from '../../src/config/index.ts';
import { configSchema } from '../../src/config/json-schema.ts';
import { check, createInbox, EscalationPendingError, memoryStore, retry, withStagedRetry } from '../../src/index.ts';
import { errorOf, lookup, says } from '../fixtures.ts';

const other = says('no', 'right');
const registry = {
  models: { other },
  tools: { vendors: { lookup: lookup(() => undefined) } },
  inboxes: { mail: createInbox({ store: memoryStore() }) },
};
const ladder: readonly StageConfig[] = [
  { type: 'retry', attempts: 1, delay: { initialMs: 1, jitter: 'none' }, temperature: 0 },
  { type: 'repair', attempts: 1, maxShare: 0.2 },
  { type: 'lendTools', attempts: 1, tools: ['vendors'], format: 'last' },
  { type: 'fallback', attempts: 2, model: 'other', providerOptions: { openai: { user: 'a' } } },
  { type: 'human', inbox: 'mail', name: 'reviewer', handles: ['content'], whenPending: 'throw' },
];

test('makes the ladder that the factories make', () => {
  const stages = stagesFrom(ladder, { registry });
  expect(stages.map(({ name, attempts }) => [name, attempts])).toEqual([
    ['retry', 1],
    ['repair', 1],
    ['tools', 1],
    ['fallback', 2],
    ['reviewer', 3],
  ]);
  const [first, , , , last] = stages;
  expect(typeof first?.delay === 'function' && first.delay(1, 0)).toBe(1);
  expect(last).toMatchObject({ asksPerson: true, inbox: registry.inboxes.mail, handles: ['content'] });
});

test('a ladder out of a file climbs to the model and the person it names', async () => {
  const file =
    '[{"type":"retry","attempts":1},{"type":"fallback","attempts":1,"model":"other"},{"type":"human","inbox":"mail"}]';
  const stages = stagesFrom(JSON.parse(file), { registry });
  const checks = [check('right', ({ text }) => text === 'right' || 'Say right.')];
  const model = withStagedRetry(says('wrong'), { checks, stages, scope: 'public' });
  const error = await errorOf(generateText({ model, prompt: 'Well?' }));
  expect(EscalationPendingError.isInstance(error)).toBe(true);
  expect(other.calls).toHaveLength(1);
  expect((await registry.inboxes.mail.list({ scope: 'public' })).escalations).toHaveLength(1);
});

test('a stage of your own stands in the registry', () => {
  const stages = stagesFrom([{ type: 'harder', times: 2 }], {
    registry: {
      stages: { harder: ({ times }) => retry({ name: 'harder', attempts: Number(times), reasoning: 'high' }) },
    },
  });
  expect(stages).toMatchObject([{ name: 'harder', attempts: 2 }]);
});

test.each<[object, string]>([
  [{ type: 'retri', attempts: 1 }, 'stages[0]: there is no type "retri". Did you mean "retry"?'],
  [
    { type: 'retry', attemps: 2 },
    'stages[0] (retry): There is no option "attemps" of retry(). Did you mean "attempts"?',
  ],
  [{ type: 'retry' }, 'stages[0] (retry): Add attempts; it is missing.'],
  [
    { type: 'retry', attempts: 0 },
    'stages[0] (retry): The stage "retry" needs attempts: a whole number of at least 1.',
  ],
  [{ type: 'retry', attempts: 1, delay: -5 }, 'stages[0] (retry): delay must be milliseconds of at least 0, not -5.'],
  [{ type: 'retry', attempts: 1, delay: { initialMs: -5 } }, 'stages[0] (retry): exponential() takes initialMs'],
  [{ type: 'retry', attempts: 1, delay: '1s' }, 'stages[0] (retry): Make delay'],
  [{ type: 'retry', attempts: 1, handles: ['contnt'] }, 'stages[0] (retry): Make handles[0] one of'],
  [{ type: 'fallback', attempts: 1, model: 'othr' }, 'among the models of the registry. Did you mean "other"?'],
  [{ type: 'lendTools', attempts: 1, tools: 'toString' }, 'There is no "toString" among the tools of the registry.'],
  [
    { type: 'human', inbox: 'post' },
    'stages[0] (human): There is no "post" among the inboxes of the registry. There are mail.',
  ],
])('%j is told by its place, type and option', (entry, message) => {
  expect(() => stagesFrom([entry] as never, { registry })).toThrow(message);
});

test('the JSON Schema for editors takes the ladder and marks what is wrong in it', () => {
  const isValid = new Ajv({ strict: false }).compile(configSchema());
  expect(isValid({ stages: ladder })).toBe(true);
  expect(isValid({ stages: [{ type: 'retry', attempts: 'two' }] })).toBe(false);
});

test('a ladder that names nothing needs no registry', () => {
  expect(stagesFrom([{ type: 'retry', attempts: 2 }])).toMatchObject([{ name: 'retry', attempts: 2 }]);
  expect(() => stagesFrom([{ type: 'human', inbox: 'post' }] as never)).toThrow(
    'stages[0] (human): There is no "post" among the inboxes of the registry.',
  );
});
