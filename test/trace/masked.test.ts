import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explaining } from '../../src/errors/explain-issue.ts';
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
  ['Do not say "it is the way".', 'Do not say "…".'],
  ['Do not say please, it is the way i like it.', 'Do not say ….'],
  ['Ada Li (7) is wrong.', '… (…) is wrong.'],
  ['Ada is wrong, and Lovelace too.', '… is wrong, and … too.'],
  ['Got total=4711.', 'Got total=….'],
  ['Got iban:DE89_3704!', 'Got …!'],
  ['Got 4,711.00 or 4 711.', 'Got … or ….'],
  ['…velace, iban', '……'],
  ['Wrong: adaLovelace, id7.', 'Wrong: …, id….'],
  ["Not Lovelaces' total, Adas.", "Not …' total, …."],
  ['Got "x\\nlovelace\\tcountess".', 'Got "x\\…".'],
  ['Make the text shorter.', 'Make the text shorter.'],
  ['Add the date, please.', 'Add the date, please.'],
  ['Make it 2,048.', 'Make it 2,048.'],
  ['Make it 47.', 'Make it 47.'],
  ['Make it 4.7.12.', 'Make it 4.7.12.'],
  ['Not countsup.', 'Not countsup.'],
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

test.each([
  ['Not 4111111111111111.', 'card 4111-1111-1111-1111'],
  ['Not +491705551234.', '+49 (170) 555-12-34'],
  ['Not 123456789.', '123-45-6789'],
  ['Not 03090182077.', '030/901820-77'],
  ['Not 4111-1111-1111-1111.', '4111111111111111'],
  ['Not 471122.', '٤٧١١٢٢'],
  ['Not ४७११२२.', '471122'],
  ['Not Muller.', 'Müller'],
  ['Not PENA.', 'Peña'],
  ['Not Семен.', 'Семён'],
  ['Not GROSSMANN.', 'Großmann'],
  ['Not Lukasz.', 'Łukasz'],
  ['Not ipek.', 'İpek'],
  ['Not Kowalski.', 'Kow\u200Balski'],
  ['Not Kowalski.', 'Kow\u00ADalski'],
  ['Not M%C3%BCller.', 'Müller'],
  ['Not 😀👍.', '😀👍'],
  ['Not #!$%&*.', 'password #!$%&*'],
  ['Not Ⰰ.', '㎏Ⰰ'],
  ['Not º.', '🄫º'],
  ['Not 7.', '7㎏'],
  ['Not ⅓.', '⅓'],
  ['Not 🄀A0xA.', '🄀A0xA'],
  ['Not 🄀᱁.', '🄀᱁'],
  ['Not bA𝐀.', 'bA𝐀'],
  ['Not johnsmith.', 'Mr. John Smith, of York'],
  ['Not oreilly.', "O'Reilly"],
  ['Not 07.03.1984.', 'born 1984-03-07'],
  ['Not 1984-3-7.', 'born 07.03.1984'],
])('%s is masked where %s was said', (message, text) => {
  expect(masked(message, text)).toMatch(/^Not \+?….$/);
});

test('of texts above 200,000 characters each word counts that is neither plain nor named', () => {
  const text = 'lorem ipsum dolor 12 '.repeat(10_000);
  expect(masked('Make "vendor" the name of Margarete; say 34.', text, ['vendor'])).toBe(
    'Make "vendor" the name of …; say ….',
  );
});

test('a long message is masked whatever the texts hold, and looks at long texts once at most', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const pairs = letters.flatMap((first) => letters.map((second) => first + second)).slice(0, 130);
  for (const text of ['ab cd ef gh '.repeat(85_000), pairs.join('').repeat(760)]) {
    let looks = 0;
    const texts = () => {
      looks += 1;
      return [text];
    };
    const mask = maskingOf({ texts, names: () => [] });
    mask(pairs.join(' '));
    mask(pairs.toReversed().join(' '));
    expect(looks).toBeLessThanOrEqual(1);
  }
});

test('a number that an answer chose as a key is masked', () => {
  const explained = explaining({ texts: () => ['{"a":{"4711":"x"}}'], names: () => ['a'] });
  const issue = { message: 'Value 4711.', path: ['a', 4711], check: 'c', kind: 'content' as const };
  expect(explained.finding(issue)).toBe('/a/…: Value …');
});

test('a message of ASCII is masked as one that is not', () => {
  const piece = fc.constantFrom(
    'Total',
    'total',
    'IBANs',
    'DE89',
    '4,711.00',
    '1 234',
    '3_000',
    "don't",
    '%C3%A9x',
    '###',
    'a',
  );
  const text = fc.array(fc.oneof(piece, fc.string({ unit: 'grapheme-ascii', maxLength: 5 })), { maxLength: 8 });
  fc.assert(
    fc.property(text, text, fc.constantFrom('', ' ', ': '), (message, said, glue) => {
      const ascii = message.join(glue);
      expect(`${masked(ascii, said.join(' '))} —`).toBe(masked(`${ascii} —`, said.join(' ')));
    }),
    { numRuns: 500 },
  );
});
