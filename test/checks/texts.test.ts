import { describe, expect, test } from 'vitest';
import {
  contains,
  excludes,
  fieldPresent,
  finished,
  json,
  length,
  matches,
  maxTokens,
  notEmpty,
} from '../../src/checks/index.ts';
import type { Check } from '../../src/index.ts';
import type { Answer } from '../../src/model/answer.ts';
import { runCheck } from '../../src/testing/index.ts';

const found = async (check: Check, answer: string | Partial<Answer>) => {
  const verdict = await runCheck(check, answer);
  return verdict.type === 'fail' ? verdict.issues.map(({ path, message }) => [...path, message].join(' ')) : [];
};

describe('finished', () => {
  test.each([
    ['length', 'truncated', 'Answer more briefly: the answer was cut off before its end.'],
    ['content-filter', 'refused', 'Answer within the content policy.'],
    ['error', 'truncated', 'Answer again: the answer broke off.'],
    ['interrupted', 'truncated', 'Answer again: the answer broke off.'],
  ])('faults %s as %s', async (finishReason, kind, message) => {
    const verdict = await runCheck(finished(), { text: 'Once', finishReason });
    expect(verdict).toEqual({ type: 'fail', issues: [{ check: 'finished', kind, message, path: [] }] });
  });

  test.each(['stop', 'tool-calls', 'other', 'toString'])('lets %s pass', async (finishReason) => {
    expect(await found(finished(), { text: 'Once', finishReason })).toEqual([]);
  });
});

describe('maxTokens', () => {
  test('counts a token for four characters, and lets as many pass as it says', async () => {
    expect(await found(maxTokens(2), 'x'.repeat(8))).toEqual([]);
    expect(await found(maxTokens(2), 'x'.repeat(9))).toEqual(['Shorten the text to about 2 tokens; it has about 3.']);
  });
});

describe('length', () => {
  test('takes the bounds themselves, in characters and in words', async () => {
    const [characters, words] = [length({ min: 2, max: 3 }), length({ min: 2, max: 3, unit: 'words' })];
    expect(await found(characters, 'a')).toEqual(['Write at least 2 characters; the answer has 1.']);
    expect(await found(characters, 'ab')).toEqual([]);
    expect(await found(characters, 'a😀c')).toEqual([]);
    expect(await found(characters, 'abcd')).toEqual(['Write at most 3 characters; the answer has 4.']);
    expect(await found(words, ' one ')).toEqual(['Write at least 2 words; the answer has 1.']);
    expect(await found(words, 'one\ntwo  three ')).toEqual([]);
    expect(await found(words, 'one two three four')).toEqual(['Write at most 3 words; the answer has 4.']);
  });

  test.each([
    ['characters', ['a\uD83D', '\uDE00b', ''], 3],
    ['characters', ['a\uD83D', '', '\uDE00b'], 3],
    ['characters', ['c\uD83D', 'd'], 3],
    ['characters', ['c\uD83D', 'd😀'], 4],
    ['characters', ['😀', '\uDE00'], 2],
    ['characters', ['d', '\uDE00'], 2],
    ['words', ['on', 'e tw', 'o', ' ', ' three', '', ' fo', 'ur '], 4],
    ['words', ['one ', 'two'], 2],
    ['words', ['one', '', ' two'], 2],
    ['words', ['one', ' '], 1],
  ] as const)('counts %s over the pieces %j', (unit, pieces, size) => {
    const judging = length({ min: 100, unit }).start?.();
    for (const piece of pieces) expect(judging?.push(piece)).toBe(true);
    expect(judging?.end()).toBe(`Write at least 100 ${unit}; the answer has ${size}.`);
  });

  test('holds a text back that may turn out too long, and no other', () => {
    expect(length({ max: 5 }).start?.().holdBack).toBe(Number.POSITIVE_INFINITY);
    expect(length({ min: 5 }).start?.().holdBack).toBe(0);
  });
});

describe('contains and excludes', () => {
  test('say each text, where it is wanted, and compare case unless told otherwise', async () => {
    expect(await found(contains(['Terms', 'Price']), 'price and terms')).toEqual([
      'Include "Terms" in the answer.',
      'Include "Price" in the answer.',
    ]);
    expect(await found(contains(['Terms', 'Price'], { ignoreCase: true }), 'PRICE and terms')).toEqual([]);
    expect(await found(contains('Terms', { message: 'Add the terms.' }), '')).toEqual(['Add the terms.']);
    expect(await found(contains('A', { path: 'x.*' }), '{"x":["A","b"]}')).toEqual(['x 1 Include "A".']);
    expect(await found(excludes(['lorem', 'Ipsum']), 'Lorem Ipsum')).toEqual(['Leave "Ipsum" out of the answer.']);
    expect(await found(excludes('lorem', { ignoreCase: true }), 'LOREM')).toEqual(['Leave "lorem" out of the answer.']);
    expect(await found(excludes('x', { message: 'No x.' }), 'x')).toEqual(['No x.']);
    expect(await found(excludes(['b'], { path: 'x.*' }), '{"x":["A","b"]}')).toEqual(['x 1 Leave "b" out.']);
    expect(await found(excludes('b', { path: 'x' }), '{"x":5}')).toEqual(['x Put a text at x, as a string.']);
    expect(await found(contains('b', { path: '*' }), '[]')).toEqual([]);
    expect(await found(contains('b', { path: 'x.*' }), '{}')).toEqual(['x Put a text at x, as a string.']);
    expect(await found(contains('b', { path: '*' }), '5')).toEqual(['Put a text at the top, as a string.']);
  });

  test('find an unwanted text across pieces, and hold back what may begin one', () => {
    const judging = excludes(['lorem', 'ip']).start?.();
    expect(judging?.holdBack).toBe(4);
    expect(judging?.push('lor')).toEqual([]);
    expect(judging?.push('em ')).toEqual([{ message: 'Leave "lorem" out of the answer.' }]);
    expect(judging?.push('i')).toEqual([]);
    expect(judging?.push('p')).toEqual([{ message: 'Leave "ip" out of the answer.' }]);
    expect(judging?.end()).toBe(true);
    const single = excludes('x').start?.();
    expect(single?.holdBack).toBe(0);
    expect(single?.push('x')).toHaveLength(1);
    expect(single?.push('y')).toEqual([]);
  });
});

describe('matches', () => {
  test('says what to match, or what it was told to say', async () => {
    expect(await found(matches(/^a$/), 'b')).toEqual(['Make the answer match /^a$/.']);
    expect(await found(matches(/^a$/, { message: 'Write a.' }), 'b')).toEqual(['Write a.']);
    expect(await found(matches(/^a$/, { path: 'x' }), '{"x":"b"}')).toEqual(['x Make this match /^a$/.']);
    expect(await found(matches(/^(a)\1$/, { backtracking: true }), 'aa')).toEqual([]);
    expect(await found(matches(/a/g, { backtracking: true }), 'a')).toEqual([]);
  });

  test('asks for a pattern in place of a text', () => {
    expect(() => matches('total' as never)).toThrow(
      'needs a regular expression: /total/ for a pattern, contains("total")',
    );
    expect(() => matches(5 as never)).toThrow('matches() needs a regular expression.');
  });
});

test('notEmpty takes a file among thoughts for an answer, and blanks for none', async () => {
  const file = { type: 'file', mediaType: 'image/png', data: 'AA==' } as never;
  const thought = { type: 'reasoning', text: 'Hm.' } as never;
  expect(await found(notEmpty(), { text: '', content: [thought, file] })).toEqual([]);
  expect(await found(notEmpty(), { text: ' \n', content: [thought] })).toHaveLength(1);
});

test('json takes any one value, and says its schema allows anything', async () => {
  for (const value of ['{}', '[1]', '"a"', '5', 'null']) expect(await found(json(), value)).toEqual([]);
  expect(await found(json(), 'no')).toHaveLength(1);
  expect(json().incremental).toBe(true);
});

test('fieldPresent says what to write, where it is not told, and tells fifty places', async () => {
  expect(await found(fieldPresent('a', { equals: { a: 1 } }), '{"a":2}')).toEqual(['a Make a 1; it is 2.']);
  const lines = Array.from({ length: 60 }, () => ({}));
  expect(await found(fieldPresent('lines.*.price'), JSON.stringify({ lines }))).toHaveLength(50);
});

test('a place may begin with digits, and a number be the name of a member', async () => {
  expect(await found(fieldPresent('items.0.1st'), '{"items":[{"1st":1}]}')).toEqual([]);
  expect(await found(fieldPresent('items.01'), '{"items":{"01":1}}')).toEqual([]);
  expect(await found(fieldPresent('years.2024'), '{"years":{"2024":1}}')).toEqual([]);
  expect(await found(fieldPresent('/a~1b/c~0d'), '{"a/b":{"c~d":1}}')).toEqual([]);
  expect(await found(fieldPresent('items.10'), '{"items":[1]}')).toEqual(['items 10 Add items.10; it is missing.']);
});

describe('JSON escapes', () => {
  const pieces = (check: Check, texts: readonly string[]) => {
    const judging = check.start?.();
    return texts.map((text) => ({ found: judging?.push(text), holdBack: judging?.holdBack }));
  };

  test('are read where a text is to be contained or excluded', async () => {
    expect(await found(excludes('http:'), '{"a":"\\u0068ttp:\\/\\/x"}')).toEqual(['Leave "http:" out of the answer.']);
    expect(await found(excludes('http://'), '{"a":"http:\\/\\/x"}')).toEqual(['Leave "http://" out of the answer.']);
    expect(await found(excludes('say "no"'), '{"a":"say \\"no\\""}')).toHaveLength(1);
    expect(await found(contains('say "no"'), '{"a":"say \\"no\\""}')).toEqual([]);
    expect(await found(contains('a\\b'), 'a\\b')).toEqual([]);
    expect(await found(excludes('a\\b'), 'a\\b')).toHaveLength(1);
    expect(await found(excludes('zz'), '\\uzz')).toHaveLength(1);
  });

  test('are held back while they come in pieces, six characters for each', () => {
    expect(pieces(excludes('http'), ['a', '\\', 'u00', '68tt', 'p'])).toEqual([
      { found: [], holdBack: 3 },
      { found: [], holdBack: 23 },
      { found: [], holdBack: 23 },
      { found: [], holdBack: 23 },
      { found: [{ message: 'Leave "http" out of the answer.' }], holdBack: 23 },
    ]);
    expect(pieces(excludes('ab'), ['\\u0', '0'.repeat(30), 'c']).at(-1)).toEqual({ found: [], holdBack: 1 });
  });
});
