// biome-ignore-all lint/suspicious/noThenProperty: it is the keyword
import { expect, test } from 'vitest';
import { incrementalValidator } from '../../src/incremental/index.ts';

const string = { type: 'string' };

/** What comes before the mark can no longer become wrong; it waits for what decides between alternatives. */
test.each<[schema: unknown, marked: string]>([
  [{ properties: { a: { items: {} } } }, '{"a":"He┃'],
  [{ properties: { a: { minItems: 1, required: ['b'], minimum: 3 } } }, '{"a":"He┃'],
  [{ properties: { a: { type: ['string', 'null'] } } }, '{"a":"He┃'],
  [{ properties: { a: { allOf: [string, {}] } } }, '{"a":"He┃'],
  [{ properties: { a: { oneOf: [string, { type: 'null' }] } } }, '{"a":"He┃'],
  [{ properties: { a: { maxLength: 9 } } }, '{┃"a":"He'],
  [{ properties: { a: { minLength: 1 } } }, '{┃"a":"He'],
  [{ properties: { a: { not: { type: 'null' } } } }, '{"a":"He┃'],
  [{ properties: { a: { not: { maxLength: 1 } } } }, '{┃"a":"He'],
  [{ properties: { a: { if: string, then: {} } } }, '{"a":"He┃'],
  [{ properties: { a: true } }, '{┃"A":"He","a":"x'],
  [{ properties: { a: true } }, '{"a":"He"┃,"A":"x","a2":1'],
  [{ properties: { a: true } }, '{┃"A":1,"a":{"b":[1,2'],
  [{ properties: { a: true } }, '[{"A":1,"a":2},{"a":"x┃'],
  [{ properties: { a: true }, additionalProperties: string }, '{"A":"He┃'],
  [{ patternProperties: { '^A': true }, properties: { a: true } }, '{"A":"He┃'],
  [{}, '{"A":"He┃'],
  [{ oneOf: [{ required: ['a'] }, { required: ['b'] }] }, '┃{"a":1,"c":2'],
  [{ anyOf: [{ required: ['a'] }, { required: ['b'] }] }, '{"c":1,"a":1,"d":"x┃'],
  [{ anyOf: [{ required: ['a'] }, { required: ['b'] }] }, '┃{"c":1,"d":"x'],
  [
    {
      oneOf: [
        { properties: { k: { const: 1 } }, required: ['k'] },
        { properties: { k: { const: 2 } }, required: ['k'] },
      ],
    },
    '{"k":1┃,"v":"He',
  ],
  [
    {
      oneOf: [
        { properties: { k: { const: 1 } }, required: ['k'] },
        { properties: { k: { const: 2 } }, required: ['k'] },
      ],
    },
    '┃{"v":"He',
  ],
  [{ oneOf: [{ type: 'object' }, { type: 'array' }] }, '{"v":"He┃'],
  [{ allOf: [{ required: ['a'] }, { minProperties: 1 }] }, '{"v":"He┃'],
  [{ not: { required: ['a'] } }, '┃{"v":1'],
  [{ not: { required: ['a'] } }, '{"v":1}┃'],
  [{ not: { type: 'array' } }, '{"v":"He┃'],
  [{ if: { required: ['a'] }, then: { required: ['b'] } }, '┃{"c":1'],
  [{ if: { required: ['a'] }, then: { required: ['b'] } }, '{"a":1,"c":"He┃'],
  [{ if: { properties: { k: { const: 1 } } }, then: { required: ['a'] } }, '{"k":2┃,"c":"He'],
  [{ contains: { const: 1 } }, '┃[2,3'],
  [{ contains: { const: 1 } }, '[2,1,"He┃'],
  [{ contains: { const: 1 }, minContains: 0 }, '[2,"He┃'],
  [{ contains: { const: 1 }, maxContains: 2 }, '┃[1,2'],
  [{ contains: { const: 1 }, minContains: 2 }, '┃[1,2'],
  [{ contains: { const: 1 }, minContains: 2 }, '[1,1,2,"x┃'],
  [{ uniqueItems: true }, '┃[1,2'],
  [{ items: { uniqueItems: true } }, '[[1]┃,[2'],
  [{ properties: { a: { uniqueItems: true } } }, '{┃"b":[1],"a":[1'],
  [{ properties: { a: { uniqueItems: true } } }, '{"a":[1]┃,"b":"He'],
  [{ properties: { a: { enum: [[1], { b: 1 }] } } }, '{┃"a":[1'],
  [{ properties: { a: { enum: [[1], { b: 1 }] } } }, '{"a":[1]┃,"b":"He'],
  [{ properties: { a: true }, unevaluatedProperties: false }, '{"a":"He┃'],
  [{ allOf: [{ properties: { a: true } }], unevaluatedProperties: false }, '┃{"a":"He'],
  [{ allOf: [{ properties: { a: true } }], unevaluatedProperties: false }, '{"a":"He"}┃'],
  [{ prefixItems: [true], unevaluatedItems: string }, '[1,"He┃'],
  [{ contains: { const: 1 }, unevaluatedItems: string }, '┃[1,"He'],
  [{ dependentSchemas: { a: { required: ['b'] } } }, '┃{"c":1'],
  [{ dependentSchemas: { a: { required: ['b'] } } }, '{"a":1,"c":"He┃'],
  [{ dependentRequired: { a: ['b'] } }, '{"a":1,"c":"He┃'],
  [{ maxProperties: 3, minProperties: 2, required: ['a'] }, '{"c":"He┃'],
  [{ propertyNames: { maxLength: 3 } }, '{"c":"He┃'],
  [{ type: 'array', items: { type: 'integer' } }, '[1┃,2'],
  [{ type: 'array', items: { enum: ['ab', 'ac'] } }, '["ab"┃,"a'],
  [{ items: { type: 'boolean' } }, '[true┃,fal'],
  [{}, '  {"a" : [ 1 , "x" ]┃ , '],
  [{}, '[[],{},"",0,null┃,'],
  [{}, '┃"abc'],
  [{}, '┃tru'],
  [{}, 'true┃'],
  [{}, '┃12'],
  [{}, '[┃-1'],
  [
    {
      items: {
        anyOf: [
          { type: 'object', properties: { k: { const: 1 } }, required: ['k'] },
          { type: 'object', properties: { k: { const: 2 } }, required: ['k'] },
        ],
      },
    },
    '[{"k":1}┃,{"a":[1],"k":2,"b":"x',
  ],
  [{ anyOf: [{ items: string }, { items: { type: 'number' } }] }, '[1┃,2'],
  [{ anyOf: [{ items: string }, { items: { type: 'number' } }] }, '[1,2]┃'],
])('by %j what is safe of %s is what stands before the mark', (schema, marked) => {
  const [safe = '', rest = ''] = marked.split('┃');
  const [whole, character] = [incrementalValidator(schema).start(), incrementalValidator(schema).start()];
  expect(whole.push(safe + rest)).toMatchObject({ safeLength: safe.length, issues: [], jsonStart: 0 });
  let latest = 0;
  for (const each of safe + rest) {
    const { safeLength } = character.push(each);
    expect(safeLength).toBeGreaterThanOrEqual(latest);
    latest = safeLength;
  }
  expect(latest).toBe(safe.length);
});
