import { expect, test } from 'vitest';
import { compileSchema, incrementalValidator } from '../../src/incremental/index.ts';

const number = { type: 'number' };
const string = { type: 'string' };
const byKind = {
  if: { properties: { kind: { const: 'a' } }, required: ['kind'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { properties: { v: number } },
  else: { properties: { v: string } },
};

/** What is found in a whole value, and what its first issue is about while it streams. */
test.each<[what: string, schema: unknown, value: unknown, whole: string[], streamed?: string]>([
  [
    'a member that nothing names',
    { properties: { a: number }, unevaluatedProperties: false },
    { a: 1, b: 2 },
    ['b: Remove b; it is not allowed.'],
  ],
  [
    'a member that its schema refuses',
    { properties: { a: number }, unevaluatedProperties: string },
    { a: 1, b: 2 },
    ['b: Make b a string; it is the number 2.'],
    'b: Make b a string; it is a number.',
  ],
  [
    'a member of a branch that does not fit',
    {
      anyOf: [{ properties: { a: number }, required: ['a'] }, { properties: { b: number } }],
      unevaluatedProperties: false,
    },
    { b: 1, a: 'x' },
    ['a: Remove a; it is not allowed.'],
  ],
  [
    'an item behind those that are named',
    { prefixItems: [number], unevaluatedItems: false },
    [1, 2],
    ['1: Remove [1]; it is not allowed.'],
  ],
  [
    'an item that its schema refuses',
    { prefixItems: [number], unevaluatedItems: string },
    [1, 2],
    ['1: Make [1] a string; it is the number 2.'],
    '1: Make [1] a string; it is a number.',
  ],
  [
    'what a condition asks for',
    byKind,
    { kind: 'a', v: 'x' },
    ['v: Make v a number; it is the string "x".'],
    'v: Make v a number; it is a string.',
  ],
  [
    'what a condition asks for, told late',
    byKind,
    { v: 'x', kind: 'a' },
    ['v: Make v a number; it is the string "x".'],
    'v: Make v a number; it is a string.',
  ],
  [
    'what else is asked for',
    byKind,
    { kind: 'b', v: 1 },
    ['v: Make v a string; it is the number 1.'],
    'v: Make v a string; it is a number.',
  ],
  [
    'what else is asked for, told late',
    byKind,
    { v: 1, kind: 'b' },
    ['v: Make v a string; it is the number 1.'],
    'v: Make v a string; it is a number.',
  ],
  [
    'what a member asks for',
    { dependentSchemas: { card: { required: ['billing'] } } },
    { card: 1 },
    ['billing: Add billing; it is missing.'],
  ],
  [
    'what members of draft-07 ask for',
    { $schema: 'http://json-schema.org/draft-07/schema#', dependencies: { card: ['billing'], a: { required: ['b'] } } },
    { card: 1, a: 1 },
    ['billing: Add billing; card asks for it.', 'b: Add b; it is missing.'],
  ],
  [
    'too few items that match',
    { contains: number, minContains: 2 },
    [1, 'x'],
    [': Give the answer 2 items that match what it must contain; it has 1.'],
  ],
  [
    'too many items that match',
    { contains: number, maxContains: 1 },
    [1, 2],
    [': Keep at most 1 items in the answer that match what it must contain; it has 2.'],
  ],
  [
    'no object of a list',
    { enum: [{ a: 1 }, [1]] },
    { a: 2 },
    [': Make the answer one of {"a":1} or [1]; it is an object.'],
  ],
  [
    'an item that is there twice, in another order',
    { uniqueItems: true },
    [{ a: 1, b: 2 }, 1, { b: 2, a: 1 }],
    ['2: Change [2]; it repeats [0].'],
  ],
  [
    'an item of an item',
    { items: { items: number } },
    [[1], ['x']],
    ['1/0: Make [1][0] a number; it is the string "x".'],
    '1/0: Make [1][0] a number; it is a string.',
  ],
  [
    'the branch that comes closest',
    {
      anyOf: [
        { properties: { a: { properties: { b: number } } }, required: ['a'] },
        { type: 'object', required: ['z'] },
      ],
    },
    { a: { b: 'x' } },
    ['a/b: Make a.b a number; it is the string "x".'],
    'z: Add z; it is missing.',
  ],
  [
    'a member that may not be there',
    { properties: { a: false, b: number } },
    { a: 1 },
    ['a: Remove a; only b is allowed there.'],
  ],
  [
    'the only member, which may not be there',
    { properties: { a: false } },
    { a: 1 },
    ['a: Remove a; it is not allowed.'],
  ],
  [
    'a member of another name',
    { properties: { a: number, b: number }, additionalProperties: false },
    { c: 1 },
    ['c: Remove c; only a, b are allowed there.'],
  ],
])('%s is told', (_, schema, value, whole, streamed = whole[0]) => {
  const told = (issues: ReturnType<ReturnType<typeof compileSchema>['issuesOf']>) =>
    issues.map(({ path, message }) => `${path.join('/')}: ${message}`);
  expect(told(compileSchema(schema).issuesOf(value))).toEqual(whole);
  const check = incrementalValidator(schema).start();
  for (const character of JSON.stringify(value)) check.push(character);
  expect(told(check.end().issues)[0]).toBe(streamed);
});

test('no more than fifty issues are told, whichever keyword finds them', () => {
  const names = Array.from({ length: 60 }, (_, index) => `n${index}`);
  const record = Object.fromEntries(names.map((name) => [name, 1]));
  for (const [schema, value] of [
    [{ required: names }, {}],
    [{ dependentRequired: { a: names } }, { a: 1 }],
    [{ properties: Object.fromEntries(names.map((name) => [name, string])) }, record],
    [{ additionalProperties: false }, record],
    [{ propertyNames: { maxLength: 1 } }, record],
    [{ items: string }, names.map(() => 1)],
    [{ allOf: names.map((name) => ({ required: [name] })) }, {}],
    [{ allOf: names.map((_, index) => ({ minimum: index + 2 })) }, 1],
  ])
    expect([schema, compileSchema(schema).issuesOf(value)]).toEqual([schema, expect.objectContaining({ length: 50 })]);
});
