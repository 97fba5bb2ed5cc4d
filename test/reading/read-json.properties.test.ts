import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from '../../src/reading/index.ts';
import { spoilt } from './spoilt.ts';
import { badlyWritten } from './written-badly.ts';

/** The same cases each time, unless more are asked for. */
const runs = process.env.READING_RUNS;
const cases = runs === undefined ? { numRuns: 3000, seed: 9 } : { numRuns: Number(runs) };

const container = { type: ['object', 'array'] };

test('a document written badly comes back exactly, or not at all', () => {
  let read = 0;
  let written = 0;
  fc.assert(
    fc.property(badlyWritten, ({ value, text }) => {
      written += 1;
      const result = readJson(text);
      if (result === undefined) return;
      read += 1;
      expect(JSON.parse(result.text)).toEqual(result.value);
      expect(result.value).toEqual(value);
    }),
    cases,
  );
  expect(read / written).toBeGreaterThan(0.5);
});

test('a document written badly, with slips of the pen on top, comes back exactly, or not at all', () => {
  let read = 0;
  let written = 0;
  fc.assert(
    fc.property(spoilt, ({ value, text }) => {
      written += 1;
      const result = readJson(text, container);
      if (result === undefined) return;
      read += 1;
      expect(JSON.parse(result.text)).toEqual(result.value);
      expect(result.value).toEqual(value);
    }),
    cases,
  );
  expect(read / written).toBeGreaterThan(0.3);
});

test('a document that is JSON comes back as it was written', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom('', ' ', '\n'), (json, space) => {
      expect(readJson(`${space}${json}${space}`)).toMatchObject({ text: `${space}${json}${space}`, fixes: [] });
    }),
  );
});

test('any text at all is read without an exception', () => {
  const noise = fc.array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      ',',
      ':',
      '\\',
      '`',
      '\n',
      ' ',
      'a',
      '1',
      '/',
      '*',
      '#',
      '<',
      '>',
      'True',
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(noise, (pieces) => {
      const text = pieces.join('');
      const result = readJson(text, { type: 'object', properties: { a: { type: 'number' } } });
      if (result !== undefined) expect(JSON.parse(result.text)).toEqual(result.value);
    }),
    { numRuns: 3000 },
  );
});
