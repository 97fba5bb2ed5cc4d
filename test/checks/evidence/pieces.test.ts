import { describe, expect, test } from 'vitest';
import { piecesOf } from '../../../src/checks/evidence/pieces.ts';

const longest = 8192;
/** Words of small letters, up to a length. */
const words = (length: number) =>
  'word '
    .repeat(Math.ceil(length / 5))
    .slice(0, length - 1)
    .trimEnd()
    .padEnd(length, 'x');

/** A long text that says something at a place, and what stands last in its first piece. */
function endOfFirst(before: number, mark: string, between = words): string {
  const text = between(before) + mark + between(longest);
  const [first] = [...piecesOf(text)];
  return (first?.text ?? '').slice(before - 3);
}

test('a short text is one piece', () => {
  expect([...piecesOf('Hello.\n\nYou.')]).toEqual([{ text: 'Hello.\n\nYou.', start: 0 }]);
  expect([...piecesOf('')]).toEqual([{ text: '', start: 0 }]);
  expect([...piecesOf('x'.repeat(longest))]).toHaveLength(1);
  expect([...piecesOf('x'.repeat(longest + 1))]).toHaveLength(2);
});

test.each(['x', 'word ', 'One. Two. ', 'a\nb\n\n', '😀', '他说「好」。'])(
  'the pieces of %j make up the text, and begin where they say',
  (part) => {
    const text = part.repeat(20_000);
    const pieces = [...piecesOf(text)];
    expect(pieces.map((piece) => piece.text).join('') === text).toBe(true);
    expect(pieces.every(({ text: piece, start }) => text.startsWith(piece, start) && piece.length <= longest)).toBe(
      true,
    );
    expect(pieces.slice(0, -1).every((piece) => piece.text.length > longest / 2)).toBe(true);
  },
);

describe('a long text is cut', () => {
  const line = (length: number) => 'x'.repeat(length);
  test.each<[string, string, string]>([
    ['after a paragraph', 'A.\n\nB', 'xxxA.\n\n'],
    ['after a line', 'A.\nB', 'xxxA.\n'],
    ['after a sentence', 'end. Next', 'xxxend. '],
    ['after a sentence in Chinese', '好。好', 'xxx好。'],
    ['after a closing quotation mark', 'end” Next', 'xxxend” '],
    ['after a word', 'word next', 'xxxword '],
    ['before what is no word', 'A 5', 'xxxA '],
  ])('%s', (_, mark, expected) => {
    expect(endOfFirst(5000, mark, line)).toBe(expected);
  });

  test('after a paragraph that is longer, before a line or a sentence', () => {
    expect(endOfFirst(5000, `A.\n\nB. C.\nD ${'x'.repeat(20)}`, line)).toBe('xxxA.\n\n');
  });

  test('not before a block that the line introduces, nor before an empty line', () => {
    const text = `${line(4500)}\nHe says:\n> a\n> b${line(longest)}`;
    expect([...piecesOf(text)][0]?.text).toBe(`${line(4500)}\n`);
    const quoted = `${line(4500)}\n\nHe says:\n\n> a${line(longest)}`;
    expect([...piecesOf(quoted)][0]?.text).toBe(`${line(4500)}\n\n`);
  });

  test.each(['"', '“', '„', '«', '‹', '「', '『'])('not within a quotation that %s opens', (mark) => {
    const text = `${line(3000)} ${mark}said ${line(2000)}. Then ${line(longest)}`;
    expect([...piecesOf(text)][0]?.text.endsWith('. ')).toBe(false);
  });

  test.each(['"a"', '“a”', '„a“', '«a»', '»a«', '‹a›', '「a」', '『a』'])('after the quotation %s', (quotation) => {
    const text = `${line(3000)} ${quotation} ${line(2000)}. Then ${line(longest)}`;
    expect([...piecesOf(text)][0]?.text.endsWith('x. ')).toBe(true);
  });

  test('not within a letter of two units', () => {
    const [first] = [...piecesOf(`x${'😀'.repeat(longest)}`)];
    expect(first?.text.length).toBe(longest - 1);
  });
});
