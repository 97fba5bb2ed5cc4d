import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from '../../src/reading/index.ts';
import { badlyWritten } from './written-badly.ts';

test('a document written badly comes back exactly, or not at all', () => {
  let read = 0;
  let runs = 0;
  fc.assert(
    fc.property(badlyWritten, ({ value, text }) => {
      runs += 1;
      const result = readJson(text);
      if (result === undefined) return;
      read += 1;
      expect(JSON.parse(result.text)).toEqual(result.value);
      expect(result.value).toEqual(value);
    }),
    { numRuns: Number(process.env.READING_RUNS ?? 3000) },
  );
  expect(read / runs).toBeGreaterThan(0.5);
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
