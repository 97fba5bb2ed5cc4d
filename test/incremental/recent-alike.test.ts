import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileSchema } from '../../src/incremental/schema/compiled-schema.ts';
import { RecentAlike } from '../../src/incremental/schema/recent-alike.ts';

const json = fc
  .jsonValue({ maxDepth: 4 })
  .filter((value): value is object => typeof value === 'object' && value !== null);

test('finds a value that would be written as the same text, and no other', () => {
  fc.assert(
    fc.property(json, json, (one, other) => {
      const recent = new RecentAlike<string>();
      const text = JSON.stringify(one);
      recent.add(text, text);
      expect(recent.get(JSON.parse(text))).toBe(text);
      expect(recent.get(JSON.parse(JSON.stringify(other)))).toBe(JSON.stringify(other) === text ? text : undefined);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['members in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ['one member less', { a: 1, b: 2 }, { a: 1 }],
  ['one member more', { a: 1 }, { a: 1, b: 2 }],
  ['a member that is not written', { a: 1 }, { a: 1, b: undefined }],
  ['a list for an object', { 0: 'a' }, ['a']],
  ['an object for a list', ['a'], { 0: 'a' }],
  ['a longer list', { a: [1] }, { a: [1, 2] }],
  ['a text for a number', { a: 1 }, { a: '1' }],
  ['null for an object', { a: {} }, { a: null }],
  ['an object that writes itself', { a: {} }, { a: new Date(0) }],
])('tells %s apart', (_, known, given) => {
  const recent = new RecentAlike<boolean>();
  recent.add(JSON.stringify(known), true);
  expect(recent.get(given)).toBeUndefined();
});

test('looks no deeper than it can, and keeps the latest four', () => {
  const recent = new RecentAlike<number>();
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  recent.add(deep, 0);
  expect(recent.get(JSON.parse(deep))).toBeUndefined();
  for (let number = 1; number <= 5; number += 1) recent.add(`{"number":${number}}`, number);
  expect([1, 2, 3, 4, 5].map((number) => recent.get({ number }))).toEqual([undefined, 2, 3, 4, 5]);
});

test('a schema that its owner changed is not taken for what it was', () => {
  const schema = { type: 'object', required: ['a'] };
  compileSchema(structuredClone(schema));
  const first = compileSchema(structuredClone(schema));
  const changed = structuredClone(schema);
  compileSchema(changed);
  changed.required.push('b');
  expect(compileSchema(structuredClone(changed)).isValid({ a: 1 })).toBe(false);
  expect(compileSchema(structuredClone(schema))).toBe(first);
  expect(first.isValid({ a: 1 })).toBe(true);
});

test('keeps no long text, and what is nested no deeper than it can look', () => {
  const recent = new RecentAlike<boolean>();
  const kept = (json: object) => {
    recent.add(JSON.stringify(json), true);
    return recent.get(structuredClone(json));
  };
  const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
  expect([kept({ text: 'x'.repeat(65_525) }), kept({ text: 'x'.repeat(65_526) })]).toEqual([true, undefined]);
  expect([kept(nested(201)), kept(nested(202))]).toEqual([true, undefined]);
});
