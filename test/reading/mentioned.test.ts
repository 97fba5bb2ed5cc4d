import { describe, expect, test } from 'vitest';
import { readJson } from '../../src/reading/index.ts';

const number = { type: 'number' };
const text = { type: 'string' };
const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
const list = (items: object) => ({ type: 'array', items });
const a = object({ a: number }, 'a');
const fenced = '```json\n{"a":1}\n```';

describe('what is mentioned beside an answer does not keep it from being read', () => {
  test.each([
    `As shown in [1], the total is:\n${fenced}`,
    `Source [1]: the invoice.\n${fenced}`,
    `According to [1]-[3] it is one.\n${fenced}`,
    `According to [1, 2]; and [4]: one.\n${fenced}`,
    `${fenced}\nSources: [1], see above.`,
    `${fenced}\nSee [1]/[2].`,
    `The result of \`{"b":1}\` is:\n${fenced}`,
    `I take \`[]\`, as you said:\n${fenced}`,
    `参见 [1]，结果：\n${fenced}`,
  ])('%j', (written) => {
    expect(readJson(written, a)?.value).toEqual({ a: 1 });
  });

  test.each<[written: string, schema: object]>([
    ['{"total": 5}, "currency": "EUR"}', object({ total: number })],
    ['The ids are [1], and [2].', list(number)],
    ['Either `{"a":2}`, or\n```json\n{"a":1}\n```', a],
    ['ids: [1], [2]', list(list(number))],
    ['"ids": [1], "a": 1}', a],
  ])('a second answer does: %j', (written, schema) => {
    expect(readJson(written, schema)).toBeUndefined();
  });

  test('a list that is most of the text is one', () => {
    expect(readJson('ids: [1, 2, 3]', list(number))?.value).toEqual([1, 2, 3]);
  });
});

describe('an example within a sentence is no answer', () => {
  test.each([
    'I cannot answer that from this document. An answer would look like, say, {"a":1}',
    'Answers look like this one, for example, {"a":1}\nbut the document does not say.',
    'A long line of words that goes on and on like this; {"a":1}',
    'The documents tell us quite a lot of it here -> {"a":1}',
    'As the second page says, [see page two] {"a":1}',
  ])('%j', (written) => {
    expect(readJson(written, a)).toBeUndefined();
  });
});

describe('a short list of numbers is an answer where answers stand', () => {
  test.each<[written: string, value: unknown]>([
    ['<answer>[1, 2, 3]</answer>', [1, 2, 3]],
    ['<answer>[12]</answer>', [12]],
    ['```json [1,2]```', [1, 2]],
    ['<think>well</think>[1,2]', [1, 2]],
    ['Paris<sup>[1]</sup>', undefined],
    ['Paris is the <b>capital</b> [1]', undefined],
    ['- see <a>x</a>[1]<br>', undefined],
  ])('%j', (written, value) => {
    expect(readJson(written, list(number))?.value).toEqual(value);
  });
});

describe('a fence or a tag ends JSON that lacks its closer', () => {
  test.each<[written: string, schema: object, value: unknown]>([
    ['```json\n{"a":1\n```', a, { a: 1 }],
    ['```json\n[{"a":1},{"a":2}\n```', list(a), [{ a: 1 }, { a: 2 }]],
    ['```json\n{"a":"b"\n```', object({ a: text }, 'a'), { a: 'b' }],
    ['<answer>{"a":"b"\n</answer>', object({ a: text }, 'a'), { a: 'b' }],
    ['<answer>{"a":1\n</answer>', a, { a: 1 }],
    ['{"html":"<p class="x"\n</p>"}', object({ html: text }, 'html'), undefined],
  ])('%j', (written, schema, value) => {
    expect(readJson(written, schema)?.value).toEqual(value);
  });
});

describe('two changes at one place do not get in each other’s way', () => {
  test.each<[written: string, schema: object, read: string]>([
    ['{"answer":{"a":"x"}', object({ a: text }, 'a'), '{"a":"x"}'],
    ['{"answer":{"a":{"b":"x"}', object({ a: object({ b: text }) }, 'a'), '{"a":{"b":"x"}}'],
    ['{"t":["a"', object({ t: text }, 't'), '{"t":"a"}'],
    ['[{"a":"x"', object({ a: text }, 'a'), '{"a":"x"}'],
    ['{"x":1\n"n":null}', object({ x: number, n: number }), '{"x":1}'],
    ['{"x":1\n"n":null\n"y":2}', object({ x: number, n: number, y: number }), '{"x":1,\n"y":2}'],
    ['{"n":null\n"x":1}', object({ x: number, n: number }), '{"x":1}'],
    ['{"a":"x"}\n{"a":"y"', list(object({ a: text }, 'a')), '[{"a":"x"}, {"a":"y"}]'],
    ['{"l":{"a":"x"', object({ l: list(object({ a: text }, 'a')) }), '{"l":[{"a":"x"}]}'],
    ['{"l":"x"\n"a":"y"}', object({ l: list(text), a: text }), '{"l":["x"],\n"a":"y"}'],
    ['{"l":"x"', object({ l: list(text) }), '{"l":["x"]}'],
  ])('%j', (written, schema, read) => {
    expect(readJson(written, schema)?.text).toBe(read);
  });
});
