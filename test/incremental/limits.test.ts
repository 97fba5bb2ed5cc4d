// biome-ignore-all lint/suspicious/noThenProperty: it is the keyword
import { describe, expect, test } from 'vitest';
import { type CompileOptions, compileSchema, incrementalValidator } from '../../src/incremental/index.ts';
import { judgeStepwise } from '../../src/incremental/judging/deep-value.ts';
import { afford, allowSteps, isExhausted, spare, spend, stepsLeft } from '../../src/incremental/patterns/effort.ts';

const string = { type: 'string' };

/** What is said to be left unjudged, after a value that shows it. */
test.each<[limit: string, schema: unknown, options?: CompileOptions, value?: unknown]>([
  ['the reference #/$defs/a cannot be resolved and is not judged', { $ref: '#/$defs/a' }],
  ['the reference #/x cannot be resolved and is not judged', { $ref: '#/x', x: 1 }],
  ['the reference #a cannot be resolved and is not judged', { $dynamicRef: '#a' }],
  [
    'a reference that leads back to itself, or on through too many others, is not judged',
    { $id: 'urn:a', anyOf: [{ $ref: '#' }] },
  ],
  ['the type "text" is not known and is not judged', { type: 'text' }],
  ['the type ["string",1] is not known and is not judged', { type: ['string', 1] }],
  ['the type "toString" is not known and is not judged', { type: 'toString' }],
  ['an enum that is no list is not judged', { enum: 'a' }],
  ['1 is no schema and is not judged', { not: 1 }],
  ['null is no schema and is not judged', { properties: { a: null } }],
  ['["string"] is no schema and is not judged', { items: { contains: ['string'] } }],
  ['the pattern ( is not run (it is no regular expression) and leaves strings undecided', { pattern: '(' }],
  [
    'the pattern (a)\\1 is not run (it has a back-reference) and leaves strings undecided',
    { patternProperties: { '(a)\\1': false } },
  ],
  [
    'the format iri is not judged on text that is not ASCII',
    { format: 'iri' },
    { formats: 'assert' },
    'https://a.example/',
  ],
  [
    'the format regex is not judged on what is a regular expression only without the u flag',
    { format: 'regex' },
    { formats: 'assert' },
  ],
  [
    'the format date is not judged on a string of 10001 characters',
    { format: 'date' },
    { formats: 'assert' },
    'x'.repeat(10_001),
  ],
])('it is named that %s', (limit, schema, options, value = 'x') => {
  const compiled = compileSchema(schema, options);
  const validator = incrementalValidator({ allOf: [schema, schema] }, options);
  const check = validator.start();
  check.push(JSON.stringify(value));
  expect(check.end().valid).toBe(true);
  expect(validator.limits).toEqual([limit]);
  for (const judged of [value, value, { a: 1 }, [1]]) expect(compiled.isValid(judged)).toBe(true);
  expect(compiled.issuesOf(value)).toEqual([]);
  expect(compiled.limits).toEqual([limit]);
});

test.each<[schema: unknown, value: unknown]>([
  [{ type: 'text' }, 1],
  [{ enum: 'a' }, 1],
  [{ properties: { a: null } }, { a: 1 }],
  [{ items: { type: 'text' } }, [1]],
  [{ $ref: '#/nothing' }, {}],
  [{ pattern: '(' }, 'x'],
  [{ patternProperties: { '(': false } }, { a: 1 }],
  [{ contains: { type: 'text' } }, [1]],
  [{ uniqueItems: true, items: 1 }, [1]],
])('neither %j nor its opposite makes %j wrong', (schema, value) => {
  for (const either of [schema, { not: schema }, { anyOf: [schema, false] }, { not: { allOf: [schema, {}] } }]) {
    const check = incrementalValidator(either).start();
    check.push(JSON.stringify(value));
    expect([compileSchema(either).isValid(value), check.end().valid]).toEqual([true, true]);
  }
});

test.each([
  ...[
    { minimum: '2' },
    { maximum: null },
    { exclusiveMinimum: [] },
    { exclusiveMaximum: true },
    { multipleOf: 0 },
    { multipleOf: '2' },
  ],
  ...[{ minLength: '9' }, { maxLength: true }, { pattern: 1 }, { format: 'date' }, { minItems: '9' }, { maxItems: {} }],
  ...[
    { uniqueItems: 1 },
    { minContains: 9 },
    { maxContains: 0 },
    { required: 'z' },
    { required: true },
    { required: [1] },
  ],
  ...[{ minProperties: '9' }, { maxProperties: null }, { properties: [false] }, { patternProperties: false }],
  ...[
    { dependentRequired: [['a', 'z']] },
    { dependentSchemas: 'a' },
    { dependencies: [] },
    { dependentRequired: { a: 1 } },
  ],
  ...[
    { allOf: [] },
    { anyOf: [] },
    { oneOf: [] },
    { allOf: string },
    { anyOf: string },
    { oneOf: string },
    { allOf: 'ab' },
    { anyOf: 'ab' },
  ],
  ...[
    { then: false },
    { else: false },
    { additionalItems: false },
    { $ref: 1 },
    { $dynamicRef: {} },
    { oneOf: 'ab' },
    { prefixItems: 'ab' },
  ],
  ...[
    { minLength: 0 },
    { minItems: 0 },
    { minProperties: 0 },
    { minimum: -0 },
    { required: [] },
    { title: 'x', $comment: 'y' },
    {},
    true,
  ],
])('%j asks for nothing', (schema) => {
  for (const value of ['x', 1, true, null, [1, 1], { a: 1 }, [], {}, '']) {
    const check = incrementalValidator(schema).start();
    check.push(JSON.stringify(value));
    expect([value, check.end()]).toEqual([value, { valid: true, issues: [] }]);
    expect([value, compileSchema(schema).issuesOf(value)]).toEqual([value, []]);
  }
  expect(compileSchema(schema).limits).toEqual([]);
});

/** Each with values that fit, and others that do not. */
const judged: readonly (readonly [schema: object, right: readonly unknown[], wrong: readonly unknown[]])[] = [
  [{ properties: { a: string }, required: ['a', 'b'] }, [{ a: 'x', b: 1 }], [{ a: 1, b: 1 }, { a: 'x' }]],
  [{ patternProperties: { '^a': string }, additionalProperties: false }, [{ ab: 'x' }], [{ ab: 1 }, { b: 'x' }]],
  [{ propertyNames: { pattern: '^a' } }, [{ a: 1, ab: 1 }], [{ a: 1, b: 1 }]],
  [{ minProperties: 1, maxProperties: 2 }, [{ a: 1 }], [{}, { a: 1, b: 1, c: 1 }]],
  [{ dependentRequired: { a: ['b'] } }, [{ a: 1, b: 1 }, { c: 1 }], [{ a: 1 }]],
  [{ dependentSchemas: { a: { required: ['b'] } } }, [{ a: 1, b: 1 }, { c: 1 }], [{ a: 1 }]],
  [{ items: string, minItems: 1 }, [['x', 'y']], [['x', 1], []]],
  [{ prefixItems: [string, true], items: false }, [['x', 1], ['x']], [['x', 1, 1], [1]]],
  [
    { contains: string, minContains: 2, maxContains: 3 },
    [['x', 1, 'y']],
    [
      ['x', 1],
      ['x', 'y', 'z', 'w'],
    ],
  ],
  [
    { uniqueItems: true },
    [[[1], [2], 'a', 'b'], []],
    [
      [[1], [2], [1]],
      ['a', 'b', 'a'],
    ],
  ],
  [{ enum: [[1, { a: 2 }], { b: [] }] }, [[1, { a: 2 }], { b: [] }], [[1], { b: {} }]],
  [{ pattern: '^(a|b)+$', minLength: 2 }, ['abab'], ['abc', 'a']],
  [{ multipleOf: 0.01 }, [0.07, 19.99], [0.075]],
  [{ allOf: [string, { maxLength: 2 }] }, ['ab'], ['abc', 1]],
  [{ anyOf: [{ required: ['a'] }, { required: ['b'] }], type: 'object' }, [{ a: 1 }, { b: 1 }], [{ c: 1 }, 1]],
  [{ oneOf: [{ required: ['a'] }, { required: ['b'] }] }, [{ a: 1 }, { b: 1 }], [{ a: 1, b: 1 }, {}]],
  [{ not: { items: string } }, [[1]], [['x'], []]],
  [
    { if: { required: ['a'] }, then: { required: ['b'] }, else: { maxProperties: 1 } },
    [{ a: 1, b: 1 }, { c: 1 }],
    [{ a: 1 }, { c: 1, d: 1 }],
  ],
  [{ allOf: [{ properties: { a: true } }], unevaluatedProperties: false }, [{ a: 1 }], [{ a: 1, b: 1 }]],
  [{ anyOf: [{ prefixItems: [true] }, string], unevaluatedItems: string }, [[1], [1, 'x']], [[1, 2]]],
  [{ $id: 'urn:tree', properties: { a: { $ref: '#' } }, required: ['b'] }, [{ b: 1, a: { b: 1 } }], [{ b: 1, a: {} }]],
];

interface Wrapping {
  readonly schema: (inner: object) => object;
  readonly value?: (inner: unknown) => unknown;
  readonly isNegative?: boolean;
}

const wrappings: readonly Wrapping[] = [
  { schema: (inner) => inner },
  { schema: (inner) => ({ not: inner }), isNegative: true },
  { schema: (inner) => ({ anyOf: [inner, { const: 'never' }] }) },
  { schema: (inner) => ({ items: inner }), value: (inner) => [inner] },
  { schema: (inner) => ({ properties: { p: inner } }), value: (inner) => ({ p: inner }) },
];
const budgets = Array.from({ length: 40 }, (_, index) => 11 * index);

describe.each(judged)('by %j, with few steps left', (schema, right, wrong) => {
  test.each(wrappings)(
    'nothing right is found wrong, nor the other way round',
    ({ schema: wrap, value: put, isNegative }) => {
      for (const steps of budgets) {
        // Compiled anew, so that nothing is known from before.
        const { root, identities } = compileSchema({ ...wrap(schema), $comment: `${steps}` });
        for (const inner of [...right, ...wrong]) {
          const value = put === undefined ? inner : put(inner);
          const isRight = right.includes(inner) === (isNegative !== true);
          allowSteps(steps);
          expect([steps, value, root.judge(value)]).not.toContain(!isRight);
          allowSteps(steps);
          const { isValid } = judgeStepwise(root, value, identities);
          expect([steps, value, isValid && (isRight || !isExhausted())]).toEqual([steps, value, isRight]);
        }
      }
    },
  );
});

test('steps are taken as long as there are some, and never come back', () => {
  allowSteps(10);
  expect([spare(11), stepsLeft(), spare(4), stepsLeft()]).toEqual([false, 10, true, 6]);
  expect([afford(6), stepsLeft(), isExhausted(), afford(1), stepsLeft(), isExhausted()]).toEqual([
    true,
    0,
    false,
    false,
    -1,
    true,
  ]);
  expect([afford(0), spare(0)]).toEqual([false, false]);
  allowSteps(10);
  spend(10);
  expect(isExhausted()).toBe(false);
  expect(() => spend(1)).toThrow();
  allowSteps();
  expect(stepsLeft()).toBe(2_000_000);
});
