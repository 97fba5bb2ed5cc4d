import { expect, test } from 'vitest';
import { readJson } from '../../src/reading/index.ts';
import { list, num, object } from './read-rows.ts';

/* What each rule tells of what it changed. */

const a = object({ a: num }, 'a');
const long = 'x'.repeat(300);

test.each<[rule: string, written: string, schema: object | boolean, changes: readonly [from: string, to: string][]]>([
  ['surroundings', 'Here:\n{"a":1}\nBye.', a, [['Here:\n…\nBye.', '']]],
  ['surroundings', `${long}\n{"a":1}\n${long}`, a, [[`${'x'.repeat(90)}…${'x'.repeat(90)}`, '']]],
  ['white-space', ' \ufeff{"a":1} ', a, [[' \ufeff ', '']]],
  ['wrapper', '{"answer":{"a":1} }', a, [['{"answer":… }', '']]],
  ['wrapper', `{"name":"${long}","arguments":{"a":1}}`, a, [[`{"name":"${'x'.repeat(81)}…}`, '']]],
  ['constant', '{"v":"In Progress"}', object({ v: { const: 'in_progress' } }), [['"In Progress"', '"in_progress"']]],
  ['number', `{"v":"${' '.repeat(300)}1"}`, object({ v: num }), [[`"${' '.repeat(198)}…`, '1']]],
  [
    'single-item',
    '[ {"a":1} ]',
    a,
    [
      ['[ ', ''],
      [' ]', ''],
    ],
  ],
  [
    'list-of-one',
    '{"v":1}',
    object({ v: list(num) }),
    [
      ['', '['],
      ['', ']'],
    ],
  ],
  ['null-member', '{"b":1, "v":null}', object({ v: num }), [[', "v":null', '']]],
  ['member-name', '{"A":1}', a, [['"A"', '"a"']]],
  [
    'values-in-a-row',
    '[1] [2]',
    list(list(num)),
    [
      ['', '['],
      [' ', ', '],
      ['', ']'],
    ],
  ],
  ['quotes', "['a']", true, [["'a'", '"a"']]],
  ['comment', '[1 /* b */]', true, [['/* b */', '']]],
  ['comma', '[1,]', true, [[',', '']]],
  ['comma', '[1\n2]', true, [['', ',']]],
  [
    'closer',
    '{"a":[true',
    true,
    [
      ['', ']'],
      ['', '}'],
    ],
  ],
  ['name', '{A:1}', true, [['A', '"A"']]],
  ['literal', '[True]', true, [['True', 'true']]],
  ['backslash', '["\\d"]', true, [['"\\d"', '"\\\\d"']]],
  ['line-break', '["a\nb"]', true, [['"a\nb"', '"a\\nb"']]],
  ['inner-quote', '["the "old" one"]', true, [['"the "old" one"', '"the \\"old\\" one"']]],
  ['white-space', '[1,\u00a02]', true, [['\u00a0', ' ']]],
  ['json-in-string', '{"v":"{}"}', object({ v: { type: 'object' } }), [['"{}"', '{}']]],
  ['string', '{"v":1.50}', object({ v: { type: 'string' } }), [['1.50', '"1.50"']]],
  ['boolean', '{"v":"TRUE"}', object({ v: { type: 'boolean' } }), [['"TRUE"', 'true']]],
  [
    'wrapper',
    '[1]',
    object({ elements: list(num) }, 'elements'),
    [
      ['', '{"elements":'],
      ['', '}'],
    ],
  ],
])('%s of %j', (rule, written, schema, changes) => {
  const fixes = readJson(written, schema)?.fixes ?? [];
  expect(fixes.map((fix) => [fix.rule, fix.from, fix.to])).toEqual(changes.map((change) => [rule, ...change]));
});
