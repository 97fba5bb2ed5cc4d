import { expectSame } from './expect.ts';
import type { ContractCase } from './space.ts';

const lookalikes = [
  '',
  ' ',
  '123',
  '1.0',
  '007',
  '-0',
  '1e3',
  '12345678901234567890',
  'true',
  'false',
  'null',
  'undefined',
];
const wrapped = [
  '"text"',
  '{"b":1, "a":{"2":1,"1":2}}',
  '[1, 2]',
  '{',
  '=',
  '~"a"',
  'OK',
  'PONG',
  'T0s=',
  'none',
  'string',
];
const scripts = [
  'é',
  '漢字',
  '😀',
  'a\u0301',
  '\u202Eabc',
  '\uFEFFmark',
  '\uE000\uFFFF',
  'a\u0000b',
  '\u0000',
  '\r\n\t',
  '\u2028',
];
const broken = ['\uD83D', 'a\uDE00b', '\uDE00\uD83D', '"\\ud83d"', '~"\\ud83d"'];

const oddNames = [
  '*',
  '?',
  '[a-z]',
  'a:b',
  'a b',
  '{tag}',
  '\\',
  '"',
  "'",
  '%2F',
  '/',
  'é漢😀',
  '\u0000',
  '\n',
  '\uD83D',
  '\uFFFD',
  'a~index',
  'a~key',
  'a~json',
  '__proto__',
  'x'.repeat(2000),
];

export const valueCases: readonly ContractCase[] = [
  {
    title: 'reads undefined where nothing was written',
    prove: async ({ store, name }) => {
      expectSame(await store.get(name('a')), undefined, 'get');
    },
  },
  {
    title: 'reads what was written last',
    prove: async ({ store, name }) => {
      expectSame(await store.set(name('a'), 'first'), true, 'the first set');
      expectSame(await store.set(name('a'), 'second'), true, 'the second set');
      expectSame(await store.get(name('a')), 'second', 'get');
    },
  },
  {
    title: 'reads undefined after a delete, and deletes what is not there',
    prove: async ({ store, name }) => {
      await store.set(name('a'), 'value');
      await store.delete(name('a'));
      await store.delete(name('a'));
      expectSame(await store.get(name('a')), undefined, 'get');
    },
  },
  {
    title: 'keeps strings that look like something else',
    prove: async ({ store, name }) => {
      for (const value of [...lookalikes, ...wrapped]) {
        await store.set(name('a'), value);
        expectSame(await store.get(name('a')), value, 'get');
      }
    },
  },
  {
    title: 'keeps every character, NUL and lone surrogates too',
    prove: async ({ store, name }) => {
      for (const value of [...scripts, ...broken]) {
        await store.set(name('a'), value);
        expectSame(await store.get(name('a')), value, 'get');
      }
    },
  },
  {
    title: 'keeps a value of a million characters',
    prove: async ({ store, name }) => {
      const value = '{"text":"漢é"}'.repeat(90_000).slice(0, 1_000_000);
      await store.set(name('a'), value);
      expectSame((await store.get(name('a'))) === value, true, 'the same value');
    },
  },
  {
    title: 'tells any two keys apart and takes none for a pattern',
    prove: async ({ store, name }) => {
      for (const odd of oddNames) await store.set(name(odd), `value of ${odd}`);
      for (const odd of oddNames) expectSame(await store.get(name(odd)), `value of ${odd}`, `get of ${odd}`);
      await store.delete(name('*'));
      for (const odd of oddNames.slice(1)) expectSame(await store.get(name(odd)), `value of ${odd}`, `get of ${odd}`);
    },
  },
  {
    title: 'answers many reads and writes at once, each with its own value',
    prove: async ({ store, name }) => {
      const numbers = Array.from({ length: 50 }, (_, number) => String(number));
      await Promise.all(numbers.map((number) => store.set(name(number), `value ${number}`)));
      const values = await Promise.all(numbers.map((number) => store.get(name(number))));
      expectSame(
        values,
        numbers.map((number) => `value ${number}`),
        'the values',
      );
    },
  },
];
