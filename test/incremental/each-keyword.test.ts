// biome-ignore-all lint/suspicious/noThenProperty: it is the keyword
import { expect, test } from 'vitest';
import { compileSchema, incrementalValidator } from '../../src/incremental/index.ts';

const number = { type: 'number' };
const string = { type: 'string' };

/** Stands behind the character with which a text dies; one without it dies as it ends. */
const MARK = '✗';

type Issues = ReturnType<ReturnType<typeof compileSchema>['issuesOf']>;

function told(issues: Issues): string {
  return issues.map(({ path, message }) => `${path.join('/')}: ${message}`).join(' | ');
}

/** What is wrong, told as soon as no continuation is right; and what is wrong with the whole value. */
test.each<[schema: unknown, marked: string, streamed: string, whole?: string]>([
  [string, '1✗', ': Make the answer a string; it is a number.', ': Make the answer a string; it is the number 1.'],
  [
    { type: 'boolean' },
    '"✗a"',
    ': Make the answer a boolean; it is a string.',
    ': Make the answer a boolean; it is the string "a".',
  ],
  [{ type: 'null' }, 't✗rue', ': Make the answer null; it is true.'],
  [{ type: 'array' }, '{✗}', ': Make the answer an array; it is an object.'],
  [{ type: 'object' }, '[✗]', ': Make the answer an object; it is an array.'],
  [{ type: ['string', 'null'] }, 'f✗alse', ': Make the answer a string or null; it is false.'],
  [{ type: ['integer', 'string'] }, '1.5', ': Make the answer an integer; it is the number 1.5.'],
  [{ type: 'integer' }, '2.5 ✗', ': Make the answer an integer; it is the number 2.5.'],
  [
    { enum: ['ab', 'cd', 1, null, true] },
    '"ax✗"',
    ': Make the answer one of "ab", "cd", 1, null or true; it is the string "ax".',
  ],
  [
    { enum: ['ab', 'cd', 1, null, true] },
    '2 ✗',
    ': Make the answer one of "ab", "cd", 1, null or true; it is the number 2.',
  ],
  [
    { enum: ['ab', 'cd', 1, null, true] },
    'f✗alse',
    ': Make the answer one of "ab", "cd", 1, null or true; it is false.',
  ],
  [
    { enum: ['ab', 'cd', 1] },
    '[✗]',
    ': Make the answer a string or a number; it is an array.',
    ': Make the answer one of "ab", "cd" or 1; it is an array.',
  ],
  [{ enum: [[1], { a: 1 }] }, '[2]✗', ': Make the answer one of [1] or {"a":1}; it is an array.'],
  [{ enum: [[1], { a: 1 }] }, '{"a":2}✗', ': Make the answer one of [1] or {"a":1}; it is an object.'],
  [
    { enum: [[1], { a: 1 }] },
    '"✗a"',
    ': Make the answer an object or an array; it is a string.',
    ': Make the answer one of [1] or {"a":1}; it is the string "a".',
  ],
  [{ const: 'ab' }, '"abc✗"', ': Make the answer "ab"; it is the string "abc".'],
  [{ const: { a: [1] } }, '{"a":[2]}✗', ': Make the answer {"a":[1]}; it is an object.'],
  [{ const: null }, '0✗ ', ': Make the answer null; it is a number.', ': Make the answer null; it is the number 0.'],
  [{ const: 1 }, '2 ✗', ': Make the answer 1; it is the number 2.'],
  [
    { enum: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'] },
    '"z✗"',
    ': Make the answer one of "a", "b", "c", "d", "e", "f", "g", "h" or 2 more; it is the string "z".',
  ],
  [{ minimum: 2 }, '1 ✗', ': Make the answer at least 2; it is the number 1.'],
  [{ exclusiveMinimum: 2 }, '2 ✗', ': Make the answer greater than 2; it is the number 2.'],
  [{ maximum: 2 }, '3 ✗', ': Make the answer at most 2; it is the number 3.'],
  [{ exclusiveMaximum: 2 }, '2 ✗', ': Make the answer less than 2; it is the number 2.'],
  [{ minimum: 2, exclusiveMinimum: true }, '2 ✗', ': Make the answer greater than 2; it is the number 2.'],
  [{ maximum: 2, exclusiveMaximum: true }, '2 ✗', ': Make the answer less than 2; it is the number 2.'],
  [{ multipleOf: 0.1 }, '0.25 ✗', ': Make the answer a multiple of 0.1; it is the number 0.25.'],
  [{ multipleOf: 2 }, '3 ✗', ': Make the answer a multiple of 2; it is the number 3.'],
  [{ minLength: 2 }, '"a"✗', ': Make the answer at least 2 characters long; it has 1.'],
  [{ minLength: 2 }, '"😀"✗', ': Make the answer at least 2 characters long; it has 1.'],
  [{ maxLength: 1 }, '"ab✗"', ': Make the answer at most 1 characters long; it has 2.'],
  [{ maxLength: 1 }, '"😀😀✗"', ': Make the answer at most 1 characters long; it has 2.'],
  [{ pattern: '^a' }, '"ba"✗', ': Make the answer match the pattern ^a; it is the string "ba".'],
  [{ minItems: 2 }, '[1]✗', ': Give the answer at least 2 items; it has 1.'],
  [{ maxItems: 1 }, '[1,2✗]', ': Keep at most 1 items in the answer; it has 2.'],
  [{ uniqueItems: true }, '[1,[2],1]✗', '2: Change [2]; it repeats [0].'],
  [{ uniqueItems: true }, '[{"a":1},{"a":1}✗]', '1: Change [1]; it repeats [0].'],
  [
    { items: number },
    '[1,"✗a"]',
    '1: Make [1] a number; it is a string.',
    '1: Make [1] a number; it is the string "a".',
  ],
  [
    { prefixItems: [number, string] },
    '[1,2✗]',
    '1: Make [1] a string; it is a number.',
    '1: Make [1] a string; it is the number 2.',
  ],
  [{ prefixItems: [number], items: false }, '[1,2✗]', '1: Remove [1]; it is not allowed.'],
  [
    { items: [number], additionalItems: string },
    '[1,2✗]',
    '1: Make [1] a string; it is a number.',
    '1: Make [1] a string; it is the number 2.',
  ],
  [{ contains: number }, '["a"]✗', ': Give the answer an item that matches what it must contain; it has none.'],
  [
    { contains: number, minContains: 2 },
    '[1,"a"]✗',
    ': Give the answer 2 items that match what it must contain; it has 1.',
  ],
  [
    { contains: number, maxContains: 1 },
    '[1,2✗,3]',
    ': Keep at most 1 items in the answer that match what it must contain; it has 2.',
    ': Keep at most 1 items in the answer that match what it must contain; it has 3.',
  ],
  [
    { contains: number, minContains: 1, maxContains: 2 },
    '["a"]✗',
    ': Give the answer an item that matches what it must contain; it has none.',
  ],
  [
    { contains: number, minContains: 0, maxContains: 0 },
    '["a",1✗]',
    ': Keep at most 0 items in the answer that match what it must contain; it has 1.',
  ],
  [{ unevaluatedItems: false }, '[1✗]', '0: Remove [0]; it is not allowed.'],
  [{ contains: number, unevaluatedItems: string }, '[1,true]✗', '1: Make [1] a string; it is true.'],
  [{ allOf: [{ prefixItems: [number] }], unevaluatedItems: false }, '[1,2✗]', '1: Remove [1]; it is not allowed.'],
  [{ required: ['a', 'b'] }, '{"a":1}✗', 'b: Add b; it is missing.'],
  [{ minProperties: 2 }, '{"a":1}✗', ': Give the answer at least 2 members; it has 1.'],
  [{ maxProperties: 1 }, '{"a":1,"b"✗:2}', ': Keep at most 1 members in the answer; it has 2.'],
  [
    { maxProperties: 2, required: ['x', 'y'] },
    '{"a"✗:1,"x":1,"y":1}',
    ': Keep at most 2 members in the answer; it has 1.',
    ': Keep at most 2 members in the answer; it has 3.',
  ],
  [
    { maxProperties: 1, required: ['x', 'y'] },
    '{"x"✗:1,"y":1}',
    ': Keep at most 1 members in the answer; it has 1.',
    ': Keep at most 1 members in the answer; it has 2.',
  ],
  [
    { properties: { a: number } },
    '{"a":"✗x"}',
    'a: Make a a number; it is a string.',
    'a: Make a a number; it is the string "x".',
  ],
  [
    { patternProperties: { '^a': number } },
    '{"ab":"✗x"}',
    'ab: Make ab a number; it is a string.',
    'ab: Make ab a number; it is the string "x".',
  ],
  [
    { properties: { a: number }, additionalProperties: string },
    '{"a":1,"b":2✗}',
    'b: Make b a string; it is a number.',
    'b: Make b a string; it is the number 2.',
  ],
  [
    { properties: { a: number }, additionalProperties: false },
    '{"a":1,"b"✗:2}',
    'b: Remove b; only a is allowed there.',
  ],
  [
    { patternProperties: { '^a': number }, additionalProperties: false },
    '{"a":1,"b"✗:2}',
    'b: Remove b; it is not allowed.',
  ],
  [{ properties: { a: false, b: true } }, '{"a"✗:1}', 'a: Remove a; only b is allowed there.'],
  [
    { propertyNames: { maxLength: 1 } },
    '{"a":1,"bc"✗:2}',
    'bc: Rename bc. Make the name at most 1 characters long; it has 2.',
  ],
  [
    { propertyNames: { pattern: '^a' } },
    '{"a":1,"bc"✗:2}',
    'bc: Rename bc. Make the name match the pattern ^a; it is the string "bc".',
  ],
  [{ propertyNames: false }, '{"a"✗:1}', 'a: Rename a. Give no answer; the schema allows none.'],
  [{ dependentRequired: { a: ['b', 'c'] } }, '{"a":1,"c":1}✗', 'b: Add b; a asks for it.'],
  [{ dependentSchemas: { a: { required: ['b'] } } }, '{"a":1}✗', 'b: Add b; it is missing.'],
  [
    { dependentSchemas: { a: { properties: { b: number } } } },
    '{"b":"x","a"✗:1}',
    'b: Make b a number; it is a string.',
    'b: Make b a number; it is the string "x".',
  ],
  [{ dependencies: { a: ['b'] } }, '{"a":1}✗', 'b: Add b; a asks for it.'],
  [{ dependencies: { a: 'b' } }, '{"a":1}✗', 'b: Add b; a asks for it.'],
  [{ dependencies: { a: { required: ['b'] } } }, '{"a":1}✗', 'b: Add b; it is missing.'],
  [{ unevaluatedProperties: false }, '{"a"✗:1}', 'a: Remove a; it is not allowed.'],
  [
    { allOf: [{ properties: { a: number } }], unevaluatedProperties: false },
    '{"a":1,"b"✗:2}',
    'b: Remove b; it is not allowed.',
  ],
  [
    { properties: { a: number }, unevaluatedProperties: string },
    '{"a":1,"b":2✗}',
    'b: Make b a string; it is a number.',
    'b: Make b a string; it is the number 2.',
  ],
  [{ allOf: [number, { minimum: 2 }] }, '1 ✗', ': Make the answer at least 2; it is the number 1.'],
  [{ anyOf: [number, string] }, 't✗rue', ': Make the answer a string or a number; it is true.'],
  [{ anyOf: [{ minimum: 2 }, { maximum: 0 }] }, '1 ✗', ': Make the answer at least 2; it is the number 1.'],
  [{ oneOf: [number, string] }, '[✗]', ': Make the answer a string or a number; it is an array.'],
  [{ oneOf: [number, { minimum: 2 }] }, '3 ✗', ': Change the answer so that it fits only one of the 2 alternatives.'],
  [
    { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
    '{"a":1,"b"✗:1}',
    ': Change the answer so that it fits only one of the 2 alternatives.',
  ],
  [{ oneOf: [{ required: ['a'] }, { required: ['b'] }] }, '{}✗', 'a: Add a; it is missing.'],
  [
    { not: string },
    '"✗a"',
    ': Make the answer a number, a boolean, an object, an array or null; it is a string.',
    ': Make the answer a number, a boolean, an object, an array or null; it is the string "a".',
  ],
  [{ not: { required: ['a'] } }, '{"a"✗:1}', ': Change the answer; it is what the schema rules out.'],
  [
    { if: number, then: { minimum: 2 }, else: { minLength: 2 } },
    '1 ✗',
    ': Make the answer at least 2; it is the number 1.',
  ],
  [
    { if: number, then: { minimum: 2 }, else: { minLength: 2 } },
    '"a"✗',
    ': Make the answer at least 2 characters long; it has 1.',
  ],
  [{ if: { required: ['a'] }, then: { required: ['b'] } }, '{"a":1}✗', 'b: Add b; it is missing.'],
  [{ if: { required: ['a'] }, else: { required: ['b'] } }, '{"c":1}✗', 'b: Add b; it is missing.'],
  [
    { $ref: '#/$defs/a', $defs: { a: number } },
    '"✗x"',
    ': Make the answer a number; it is a string.',
    ': Make the answer a number; it is the string "x".',
  ],
  [false, '1✗', ': Give no answer; the schema allows none.'],
  [{ properties: { a: false } }, '{"a"✗:1}', 'a: Remove a; it is not allowed.'],
  [{ items: false }, '[1✗]', '0: Remove [0]; it is not allowed.'],
  [
    { type: ['object', 'array'] },
    '1✗',
    ': Make the answer an object or an array; it is a number.',
    ': Make the answer an object or an array; it is the number 1.',
  ],
  [
    {
      anyOf: [
        { type: 'object', required: ['a'] },
        { type: 'array', minItems: 1 },
      ],
    },
    '[]✗',
    ': Give the answer at least 1 items; it has 0.',
  ],
  [
    { anyOf: [{ properties: { k: { const: 'a' }, v: number } }, { properties: { k: { const: 'b' }, v: string } }] },
    '{"k":"a","v":"✗x"}',
    'v: Make v a number; it is a string.',
    'v: Make v a number; it is the string "x".',
  ],
  [
    { anyOf: [{ properties: { v: number, k: { const: 'a' } } }, { properties: { k: { const: 'b' }, v: string } }] },
    '{"v":"x","k":"c✗"}',
    'k: Make k "b"; it is the string "c".',
  ],
  [{ format: 'nothing', minimum: 0 }, '-1 ✗', ': Make the answer at least 0; it is the number -1.'],
  [
    { type: 'object', properties: { a: { items: { properties: { b: number } } } } },
    '{"a":[{},{"b":n✗ull}]}',
    'a/1/b: Make a[1].b a number; it is null.',
  ],
  [
    { properties: { '0': number, 'a b': number } },
    '{"a b":"✗x"}',
    'a b: Make ["a b"] a number; it is a string.',
    'a b: Make ["a b"] a number; it is the string "x".',
  ],
  [
    { properties: { a: { properties: { 'x-1': { items: number } } } } },
    '{"a":{"x-1":["✗"]}}',
    'a/x-1/0: Make a.x-1[0] a number; it is a string.',
    'a/x-1/0: Make a.x-1[0] a number; it is the string "".',
  ],
  [{ uniqueItems: true, items: { uniqueItems: true } }, '[[1,1]✗]', '0/1: Change [0][1]; it repeats [0][0].'],
  [{ properties: { a: { minItems: 1, maxItems: 2 } } }, '{"a":[]✗}', 'a: Give a at least 1 items; it has 0.'],
  [{ properties: { a: { minProperties: 1 } } }, '{"a":{}✗}', 'a: Give a at least 1 members; it has 0.'],
  [{ properties: { a: { maxProperties: 0 } } }, '{"a":{"b"✗:1}}', 'a: Keep at most 0 members in a; it has 1.'],
  [
    { properties: { a: { contains: string } } },
    '{"a":[]✗}',
    'a: Give a an item that matches what it must contain; it has none.',
  ],
  [
    { properties: { a: { oneOf: [{ required: ['x'] }, { required: ['y'] }] } } },
    '{"a":{"x":1,"y"✗:1}}',
    'a: Change a so that it fits only one of the 2 alternatives.',
  ],
  [
    { properties: { a: { not: { required: ['x'] } } } },
    '{"a":{"x"✗:1}}',
    'a: Change a; it is what the schema rules out.',
  ],
  [{ properties: { a: { const: [] } } }, '{"a":[1]✗}', 'a: Make a []; it is an array.'],
  [{ properties: { a: { uniqueItems: true } } }, '{"a":[null,n✗ull]}', 'a/1: Change a[1]; it repeats a[0].'],
  [{ properties: { a: { dependentRequired: { x: ['y'] } } } }, '{"a":{"x":1}✗}', 'a/y: Add a.y; x asks for it.'],
  [
    { properties: { a: { propertyNames: { minLength: 2 } } } },
    '{"a":{"x"✗:1}}',
    'a/x: Rename a.x. Make the name at least 2 characters long; it has 1.',
  ],
  [{ properties: { a: { unevaluatedProperties: false } } }, '{"a":{"x"✗:1}}', 'a/x: Remove a.x; it is not allowed.'],
  [{ properties: { a: { unevaluatedItems: false } } }, '{"a":[1✗]}', 'a/0: Remove a[0]; it is not allowed.'],
  [
    { properties: { a: { additionalProperties: false, properties: { x: true } } } },
    '{"a":{"y"✗:1}}',
    'a/y: Remove a.y; only x is allowed there.',
  ],
  [{ properties: { a: false }, patternProperties: { '^a': true } }, '{"a"✗:1}', 'a: Remove a; it is not allowed.'],
  [
    { properties: { a: { minimum: 2 } }, patternProperties: { '^a': { multipleOf: 2 } } },
    '{"a":1}✗',
    'a: Make a at least 2; it is the number 1.',
    'a: Make a at least 2; it is the number 1. | a: Make a a multiple of 2; it is the number 1.',
  ],
  [
    { properties: { a: { minLength: 3, pattern: '^a' } } },
    '{"a":"b"✗}',
    'a: Make a at least 3 characters long; it has 1. | a: Make a match the pattern ^a; it is the string "b".',
  ],
  [{ anyOf: [{ enum: ['ab'] }, { enum: ['cd'] }] }, '"ax✗"', ': Make the answer "ab"; it is the string "ax".'],
  [{ anyOf: [{ enum: ['ab'] }, { maxLength: 1 }] }, '"cd✗"', ': Make the answer "ab"; it is the string "cd".'],
  [{ allOf: [{ maxLength: 2 }, { minLength: 1 }] }, '"abc✗"', ': Make the answer at most 2 characters long; it has 3.'],
  [{ oneOf: [{ const: 'a' }, { const: 'b' }] }, '"c✗"', ': Make the answer "a"; it is the string "c".'],
  [{ not: { const: 'a' } }, '"a"✗', ': Change the answer; it is what the schema rules out.'],
  [
    { not: { not: number } },
    '"✗a"',
    ': Make the answer a number; it is a string.',
    ': Make the answer a number; it is the string "a".',
  ],
  [{ not: {} }, '1✗ ', ': Give no answer; the schema allows none.'],
  [{ not: { enum: [[1]] } }, '[1]✗', ': Change the answer; it is what the schema rules out.'],
  [{ items: { anyOf: [{ required: ['a'] }, { required: ['b'] }] } }, '[{"a":1},{}✗]', '1/a: Add [1].a; it is missing.'],
  [
    {
      anyOf: [
        { type: 'object', required: ['z'] },
        { properties: { a: { properties: { b: number } } }, required: ['a'] },
      ],
    },
    '{"a":{"b":"x"}}✗',
    'z: Add z; it is missing.',
    'a/b: Make a.b a number; it is the string "x".',
  ],
  [
    {
      anyOf: [
        { type: 'object', required: ['y', 'z'] },
        { type: 'object', required: ['x'] },
      ],
    },
    '{"a":1}✗',
    'y: Add y; it is missing. | z: Add z; it is missing.',
    'x: Add x; it is missing.',
  ],
  [
    {
      if: { properties: { k: { const: 1 } }, required: ['k'] },
      then: { properties: { v: number } },
      else: { properties: { v: string } },
    },
    '{"v":t✗rue,"k":1}',
    'v: Make v a number; it is true.',
  ],
  [{ if: { minimum: 2 }, then: false }, '3 ✗', ': Give no answer; the schema allows none.'],
  [{ if: { minItems: 1 }, then: { maxItems: 1 } }, '[1,2✗]', ': Keep at most 1 items in the answer; it has 2.'],
  [{ $ref: '#/$defs/a', minimum: 2, $defs: { a: number } }, '1 ✗', ': Make the answer at least 2; it is the number 1.'],
  [
    { $defs: { a: { properties: { b: { $ref: '#/$defs/a' } }, required: ['c'] } }, $ref: '#/$defs/a' },
    '{"c":1,"b":{}✗}',
    'b/c: Add b.c; it is missing.',
  ],
  [{ maximum: 1, type: ['number', 'null'] }, '2 ✗', ': Make the answer at most 1; it is the number 2.'],
  [{ type: ['string', 'array'], minLength: 1, minItems: 1 }, '[]✗', ': Give the answer at least 1 items; it has 0.'],
  [
    { type: 'object', minProperties: 1, required: ['a'] },
    '{}✗',
    ': Give the answer at least 1 members; it has 0.',
    ': Give the answer at least 1 members; it has 0. | a: Add a; it is missing.',
  ],
  [
    { required: ['a'], minProperties: 2, properties: { b: number } },
    '{"b":"✗x"}',
    'b: Make b a number; it is a string.',
    'a: Add a; it is missing. | : Give the answer at least 2 members; it has 1. | b: Make b a number; it is the string "x".',
  ],
  [{ enum: [1.5, -2] }, '1 ✗', ': Make the answer one of 1.5 or -2; it is the number 1.'],
  [{ multipleOf: 0.01 }, '19.999 ✗', ': Make the answer a multiple of 0.01; it is the number 19.999.'],
  [{ minLength: 3 }, '"😀😀"✗', ': Make the answer at least 3 characters long; it has 2.'],
  [
    { additionalProperties: false, properties: { a: number, b: number, c: false } },
    '{"d"✗:1}',
    'd: Remove d; only a, b are allowed there.',
  ],
  [
    { properties: { a: { type: 'string', enum: ['x', 'xy'] } } },
    '{"a":"xz✗"}',
    'a: Make a one of "x" or "xy"; it is the string "xz".',
  ],
  [{ properties: { a: { type: 'integer' } } }, '{"a":0.5}✗', 'a: Make a an integer; it is the number 0.5.'],
  [
    { contains: { minimum: 3 }, maxContains: 2, minContains: 2 },
    '[4,1]✗',
    ': Give the answer 2 items that match what it must contain; it has 1.',
  ],
  [{ prefixItems: [{ const: 1 }, { const: 2 }], minItems: 2 }, '[1]✗', ': Give the answer at least 2 items; it has 1.'],
  [{ items: { type: ['object', 'null'] } }, '[null,{},[✗]]', '2: Make [2] an object or null; it is an array.'],
  [
    { allOf: [{ properties: { a: number } }, { properties: { b: number } }], unevaluatedProperties: false },
    '{"a":1,"b":2,"c"✗:3}',
    'c: Remove c; it is not allowed.',
  ],
  [
    {
      anyOf: [
        { properties: { a: number }, required: ['a'] },
        { properties: { b: number }, required: ['b'] },
      ],
      unevaluatedProperties: false,
    },
    '{"a":1,"b":2,"c"✗:3}',
    'c: Remove c; it is not allowed.',
  ],
  [
    {
      if: { properties: { a: number }, required: ['a'] },
      then: { properties: { b: number } },
      unevaluatedProperties: false,
    },
    '{"b":1}✗',
    'b: Remove b; it is not allowed.',
  ],
  [
    { dependentSchemas: { a: { properties: { b: number } } }, properties: { a: true }, unevaluatedProperties: false },
    '{"b":1}✗',
    'b: Remove b; it is not allowed.',
  ],
  [
    { oneOf: [{ prefixItems: [number] }, { prefixItems: [string] }], unevaluatedItems: false },
    '[1,2✗]',
    '1: Remove [1]; it is not allowed.',
  ],
  [
    { not: { properties: { a: number }, required: ['a'] }, unevaluatedProperties: false },
    '{"b"✗:1}',
    'b: Remove b; it is not allowed.',
  ],
  [
    { $ref: '#/$defs/a', unevaluatedProperties: number, $defs: { a: { properties: { a: string } } } },
    '{"a":"x","b":"✗y"}',
    'b: Make b a number; it is a string.',
    'b: Make b a number; it is the string "y".',
  ],
  [{ contains: string, unevaluatedItems: number }, '["a",1,true]✗', '2: Make [2] a number; it is true.'],
  [{ prefixItems: [{ unevaluatedProperties: false }] }, '[{"a"✗:1}]', '0/a: Remove [0].a; it is not allowed.'],
  [
    { anyOf: [{ properties: { a: false } }, { properties: { b: false } }] },
    '{"a":true,"b"✗:1}',
    'b: Remove b; it is not allowed.',
    'a: Remove a; it is not allowed.',
  ],
  [
    { anyOf: [{ properties: { a: { properties: { x: false } } } }, { properties: { a: { required: ['z'] } } }] },
    '{"a":{"x":1}✗}',
    'a/z: Add a.z; it is missing.',
    'a/x: Remove a.x; it is not allowed.',
  ],
  [
    {
      anyOf: [
        { properties: { a: { properties: { b: number } } }, required: ['a'] },
        { type: 'object', required: ['z'] },
      ],
    },
    '{"a":{"b":"x"}}✗',
    'z: Add z; it is missing.',
    'a/b: Make a.b a number; it is the string "x".',
  ],
  [
    {
      anyOf: [
        { type: 'object', required: ['z'] },
        { properties: { a: { properties: { b: number } } } },
        { properties: { a: number } },
      ],
    },
    '{"a":{"b":"x"}}✗',
    'z: Add z; it is missing.',
    'a/b: Make a.b a number; it is the string "x".',
  ],
  [
    { anyOf: [{ properties: { a: number, b: number } }, { properties: { a: string, b: number } }] },
    '{"a":t✗rue,"b":"x"}',
    'a: Make a a number; it is true.',
    'a: Make a a number; it is true. | b: Make b a number; it is the string "x".',
  ],
  [
    { anyOf: [number, { type: 'object', required: ['a', 'b'] }, { type: 'object', required: ['a'] }] },
    '{}✗',
    'a: Add a; it is missing. | b: Add b; it is missing.',
    'a: Add a; it is missing.',
  ],
  [
    { oneOf: [number, { type: 'array', minItems: 2 }, { type: 'array', minItems: 3 }] },
    '[1]✗',
    ': Give the answer at least 2 items; it has 1.',
  ],
  [
    { anyOf: [{ properties: { a: number } }, { properties: { a: number } }] },
    '{"a":[✗]}',
    'a: Make a a number; it is an array.',
  ],
  [
    { allOf: [{ required: ['a'] }, { required: ['a', 'b'] }] },
    '{}✗',
    'a: Add a; it is missing.',
    'a: Add a; it is missing. | b: Add b; it is missing.',
  ],
  [{ enum: [1, 2, 3, 4, 5, 6, 7, 8] }, '9 ✗', ': Make the answer one of 1, 2, 3, 4, 5, 6, 7 or 8; it is the number 9.'],
  [
    {
      enum: [
        [1, 2],
        [1, 3],
      ],
    },
    '[1,4]✗',
    ': Make the answer one of [1,2] or [1,3]; it is an array.',
  ],
  [
    { enum: [{ a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }, 1] },
    '2 ✗',
    ': Make the answer one of {"a":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… or 1; it is the number 2.',
  ],
  [
    { const: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy' },
    '"x✗xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
    ': Make the answer "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…; it is the string "x".',
    ': Make the answer "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…; it is the string "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx….',
  ],
  [
    { pattern: '^a' },
    '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"✗',
    ': Make the answer match the pattern ^a; it is the string "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx….',
  ],
  [
    { pattern: '^a' },
    '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"✗',
    ': Make the answer match the pattern ^a; it is the string "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".',
  ],
  [
    { properties: { kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: number } },
    '{"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk":n✗ull}',
    'kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: Make kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk a number; it is null.',
  ],
  [{ properties: { '': number } }, '{"":n✗ull}', ': Make [""] a number; it is null.'],
  [{ properties: { 'ä1-$_': number } }, '{"ä1-$_":n✗ull}', 'ä1-$_: Make ä1-$_ a number; it is null.'],
  [{ properties: { '1a': number } }, '{"1a":n✗ull}', '1a: Make ["1a"] a number; it is null.'],
  [
    {
      items: {
        items: {
          items: {
            items: { items: { items: { items: { items: { items: { items: { items: { items: number } } } } } } } },
          },
        },
      },
    },
    '[[[[[[[[[[[["✗x"]]]]]]]]]]]]',
    '0/0/0/0/0/0/0/0/0/0/0/0: Make [0][0][0][0][0][0][0][0][0][0][0][0] a number; it is a string.',
    '0/0/0/0/0/0/0/0/0/0/0/0: Make [0][0][0][0][0][0][0][0][0][0][0][0] a number; it is the string "x".',
  ],
  [
    {
      items: {
        items: {
          items: {
            items: {
              items: {
                items: { items: { items: { items: { items: { items: { items: { properties: { a: number } } } } } } } },
              },
            },
          },
        },
      },
    },
    '[[[[[[[[[[[[{"a":[✗]}]]]]]]]]]]]]',
    '0/0/0/0/0/0/0/0/0/0/0/0/a: Make …[0][0][0][0][0][0][0][0][0].a a number; it is an array.',
  ],
  [
    {
      properties: {
        p0: true,
        p1: true,
        p2: true,
        p3: true,
        p4: true,
        p5: true,
        p6: true,
        p7: true,
        p8: true,
        p9: true,
        p10: true,
        p11: true,
        p12: true,
        p13: true,
        p14: true,
        p15: true,
        p16: true,
        p17: true,
        p18: true,
        p19: true,
      },
      additionalProperties: false,
    },
    '{"x"✗:1}',
    'x: Remove x; only p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19 are allowed there.',
  ],
  [
    {
      properties: {
        p0: true,
        p1: true,
        p2: true,
        p3: true,
        p4: true,
        p5: true,
        p6: true,
        p7: true,
        p8: true,
        p9: true,
        p10: true,
        p11: true,
        p12: true,
        p13: true,
        p14: true,
        p15: true,
        p16: true,
        p17: true,
        p18: true,
        p19: true,
        p20: true,
      },
      additionalProperties: false,
    },
    '{"x"✗:1}',
    'x: Remove x; it is not allowed.',
  ],
  [
    { dependencies: { a: 'b', c: { maxProperties: 1 } } },
    '{"c":1,"d"✗:2}',
    ': Keep at most 1 members in the answer; it has 2.',
  ],
  [
    { properties: { a: { allOf: [{ not: string }, { not: number }] } } },
    '{"a":1✗}',
    'a: Make a a boolean, an object, an array or null; it is a number.',
    'a: Make a a boolean, an object, an array or null; it is the number 1.',
  ],
  [
    { not: { anyOf: [string, { required: ['a'] }] } },
    '{"a"✗:1}',
    ': Change the answer; it is what the schema rules out.',
  ],
  [
    { if: { required: ['k'] }, then: { not: { required: ['v'] } } },
    '{"v":1,"k"✗:1}',
    ': Change the answer; it is what the schema rules out.',
  ],
  [
    { oneOf: [{ maxProperties: 1 }, { minProperties: 2, maxProperties: 2 }, { required: ['c'] }] },
    '{"a":1,"b":2,"d":3}✗',
    'c: Add c; it is missing.',
  ],
  [
    { oneOf: [{ items: number }, { items: string }, { maxItems: 1 }] },
    '[true,1✗]',
    '0: Make [0] a number; it is true.',
  ],
  [
    { propertyNames: { enum: ['ab', 'cd'] } },
    '{"ab":1,"ax"✗:2}',
    'ax: Rename ax. Make the name one of "ab" or "cd"; it is the string "ax".',
  ],
  [
    { propertyNames: { minLength: 2 }, properties: { a: number } },
    '{"ab":1,"a"✗:2,"b":3}',
    'a: Rename a. Make the name at least 2 characters long; it has 1.',
    'a: Rename a. Make the name at least 2 characters long; it has 1. | b: Rename b. Make the name at least 2 characters long; it has 1.',
  ],
  [
    { contains: { required: ['a'] }, minContains: 2 },
    '[{"a":1},{"b":1}]✗',
    ': Give the answer 2 items that match what it must contain; it has 1.',
  ],
  [
    { contains: number, minContains: 2, maxContains: 1 },
    '[1,2✗]',
    ': Keep at most 1 items in the answer that match what it must contain; it has 2.',
  ],
  [
    { uniqueItems: true, maxItems: 2 },
    '[1,1,✗1]',
    '1: Change [1]; it repeats [0].',
    ': Keep at most 2 items in the answer; it has 3. | 1: Change [1]; it repeats [0].',
  ],
  [
    { minItems: 3, items: number, uniqueItems: true },
    '["✗x"]',
    '0: Make [0] a number; it is a string.',
    ': Give the answer at least 3 items; it has 1. | 0: Make [0] a number; it is the string "x".',
  ],
  [
    { multipleOf: 0.5, maximum: 1 },
    '2.25 ✗',
    ': Make the answer at most 1; it is the number 2.25. | : Make the answer a multiple of 0.5; it is the number 2.25.',
  ],
  [{ multipleOf: 0.1 }, '0.30000001 ✗', ': Make the answer a multiple of 0.1; it is the number 0.30000001.'],
  [{ exclusiveMinimum: 0, exclusiveMaximum: 1 }, '-1 ✗', ': Make the answer greater than 0; it is the number -1.'],
  [
    { unevaluatedProperties: string, patternProperties: { '^a': number } },
    '{"ab":1,"b":"x","c":2✗}',
    'c: Make c a string; it is a number.',
    'c: Make c a string; it is the number 2.',
  ],
  [
    { anyOf: [{ properties: { a: { const: 1 } } }, { properties: { b: number } }], unevaluatedProperties: false },
    '{"b":1,"a":2}✗',
    'a: Remove a; it is not allowed.',
  ],
  [
    {
      oneOf: [
        { required: ['a'], properties: { a: number } },
        { required: ['b'], properties: { b: number } },
      ],
      unevaluatedProperties: false,
    },
    '{"b":1,"a":"x"}✗',
    'a: Remove a; it is not allowed.',
  ],
  [
    { prefixItems: [number], contains: string, unevaluatedItems: { type: 'null' } },
    '[1,"x",null,2]✗',
    '3: Make [3] null; it is a number.',
    '3: Make [3] null; it is the number 2.',
  ],
  [{ allOf: [{ contains: number }], unevaluatedItems: false }, '[1,"x"]✗', '1: Remove [1]; it is not allowed.'],
  [
    { items: number, unevaluatedItems: false },
    '["✗x"]',
    '0: Make [0] a number; it is a string.',
    '0: Make [0] a number; it is the string "x".',
  ],
  [
    { minProperties: 1, maxProperties: 5, required: ['z'], propertyNames: string },
    '{"a":1}✗',
    'z: Add z; it is missing.',
  ],
  [
    { if: { required: ['k'] }, else: false },
    '{"a":1}✗',
    ': Change the answer; it fits none of the alternatives.',
    ': Give no answer; the schema allows none.',
  ],
  [
    { properties: { a: { if: { required: ['k'] }, else: false } } },
    '{"a":{}✗}',
    'a: Change a; it fits none of the alternatives.',
    'a: Remove a; it is not allowed.',
  ],
])('by %j the text %s is wrong', (schema, marked, streamed, whole = streamed) => {
  const text = marked.replace(MARK, '');
  const check = incrementalValidator(schema).start();
  let read = '';
  for (const character of text) {
    read += character;
    if (check.push(character).state === 'dead') {
      read += MARK;
      break;
    }
  }
  expect(marked.startsWith(read)).toBe(true);
  expect(marked.includes(MARK)).toBe(read.includes(MARK));
  expect(told(check.end().issues)).toBe(streamed);
  expect(told(compileSchema(schema).issuesOf(JSON.parse(text)))).toBe(whole);
  expect(compileSchema(schema).limits).toEqual([]);
});
