import { describe, expect, test } from 'vitest';
import { atOnce } from '../../src/effects/in-turns.ts';
import { compileSchema, incrementalValidator } from '../../src/incremental/index.ts';
import { judgeStepwise } from '../../src/incremental/judging/deep-value.ts';
import { allowSteps } from '../../src/incremental/patterns/effort.ts';
import { compileForSdk } from '../../src/incremental/prototype-member.ts';
import { compileInSteps } from '../../src/incremental/schema/compiled-schema.ts';

/** Whether a value is valid: as a whole, by what is found wrong with it, step by step and as text. */
function judge(schema: unknown, value: unknown): boolean {
  const { isValid, issuesOf, root, identities } = compileSchema(schema);
  const check = incrementalValidator(schema).start();
  for (const character of JSON.stringify(value)) check.push(character);
  const valid = isValid(value);
  allowSteps();
  const stepwise = judgeStepwise(root, value, identities);
  const found = [issuesOf(value).length === 0, stepwise.isValid, stepwise.issues.length === 0, check.end().valid];
  expect([schema, value, ...found]).toEqual([schema, value, valid, valid, valid, valid]);
  return valid;
}

const values: Readonly<Record<string, readonly unknown[]>> = {
  null: [null],
  boolean: [true, false],
  integer: [0, 7, -3, 1e21],
  number: [0.5, -1.5],
  string: ['', 'a', 'null', '7'],
  array: [[], [1], [[null]]],
  object: [{}, { a: 1 }, { a: { b: [] } }],
};
const types = Object.keys(values);
const isOf = (type: string, asked: string) => type === asked || (type === 'integer' && asked === 'number');

/** Each leaves everything valid, and has the judging of a type put together in another way. */
const harmless = [
  {},
  { minLength: 0, maxLength: 9, minimum: -9, minItems: 0, maxItems: 5, maxProperties: 5 },
  { not: { const: 'none' } },
  { allOf: [{}, { maxLength: 9 }, { maximum: 1e22 }, { maxItems: 5 }] },
  { anyOf: [{ items: {} }, false] },
  { not: { enum: [12, 'none', [12], { none: 1 }] } },
];

describe.each(harmless)('beside %j', (beside) => {
  test.each(types)('the type %s is that of its values alone', (asked) => {
    for (const [type, some] of Object.entries(values))
      for (const value of some)
        expect([value, judge({ type: asked, ...beside }, value)]).toEqual([value, isOf(type, asked)]);
  });

  test('several types are those of all of them', () => {
    for (const asked of [['null', 'string'], ['boolean', 'array', 'integer'], ['object', 'number'], types])
      for (const [type, some] of Object.entries(values))
        for (const value of some)
          expect([value, judge({ type: asked, ...beside }, value)]).toEqual([
            value,
            asked.some((one) => isOf(type, one)),
          ]);
  });
});

const long = (last: number) => Array.from({ length: 30 }, (_, index) => ({ name: `n${index}`, last }));
const deep = (inmost: unknown, depth = 320) => {
  let value = inmost;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

/** Values that are all different, though some would be written alike. */
const different: readonly unknown[] = [
  ...[
    null,
    'null',
    true,
    'true',
    1,
    '1',
    '',
    '"',
    '""',
    'a',
    '"a"',
    '"a',
    '#',
    '#0',
    '#1',
    '#+0',
    '"#0',
    '[',
    '[]',
    '{',
    '{}',
    '[1]',
    '{"a":1}',
  ],
  ...[
    [],
    [[]],
    [1],
    ['1'],
    [1, 2],
    [2, 1],
    [[1], 2],
    ['[1]'],
    ['a'],
    ['"a"'],
    ['a,b'],
    ['a', 'b'],
    [null],
    ['null'],
    ['#0'],
    [[], []],
  ],
  ...[
    {},
    { a: 1 },
    { a: '1' },
    { b: 1 },
    { a: 1, b: 2 },
    { a: 2, b: 1 },
    { a: [1] },
    { a: { b: 1 } },
    { 'a":1,"b': 2 },
    { '': {} },
    { a: null },
  ],
  ...[
    long(1),
    long(2),
    [long(1)],
    { a: long(1) },
    [long(1), long(2)],
    deep(1),
    deep(2),
    deep([]),
    deep({}),
    [deep(1)],
    deep('#0'),
  ],
];

describe('values are equal if they are of one type, and of equal members in any order', () => {
  const copies = different.map((value) => structuredClone(value));

  test('so that no two of these are', () => {
    expect(judge({ uniqueItems: true }, different)).toBe(true);
  });

  test.each(copies.map((copy, index) => [index, copy] as const))('so that item %i is there twice', (index, copy) => {
    const schema = { uniqueItems: true };
    expect(judge(schema, [...different, copy])).toBe(false);
    expect(compileSchema(schema).issuesOf([...different, copy])).toMatchObject([{ path: [different.length] }]);
    expect(judge({ const: copy }, different[index])).toBe(true);
    expect(judge({ enum: copies }, different[index])).toBe(true);
    expect(judge({ enum: copies.toSpliced(index, 1) }, different[index])).toBe(false);
    expect(judge({ not: { enum: copies } }, different[index])).toBe(false);
  });

  test('whatever the order of members', () => {
    const [one, other] = [
      { a: 1, b: { c: [1], d: 2 } },
      { b: { d: 2, c: [1] }, a: 1 },
    ];
    expect(judge({ uniqueItems: true }, [one, other])).toBe(false);
    expect(judge({ const: one }, other)).toBe(true);
    expect(judge({ items: { enum: [[one]] } }, [[other]])).toBe(true);
  });
});

describe('unknown members are let through where that cannot make more wrong', () => {
  const strict = { properties: { a: {} }, additionalProperties: false };
  const number = { type: 'number' };
  test.each<[schema: object, value: unknown, strictly: boolean, allowing: boolean]>([
    [strict, { b: 1 }, false, true],
    [{ items: strict }, [{ b: 1 }], false, true],
    [{ allOf: [{ $ref: '#/$defs/a' }], not: { $ref: '#/$defs/a' }, $defs: { a: strict } }, { b: 1 }, false, true],
    [{ allOf: [strict] }, { b: 1 }, false, true],
    [{ $ref: '#/$defs/a', $defs: { a: strict } }, { b: 1 }, false, true],
    [{ additionalProperties: number }, { b: 'x' }, false, false],
    [{ properties: { a: false } }, { a: 1 }, false, false],
    [{ unevaluatedProperties: false }, { b: 1 }, false, true],
    [{ unevaluatedProperties: number }, { b: 'x' }, false, false],
    [{ unevaluatedItems: false }, [1], false, false],
    [{ not: strict }, { b: 1 }, true, true],
    [{ not: strict }, { a: 1 }, false, false],
    [{ if: strict, else: { required: ['c'] } }, { b: 1 }, false, false],
    [{ contains: strict }, [{ b: 1 }], false, true],
    [{ contains: strict, minContains: 0, maxContains: 0 }, [{ b: 1 }], true, true],
    [{ oneOf: [strict, { required: ['b'] }] }, { b: 1 }, true, true],
    [{ oneOf: [number, { minimum: 2 }] }, 3, false, true],
    [{ oneOf: [number, { minimum: 2 }] }, 1, true, true],
    [{ anyOf: [strict, { required: ['c'] }] }, { b: 1 }, false, true],
    [{ dependentSchemas: { b: strict } }, { b: 1 }, false, true],
    [{ propertyNames: { maxLength: 1 } }, { bc: 1 }, false, false],
    [{ maxProperties: 0 }, { b: 1 }, false, false],
  ])('%j, of %j', (schema, value, strictly, allowing) => {
    expect(judge(schema, value)).toBe(strictly);
    const compiled = compileSchema(schema, { additionalMembers: 'allow' });
    expect([compiled.isValid(value), compiled.issuesOf(value).length === 0]).toEqual([allowing, allowing]);
    const check = incrementalValidator(schema, { additionalMembers: 'allow' }).start();
    check.push(JSON.stringify(value));
    expect(check.end().valid).toBe(allowing);
  });
});

describe('what the SDK parses', () => {
  test('is wrong with a member that could become a prototype, and right without, as its schema says', async () => {
    const compiled = await compileForSdk({ properties: { a: { type: 'number' } } });
    const judged = (text: string) => {
      const value: unknown = JSON.parse(text);
      return [
        compiled?.isValid(value),
        ...(compiled?.issuesOf(value) ?? []).map(({ path, message }) => `${path.join('/')}: ${message}`),
      ];
    };
    expect(judged('{"a":1,"b":[{"constructor":1},{"prototype":{}}]}')).toEqual([true]);
    expect(judged('{"a":"x"}')).toEqual([false, 'a: Make a a number; it is the string "x".']);
    expect(judged('{"b":[{},{"__proto__":{}}]}')).toEqual([false, 'b/1/__proto__: Leave out the member __proto__.']);
    expect(judged('{"c":{"constructor":{"prototype":1}},"a":[]}')).toEqual([
      false,
      'c/constructor/prototype: Leave out the member prototype.',
      'a: Make a a number; it is an array.',
    ]);
    expect(judged('[{"constructor":{"x":{"prototype":1}}}]')).toEqual([true]);
  });

  test('is not judged by what is no schema, where it came with a call', async () => {
    expect(await compileForSdk('none', 'judge')).toBeUndefined();
    expect(() => compileForSdk('none')).toThrow('A JSON Schema is an object or a boolean; this is "none".');
  });

  test('is judged by a long schema too, which is compiled in turns', async () => {
    const schema = {
      properties: Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`n${index}`, { type: 'number' }])),
    };
    const compiling = compileForSdk(schema);
    expect(compiling).toBeInstanceOf(Promise);
    expect((await compiling)?.isValid({ n2999: 'x' })).toBe(false);
    expect((await compiling)?.isValid({ n2999: 1 })).toBe(true);
    expect((await compiling)?.isValid(JSON.parse('{"__proto__":1}'))).toBe(false);
  });
});

test.each<[schema: unknown, told: string]>([
  [undefined, 'undefined'],
  [null, 'null'],
  ['text', '"text"'],
  [[1], '[1]'],
  [4, '4'],
  [Symbol('a'), 'symbol'],
])('%o is no schema, and is named as %s', (schema, told) => {
  const message = `A JSON Schema is an object or a boolean; this is ${told}.`;
  expect(() => compileSchema(schema)).toThrow(expect.objectContaining({ argument: 'schema', message }));
});

test.each<[options: object, message: string]>([
  [{ formats: 'asserted' }, 'formats must be "annotate" or "assert".'],
  [{ formats: null }, 'formats must be "annotate" or "assert".'],
  [{ additionalMembers: 'forbid' }, 'additionalMembers must be "judge" or "allow".'],
  [{ additionalMembers: true }, 'additionalMembers must be "judge" or "allow".'],
])('the options %j of a schema are refused', (options, message) => {
  expect(() => compileSchema({}, options)).toThrow(message);
  expect(() => atOnce(compileInSteps({}, options))).toThrow(message);
  expect(() => incrementalValidator({}, options)).toThrow(message);
});

test('a schema may be an object of any prototype, and have a hidden mark of a library', () => {
  class Schema {
    readonly type = 'string';
  }
  const hidden = Object.defineProperty({ type: 'string' }, '~standard', { value: {}, enumerable: false });
  for (const schema of [new Schema(), Object.assign(Object.create(null), { type: 'string' }), hidden])
    expect([compileSchema(schema).isValid('x'), compileSchema(schema).isValid(1)]).toEqual([true, false]);
  for (const schema of [{ jsonSchema: {}, validate: () => true }, Object.assign(new Schema(), { '~standard': {} })])
    expect(() => compileSchema(schema)).toThrow('Give the JSON Schema');
});
