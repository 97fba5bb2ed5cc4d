import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLegalToolName, legalToolName } from '../../src/feedback/tool-name.ts';

const never = () => false;

test.each(['a', '_', 'look-up_2', 'A'.repeat(64)])('%s is a name that every provider takes', (name) => {
  expect(isLegalToolName(name)).toBe(true);
  expect(legalToolName(name, never)).toBe(name);
});

test.each([
  ['', '_'],
  ['2nd', '_2nd'],
  ['-a', '_-a'],
  ['look.up', 'look_up'],
  ['größe', 'gr__e'],
  ['a b\n', 'a_b_'],
  ['A'.repeat(65), 'A'.repeat(64)],
  ['constructor', 'constructor_2'],
  ['__proto__', '__proto___2'],
])('%j is none, and becomes %s', (name, legal) => {
  expect(isLegalToolName(name)).toBe(false);
  expect(legalToolName(name, never)).toBe(legal);
});

test('a name that is taken gets the next free number, within the length', () => {
  const taken = new Set(['a', 'a_2', 'B'.repeat(64)]);
  expect(legalToolName('a', (name) => taken.has(name))).toBe('a_3');
  expect(legalToolName('B'.repeat(70), (name) => taken.has(name))).toBe(`${'B'.repeat(62)}_2`);
});

test('any name becomes a legal one', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => isLegalToolName(legalToolName(name, never))));
});
