import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskingOf } from '../../src/trace/masked.ts';
import { plainWords } from '../../src/trace/plain-words.ts';

function masked(message: string, texts: string | readonly string[], names: readonly string[] = []): string {
  return maskingOf({ texts: () => [texts].flat(), names: () => names })(message);
}

const answer =
  '{"vendor":"Ada Lovelace","iban":"DE89 3704","total":4711,"note":"call me \\"Countess\\" please, it is the way i like it","age":7,"ok":"Li"}';

test.each([
  ['Do not name "Ada Lovelace".', 'Do not name "…".'],
  ['Do not name Ada Lovelace.', 'Do not name ….'],
  ['do not name ADA lovelace.', 'do not name ….'],
  ['The account DE89 3704 is closed.', 'The … is closed.', 'The account … is closed.'],
  ['Leave "Countess" out.', 'Leave "…" out.'],
  ['Do not say that it is the way.', 'Do not say that ….'],
  ['Ada Li (7) is wrong.', '… (…) is wrong.'],
  ['Ada is wrong, and Lovelace too.', '… is wrong, and … too.'],
  ['Got total=4711.', 'Got total=….'],
  ['Got iban:DE89_3704!', 'Got …!'],
  ['Got 4,711.00 or 4 711.', 'Got … or ….'],
  ['…velace, iban', '……'],
  ['Wrong: adaLovelace, id7.', 'Wrong: …, id….'],
  ["Not Lovelaces' total, Adas.", "Not …' total, …."],
  ['Make the text shorter.', 'Make the text shorter.'],
  ['Add the date, please.', 'Add the date, please.'],
  ['Make it 2,048.', 'Make it 2,048.'],
  ['Make it 47.', 'Make it 47.'],
])('%s', (message, expected, other = expected) => {
  expect(masked(message, answer)).toBe(other);
});

test.each([
  ['Chinese', '不要提到李小龙。', '客户叫李小龙', '李小龙'],
  ['Japanese', '「さくら」を消してください。', '担当はさくら', 'さくら'],
  ['Thai', 'อย่าพูดถึงสมชาย', 'ลูกค้าชื่อสมชาย', 'สมชาย'],
  ['Korean', '김민수를 빼세요.', '고객: 김민수', '김민수'],
  ['Greek', 'Μην αναφέρεις την Ελένη.', 'η πελάτισσα ΕΛΈΝΗ', 'Ελένη'],
  ['decomposed letters', 'Drop Jose\u0301.', 'José', 'Jose\u0301'],
])('words of a text in %s are not told', (_, message, text, secret) => {
  expect(masked(message, text)).not.toContain(secret);
});

describe('what the schemas name stays', () => {
  test.each([
    ['Make "vendorId" a list of vendor ids.', ['vendorId'], 'Make "vendorId" a list of vendor ids.'],
    ['Make "vendorId" a list of vendor ids.', [], 'Make "…" a list of … ids.'],
  ])('%s', (message, names, expected) => {
    expect(masked(message, 'vendorId: the vendor', names)).toBe(expected);
  });

  test('and the numbers of the place', () => {
    const mask = maskingOf({ texts: () => ['[0, 3]'], names: () => [] });
    expect(mask('Make lines[0].total a number; it is 3.', ['lines', 0])).toBe('Make lines[0].total a number; it is ….');
  });
});

test('no word, number or letter of a text is ever told, but for plain ones', () => {
  const word = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.stringMatching(/^[A-Za-z0-9]{1,6}$/));
  const glue = fc.constantFrom('', ' ', '=', ':', ', ', '"', '(', '\n');
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), glue, fc.lorem(), (words, between, before) => {
      const text = words.join(between);
      const left = masked(`${before}: ${text}`, [text, before]).match(/[\p{L}\p{N}]+/gu) ?? [];
      expect(left.filter((piece) => !plainWords.has(piece) && !plainWords.has(piece.toLowerCase()))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('a long text is looked through, too', () => {
  const text = `${'lorem ipsum dolor 12 '.repeat(50_000)}Margarete`;
  expect(masked('Do not name Margarete twice; say "hello" 34 times.', text)).toBe(
    'Do not name … twice; say "hello" 34 times.',
  );
});
