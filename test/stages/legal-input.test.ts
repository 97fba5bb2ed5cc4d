import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileSchema } from '../../src/incremental/schema/compiled-schema.ts';
import { legalInput } from '../../src/stages/lent/legal-input.ts';
import { isPlainObjectSchema } from '../servers/provider-rules/chat-messages.ts';

const text = { type: 'string' };
const refused: Readonly<Record<string, [schema: unknown, input: unknown, own: unknown]>> = {
  'a choice': [{ oneOf: [{ type: 'object', properties: { a: text } }, text] }, { input: 'x' }, 'x'],
  'any of': [
    { type: 'object', properties: { a: text }, anyOf: [{ required: ['a'] }] },
    { input: { a: 'x' } },
    { a: 'x' },
  ],
  'all of': [{ allOf: [{ type: 'object' }] }, { input: { a: 1 } }, { a: 1 }],
  'a reference': [{ $ref: '#/$defs/a', $defs: { a: { type: 'object' } } }, { input: {} }, {}],
  'a text': [text, { input: 'x' }, 'x'],
  'a list': [{ type: 'array', items: text }, { input: ['x'] }, ['x']],
  'several types': [{ type: ['object', 'null'] }, { input: null }, null],
  'a recursion': [{ anyOf: [{ type: 'array', items: { $ref: '#' } }, text] }, { input: [['x']] }, [['x']]],
  nothing: [true, { a: 1 }, { a: 1 }],
  'no type': [{ properties: { a: text } }, { a: 'x' }, { a: 'x' }],
  'no properties': [{ type: 'object' }, { a: 1 }, { a: 1 }],
  'a name of nothing': [{ type: 'object', properties: { '': text } }, { _: 'x' }, { '': 'x' }],
  'a name with a space': [{ type: 'object', properties: { 'a b': text } }, { a_b: 'x' }, { 'a b': 'x' }],
};

test.each(Object.entries(refused))('%s is lent as an object with properties', (_, [schema, input, own]) => {
  const legal = legalInput(schema);
  expect(isPlainObjectSchema(legal.schema)).toBe(true);
  expect(legal.restore(input)).toEqual(own);
});

test('an input without the member that was added for it is taken as it is', () => {
  expect(legalInput({ oneOf: [text] }).restore('x')).toBe('x');
});

test('a schema that stands in another holds the same values', () => {
  const schema = {
    anyOf: [{ type: 'array', items: { $ref: '#' } }, { $ref: '#/definitions/word' }, { $ref: '#/anyOf/1' }],
    definitions: { word: { type: 'string', maxLength: 2 } },
  };
  const own = compileSchema(schema);
  const legal = compileSchema(legalInput(schema).schema);
  const value = fc.letrec((tie) => ({
    value: fc.oneof(fc.string({ maxLength: 4 }), fc.integer(), fc.array(tie('value'), { maxLength: 3 })),
  })).value;
  fc.assert(
    fc.property(value, (input) => {
      expect(accepts(legal, { input })).toBe(accepts(own, input));
    }),
  );
});

test('has no halves of surrogate pairs', () => {
  const { schema } = legalInput({
    type: 'object',
    properties: { a: { description: 'Half \ud83d.', enum: ['\udc00'] } },
  });
  expect(JSON.stringify(schema)).not.toMatch(/\\ud/);
});

function accepts(compiled: ReturnType<typeof compileSchema>, value: unknown): boolean {
  return compiled.isValid(value);
}
