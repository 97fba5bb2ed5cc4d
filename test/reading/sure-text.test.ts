import { expect, test } from 'vitest';
import { sureText } from '../../src/reading/index.ts';

const passedOn = (text: string, length: number) => {
  const sureOf = sureText();
  const pieces = text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];
  return pieces.map((piece) => sureOf(piece)).join('');
};

test.each([
  ['{"a":"x" , "b":["y"]}', '{"a":"x", "b":["y"]}'],
  ['{"a":"the "old" Lyon"}', '{"a":"the '],
  ['{"a":"q\\"z"\n}', '{"a":"q\\"z"}'],
  ['{"a":"x"  ', '{"a":"x'],
])('%j is passed on alike however it is cut', (text, sure) => {
  for (const length of [1, 2, 3, 100]) expect(passedOn(text, length)).toBe(sure);
});

// What waited was copied with each piece: this took minutes.
test('a megabyte of white space behind a string is passed over piece by piece', () => {
  expect(passedOn(`{"a":"x"${' '.repeat(1_000_000)}}`, 4)).toBe('{"a":"x"}');
});
