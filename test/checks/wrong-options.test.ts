import { InvalidArgumentError } from '@ai-sdk/provider';
import { expect, test } from 'vitest';
import {
  citations,
  code,
  contains,
  excludes,
  fieldPresent,
  finished,
  grounded,
  json,
  judge,
  language,
  length,
  links,
  matches,
  maxTokens,
  noContradiction,
  noRefusal,
  noSecrets,
  notEmpty,
  openApi,
  sql,
  sqlSafe,
  toolInputs,
  url,
} from '../../src/checks/index.ts';
import { says } from '../fixtures.ts';

const model = says('');
const wrong = <VALUE>(value: unknown) => value as VALUE;

test.each<readonly [argument: string, message: string, make: () => unknown]>([
  ['length', 'min and max of length() are numbers.', () => length({ max: wrong('5') })],
  ['length', 'min and max of length() are numbers.', () => length({ min: wrong(null), max: 5 })],
  ['length', 'unit of length() must be characters or words.', () => length({ max: 5, unit: wrong('lines') })],
  ['length', 'length() needs min or max: length({ max: 500 }).', () => length()],
  ['length', 'length() needs a max that is not negative.', () => length({ max: -1 })],
  ['length', 'length() needs a min that is not negative and not above max.', () => length({ min: -1 })],
  ['length', 'length() needs a min that is not negative and not above max.', () => length({ min: 3, max: 2 })],
  ['tokens', 'maxTokens() takes a number above 0.', () => maxTokens(0)],
  ['tokens', 'maxTokens() takes a number above 0.', () => maxTokens(Number.NaN)],
  ['contains', 'contains() needs a text or a list of texts, none of them empty.', () => contains(wrong(5))],
  ['contains', 'contains() needs a text or a list of texts, none of them empty.', () => contains(['a', wrong(5)])],
  ['contains', 'contains() needs a text or a list of texts, none of them empty.', () => contains([])],
  ['excludes', 'excludes() needs a text or a list of texts, none of them empty.', () => excludes(['a', ''])],
  ['path', 'has an empty name', () => fieldPresent([''])],
  ['path', 'has an empty name', () => fieldPresent('a', { absent: 'a..b' })],
  ['path', 'has an empty name', () => url('')],
  ['path', 'has an empty name', () => matches(/a/, { path: '' })],
  ['path', 'has an empty name', () => grounded({ ignore: [''] })],
  ['fieldPresent', 'fieldPresent() needs a place', () => fieldPresent([], { absent: [] })],
  ['sources', 'a list of texts, texts by id', () => citations({ sources: [] })],
  ['sources', 'a list of texts, texts by id', () => citations({ sources: {} })],
  ['links', 'take at least one protocol and one host', () => links({ protocols: [] })],
  ['links', 'reachable.timeoutMs of links() and url() must be above 0.', () => links({ reachable: { timeoutMs: -1 } })],
  ['allow', 'allow of noSecrets() must be a list', () => noSecrets({ allow: wrong('abc') })],
  ['judge', 'maxSteps of judge() must be a whole number', () => judge({ model, rubric: 'x', maxSteps: 0 })],
  ['judge', 'timeoutMs of judge() must be above 0.', () => judge({ model, rubric: 'x', timeoutMs: -1 })],
  [
    'excludes',
    'excludes() needs a text or a list of texts, none of them empty; matches() takes a pattern.',
    () => excludes(wrong(/a/)),
  ],
])('%s: %s', (argument, message, make) => {
  expect(make).toThrow(expect.objectContaining({ argument, message: expect.stringContaining(message) }));
  expect(make).toThrow(InvalidArgumentError);
});

test.each<readonly [option: string, make: (options: never) => unknown]>([
  ['length', (options) => length({ ...(options as object), max: 5 })],
  ['matches', (options) => matches(/a/, options)],
  ['contains', (options) => contains('a', options)],
  ['excludes', (options) => excludes('a', options)],
  ['fieldPresent', (options) => fieldPresent('a', options)],
  ['judge', (options) => judge({ ...(options as object), model, rubric: 'Good.' })],
  ['noContradiction', (options) => noContradiction({ ...(options as object), model })],
  ['citations', (options) => citations({ ...(options as object), sources: ['a'] })],
  ['links', links],
  ['url', (options) => url('a', options)],
  ['grounded', grounded],
  ['noSecrets', noSecrets],
  ['toolInputs', toolInputs],
  ['sql', sql],
  ['sqlSafe', sqlSafe],
  ['openApi', openApi],
  ['code', (options) => code({ ...(options as object), language: 'json' })],
])('%s refuses an option that there is not, and takes those that there are', (name, make) => {
  expect(() => make({ colour: 'red' } as never)).toThrow(`There is no option "colour" of ${name}()`);
});

test('bounds may be equal, and nought', () => {
  expect(() => length({ min: 0 })).not.toThrow();
  expect(() => length({ max: 0 })).not.toThrow();
  expect(() => length({ min: 3, max: 3, unit: 'words' })).not.toThrow();
});

test('the others are named after their functions too', () => {
  const made = [
    ...[
      judge({ model, rubric: 'Good.' }),
      noContradiction({ model }),
      citations({ sources: ['a'] }),
      links(),
      url('a'),
    ],
    ...[grounded(), noSecrets(), toolInputs(), sql(), sqlSafe(), openApi(), code({ language: 'json' })],
  ];
  expect(made.map(({ name }) => name)).toEqual(
    'judge noContradiction citations links url grounded noSecrets toolInputs sql sqlSafe openApi code'.split(' '),
  );
});

test('each built-in check has the name of its function, unless it is given one', () => {
  const made = [
    ...[length({ max: 1 }), matches(/a/), contains('a'), excludes('a'), fieldPresent('a'), finished(), json()],
    ...[maxTokens(1), notEmpty(), noRefusal(), language('en')],
  ];
  expect(made.map(({ name }) => name)).toEqual(
    'length matches contains excludes fieldPresent finished json maxTokens notEmpty noRefusal language'.split(' '),
  );
  const named = [
    ...[matches(/a/, { name: 'm' }), contains('a', { name: 'c' }), excludes('a', { name: 'e' })],
    ...[fieldPresent('a', { name: 'f' }), maxTokens(1, { name: 't' })],
  ];
  expect(named.map(({ name }) => name).join('')).toBe('mceft');
});
