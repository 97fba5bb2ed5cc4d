import { expect, test } from 'vitest';
import { type CitationsOptions, citations } from '../../src/checks/index.ts';
import { runCheck } from '../../src/testing/index.ts';

const sources = {
  'doc-1': 'Returns are free within 30 days. The buyer keeps the receipt.',
  'doc-2': 'Islands take two more days.',
};
const found = async (answer: unknown, options: Partial<CitationsOptions> = {}) => {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const verdict = await runCheck(citations({ sources, ...options }), text);
  return verdict.type === 'fail' ? verdict.issues : [];
};
const messages = async (answer: unknown, options: Partial<CitationsOptions> = {}) =>
  (await found(answer, options)).map(({ message }) => message);

test('a quotation belongs to the first reference behind it, before the next quotation', async () => {
  expect(await messages('"Islands take two more days" [doc-2], "returns are free within 30 days" [doc-1].')).toEqual(
    [],
  );
  expect(await messages('"Returns are free within 30 days" [doc-1]. See also [doc-2].')).toEqual([]);
  expect(await messages('By [doc-2]: "returns are free within 30 days" [doc-1].')).toEqual([]);
  expect(await messages('"Returns are free within 30 days", "islands take two more days" [doc-2].')).toEqual([]);
  expect(await messages(`"Islands take two more days"${' so it goes'.repeat(20)} [doc-1].`)).toEqual([]);
  expect(await found('"Islands take two more days" [doc-1].')).toMatchObject([
    {
      message: 'Refer to source doc-2 for the quotation "Islands take two more days": it is there, not in doc-1.',
      suggestion: 'doc-2',
    },
  ]);
});

test('every piece of a quotation stands in its source', async () => {
  expect(await messages('"Returns are free … keeps the receipt" [doc-1].')).toEqual([]);
  expect(await messages('"Returns are free [and easy] within 30 days" [doc-1].')).toEqual([]);
  expect(await messages('"Returns are free … loses the receipt" [doc-1].')).toEqual([
    'Quote word for word, or leave the quotation out: source doc-1 does not have it: "Returns are free … loses the receipt".',
  ]);
  expect(await messages('"Islands are never reached" [doc-1, doc-2].')).toEqual([
    'Quote word for word, or leave the quotation out: source doc-1, doc-2 does not have it: "Islands are never reached".',
  ]);
});

test('names at most twenty sources, and shows the beginning of a long quotation', async () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `Text ${index}.`);
  const listed = Array.from({ length: 20 }, (_, index) => index + 1).join(', ');
  const required = true;
  expect(await messages('No.', { sources: many(20), required })).toEqual([
    `Name the sources the answer rests on: ${listed}.`,
  ]);
  expect(await messages('No.', { sources: many(21), required })).toEqual([
    `Name the sources the answer rests on: ${listed}, ….`,
  ]);
  const long = 'never said '.repeat(40).trim();
  expect(await messages(`"${long}" [doc-1].`)).toEqual([
    `Quote word for word, or leave the quotation out: source doc-1 does not have it: ${JSON.stringify(long.slice(0, 200))}.`,
  ]);
});

test('is content with a reference where one is required, and tells fifty issues at most', async () => {
  expect(await messages('Free [doc-1].', { required: true })).toEqual([]);
  expect(await messages({ quote: 'Returns are free' }, { required: true })).toEqual([
    'Name the sources the answer rests on: doc-1, doc-2.',
  ]);
  const all = Array.from({ length: 80 }, (_, index) => `[doc-${index + 3}]`).join(' ');
  const count = (await messages(all)).length;
  expect(count).toBeGreaterThan(20);
  expect(count).toBeLessThan(80);
});

test('reads a text as a text although it begins with a bracket', async () => {
  expect(await messages('[doc-3] says so.')).toEqual(['Name a source there is, in place of "doc-3": doc-1, doc-2.']);
  expect(await messages([{ source: 'doc-3' }])).toHaveLength(1);
  expect(await messages('{"source":"doc-3"}')).toHaveLength(1);
});

test('does not judge more than a million characters', async () => {
  expect(await messages(`${'a'.repeat(999_992)} [doc-1]`)).toEqual([]);
  expect(await messages('a'.repeat(1_000_001))).toEqual(['Shorten the answer to at most 1000000 characters.']);
});
