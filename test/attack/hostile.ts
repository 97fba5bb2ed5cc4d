import { grounded, links, openApi, sql } from '../../src/checks/index.ts';
import type { Check } from '../../src/index.ts';

/** An answer that is made to block, and the schema or the check it is held to. */
export interface HostileCase {
  readonly text: string;
  readonly schema?: unknown;
  readonly check?: Check;
}

const plain = {
  type: 'object',
  properties: { n: { type: 'number' }, text: { type: 'string' }, list: { type: 'array', items: { type: 'number' } } },
  required: ['n'],
};
const numbers = { type: 'object', additionalProperties: { type: 'number' } };
const lists = { $defs: { t: { items: { $ref: '#/$defs/t' } } }, $ref: '#/$defs/t' };
const branches = {
  $defs: { t: { anyOf: [{ type: 'number' }, { type: 'array', items: { $ref: '#/$defs/t' } }] } },
  $ref: '#/$defs/t',
};

const size = 1_000_000;
const many = (count: number, item: (index: number) => string, between = ','): string =>
  Array.from({ length: count }, (_, index) => item(index)).join(between);
const members = (count: number, member: (index: number) => [string, unknown]): Record<string, unknown> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => member(index)));
const repeated = (before: string, piece: string, after: string): string =>
  before + piece.repeat(Math.floor((size - before.length - after.length) / piece.length)) + after;
const nested = (open: string, inner: string, close: string, depth: number): string =>
  open.repeat(depth) + inner + close.repeat(depth);

let made = 0;

/** The same with a schema that was never there before: one that was is compiled already. */
export function asNew(hostile: HostileCase): HostileCase {
  const { schema } = hostile;
  if (typeof schema !== 'object' || schema === null) return hostile;
  made += 1;
  return { ...hostile, schema: { ...schema, $comment: `number ${made}` } };
}

/** Answers of about a megabyte, and schemas of one, each with a kind of its own. */
export const hostileCases: Readonly<Record<string, () => HostileCase>> = {
  'one long string': () => ({ text: repeated('{"n":1,"text":"', 'abcde ', '"}'), schema: plain }),
  'open brackets': () => ({ text: '['.repeat(990_000), schema: plain }),
  'open brackets, recursive': () => ({ text: '['.repeat(990_000), schema: lists }),
  'nested lists 480,000': () => ({ text: nested('[', '1', ']', 480_000), schema: lists }),
  'nested lists 19,000': () => ({ text: `[${many(26, () => nested('[', '1', ']', 18_999))}]`, schema: lists }),
  'nested objects': () => ({ text: nested('{"n":', '1', '}', 160_000), schema: plain }),
  'nested objects 19,000': () => ({ text: `[${many(8, () => nested('{"n":', '1', '}', 18_999))}]`, schema: true }),
  'nested lists, recursive anyOf': () => ({
    text: `[${many(1000, () => nested('[', '1', ']', 499))}]`,
    schema: branches,
  }),
  'wrong at the bottom, recursive anyOf': () => ({
    text: `[${many(1000, () => nested('[', '"x"', ']', 496))}]`,
    schema: branches,
  }),
  dependentSchemas: () => ({
    text: `{${many(20_000, (index) => `"m${index}":${index}`)}}`,
    schema: {
      dependentSchemas: Object.fromEntries(
        Array.from({ length: 10_000 }, (_, index) => [`m${index}`, { required: [`m${index + 1}`] }]),
      ),
    },
  }),
  'dependentSchemas that fail': () => ({
    text: `{${many(20_000, (index) => `"m${index}":${index}`)}}`,
    schema: {
      dependentSchemas: Object.fromEntries(
        Array.from({ length: 10_000 }, (_, index) => [`m${index}`, { required: [`x${index + 1}`] }]),
      ),
    },
  }),
  'small members': () => ({ text: `{${many(75_000, (index) => `"m${index}":${index}`)}}`, schema: numbers }),
  'small members, unnamed': () => ({
    text: `{"n":1,${many(75_000, (index) => `"m${index}":${index}`)}}`,
    schema: plain,
  }),
  'a list of numbers': () => ({ text: `{"n":1,"list":[${many(490_000, () => '1')}]}`, schema: plain }),
  'a list of objects': () => ({
    text: `[${many(80_000, () => '{"n":1,"a":2}')}]`,
    schema: { items: plain },
  }),
  'empty objects': () => ({ text: `[${many(330_000, () => '{}')}]`, schema: { items: { type: 'object' } } }),
  'empty lists': () => ({ text: `[${many(330_000, () => '[]')}]`, schema: lists }),
  backslashes: () => ({ text: repeated('{"n":1,"text":"', '\\\\', '"}'), schema: plain }),
  'broken backslashes': () => ({ text: repeated('{"n":1,"text":"', '\\d', '"}'), schema: plain }),
  'backslashes at the end': () => ({ text: repeated('{"n":1,"text":"', '\\\\\\', '"}'), schema: plain }),
  'backslashes, cut off': () => ({ text: repeated('{"text":"', '\\\\\\', ''), schema: plain }),
  'backslashes without what is required': () => ({ text: repeated('{"text":"', '\\\\\\', '"}'), schema: plain }),
  'lone surrogates without what is required': () => ({ text: repeated('{"text":"', '\ud800', '"}'), schema: plain }),
  'quotes in a string, cut off': () => ({ text: repeated('{"text":"', 'x"y', ''), schema: plain }),
  'unicode escapes': () => ({ text: repeated('{"n":1,"text":"', '\\u0041', '"}'), schema: plain }),
  'lone surrogates': () => ({ text: repeated('{"n":1,"text":"', '\ud800', '"}'), schema: plain }),
  'lone surrogates, escaped': () => ({ text: repeated('{"n":1,"text":"', '\\ud800', '"}'), schema: plain }),
  'line breaks in a string': () => ({ text: repeated('{"n":1,"text":"', 'a\n', '"}'), schema: plain }),
  'quotes in a string': () => ({ text: repeated('{"n":1,"text":"', 'x"y', '"}'), schema: plain }),
  'single quotes': () => ({ text: `{'n':1,${many(70_000, (index) => `'m${index}':'x'`)}}`, schema: plain }),
  '20,000 misfits': () => ({ text: `{${many(20_000, (index) => `"m${index}":"${index}"`)}}`, schema: numbers }),
  '45,000 misfits': () => ({ text: `{${many(45_000, (index) => `"m${index}":"${index}"`)}}`, schema: numbers }),
  '45,000 misfits in a list': () => ({
    text: `{"n":1,"list":[${many(45_000, (index) => `"${index}"`)}]}`,
    schema: plain,
  }),
  '200,000 hopeless items': () => ({ text: `{"n":1,"list":[${many(230_000, () => '"x"')}]}`, schema: plain }),
  'misfits of branches': () => ({
    text: `[${many(60_000, (index) => `{"a":"${index}"}`)}]`,
    schema: {
      items: { anyOf: [{ properties: { a: { type: 'number' } } }, { properties: { a: { type: 'boolean' } } }] },
    },
  }),
  'a long enum': () => ({
    text: '"x"',
    schema: { enum: Array.from({ length: 90_000 }, (_, index) => `v${index}`) },
  }),
  'a long enum of objects': () => ({
    text: '{"a":"x"}',
    schema: { enum: Array.from({ length: 50_000 }, (_, index) => ({ a: `v${index}` })) },
  }),
  'an enum of a long string': () => ({
    text: `"${'x'.repeat(1000)}"`,
    schema: { enum: Array.from({ length: 900 }, (_, index) => `${'x'.repeat(1000)}${index}`) },
  }),
  'many items of an enum': () => ({
    text: `[${many(200_000, () => '"x"')}]`,
    schema: { items: { enum: Array.from({ length: 1000 }, (_, index) => `v${index}`) } },
  }),
  'a wide schema': () => ({
    text: '{"name1":"x"}',
    schema: {
      properties: Object.fromEntries(
        Array.from({ length: 25_000 }, (_, index) => [`name${index}`, { type: 'number' }]),
      ),
      required: Array.from({ length: 25_000 }, (_, index) => `name${index}`),
    },
  }),
  'a wide schema, all there': () => ({
    text: `{${many(25_000, (index) => `"name${index}":1`)}}`,
    schema: {
      properties: Object.fromEntries(
        Array.from({ length: 25_000 }, (_, index) => [`name${index}`, { type: 'number' }]),
      ),
    },
  }),
  'a wide schema, all misfits': () => ({
    text: `{${many(25_000, (index) => `"name${index}":"1"`)}}`,
    schema: {
      properties: Object.fromEntries(
        Array.from({ length: 25_000 }, (_, index) => [`name${index}`, { type: 'number' }]),
      ),
    },
  }),
  'a wide schema, other spellings': () => ({
    text: `{${many(25_000, (index) => `"Name_${index}":1`)}}`,
    schema: {
      properties: Object.fromEntries(
        Array.from({ length: 25_000 }, (_, index) => [`name${index}`, { type: 'number' }]),
      ),
      required: Array.from({ length: 25_000 }, (_, index) => `name${index}`),
    },
  }),
  'a wide schema, in prose': () => ({
    text: 'Here it is: {"name1":"x"}',
    schema: {
      properties: members(20_000, (index) => [`name${index}`, { type: 'number' }]),
      required: Array.from({ length: 20_000 }, (_, index) => `name${index}`),
    },
  }),
  'many groups': () => ({
    text: '{"group1":{"m2":1}}',
    schema: {
      properties: members(150, (group) => [
        `group${group}`,
        { properties: members(150, (index) => [`m${index}`, { type: 'string' }]), required: ['m1'] },
      ]),
    },
  }),
  'objects to choose from': () => ({
    text: 'Here it is: {"a":{"k":"x"}}',
    schema: {
      properties: {
        a: { anyOf: Array.from({ length: 20_000 }, (_, index) => ({ properties: { k: { const: `k${index}` } } })) },
      },
    },
  }),
  'definitions of members': () => ({
    text: 'Here it is: {"m1":{"n":"x"}}',
    schema: {
      $defs: members(12_000, (index) => [`d${index}`, { properties: { n: { type: 'number' } } }]),
      properties: members(12_000, (index) => [`m${index}`, { $ref: `#/$defs/d${index}` }]),
    },
  }),
  'patterns of names': () => ({
    text: 'Here it is: {"ab-1":1}',
    schema: { patternProperties: members(20_000, (index) => [`^[a-z]{2,8}-${index}$`, { type: 'string' }]) },
  }),
  'patterns of values': () => ({
    text: 'Here it is: {"n1":"zz"}',
    schema: { properties: members(15_000, (index) => [`n${index}`, { pattern: `^[a-z]{2,8}-${index}$` }]) },
  }),
  'a deep schema': () => ({
    text: nested('[', '1', ']', 1000),
    schema: Array.from({ length: 30_000 }).reduce<unknown>((inner) => ({ items: inner }), { type: 'number' }),
  }),
  'unique items': () => ({
    text: `[${many(80_000, (index) => `{"a":${index}}`)}]`,
    schema: { uniqueItems: true },
  }),
  'many branches': () => ({
    text: `[${many(330_000, () => '77')}]`,
    schema: { items: { anyOf: Array.from({ length: 50 }, (_, index) => ({ const: index })) } },
  }),
  'unevaluated members': () => ({
    text: `{${many(75_000, (index) => `"b${index}":${index}`)}}`,
    schema: {
      allOf: Array.from({ length: 20 }, (_, index) => ({ properties: { [`a${index}`]: true } })),
      unevaluatedProperties: { type: 'number' },
    },
  }),
  'patterns of members': () => ({
    text: `{${many(60_000, (index) => `"ab${index}":${index}`)}}`,
    schema: {
      patternProperties: Object.fromEntries(
        Array.from({ length: 30 }, (_, index) => [`^(a|b)*${index}$`, { type: 'number' }]),
      ),
    },
  }),
  'names of a pattern': () => ({
    text: `{${many(75_000, (index) => `"m${index}":${index}`)}}`,
    schema: { propertyNames: { pattern: '^(m|n)+[0-9]+$', maxLength: 5 } },
  }),
  'contained items': () => ({
    text: `[${many(480_000, () => '1')}]`,
    schema: { contains: { type: 'string' }, minContains: 2, maxContains: 5 },
  }),
  'dynamic references': () => ({
    text: `[${many(120_000, () => '{"d":1}')}]`,
    schema: {
      $id: 'https://example.com/a',
      $dynamicAnchor: 'n',
      $ref: 'b',
      $defs: {
        b: { $id: 'b', $dynamicAnchor: 'n', items: { $dynamicRef: '#n' }, properties: { d: { type: 'string' } } },
      },
    },
  }),
  'allOf in allOf': () => ({
    text: `{"a":[${many(200_000, () => '1')}]}`,
    schema: Array.from({ length: 3000 }).reduce<unknown>((inner) => ({ allOf: [inner] }), { type: 'object' }),
  }),
  'if, then and else': () => ({
    text: `[${many(80_000, (index) => `{"a":${index}}`)}]`,
    schema: {
      items: {
        if: { properties: { a: { const: 1 } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { required: ['b'] },
        else: { properties: { a: { type: 'string' } } },
      },
    },
  }),
  'a pattern': () => ({
    text: `"${'a'.repeat(size - 2)}"`,
    schema: { pattern: '\\w+a{1000}b' },
  }),
  'many strings of a pattern': () => ({
    text: `[${many(90_000, () => '"aaaaaaaa"')}]`,
    schema: { items: { pattern: '^(a|aa|aaa)*b$' } },
  }),
  'prose with brackets': () => ({ text: repeated('', 'Here is [1] and {a}. ', '{"n":"x"}'), schema: plain }),
  'values in a row': () => ({ text: repeated('', '{"n":1}\n', ''), schema: plain }),
  'values in a row for a list': () => ({
    text: repeated('', '{"n":1}\n', ''),
    schema: { type: 'array', items: plain },
  }),
  'values in a row, each another': () => ({
    text: many(90_000, (index) => `{"n":${index}}`, '\n'),
    schema: plain,
  }),
  'values in a row, each another, for a list': () => ({
    text: many(90_000, (index) => `{"n":${index}}`, '\n'),
    schema: { type: 'array', items: plain },
  }),
  'constants in another spelling': () => ({
    text: `[${many(60_000, (index) => `"V${index % 900}"`)}]`,
    schema: { items: { enum: Array.from({ length: 900 }, (_, index) => `v${index}`) } },
  }),
  'names that are null': () => ({
    text: `{"n":1,${many(45_000, (index) => `"m${index}":null`)}}`,
    schema: { ...plain, additionalProperties: { type: 'number' } },
  }),
  'tags of thoughts': () => ({ text: repeated('', '<think></think>', '{"n":"1"}'), schema: plain }),
  'tags in a string': () => ({ text: repeated('{"n":1,"text":"', '</think>', ''), schema: plain }),
  fences: () => ({ text: repeated('', '```json\n', '{"n":"1"}'), schema: plain }),
  comments: () => ({ text: repeated('{"list":[', '/a//a/', ']}'), schema: plain }),
  'strings in a row': () => ({ text: repeated('{"n":', '"b" ', '}'), schema: plain }),
  'names unquoted': () => ({ text: repeated('{', 'n:1,', '}'), schema: plain }),
  commas: () => ({ text: repeated('{"list":[1', ',', ']}'), schema: plain }),
  digits: () => ({ text: repeated('{"n":', '9', '}'), schema: plain }),
  spaces: () => ({ text: repeated('', ' ', '{"n":1'), schema: plain }),
  'JSON in strings': () => ({
    text: JSON.stringify({ n: 1, list: JSON.stringify(JSON.stringify(Array.from({ length: 150_000 }, () => 1))) }),
    schema: plain,
  }),
  'a string in a string': () => ({ text: JSON.stringify({ list: `[${many(240_000, () => '1')}` }), schema: plain }),
  'quotes as YAML': () => ({ text: repeated('', '"', ''), check: openApi() }),
  'aliases as YAML': () => ({ text: repeated('', '*a ', ''), check: openApi() }),
  'references in a row': () => ({
    text: `{"openapi":"3.1.0","components":{"schemas":{${many(15_000, (index) => `"a${index}":{"$ref":"#/components/schemas/a${index + 1}"}`)}}}}`,
    check: openApi(),
  }),
  'digits of another script': () => ({ text: repeated('', '٣', ''), check: grounded() }),
  'a letter for eighteen': () => ({ text: repeated('', 'ﷺ ', ''), check: grounded() }),
  'fences beside links': () => ({ text: repeated('', '```\n', ''), check: links() }),
  'links with entities': () => ({ text: repeated('', '[a](&#x41;) ', ''), check: links() }),
  'numbers in SQL': () => ({ text: `SELECT ${'1,'.repeat(48_000)}1`, check: sql() }),
  'statements of SQL': () => ({ text: 'SELECT 1;'.repeat(10_000), check: sql({ dialect: 'mysql' }) }),
};
