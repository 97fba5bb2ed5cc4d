import { jsonSchema, Output, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import { reportOf, withStagedRetry } from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { firstAnswer, inPieces } from './first-answer.ts';

const number = { type: 'number' };
const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
const slug = { type: 'string', pattern: '^[a-z_]+$' };
const short = { type: 'string', maxLength: 11 };
const states = { enum: ['in_progress', 'done'] };
const long = `,"body":"${'One morning, '.repeat(40)}"}`;

describe('no stream is cancelled that a reading saves', () => {
  test.each<[what: string, written: string, schema: object, read: object]>([
    [
      'a constant beside a pattern',
      '{"s":"In Progress"',
      object({ s: { allOf: [slug, states] } }, 's'),
      { s: 'in_progress' },
    ],
    [
      'a constant beside a length',
      '{"s":"In   Progress"',
      object({ s: { allOf: [short, states] } }, 's'),
      { s: 'in_progress' },
    ],
    [
      'a constant with a length of its own',
      '{"Unit-Price":1,"s":"In   Progress"',
      object({ unit_price: number, s: { type: 'string', ...states, maxLength: 11 } }, 'unit_price', 's'),
      { unit_price: 1, s: 'in_progress' },
    ],
    [
      'a constant beside a reference',
      '{"s":"In Progress"',
      { ...object({ s: { $ref: '#/$defs/s', ...states } }, 's'), $defs: { s: slug } },
      { s: 'in_progress' },
    ],
    [
      'a constant behind references',
      '{"s":"DONE"',
      { ...object({ s: { allOf: [{ $ref: '#/$defs/s' }, states] } }, 's'), $defs: { s: slug } },
      { s: 'done' },
    ],
    [
      'a name like a pattern of names',
      '{"unit-price":1',
      { ...object({ unit_price: number }, 'unit_price'), patternProperties: { '^[a-z-]+$': { type: 'string' } } },
      { unit_price: 1 },
    ],
  ])('%s', async (_, written, schema, read) => {
    const value = await firstAnswer(`${written}${long}`, schema);
    expect(value).toMatchObject(read);
  });

  test('a wrapper whose name a pattern takes', async () => {
    const schema = { type: 'object', patternProperties: { '^[a-z]+$': number } };
    expect(await firstAnswer('{"result":{"x":1}}', schema)).toEqual({ x: 1 });
  });
});

describe('a string ends where what follows says so', () => {
  const lyon = object({ city: { type: 'string', pattern: 'Lyon$' }, n: number }, 'city');
  const read = { city: 'the "old" Lyon' };
  test.each<[what: string, written: string]>([
    ['quotes inside', '{"city":"the "old" Lyon"}'],
    ['more behind it', '{"city":"the "old" Lyon","n":1}'],
    ['more before it', '{"n":1,"city":"the "old" Lyon"}'],
    ['white space behind it', '{"city":"the "old" Lyon"   \n ,"n":1}'],
    ['a comment behind it', '{"city":"the "old" Lyon" // a city\n}'],
  ])('%s', async (_, written) => {
    expect(await firstAnswer(written, lyon)).toMatchObject(read);
    const model = scriptedModel([{ content: [], parts: inPieces(written) }]);
    const syntax = withStagedRetry(model, { fix: { syntax: true, values: false } });
    const { output } = streamText({ model: syntax, prompt: 'x', output: Output.object({ schema: jsonSchema(lyon) }) });
    expect(await output).toMatchObject(read);
  });

  test('a long one that does not fit is cancelled where it is sure to end', async () => {
    const wrong = `{"city":"the \\"old\\" Paris"  ${long}`;
    const model = scriptedModel([{ content: [], parts: inPieces(wrong) }, '{"city":"Lyon"}']);
    const result = streamText({
      model: withStagedRetry(model),
      prompt: 'x',
      output: Output.object({ schema: jsonSchema(lyon) }),
    });
    expect(await result.output).toEqual({ city: 'Lyon' });
    expect(reportOf((await result.finalStep).providerMetadata)?.discardedTokens).toBeLessThan(20);
  });
});

describe('the answer may follow a value that ends with what is wrong with it', () => {
  const item = object({ list: { type: 'array', items: object({ a: number }, 'a') } }, 'list');
  test.each<[written: string, schema: object, read: unknown]>([
    ['{"a":"no"}\n\nSorry, corrected:\n\n{"a":1}', object({ a: number }, 'a'), { a: 1 }],
    ['{"a":{"b":1}}\n{"a":1}', object({ a: number }, 'a'), { a: 1 }],
    ['{"a":99}\n{"a":1}', object({ a: { type: 'number', maximum: 10 } }, 'a'), { a: 1 }],
    ['{"b":1,"a":"no"}\n{"b":1,"a":1}', object({ a: number, b: number }, 'a'), { b: 1, a: 1 }],
    ['{"list":[{"a":"no"}]  }\n{"list":[{"a":1}]}', item, { list: [{ a: 1 }] }],
    ['```json\n{"a":"no"}\n```\nNo:\n```json\n{"a":1}\n```', object({ a: number }, 'a'), { a: 1 }],
    [
      '[1,2,3]\n[4,5,6]',
      { type: 'array', maxItems: 2, items: { type: 'array', items: number } },
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
  ])('%s', async (written, schema, read) => {
    expect(await firstAnswer(written, schema)).toEqual(read);
  });
});

test.each(['{"name":"A","name":"B"}', '{"x":1,"x":2,"name":"B"}', '{"o":{"a":1,"a":2},"name":"B"}'])(
  'a name that stands twice is no reason to stop, with reading off: %s',
  async (written) => {
    const schema = object({ name: { type: 'string' } }, 'name');
    const model = scriptedModel([{ content: [], parts: inPieces(written) }, '{"name":"C"}']);
    const output = Output.object({ schema: jsonSchema(schema) });
    const result = streamText({ model: withStagedRetry(model, { fix: false }), prompt: 'x', output });
    expect([await result.text, model.calls.length]).toEqual([written, 1]);
  },
);

test('text that is no JSON is, with reading off', async () => {
  const model = scriptedModel([{ content: [], parts: inPieces(`{"a":1,,${long}`) }, '{"a":2}']);
  const output = Output.object({ schema: jsonSchema(object({ a: number })) });
  const result = streamText({ model: withStagedRetry(model, { fix: false }), prompt: 'x', output, onError() {} });
  await result.consumeStream();
  expect(model.calls.length).toBe(2);
});
