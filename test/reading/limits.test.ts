import { expect, test } from 'vitest';
import { compileSchema } from '../../src/incremental/schema/compiled-schema.ts';
import { liveReader, loosened, readJson } from '../../src/reading/index.ts';
import * as limits from '../../src/reading/limits.ts';
import { isOutOfReach } from '../../src/reading/values/out-of-reach.ts';

const number = { type: 'number' };
const text = { type: 'string' };
const list = (items: object) => ({ type: 'array', items });
const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
const n = object({ n: number }, 'n');
const texts = list(text);

const isRead = (given: string, schema?: unknown) => readJson(given, schema) !== undefined;

/** A piece so many times, with its index. */
const times = (count: number, piece: (index: number) => string) => Array.from({ length: count }, (_, i) => piece(i));

/** What stands around a piece so many times. */
const around = (count: number, [open, close]: readonly [string, string], piece: string) =>
  `${open.repeat(count)}${piece}${close.repeat(count)}`;

/** A schema inside another one so many times. */
const inside = (count: number, outer: (inner: object) => object, inner: object): object =>
  count === 0 ? inner : outer(inside(count - 1, outer, inner));

/** What a stream shows of a union's object before it is whole. */
const shown = (members: readonly string[]) => {
  const branch = (kind: string, value: object) => object({ kind: { const: kind }, value }, 'kind');
  const { root } = compileSchema(list({ anyOf: [branch('a', number), branch('b', text)] }));
  return liveReader({ syntax: true, schema: root }).push(`[{${members.join(',')},"value":"1",`);
};

/** Whether so much is within a limit. */
type IsWithin = (count: number) => boolean;

const rows: readonly [limit: keyof typeof limits, within: number, isWithin: IsWithin, beyond?: number][] = [
  ['longestText', 1_048_576, (length) => isRead('{"n":"1"}'.padEnd(length), n)],
  ['longestScalar', 10_000, (length) => isRead(`'${'a'.repeat(length - 2)}'`, text)],
  ['longestComment', 2046, (length) => isRead(`[1 /*${'x'.repeat(length)}*/]`)],
  [
    'longestWords',
    200,
    (length) => isRead('a'.repeat(length), object({ result: { const: 'a'.repeat(length) } }, 'result')),
  ],
  ['longestItem', 10_000, (length) => isRead(JSON.stringify({ t: 'a'.repeat(length) }), object({ t: texts }))],
  ['deepestValue', 512, (depth) => isRead(around(depth, ['[', ']'], 'True'))],
  ['deepestMisfit', 128, (depth) => isRead(around(depth, ['[', ']'], '"1"'), inside(depth, list, number))],
  [
    'deepestStrings',
    3,
    (depth) =>
      isRead(
        JSON.stringify(times(depth, String).reduce<object>((inner) => ({ n: JSON.stringify(inner) }), { n: 1 })),
        inside(depth, (inner) => object({ n: inner }, 'n'), n),
      ),
  ],
  ['mostEdits', 50_000, (count) => isRead(`[1${'/**/'.repeat(count)}]`)],
  ['mostAddedCommas', 1000, (count) => isRead(`[${'[]'.repeat(count)}[]]`)],
  ['mostValues', 50_000, (count) => isRead(`[${'1,'.repeat(count - 2)}True]`)],
  ['mostInnerQuotes', 10_000, (count) => isRead(`{"t":"a ${'"b" c '.repeat(Math.ceil(count / 2))}"}`)],
  ['mostReplaced', 50_000, (count) => isRead(`["${'\t'.repeat(count)}"]`)],
  ['mostStanding', 4096, (count) => isRead('{"n":1}\n'.repeat(count), list(n))],
  ['mostMisses', 128, (count) => isRead(`${'[a]\n'.repeat(count)}{"n":1}`, n)],
  ['mostRows', 4096, (count) => isRead('- a\n'.repeat(count), texts)],
  [
    'mostBranches',
    256,
    (count) =>
      isRead(`{"kind":1,"n":"1"}`, {
        anyOf: times(count, String).map((kind) => object({ kind: { const: Number(kind) }, n: number }, 'kind', 'n')),
      }),
  ],
  ['mostTries', 8, (count) => isRead(`${'[a]\n'.repeat(count - 1)}{"t":"</think>"}`, object({ t: text }, 't'))],
  [
    'deepestList',
    8,
    (depth) =>
      isRead(
        '- a\n- b',
        inside(depth, (inner) => ({ anyOf: [number, inner] }), texts),
      ),
  ],
  [
    'deepestName',
    8,
    (depth) => isRead('{"n":1}', list(inside(depth, (inner) => ({ anyOf: [{ type: 'null' }, inner] }), n))),
  ],
  [
    'deepestLook',
    16,
    (depth) =>
      isOutOfReach(
        { n: JSON.parse(around(depth - 1, ['[', ']'], '"many"')) },
        compileSchema(object({ n: inside(depth - 1, list, number) })).root,
      ),
  ],
  [
    'leastEffort',
    8,
    (depth) => {
      const kind = (name: string) => object({ of: { $ref: '#/$defs/kind' }, [name]: number }, name);
      const kinds = { $ref: '#/$defs/kind', $defs: { kind: { anyOf: [kind('n'), kind('m')] } } };
      return isRead(around(depth, ['{"m":1,"of":', '}'], '{"n":"1"}'), kinds);
    },
  ],
  [
    'effortPerCharacter',
    90,
    (depth) => isRead(around(depth, ['[', ']'], `"1"${' '.repeat(100_000)}`), inside(depth, list, number)),
    110,
  ],
  ['mostChoices', 16, (count) => shown([...times(count - 1, (i) => `"n${i}":1`), '"kind":"a"']) !== '['],
  ['longestChoice', 16_384, (length) => shown([`"n":"${'a'.repeat(length - 18)}"`, '"kind":"a"']) !== '['],
  [
    'mostConstants',
    64,
    (count) => JSON.stringify(loosened({ enum: times(count, (i) => `c${i}`) })).includes('pattern'),
  ],
  [
    'deepestSchema',
    200,
    (depth) => JSON.stringify(loosened(inside(depth, (a) => ({ properties: { a } }), number))).includes('number'),
  ],
  ['mostTold', 1000, (count) => readJson(`[${times(count, () => 'True')}]`)?.fixes.length === count],
  [
    'longestTold',
    200,
    (length) => readJson(`[1${' '.repeat(9)}/*${'x'.repeat(length - 4)}*/]`)?.fixes[0]?.from.endsWith('/') === true,
  ],
];

test.each(rows)('%s: %d, and no more', (_, within, isWithin, beyond = within + 1) => {
  expect([isWithin(within), isWithin(beyond)]).toEqual([true, false]);
});

test('of a schema that is too deep or too large to be loosened, anything may be read', () => {
  const members = (count: number) =>
    object(Object.fromEntries(Array.from({ length: count }, (_, i) => [`m${i}`, { type: 'number' }])));
  const isOpen = (schema: object) => compileSchema(loosened(schema)).isValid({ m1: {} });
  expect([members(100), members(20_000)].map(isOpen)).toEqual([false, true]);
  expect(loosened(inside(1500, (a) => ({ properties: { a } }), number))).toBeDefined();
});

/** What a live stream passes on of a text that comes in two pieces. */
const live = (given: string, schema: object = {}) => {
  const reader = liveReader({ syntax: true, schema: compileSchema(schema).root });
  return reader.push(given.slice(0, -9)) + reader.push(given.slice(-9));
};

test.each<[limit: keyof typeof limits, within: number, isShown: IsWithin]>([
  [
    'longestText',
    limits.longestText,
    (length) => live(`{"t":"${'a'.repeat(length - 16)}","n":"1"}`, object({ n: number, t: text })).endsWith('"n":1}'),
  ],
  ['mostValues', limits.mostValues, (count) => live(`[${'1,'.repeat(count - 2)}True]`).endsWith('true]')],
  ['deepestValue', limits.deepestValue, (depth) => live(around(depth, ['[', ']'], 'True')).includes('true')],
  [
    'deepestMisfit',
    limits.deepestMisfit,
    (depth) => live(around(depth, ['[', ']'], '"1"'), inside(depth, list, number)).includes('[1]'),
  ],
])('a live stream reads no further than its whole answer is read: %s', (_, within, isShown) => {
  expect([isShown(within), isShown(within + 1)]).toEqual([true, false]);
});

test('each limit has a row', () => {
  expect(Object.keys(limits).sort()).toEqual(rows.map(([limit]) => limit).sort());
});
