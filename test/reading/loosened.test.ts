import { expect, test } from 'vitest';
import { loosened } from '../../src/reading/index.ts';

/*
 * What the early abort of a stream holds an answer against: each keyword stays if no reading can make its demand true.
 */

const digits = '^\\s*(?:[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+))\\s*$';
const truth = '^\\s*(?:[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\\s*$';
const either = '^\\s*(?:[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\\s*$';
const gap = '[\\s_.\\\\-]*';
const looseText = { type: ['string', 'array', 'null', 'number', 'boolean'] };
const looseNumber = { type: ['number', 'array', 'null', 'string'], pattern: digits };
const a = `^${gap}(?:[aA])${gap}$`;

/** What is left of the schema of a member. */
const cases: readonly (readonly [what: string, schema: object | boolean, loose: unknown])[] = [
  ['a number may stand in a string of digits, in a list, or be null', { type: 'number' }, looseNumber],
  ['so may an integer', { type: 'integer' }, { ...looseNumber, type: ['integer', 'array', 'null', 'string'] }],
  ['a boolean in a string', { type: 'boolean' }, { type: ['boolean', 'array', 'null', 'string'], pattern: truth }],
  [
    'either in a string',
    { type: ['boolean', 'number'] },
    { type: ['boolean', 'number', 'array', 'null', 'string'], pattern: either },
  ],
  ['text may be a number or a boolean', { type: 'string' }, looseText],
  ['null may be a list of one', { type: 'null' }, { type: ['null', 'array', 'string'] }],
  ['an object may stand in a string', { type: 'object' }, { type: ['object', 'array', 'null', 'string'] }],
  [
    'of a list, anything may be the one item',
    { type: 'array', items: { type: 'number' }, minItems: 1, maxItems: 3 },
    { type: ['array', 'object', 'string', 'number', 'boolean', 'null'], items: looseNumber, maxItems: 3 },
  ],
  [
    'first items are read each by its own',
    { type: 'array', prefixItems: [{ type: 'string' }], items: false },
    { type: ['array', 'object', 'string', 'number', 'boolean', 'null'], prefixItems: [looseText], items: false },
  ],
  [
    'bounds stay',
    { minimum: 1, maximum: 2, exclusiveMinimum: 0, exclusiveMaximum: 3, multipleOf: 1 },
    { minimum: 1, maximum: 2, exclusiveMinimum: 0, exclusiveMaximum: 3, multipleOf: 1 },
  ],
  ['what a text looks like stays', { pattern: '^a', maxLength: 3, minLength: 1 }, { pattern: '^a', maxLength: 3 }],
  ['constants may have any spelling', { const: 'A-b.c' }, { pattern: `^${gap}(?:[aA]${gap}[bB]${gap}[cC])${gap}$` }],
  ['several, too', { enum: ['a', 'b'] }, { pattern: `^${gap}(?:[aA]|[bB])${gap}$` }],
  ['of text', { type: 'string', enum: ['a'], pattern: '^b', maxLength: 1 }, { ...looseText, pattern: a }],
  ['constants of another type may be anything', { enum: ['a', 1] }, {}],
  ['letters with accents may be anything', { enum: ['é'] }, {}],
  ['no constants may be anything', { enum: [] }, {}],
  ['a constant of a number is a number', { type: 'number', enum: ['a'] }, looseNumber],
  ['one of several may be anything', { anyOf: [{ type: 'string' }], oneOf: [{ type: 'number' }] }, {}],
  [
    'names may have other spellings, and members be left out',
    {
      type: 'object',
      required: ['a'],
      additionalProperties: false,
      patternProperties: { x: false },
      propertyNames: false,
      minProperties: 1,
      maxProperties: 1,
    },
    { type: ['object', 'array', 'null', 'string'] },
  ],
  ['the names of a schema stay', { $id: 'http://x/', $anchor: 'x', title: 't' }, { $id: 'http://x/', $anchor: 'x' }],
  ['true stays', true, true],
  ['false stays', false, false],
  ['members that are no object stay', { properties: true }, { properties: true }],
  [
    'where several schemas judge a text, what it looks like may be what the other makes of it',
    { allOf: [{ type: 'string', pattern: '^a', maxLength: 3 }, { enum: ['a'] }] },
    { allOf: [looseText, { pattern: a }] },
  ],
  [
    'a member that is called like a keyword is none',
    { properties: { enum: { pattern: 'x' } } },
    { properties: { enum: { pattern: 'x' } } },
  ],
];

test.each(cases)('%s', (_, schema, loose) => {
  expect(loosened({ type: 'object', properties: { m: schema } })).toEqual({
    type: ['object', 'array', 'null', 'string'],
    properties: { m: loose },
  });
});

test.each<[what: string, schema: object, loose: unknown]>([
  [
    'the answer as a whole may have a wrapper around it',
    { type: 'number' },
    { ...looseNumber, type: [...looseNumber.type, 'object'] },
  ],
  ['of a list of lists, it may be an item', { type: 'array', items: { type: 'array' } }, {}],
  [
    'definitions stay where they are',
    { $defs: { x: { type: 'string', pattern: 'a' } }, definitions: { y: { type: 'number' } }, $ref: '#/$defs/x' },
    { $defs: { x: { ...looseText, pattern: 'a' } }, definitions: { y: looseNumber }, $ref: '#/$defs/x' },
  ],
  [
    'beside a reference, another schema judges the text',
    { $defs: { x: { pattern: 'a' } }, properties: { p: { $ref: '#/$defs/x', maxLength: 2 } } },
    { $defs: { x: {} }, properties: { p: { $ref: '#/$defs/x' } } },
  ],
  [
    'beside a reference, a title judges nothing',
    { $defs: { x: { pattern: 'a' } }, properties: { p: { $ref: '#/$defs/x', title: 't' } } },
    { $defs: { x: { pattern: 'a' } }, properties: { p: { $ref: '#/$defs/x' } } },
  ],
  [
    'constants judge no text beside them',
    { enum: [{ allOf: 1 }], properties: { p: { pattern: 'x' } } },
    { properties: { p: { pattern: 'x' } } },
  ],
])('%s', (_, schema, loose) => {
  expect(loosened(schema)).toEqual(loose);
});
