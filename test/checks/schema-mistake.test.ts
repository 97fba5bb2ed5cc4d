import { expect, test } from 'vitest';
import { z } from 'zod';
import { mistakeIn } from '../../src/checks/plan/schema-mistake.ts';

test.each<[schema: unknown, path: (string | number)[], message: string]>([
  [{ type: 'text' }, ['type'], 'Make type the name of a JSON type, or a list of them; it is "text".'],
  [{ type: ['string', 'x'] }, ['type'], 'Make type the name of a JSON type, or a list of them; it is ["string","x"].'],
  [{ type: 5 }, ['type'], 'Make type the name of a JSON type, or a list of them; it is 5.'],
  [{ enum: 'a' }, ['enum'], 'Make enum a list; it is "a".'],
  [{ required: 'a' }, ['required'], 'Make required a list of names; it is "a".'],
  [{ required: [1] }, ['required'], 'Make required a list of names; it is [1].'],
  [{ pattern: 5 }, ['pattern'], 'Make pattern a string; it is 5.'],
  [{ uniqueItems: 'yes' }, ['uniqueItems'], 'Make uniqueItems true or false; it is "yes".'],
  [{ minLength: -1 }, ['minLength'], 'Make minLength a whole number from 0; it is -1.'],
  [{ minLength: 1.5 }, ['minLength'], 'Make minLength a whole number from 0; it is 1.5.'],
  [{ maxLength: -1 }, ['maxLength'], 'Make maxLength a whole number from 0; it is -1.'],
  [{ maxLength: 1.5 }, ['maxLength'], 'Make maxLength a whole number from 0; it is 1.5.'],
  [{ minItems: -1 }, ['minItems'], 'Make minItems a whole number from 0; it is -1.'],
  [{ minItems: 1.5 }, ['minItems'], 'Make minItems a whole number from 0; it is 1.5.'],
  [{ maxItems: -1 }, ['maxItems'], 'Make maxItems a whole number from 0; it is -1.'],
  [{ maxItems: 1.5 }, ['maxItems'], 'Make maxItems a whole number from 0; it is 1.5.'],
  [{ minProperties: -1 }, ['minProperties'], 'Make minProperties a whole number from 0; it is -1.'],
  [{ minProperties: 1.5 }, ['minProperties'], 'Make minProperties a whole number from 0; it is 1.5.'],
  [{ maxProperties: -1 }, ['maxProperties'], 'Make maxProperties a whole number from 0; it is -1.'],
  [{ maxProperties: 1.5 }, ['maxProperties'], 'Make maxProperties a whole number from 0; it is 1.5.'],
  [{ minContains: -1 }, ['minContains'], 'Make minContains a whole number from 0; it is -1.'],
  [{ minContains: 1.5 }, ['minContains'], 'Make minContains a whole number from 0; it is 1.5.'],
  [{ maxContains: -1 }, ['maxContains'], 'Make maxContains a whole number from 0; it is -1.'],
  [{ maxContains: 1.5 }, ['maxContains'], 'Make maxContains a whole number from 0; it is 1.5.'],
  [{ minimum: '1' }, ['minimum'], 'Make minimum a number; it is "1".'],
  [{ maximum: '1' }, ['maximum'], 'Make maximum a number; it is "1".'],
  [{ multipleOf: '1' }, ['multipleOf'], 'Make multipleOf a number; it is "1".'],
  [{ exclusiveMinimum: '1' }, ['exclusiveMinimum'], 'Make exclusiveMinimum a number; it is "1".'],
  [{ exclusiveMaximum: '1' }, ['exclusiveMaximum'], 'Make exclusiveMaximum a number; it is "1".'],
  [{ properties: [] }, ['properties'], 'Make properties a map of schemas.'],
  [{ properties: { a: 5 } }, ['properties', 'a'], 'Make it an object, true or false.'],
  [{ patternProperties: [] }, ['patternProperties'], 'Make patternProperties a map of schemas.'],
  [{ patternProperties: { a: 5 } }, ['patternProperties', 'a'], 'Make it an object, true or false.'],
  [{ dependentSchemas: [] }, ['dependentSchemas'], 'Make dependentSchemas a map of schemas.'],
  [{ dependentSchemas: { a: 5 } }, ['dependentSchemas', 'a'], 'Make it an object, true or false.'],
  [{ $defs: [] }, ['$defs'], 'Make $defs a map of schemas.'],
  [{ $defs: { a: 5 } }, ['$defs', 'a'], 'Make it an object, true or false.'],
  [{ definitions: [] }, ['definitions'], 'Make definitions a map of schemas.'],
  [{ definitions: { a: 5 } }, ['definitions', 'a'], 'Make it an object, true or false.'],
  [{ allOf: {} }, ['allOf'], 'Make allOf a list of schemas.'],
  [{ allOf: [5] }, ['allOf', 0], 'Make it an object, true or false.'],
  [{ anyOf: {} }, ['anyOf'], 'Make anyOf a list of schemas.'],
  [{ anyOf: [5] }, ['anyOf', 0], 'Make it an object, true or false.'],
  [{ oneOf: {} }, ['oneOf'], 'Make oneOf a list of schemas.'],
  [{ oneOf: [5] }, ['oneOf', 0], 'Make it an object, true or false.'],
  [{ prefixItems: {} }, ['prefixItems'], 'Make prefixItems a list of schemas.'],
  [{ prefixItems: [5] }, ['prefixItems', 0], 'Make it an object, true or false.'],
  [{ not: 'x' }, ['not'], 'Make it an object, true or false.'],
  [{ if: 'x' }, ['if'], 'Make it an object, true or false.'],
  [{ else: 'x' }, ['else'], 'Make it an object, true or false.'],
  [{ contains: 'x' }, ['contains'], 'Make it an object, true or false.'],
  [{ propertyNames: 'x' }, ['propertyNames'], 'Make it an object, true or false.'],
  [{ additionalProperties: 'x' }, ['additionalProperties'], 'Make it an object, true or false.'],
  [{ additionalItems: 'x' }, ['additionalItems'], 'Make it an object, true or false.'],
  [{ unevaluatedProperties: 'x' }, ['unevaluatedProperties'], 'Make it an object, true or false.'],
  [{ items: 'x' }, ['items'], 'Make it an object, true or false.'],
  [
    { items: [{}, { type: 'x' }] },
    ['items', 1, 'type'],
    'Make type the name of a JSON type, or a list of them; it is "x".',
  ],
  [null, [], 'Make it an object, true or false.'],
  [[], [], 'Make it an object, true or false.'],
  ['x', [], 'Make it an object, true or false.'],
  [
    { enum: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' },
    ['enum'],
    'Make enum a list; it is "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx….',
  ],
])('%j is wrong at %j: %s', (schema, path, message) => {
  expect(mistakeIn(schema)).toEqual({ path, message });
});

test.each<[schema: unknown]>([
  [true],
  [false],
  [{}],
  [{ type: ['string', 'null'] }],
  [{ enum: [1] }],
  [{ required: ['a'] }],
  [{ required: true }],
  [{ pattern: 'a' }],
  [{ uniqueItems: true }],
  [{ minLength: 0 }],
  [{ maxItems: 2 }],
  [{ minimum: -1.5 }],
  [{ exclusiveMinimum: true }],
  [{ exclusiveMaximum: 3 }],
  [{ properties: { a: true, b: { type: 'integer' } } }],
  [{ items: [{}] }],
  [{ items: true }],
  [{ anyOf: [{}] }],
  [{ unknown: 5 }],
  [{ const: { type: 'x' } }],
])('%j is right', (schema) => {
  expect(mistakeIn(schema)).toBeUndefined();
});

test('the schema after then', () => {
  expect(mistakeIn(JSON.parse('{"then":5}'))).toMatchObject({ path: ['then'] });
});

test('a schema that has itself in it, and what JSON leaves out', () => {
  const schema: Record<string, unknown> = { type: undefined };
  schema.not = schema;
  expect(mistakeIn(schema)).toBeUndefined();
});

test('a schema of a library is named', () => {
  expect(mistakeIn({ properties: { a: z.string() } })).toMatchObject({
    path: ['properties', 'a'],
    message: expect.stringContaining('It is a schema of a library, as zod'),
  });
});
