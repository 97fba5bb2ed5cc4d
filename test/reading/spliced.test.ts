import { describe, expect, test } from 'vitest';
import { freePlaces, memberTexts, scalarsOf, spliced } from '../../src/reading/index.ts';

type Path = readonly (string | number)[];

const put = (text: string, changes: readonly (readonly [path: Path, json: string])[]) =>
  spliced(
    text,
    changes.map(([path, json]) => ({ path, json })),
  );

describe('values are put into a JSON text, and every other character stays', () => {
  test.each<[what: string, text: string, changes: readonly (readonly [Path, string])[], written: string]>([
    ['a member', ' {"a": 1, "b":[1, 2]}\n', [[['a'], '2']], ' {"a": 2, "b":[1, 2]}\n'],
    [
      'an item and a member behind each other',
      '{"a": 1, "b":[1, 2]}',
      [
        [['b', 1], '3'],
        [['a'], '"x"'],
      ],
      '{"a": "x", "b":[1, 3]}',
    ],
    [
      'new members',
      '{"a": 1 }',
      [
        [['c'], '3'],
        [['d'], '4'],
      ],
      '{"a": 1,"c":3,"d":4 }',
    ],
    [
      'the first members',
      '{ }',
      [
        [['c'], '3'],
        [['d'], '4'],
      ],
      '{"c":3,"d":4 }',
    ],
    [
      'the first items, without a gap',
      '[ ]',
      [
        [[0], '3'],
        [[1], '4'],
        [[3], '5'],
      ],
      '[3,4 ]',
    ],
    [
      'more items',
      '{"b":[1]}',
      [
        [['b', 1], '2'],
        [['b', 2], '3'],
      ],
      '{"b":[1,2,3]}',
    ],
    [
      'further in',
      '{"a":{"b":{"c":1}}}',
      [
        [['a', 'b', 'c'], '2'],
        [['a', 'b', 'd'], '3'],
        [['a', 'e'], '4'],
      ],
      '{"a":{"b":{"c":2,"d":3},"e":4}}',
    ],
    ['all of it', '{"b":1}', [[[], '2']], '2'],
    ['a string of JSON with quotes and commas', '{"b":"it\'s \\"x\\", "}', [[['b'], '2']], '{"b":2}'],
    ['into what is read as JSON', "{'b':1}", [[['b'], '2']], "{'b':2}"],
  ])('%s', (_, text, changes, written) => {
    expect(put(text, changes)).toBe(written);
  });

  test.each<[what: string, text: string, path: Path]>([
    ['a name in a list', '{"b":[1]}', ['b', 'x']],
    ['a name in a scalar', '{"b":[1]}', ['b', 0, 'x']],
    ['a name in what is not there', '{"b":[1]}', ['x', 'y']],
    ['a place in an object', '{"b":[1]}', [0]],
    ['an item behind a gap', '{"b":[1]}', ['b', 2]],
    ['a text that is none', 'no', ['b']],
    ['a name that stands twice', '{"b":"x","b":1}', ['b']],
  ])('a path that leads nowhere changes nothing: %s', (_, text, path) => {
    expect(put(text, [[path, '2']])).toBe(text);
    expect(freePlaces(text)(path)).toBe(false);
  });

  test('a place is free where nothing stands and something can', () => {
    const isFree = freePlaces('{"a":1,"l":[1],"o":{}}');
    const paths: readonly Path[] = [['b'], ['l', 1], ['o', 'x'], ['a'], ['l'], ['l', 0], ['a', 'x'], []];
    expect(paths.filter(isFree)).toEqual([['b'], ['l', 1], ['o', 'x']]);
  });
});

test.each([
  [' {"a": 1.10, "b": [1, 2] }', { a: '1.10', b: '[1, 2]' }],
  ['{"t":"x\\", \'y"}', { t: '"x\\", \'y"' }],
  ['[1]', {}],
  ['no', {}],
])('the members of %s are told as the text writes them', (text, members) => {
  expect(Object.fromEntries(memberTexts(text))).toEqual(members);
});

describe('the scalars of an object or a list are told in order', () => {
  test('with the path, the value and the digits of each', () => {
    expect(scalarsOf('{"a":1.10,"b":["x",{"c":null}],"d":true,"e":[],"f":"\\u00e9"}', 10)).toEqual([
      { path: ['a'], value: 1.1, json: '1.10' },
      { path: ['b', 0], value: 'x', json: '"x"' },
      { path: ['b', 1, 'c'], value: null, json: 'null' },
      { path: ['d'], value: true, json: 'true' },
      { path: ['f'], value: 'é', json: '"\\u00e9"' },
    ]);
  });

  test.each<[text: string, most: number, values: unknown]>([
    ['[1,2]', 2, [1, 2]],
    ['[[1],[2]]', 2, [1, 2]],
    ['{}', 5, []],
    ['[1,2,3]', 2, undefined],
    ['{"a":[1,2]}', 1, undefined],
    ['[[],[],[]]', 2, undefined],
    ['5', 5, undefined],
    ['"x"', 5, undefined],
    ['no', 5, undefined],
  ])('%s, at most %d', (text, most, values) => {
    expect(scalarsOf(text, most)?.map(({ value }) => value)).toEqual(values);
  });
});
