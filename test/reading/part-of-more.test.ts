import { expect, test } from 'vitest';
import { readJson } from '../../src/reading/index.ts';

const n = { type: 'number' };
const t = { type: 'string' };
const object = (properties: object, required: readonly string[] = []) => ({ type: 'object', properties, required });
const listOf = (items: object) => ({ type: 'array', items });
const ids = listOf(object({ id: n }, ['id']));
const tree = object({ name: t, child: { $ref: '#' } });
const calls = listOf(object({ name: t, arguments: { type: 'object' } }, ['name', 'arguments']));
const call = (name: string) => `<tool_call>{"name":"${name}","arguments":{"n":1}}</tool_call>`;
const two = (first: string, second: string) => `${call(first)}\n${call(second)}`;
const rows = (count: number) => Array.from({ length: count }, (_, id) => `{"id":${id}}`).join('\n');

test.each<[what: string, text: string, schema: object]>([
  ['a row that ends in a broken value', `${rows(64)}\n{"oops":`, ids],
  ['two values with more brackets between them than are tried', `{"n":1}${' [x]'.repeat(200)}\n{"n":2}`, object({ n })],
  ['a row whose second value does not fit', '{"id":1}\n{"id":"two"}', ids],
  ['a row with a value of another kind', '{"id":1}\n{"error":"x"}', ids],
  ['two fences of which one fits', '```json\n{"id":1}\n```\n```json\n{"id":"x"}\n```', ids],
  ['two calls of which one fits', '<call>{"name":"f","arguments":{}}</call><call>{"name":"g"}</call>', calls],
  ['an item and a number', '{"id":3}\n5', ids],
  ['a list and a number', '[1]\n2', listOf(n)],
  ['an item in a sentence and one behind it', '{"id":1} x\n{"id":3}', ids],
  [
    'a call and what came of it',
    '<call>{"name":"f","arguments":{}}</call><result>{"name":"z","arguments":{}}</result>',
    calls,
  ],
  ['a list that has lost its opening', '"id":1},{"id":2}]', ids],
  ['a row that has lost its opening', '"id":1}\n{"id":2}\n{"id":3}', ids],
  ['an object that has lost its opening', '"name":"root","child":{"name":"leaf"}}', tree],
  ['the same in a fence', '```json\n"name":"root","child":{"name":"leaf"}}\n```', tree],
  ['YAML with JSON inside', 'name: root\nchild: {"name":"leaf"}', tree],
  ['a member behind the object', '{"n":5}\nt: x', object({ n, t })],
  ['a member before the object', 't = x\nn: {"n":5}', object({ n, t })],
  ['the same with a name of other letters', '{"größe":5}\ngröße: 6', object({ größe: n })],
  ['the same in another script', '{"n":5}\n名前：6', object({ n, 名前: n })],
  ['the same with a name of two words', '{"n":5}\nunit price: 6', object({ n, unit_price: n })],
  ['the same in a quotation', '{"n":5}\n> t: x', object({ n, t })],
  ['the same in a numbered list', '{"n":5}\n1. m: 2', object({ n, m: n })],
  ['the same in a tag', '<args>{"n":5}</args><m>2</m>', object({ n, m: n })],
  ['a second object with another member', '{"n":5}\n{"m":6}', object({ n, m: n }, ['n'])],
  ['an outdated object', '```json\n{"n":5}\n```\nUpdated:\n```json\n{"n":6,"m":"x"}\n```', object({ n, m: n }, ['n'])],
  ['an object and a bracket that begins none', '{"n":1}{,"m":2}', object({ n, m: n })],
  ['the same behind a comma', '{"n":1}, {m', object({ n, m: n })],
  ['items before a list', '1, 2, [3, 4]', listOf(n)],
  ['the same of strings', '"a","b",["c"]', listOf(t)],
  ['an item in a list of Markdown', '["a","b"]\n- c', listOf(t)],
  ['the same of numbers', '[1,2]\n- 3', listOf(n)],
  ['a row that goes on', '{"id":1},{', ids],
  ['a row of one that goes on', '{"id":1}\n{', ids],
  ['an item and a comma', '{"id":1},', ids],
  ['an item and the end of a list', '{"id":1}]', ids],
  ['a string that has lost its quote and looks like a comment', '["#one",\n#two",\n"#three"]', listOf(t)],
  ['the same in single quotes', "['#one',\n#two',\n'#three']", listOf(t)],
  ['the same of an address', '["x",\n//cdn.a.b/c",\n"z"]', listOf(t)],
  ['a member that looks like a comment', '{"t":"x",\n#n": "y"\n}', object({ t, n: t })],
  ['a comment that counts what is left out', '[1 /* 98 entries skipped */]', listOf(n)],
  ['a comment that says which part it is', '[1 // first of 100\n]', listOf(n)],
  ['a comment in German', '[1 /* und 97 weitere */]', listOf(n)],
  ['a comment in Chinese', '[1 /* 省略 */]', listOf(n)],
  ['a list that may end before its last item', '[1,[2,3,4]', listOf({ anyOf: [n, listOf(n)] })],
  ['two tools with the same arguments', two('f', 'g'), object({ n }, ['n'])],
  ['a constant that `None` may be', '{"s":None}', object({ s: { enum: ['none', 'x'] } })],
  ['an arrow from one to another', '{"n":1} -> {"n":2}\n', object({ n })],
  ['a thought that does not end', '<think>\nLet me try\n{"n":1}\nno wait', object({ n })],
  ['a thought with a fence that does not end', ' <think>\n```json\n{"n":1}\n```\nBut wait, that is ', object({ n })],
  ['an answer before a thought', '{"n":1}\n<think>Or 2?</think>', object({ n })],
  ['an object that may end before its last member', '{"a":{"b":1,"c":2}', object({ a: object({ b: n }), c: n })],
  ['the same further in', '{"x":{"a":{"b":1,"c":2}}', object({ x: object({ a: object({ b: n }), c: n }) })],
  ['the last of a list, which may be behind it', '{"items":[{"id":1,"total":5}', object({ items: ids, total: n })],
  ['the last of two levels', '{"a":{"x":{"y":1,"c":2}', object({ a: object({ x: object({ y: n }) }), c: n })],
  [
    'the same behind a reference',
    '{"a":{"b":1,"c":2}',
    { ...object({ a: { $ref: '#/$defs/a' }, c: n }), $defs: { a: object({ b: n }) } },
  ],
  ['in an alternative', '{"a":{"b":1,"c":2}', { anyOf: [object({ a: object({ b: n }), c: n }), listOf(n)] }],
  ['in a row of a list', '[{"items":[{"id":1,"total":5}]', listOf(object({ items: ids, total: n }))],
  ['in a wrapper', '{"answer":{"items":[{"id":1,"total":5}', object({ items: ids, total: n }, ['items'])],
  ['a member behind that says otherwise', '{"n":1}\nn: 2', object({ n })],
  ['a member before that says otherwise', 'n = 2\n{"n":1}', object({ n })],
  ['a member in bold that says otherwise', '{"n":1,"t":"x"}\n- **t:** "y"', object({ n, t })],
  ['a member that says null', '{"n":1}\n"n": null,', object({ n })],
  ['a member in another spelling that says otherwise', '{"n":1}\nN: 2', object({ n })],
  ['a missing member in another spelling', '{"n":1}\nT: "x"', object({ n, t })],
  [
    'a schema with another answer beside it',
    '{"type":"object","properties":{"n":1},"extra":{"n":2}}',
    object({ n }, ['n']),
  ],
  ['a schema with a note', '{"type":"object","properties":{"n":1},"notes":"important"}', object({ n }, ['n'])],
  ['a string with JSON in a sentence', '{"f":"See [1] and\\n[2]\\n"}', object({ f: listOf(n) })],
])('what may be a part of more is not read: %s', (_, text, schema) => {
  expect(readJson(text, schema)).toBeUndefined();
});

test.each<[what: string, text: string, schema: object, value: unknown]>([
  ['a long row', rows(200), ids, Array.from({ length: 200 }, (_, id) => ({ id }))],
  ['one item', 'Here it is: {"id":3}', ids, [{ id: 3 }]],
  [
    'a tag of thoughts inside a string',
    'Here:\n[{"id":1,"t":"</think>"},{"id":2}]',
    ids,
    [{ id: 1, t: '</think>' }, { id: 2 }],
  ],
  ['the same in a fence', '```json\n{"t":"a </think> b","n":5}\n```', object({ t, n }), { t: 'a </think> b', n: 5 }],
  ['an answer behind a thought', '<think>Maybe {"n":2}. No.</think>{"n":1}', object({ n }), { n: 1 }],
  ['a thought whose beginning is not told', 'so {"n":2}?\n</think>\n{"n":1}', object({ n }), { n: 1 }],
  ['a thought behind a word', 'Hm. <think>{"n":3}</think>\n{"n":1}', object({ n }), { n: 1 }],
  [
    'a missing closer where the schema leaves one place',
    '{"a":{"b":1,"c":2}',
    object({ a: object({ b: n, c: n }) }),
    { a: { b: 1, c: 2 } },
  ],
  ['one call twice', two('f', 'f'), object({ n }, ['n']), { n: 1 }],
  [
    'two values that cannot be moved',
    '[[1,2],[3,4]',
    listOf(listOf(n)),
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ['a comment about what stands there', '[1, // one\n2 // the "second"\n]', listOf(n), [1, 2]],
  ['an object and its members without a value', '{"n":5}\n{"n":null,"m":null}', object({ n, m: n }, ['n']), { n: 5 }],
  ['an answer that is explained', '{"n":5,"t":"x"}\n\nWhy:\n- **n**: five\n- t: x', object({ n, t }), { n: 5, t: 'x' }],
  ['the same value beside it', '{"n":5,"t":"x"}\nn: 5.0\nt: "X"', object({ n, t }), { n: 5, t: 'x' }],
  [
    'a list that closers end',
    '{"total":5,"items":[{"id":1}',
    object({ items: ids, total: n }),
    { total: 5, items: [{ id: 1 }] },
  ],
  [
    'the last member of a list whose closers stand there',
    '{"items":[{"id":1,"total":5}]',
    object({ items: ids, total: n }),
    { items: [{ id: 1, total: 5 }] },
  ],
  [
    'the schema around, with what schemas have',
    '{"type":"object","title":"N","properties":{"n":1},"required":["n"],"additionalProperties":false}',
    object({ n }, ['n']),
    { n: 1 },
  ],
  ['a string with JSON in a fence', '{"f":"```json\\n[2]\\n```"}', object({ f: listOf(n) }), { f: [2] }],
])('what is whole is read: %s', (_, text, schema, value) => {
  expect(readJson(text, schema)?.value).toEqual(value);
});
