import { createInbox, fallback, human, lendTools, repair, retry, type Stage } from '../../../src/index.ts';
import type { ContentPart } from '../../../src/model/language-model.ts';
import { scriptedModel } from '../../../src/testing/index.ts';
import type { Random } from '../../faults/simulation/random.ts';
import { lookup } from '../../fixtures.ts';

/** A call, the answers a model gives to it, and the ladder they climb. */
export interface Scenario {
  readonly schema: object;
  readonly answers: readonly Answer[];
  stages(): readonly Stage[];
  readonly cut: () => number;
}

export interface Answer {
  readonly content: readonly ContentPart[];
  readonly finishReason: string;
}

type Instance = Record<string, unknown>;

const members: Record<
  string,
  { readonly schema: object; readonly right: unknown; readonly wrong: readonly unknown[] }
> = {
  city: { schema: { type: 'string' }, right: 'Lyon "old"', wrong: [{}, ['a', 'b']] },
  count: { schema: { type: 'number' }, right: 12, wrong: ['a dozen', {}, '12', [12], '12 ', null] },
  ok: { schema: { type: 'boolean' }, right: true, wrong: ['maybe', 'True', 1] },
  tags: { schema: { type: 'array', items: { type: 'string' } }, right: ['a'], wrong: [[{}, 1], 'a', '["a"]'] },
  unit_price: { schema: { type: 'number', minimum: 1 }, right: 1.5, wrong: [0, 'free'] },
  state: { schema: { enum: ['in_progress', 'done'] }, right: 'done', wrong: ['Done', 'purple', 'DONE '] },
  pair: {
    schema: { type: 'array', items: { type: 'string' }, minItems: 2, uniqueItems: true },
    right: ['a', 'b'],
    wrong: [['a'], [], ['a', 'a']],
  },
  notes: { schema: { type: 'object', minProperties: 2 }, right: { a: 'x', b: [1] }, wrong: [{ a: 'x' }, {}] },
  code: { schema: { type: 'string', minLength: 3, pattern: '^[a-z]+$' }, right: 'abc', wrong: ['ab', 'a1'] },
  line: {
    schema: { type: 'object', properties: { item: { type: 'string' } }, required: ['item'] },
    right: { item: 'gear' },
    wrong: [{}, { item: ['a', 'b'] }, '{"item":"gear"}', { Item: 'gear' }],
  },
};

export function scenario(random: Random): Scenario {
  const names = Object.keys(members).filter(() => random.chance(0.5));
  if (names.length === 0) names.push('count');
  const right: Instance = Object.fromEntries(names.map((name) => [name, members[name]?.right]));
  const schema = {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, members[name]?.schema])),
    required: names,
  };
  const answers = Array.from({ length: 6 }, () => answerOf(right, names, random));
  if (random.chance(0.2)) answers[1] = answers[0] as Answer;
  const ladder = random.pick(ladders);
  const longest = random.pick([1, 3, 12, 400]);
  return { schema, answers, stages: () => ladder(answers), cut: () => 1 + random.between(0, longest - 1) };
}

const ladders: readonly ((answers: readonly Answer[]) => readonly Stage[])[] = [
  () => [retry({ attempts: 1 })],
  () => [retry({ attempts: 2 })],
  () => [retry({ attempts: 3 })],
  () => [retry({ attempts: 2 }), repair({ attempts: 1 }), retry({ name: 'again', attempts: 2 })],
  () => [retry({ attempts: 1 }), lendTools({ attempts: 2, tools: { lookup: lookup() } })],
  (answers) => [retry({ attempts: 2 }), fallback({ model: scriptedModel(answers.slice(3)), attempts: 2 })],
  () => [retry({ attempts: 2 }), human({ inbox: createInbox() })],
];

function answerOf(right: Instance, names: readonly string[], random: Random): Answer {
  const value = random.chance(0.4) ? right : spoilt(right, names, random);
  const content: ContentPart[] = [{ type: 'text', text: written(value, right, random) }];
  if (random.chance(0.15)) content.unshift({ type: 'reasoning', text: 'Let me see.' });
  if (random.chance(0.05))
    content.push({ type: 'source', sourceType: 'url', id: 's', url: 'https://a.test' } as ContentPart);
  return { content, finishReason: random.chance(0.1) ? 'other' : 'stop' };
}

/** Wrong in a way that the schema shows and that is never read as another value: a model that keeps what it was told to. */
function spoilt(right: Instance, names: readonly string[], random: Random): Instance {
  const name = random.pick(names);
  const { [name]: _, ...others } = right;
  if (random.chance(0.2)) return others;
  return Object.fromEntries(
    Object.entries(right).map(([key, value]) => [key, key === name ? random.pick(members[name]?.wrong ?? []) : value]),
  );
}

function written(value: Instance, right: Instance, random: Random): string {
  const json = JSON.stringify(value, undefined, random.pick([0, 1]));
  const draft = JSON.stringify({ ...right, city: 'Paris' });
  switch (random.between(0, 19)) {
    case 0:
      return `Here it is:\n\n${json}\n\nAnything else?`;
    case 1:
      return `\`\`\`json\n${json}\n\`\`\``;
    case 2:
      return `<think>Maybe ${draft}. No.</think>${json}`;
    case 3:
      return `For example ${draft}, or so.\n\n${json}`;
    case 4:
      return JSON.stringify([value]);
    case 5:
      return JSON.stringify({ answer: value });
    case 6:
      return json.replaceAll('true', 'True');
    case 7:
      return `${json.slice(0, -1)},}`;
    case 8:
      return json.replaceAll(/:(\d+(?:\.\d+)?|true)/g, ':"$1"');
    case 9:
      return '';
    case 10:
      return 'I would rather not.';
    case 11:
      return json.replaceAll('"', "'").replaceAll("\\'", '"');
    case 12:
      return json.replaceAll('\\"', '"');
    case 13:
      return value === right ? `${json}\ncount: 99` : json;
    case 14:
      return value === right ? `${json}\n{"unit_price":9}` : json;
    default:
      return json;
  }
}
