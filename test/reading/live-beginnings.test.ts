import { describe, expect, test } from 'vitest';
import { compileSchema } from '../../src/incremental/schema/compiled-schema.ts';
import { liveReader } from '../../src/reading/index.ts';
import { list, nil, num, object, text } from './read-rows.ts';

/* What is passed on of the beginning of an answer, and what waits for the rest of it. */

const { root } = compileSchema({
  $defs: { o: object({ n: num, note: text }) },
  ...object({
    single: { anyOf: [object({ n: num, note: text }), text, nil] },
    many: { anyOf: [list(num), nil] },
    either: { anyOf: [list(num), text] },
    ref: { $ref: '#/$defs/o' },
    both: { allOf: [object({ n: num }), object({ note: text })] },
    free: {},
    lists: list(list(num)),
    s: { enum: ['in_progress'] },
    pat: { type: 'string', pattern: 'x' },
    o: { type: 'object' },
  }),
});

type Row = readonly [passed: string, waits: string, written?: string];

function expectEach(rows: readonly Row[]): void {
  test.for(rows)('%j, and %j waits', ([passed, waits, written = passed + waits]) => {
    for (const length of [1, 3, written.length]) {
      const reader = liveReader({ syntax: true, schema: root });
      const pieces = written.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];
      expect(pieces.map((piece) => reader.push(piece)).join('')).toBe(passed);
      expect(reader.kept()).toBe(waits.length);
      expect(reader.stop()).toBe(waits);
      expect(reader.push(' and "more" {')).toBe(' and "more" {');
    }
  });
}

describe('of a text that is over, or cannot be followed, all is passed on', () => {
  expectEach([
    ['[{"single"', ''],
    ['{"many":[1],"o":{}}', '', '{"many":["1",],"o":{},}'],
    ['{"o":{"a":1}} x {"a":', ''],
    ['{"o":1 "x":2,', ''],
    ['{"o" 1', ''],
    ['{"o":{]', ''],
    ['{"a\\x":"b c', ''],
    ['{,', ''],
    ['{"many":[,', ''],
    ['{"many":[1,,2', ''],
    ['{"many":[1 2', ''],
    ['{"o":}', ''],
    ['["a b', ''],
    ['"a b', ''],
    ['5', ''],
    ['{"o":{"a":1]', ''],
  ]);
});

describe('of what one schema judges, the strings are passed on as they are written, and other values when they are whole', () => {
  expectEach([
    ['{"single":{"note":"a b', ''],
    ['{"single":{', '"n":"1"'],
    ['{', '"single":["x"'],
    ['{"many":[1,2', ',', '{"many":["1",2,'],
    ['{"many":[', '"1"'],
    ['{', '"many":{"a":1'],
    ['{', '"either":["1",2,'],
    ['{"either":"a b', ''],
    ['{', '"either":[1'],
    ['{"ref":{"n":1,"note":"a b', '', '{"ref":{"n":"1","note":"a b'],
    ['{"both":{"n":"1","note":"a b', ''],
    ['{"free":{"n":"1","note":"a b', ''],
    ['{"lists":[[1,2]', ',"3', '{"lists":[["1",2],"3'],
    ['{"lists":[[1],[', '2'],
    ['{', '"s":"In Pro'],
    ['{"pat":"a b', ''],
    ['{"o":{"n":"1","m":[1,{"x":"a b', ''],
    ['{', '"o":[{"n":1'],
    ['{', '"x":"a b'],
    ['{', '"x":{"y":[1,"a b'],
    ['{"single":{"note":"a","n":1', ',', '{"single":{"note":"a","n":"1",'],
    ['{"many":null', ',"single":nul'],
    ['{"single":{"note":"a"},"single":"b', '"'],
    ['{', '"a\\u0041":"b'],
    ['{', '"o":tru'],
    [' {"single" : {"note" : "a b', ''],
  ]);
});
