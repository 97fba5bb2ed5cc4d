import { afterAll, expect, test } from 'vitest';
import { check, createInbox, fallback, human, lendTools, repair, retry, type Stage } from '../../src/index.ts';
import type { AnswerPart, ProviderAnswer } from '../servers/provider-answers/index.ts';
import type { ProviderModels } from '../support/provider-models.ts';
import { createClimber, lookUp } from './climber.ts';
import { canSay, type Subject, subjects } from './subjects.ts';

const good = check('good', ({ text }) => text.includes('GOOD') || 'Say GOOD.');
const texts = ['I guess.', '', ' ', '\n\n', '\u200B', '{"a": 1}', '```json\n{}\n```', 'x\uD83D', '\uFEFF', '<think>'];
const names = ['lookUp', 'lookUp', 'findVendor', 'search', 'functions.lookUp', 'a/b', '', '7up', 'LookUp', 'json'];
const inputs = ['{"query": "a"}', '{}', '', '{"query": 5}', 'null', '[]', '"a"', '{"query": ', '{"a\\ud83d": 1}'];

/** The same choices in every run; more with RANDOM_LADDERS. */
function chooser(seed: number) {
  let state = seed;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const pick = <ITEM>(items: readonly ITEM[]): ITEM => items[Math.floor(next() * items.length)] as ITEM;
  const part = (): AnswerPart =>
    pick<AnswerPart>([
      { type: 'reasoning', text: pick(['Hm.', '', ' ']), isRedacted: next() < 0.3 },
      { type: 'search', found: next() < 0.5 ? undefined : 'https://example.com' },
      { type: 'text', text: pick(texts) },
      { type: 'image', data: 'iVBORw0KGgo=' },
      { type: 'call', name: pick(names), input: pick(inputs) },
    ]);
  const answer = (): ProviderAnswer => {
    const more = Array.from({ length: Math.floor(next() * 6) }, part);
    return next() < 0.8 ? { more } : { more, finish: pick(['length', 'stop', 'tool-calls'] as const) };
  };
  return { pick, next, answer };
}

const climbing = createClimber();
afterAll(async () => (await climbing).close());

test('ladders of any stages, from answers of anything, are refused nothing', { timeout: 300_000 }, async () => {
  const climber = await climbing;
  const { pick, next, answer } = chooser(11);
  const all = Object.values(subjects);
  const found: string[] = [];
  for (let climbs = 0; climbs < Number(process.env.RANDOM_LADDERS ?? 200); climbs += 1) {
    const [subject, other] = [pick(all), pick(all)];
    const answers = Array.from({ length: 4 }, answer).filter((said) => canSay(subject, said) && canSay(other, said));
    const chosen = [0, 1, 2, 3, 4].filter(() => next() < 0.5);
    const lines = await climber.climb({
      sdk: pick(['ai@7', 'ai@6']),
      kind: pick(['generate', 'stream']),
      subject,
      goesOn: false,
      ends: () => true,
      options: (models) => ({
        checks: [good],
        stages: [retry({ attempts: 2 }), ...stagesFor(models, other).filter((_, index) => chosen.includes(index))],
        scope: 'public',
        convergence: 'off',
      }),
      replies: [...answers, { text: 'GOOD' }],
    });
    found.push(
      ...lines.filter((line) => !line.startsWith('ended')).map((line) => `${JSON.stringify(answers)}: ${line}`),
    );
  }
  expect(found).toEqual([]);
});

function stagesFor(models: ProviderModels, { model, providerOptions = {} }: Subject): readonly Stage[] {
  return [
    retry({ name: 'again', attempts: 1 }),
    repair({ attempts: 1 }),
    lendTools({ attempts: 2, tools: { findVendor: lookUp, 'a/b': lookUp }, show: true }),
    fallback({ model: models[model], attempts: 2, providerOptions: providerOptions as never }),
    human({ inbox: createInbox() }),
  ];
}
