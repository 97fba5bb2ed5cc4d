import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, excerpt, excerptBytes } from '../../src/feedback/excerpt.ts';
import { wellFormed } from '../../src/trace/well-formed.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

describe('an excerpt', () => {
  test('of a text that is short enough is the text', () => {
    expect(excerpt('12345', 5)).toBe('12345');
    expect(excerptBytes('12345', 5)).toBe('12345');
    expect(excerptBytes('äöü', 6)).toBe('äöü');
  });

  test('has the two ends of a longer one, the beginning one character more', () => {
    expect(excerpt('123456', 5)).toBe('123\n[… 1 characters left out …]\n56');
    expect(excerptBytes('1234567', 4)).toBe('12\n[… 3 characters left out …]\n67');
  });

  test('cuts no character apart', () => {
    expect(excerpt('a😀b😀c', 3)).toBe('a\n[… 4 characters left out …]\nc');
    expect(excerptBytes('ä123456789ö', 6)).toBe('ä1\n[… 7 characters left out …]\n9ö');
    expect(excerptBytes('aä23456789öz', 4)).toBe('a\n[… 10 characters left out …]\nz');
    expect(excerptBytes('123', 1)).toBe('1\n[… 1 characters left out …]\n3');
  });

  test('is well formed, keeps both ends, and counts what it left out', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 30, maxLength: 200 });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (whole, most) => {
        for (const short of [excerpt(whole, most), excerptBytes(whole, most)]) {
          expect(wellFormed(short)).toBe(short);
          const [head = '', count, tail = ''] = short.split(/\n\[… (\d+) characters left out …\]\n/);
          if (count === undefined) expect(short).toBe(whole);
          else expect([whole.startsWith(head), whole.endsWith(tail)]).toEqual([true, true]);
        }
        const [head = '', count = '0', tail = ''] = excerptBytes(whole, most).split(/\n\[… (\d+) .*\]\n/);
        if (count === '0') return;
        expect(head.length + Number(count) + tail.length).toBe(whole.length);
        expect(bytesOf(head) + bytesOf(tail)).toBeLessThanOrEqual(most);
      }),
    );
  });
});

test('a text that is cut ends with an ellipsis, within its length', () => {
  expect(cut('12345', 5)).toBe('12345');
  expect(cut('123456', 5)).toBe('1234…');
  expect(cut('123😀6', 5)).toBe('123…');
});
