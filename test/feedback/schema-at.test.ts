import { expect, test } from 'vitest';
import { schemaAt } from '../../src/feedback/schema-at.ts';

const [text, number, flag] = [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }];

test.each([
  ['the root', { type: 'object' }, [], { type: 'object' }],
  ['a member', { properties: { a: text } }, ['a'], text],
  ['a member that is not named', { properties: { a: text }, additionalProperties: number }, ['b'], number],
  ['a member where none is named', { additionalProperties: number }, ['b'], number],
  ['a member named as one every object has', { properties: {}, additionalProperties: flag }, ['toString'], flag],
  ['an item', { items: text }, [3], text],
  ['an item of a tuple', { prefixItems: [text, number], items: flag }, [1], number],
  ['an item behind a tuple', { prefixItems: [text, number], items: flag }, [2], flag],
  ['an item of an older tuple', { items: [text, number], additionalItems: flag }, [0], text],
  ['an item behind an older tuple', { items: [text, number], additionalItems: flag }, [2], flag],
  ['a member of an item', { items: { properties: { a: text } } }, [0, 'a'], text],
  ['the target of a reference', { properties: { a: { $ref: '#/$defs/b' } }, $defs: { b: number } }, ['a'], number],
  ['the target of two references', { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: text } }, [], text],
  ['an escaped reference', { $ref: '#/$defs/a~1b~0c%20d', $defs: { 'a/b~c d': flag } }, [], flag],
  ['a recursive reference', { properties: { a: { $ref: '#' }, b: text } }, ['a', 'a', 'b'], text],
  ['a subschema that is true', { properties: { a: true } }, ['a'], true],
])('%s has its subschema', (_, schema, path, expected) => {
  expect(schemaAt(schema, path)).toEqual(expected);
});

test.each([
  ['a member of no schema', { properties: { a: true } }, ['a', 'b']],
  ['a member of a list', [text], ['0']],
  ['a member of nothing', null, ['a']],
  ['a member among alternatives', { anyOf: [{ properties: { a: text } }] }, ['a']],
  ['a reference to another document', { $ref: 'https://a.test/b' }, []],
  ['a reference to a name', { $ref: '#a', $defs: { a: { $anchor: 'a' } } }, []],
  ['a reference to nothing', { $ref: '#/$defs/a' }, []],
  ['a reference into a text', { $ref: '#/title/a', title: 'T' }, []],
  ['a reference into null', { $ref: '#/default/a', default: null }, []],
  ['a reference to what every object has', { $ref: '#/constructor' }, []],
])('%s has none', (_, schema, path) => {
  expect(schemaAt(schema, path)).toBeUndefined();
});

test('references in a circle come to an end', () => {
  expect(schemaAt({ $ref: '#' }, [])).toEqual({ $ref: '#' });
});
