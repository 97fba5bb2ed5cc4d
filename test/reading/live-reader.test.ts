import { describe, expect, test } from 'vitest';
import { compileSchema } from '../../src/incremental/schema/compiled-schema.ts';
import { edited, liveReader } from '../../src/reading/index.ts';

const number = { type: 'number' };
const text = { type: 'string' };
const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
const list = (items: object) => ({ type: 'array', items });
const schema = object({
  n: number,
  t: text,
  ok: { type: 'boolean' },
  tags: list(text),
  s: { enum: ['in_progress', 'done'] },
  filter: { type: 'object' },
  lines: list(object({ price: number, note: text })),
  maybe: { anyOf: [object({ n: number }), { type: 'null' }] },
  ref: { $ref: '#/$defs/n' },
  kinds: list({
    anyOf: [
      object({ kind: { const: 'page' }, n: number, note: text }, 'kind'),
      object({ kind: { const: 'line' }, n: text, note: text }, 'kind'),
    ],
  }),
  alike: list({ anyOf: [object({ n: number }), object({ n: text })] }),
  single: { anyOf: [object({ n: number, note: text }), text, { type: 'null' }] },
});
const root = compileSchema({ ...schema, $defs: { n: number } }).root;

/** The text as it is passed on, for pieces of a length. */
function read(given: string, length = given.length, syntax = true) {
  const reader = liveReader({ syntax, schema: root });
  let out = '';
  for (let at = 0; at < given.length; at += length) out += reader.push(given.slice(at, at + length));
  const whole = edited(given, { start: 0, end: given.length }, reader.edits);
  return { out, whole, kept: reader.kept() };
}

describe('a value is passed on as it is read when it is complete', () => {
  test.each([
    ['a number in a string', '{"n":"12","t":"x"}', '{"n":12,"t":"x"}'],
    ['a boolean in a string', '{"ok":"True"}', '{"ok":true}'],
    ['a word of Python', '{"ok":True,"t":"x"}', '{"ok":true,"t":"x"}'],
    ['a number where a string is wanted', '{"t": 1.50 }', '{"t": "1.50" }'],
    ['one value where a list is wanted', '{"tags":"a","n":1}', '{"tags":["a"],"n":1}'],
    ['a list of one', '{"n":[3],"t":"[\\"]"}', '{"n":3,"t":"[\\"]"}'],
    ['a constant', '{"s":"In Progress"}', '{"s":"in_progress"}'],
    ['JSON in a string', '{"filter":"{\\"x\\":1}"}', '{"filter":{"x":1}}'],
    ['a member that may be left out', '{"t":"a", "n":null, "ok":true}', '{"t":"a", "ok":true}'],
    ['the first member', '{ "n":null , "t":"a"}', '{ "t":"a"}'],
    ['all members', '{"n":null, "t":null}', '{}'],
    ['a comma too many', '{"lines":[{"price":"1",}, ],}', '{"lines":[{"price":1} ]}'],
    [
      'inside a list',
      '{"lines":[{"price":"1.10","note":"b"},{"price":2}]}',
      '{"lines":[{"price":1.10,"note":"b"},{"price":2}]}',
    ],
    ['beside null', '{"maybe":{"n":"1"}}', '{"maybe":{"n":1}}'],
    [
      'by its kind',
      '{"kinds":[{"kind":"Page","n":"1"},{"kind":"line","n":2}]}',
      '{"kinds":[{"kind":"page","n":1},{"kind":"line","n":"2"}]}',
    ],
    ['of alternatives that are alike', '{"alike":[{"n":"1"},{"n":true}]}', '{"alike":[{"n":"1"},{"n":"true"}]}'],
    ['behind a reference', '{"ref":"1"}', '{"ref":1}'],
    [
      'what fits',
      '{"t":"a\\"b\\\\","n":-1e3,"lines":[],"x":{"n":"1"}}',
      '{"t":"a\\"b\\\\","n":-1e3,"lines":[],"x":{"n":"1"}}',
    ],
    ['what cannot be read', '{"n":"a dozen","t":{}}', '{"n":"a dozen","t":{}}'],
    ['quotes inside', '{"t":"the "old" Lyon","n":"1"}', '{"t":"the "old" Lyon","n":"1"}'],
    ['text behind', '{"n":"1"} "n":"1"', '{"n":1} "n":"1"'],
    ['a name twice over lines', '{"n":"1"\n"t":True}', '{"n":"1"\n"t":True}'],
  ])('%s', (_, given, wanted) => {
    for (const length of [1, 2, 3, 7, given.length]) {
      const { out, whole, kept } = read(given, length);
      expect(out).toBe(wanted);
      expect(whole).toBe(wanted);
      expect(kept).toBe(0);
    }
  });
});

test.each([
  ['a string is not over before a comma or a closer follows', '{"t":"the "', '{"t":"the '],
  ['a number waits for what follows', '{"t":"a","n":12', '{"t":"a"'],
  ['a comma and a name wait for their value', '{"t":"a" , "n" : ', '{"t":"a"'],
  ['a free string goes on as it comes', '{"t":"a b', '{"t":"a b'],
  [
    'the one alternative for an object is read at once',
    '{"single":{"n":"1","note":"a b',
    '{"single":{"n":1,"note":"a b',
  ],
  [
    'an alternative is read once its kind is known',
    '{"kinds":[{"kind":"Page","note":"a b',
    '{"kinds":[{"kind":"page","note":"a b',
  ],
  [
    'alternatives that are alike wait until the object is whole',
    '{"alike":[{"n":1},{"n":"2","note":"a b',
    '{"alike":[{"n":1}',
  ],
])('%s', (_, given, passed) => {
  for (const length of [1, given.length]) expect(read(given, length).out).toBe(passed);
});

test('commas and words of Python stay where syntax is not read', () => {
  const given = '{"n":"1","ok":True,}';
  expect(read(given, 1, false).out).toBe('{"n":1,"ok":True,}');
});
