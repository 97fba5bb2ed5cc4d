import { expect, test } from 'vitest';
import { openApi } from '../../../src/checks/index.ts';
import { runCheck } from '../../../src/testing/index.ts';

const check = openApi();

/** Whether a document may have a schema. */
async function isTaken(schema: unknown): Promise<boolean> {
  const info = { title: 'Pets', version: '1' };
  const document = { openapi: '3.1.1', info, paths: {}, components: { schemas: { Pet: schema } } };
  return (await runCheck(check, JSON.stringify(document))).type === 'pass';
}

/** What each keyword of a schema takes, and what it does not. */
const keywords: readonly (readonly [names: string, right: unknown, wrong: readonly unknown[]])[] = [
  ['title description format pattern contentMediaType contentEncoding $comment', 'a', [5]],
  ['deprecated readOnly writeOnly uniqueItems', true, ['true']],
  ['maximum minimum exclusiveMaximum exclusiveMinimum', -1.5, ['1', true]],
  ['multipleOf', 0.5, [0, '1']],
  ['maxLength minLength maxItems minItems maxContains minContains maxProperties minProperties', 0, [-1, 1.5, '1']],
  ['items contains additionalProperties propertyNames not if else', { type: 'string' }, [5, { type: 'text' }]],
  ['unevaluatedItems unevaluatedProperties contentSchema', false, ['x', { type: 'text' }]],
  ['properties patternProperties dependentSchemas $defs', { a: { type: 'string' } }, [[], { a: { type: 'text' } }]],
  ['allOf anyOf oneOf prefixItems', [{ type: 'string' }], [[], {}, [{ type: 'text' }]]],
  ['required', ['a', 'b'], ['a', [5], ['a', 'a']]],
  ['dependentRequired', { a: ['b'] }, [[], { a: 'b' }, { a: [5] }]],
  ['enum examples', [1, 'a', null], ['a']],
  ['type', ['string', 'null'], ['text', [], ['string', 'string'], 5]],
  ['discriminator', { propertyName: 'a', mapping: { b: 'c' } }, ['a', {}, { propertyName: 5 }]],
  ['xml externalDocs', { name: 'a', url: 'https://example.com' }, ['a']],
];

test.each(keywords.flatMap(([names, right, wrong]) => names.split(' ').map((name) => [name, right, wrong] as const)))(
  '%s takes %j, and none of %j',
  async (name, right, wrong) => {
    const taken = await Promise.all([right, ...wrong].map((value) => isTaken({ [name]: value })));
    expect(taken).toEqual([true, ...wrong.map(() => false)]);
  },
);

test.each(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'])('the type %s', async (type) => {
  expect(await isTaken({ type })).toBe(true);
});

test.each([true, {}, { $defs: { a: {} }, $ref: '#/components/schemas/Pet/$defs/a' }, { 'x-own': 5 }])(
  'takes the schema %j',
  async (schema) => {
    expect(await isTaken(schema)).toBe(true);
  },
);

test.each([5, 'string', null, []])('does not take the schema %j', async (schema) => {
  expect(await isTaken(schema)).toBe(false);
});
