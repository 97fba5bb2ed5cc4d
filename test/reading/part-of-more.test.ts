import { expect, test } from 'vitest';
import { readJson } from '../../src/reading/index.ts';

const n = { type: 'number' };
const t = { type: 'string' };
const object = (properties: object, required: readonly string[] = []) => ({ type: 'object', properties, required });
const listOf = (items: object) => ({ type: 'array', items });
const ids = listOf(object({ id: n }, ['id']));
const tree = object({ name: t, child: { $ref: '#' } });
const calls = listOf(object({ name: t, arguments: { type: 'object' } }, ['name', 'arguments']));
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
