import { describe, expect, test } from 'vitest';
import { incrementalValidator } from '../../src/incremental/index.ts';

/** How the text ends, as one piece and character by character. */
function endOf(schema: unknown, text: string): boolean {
  const validator = incrementalValidator(schema, { lenient: true });
  const [one, many] = [validator.start(), validator.start()];
  const state = one.push(text);
  expect(Array.from(text, (character) => many.push(character)).at(-1)).toEqual(state);
  const end = one.end();
  expect(many.end()).toEqual(end);
  if (state.state === 'dead') expect(end.valid).toBe(false);
  if (state.state === 'complete') expect(end.valid).toBe(true);
  return end.valid;
}

describe('a scalar among prose', () => {
  test.each([
    [{ type: 'number' }, '42'],
    [{ type: 'number' }, 'The answer is 42.'],
    [{ type: 'number' }, '```json\n42\n```'],
    [{ type: 'number' }, 'In version v2.1 it is -1.5e3'],
    [{ type: 'integer', minimum: 10 }, 'Step 2 of 3 gives 12'],
    [{ type: 'string' }, '```json\n"x"\n```'],
    [{ type: 'string' }, 'Here: "a \\"quoted\\" word"'],
    [{ enum: ['a', 'b'] }, 'Not "c", but "b"'],
    [{ type: 'boolean' }, 'nothing else: true'],
    [{ type: 'boolean' }, 'A 5" pipe is too long: false\n'],
    [{ type: 'null' }, 'nothing, null'],
    [{ type: ['number', 'object'] }, '42'],
    [{ type: ['object', 'null'] }, '```json\nnull\n```'],
    [{ type: ['object', 'null'] }, 'Not null: {"a":1}'],
    [true, '"text"'],
  ])('that %j allows is found in %j', (schema, text) => {
    expect(endOf(schema, text)).toBe(true);
  });

  test.each([
    [{ type: 'number' }, 'v42'],
    [{ type: 'number' }, '1,000 or 1/2'],
    [{ type: 'number' }, 'The answer is "42".'],
    [{ type: 'string' }, 'The answer is x.'],
    [{ type: 'string' }, 'A "quote\nthat ends" nowhere'],
    [{ type: 'boolean' }, 'untrue'],
    [{ type: ['object', 'null'] }, 'null, or {"a":1'],
    [false, '42'],
  ])('that %j allows is not found in %j', (schema, text) => {
    expect(endOf(schema, text)).toBe(false);
  });

  test('is complete as soon as it ends, and stands where it does', () => {
    const check = incrementalValidator({ type: 'number' }, { lenient: true }).start();

    expect(check.push('It is 4').state).toBe('open');
    expect(check.push('2\n')).toMatchObject({ state: 'complete', jsonStart: 6, safeLength: 8 });
  });

  test.each([
    ['"\\u', '1 or 42'],
    ['"\\u1', ' or 42'],
    ['"\\', 'u1 or 42'],
  ])(
    'is the same one whether the text comes as %j and %j or whole: none is found within a broken escape',
    (...pieces) => {
      const check = incrementalValidator({ type: 'number' }, { lenient: true }).start();
      for (const piece of pieces) check.push(piece);

      expect(check.push('.\n')).toMatchObject({ state: 'complete', jsonStart: 8 });
    },
  );

  test('that does not fit says why', () => {
    const check = incrementalValidator({ type: 'number', maximum: 9 }, { lenient: true }).start();
    check.push('It is 42.');

    expect(check.end().issues.map(({ message }) => message)).toEqual([
      'Make the answer at most 9; it is the number 42.',
    ]);
  });

  test('is looked for in linear time', () => {
    for (const text of ['"', '\\"', '"a', '1', 'true ', '"\n', '1.']) {
      const check = incrementalValidator({ enum: ['never'] }, { lenient: true }).start();
      for (let count = 0; count < 100_000; count++) check.push(text);
      expect(check.end().valid).toBe(false);
    }
  });
});
