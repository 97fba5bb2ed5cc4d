import { expect, test } from 'vitest';
import { currenciesIn } from '../../../src/checks/evidence/currencies.ts';
import { initialsIn, isAbbreviation } from '../../../src/checks/evidence/initials.ts';
import { allQuotationsIn, idForm, quotationsIn, referencesIn } from '../../../src/checks/evidence/references.ts';
import { weekdayOf } from '../../../src/checks/evidence/weekdays.ts';
import { isMixed, isRandom } from '../../../src/checks/secrets/randomness.ts';

test.each<[text: string, said: string[]]>([
  ['"a b c"', ['a b c']],
  ['“a b c”', ['a b c']],
  ['”a b c”', ['a b c']],
  ['„a b c“', ['a b c']],
  ['„a b c”', ['a b c']],
  ['«a b c»', ['a b c']],
  ['»a b c«', ['a b c']],
  ['‹a b c›', ['a b c']],
  ['›a b c‹', ['a b c']],
  ['‚a b c‘', ['a b c']],
  ['「a b c」', ['a b c']],
  ['『a b c』', ['a b c']],
  ['&quot;a b c&quot;', ['a b c']],
  ['<q>a b c</q>', ['a b c']],
  ['<blockquote>a b c</blockquote>', ['a b c']],
  ['a”b c d”', []],
  ['"a\nb c"', []],
  ['It says:\n> a b c\n> d', ['a b c\nd']],
  ['A draft:\n> a b c', []],
  ['He wrote:\n\n> a b c', ['a b c']],
  ['It says:\n> "a b c"', ['a b c']],
  ['‚a b c’s', []],
  ['» a b c «', []],
  ['x says **:**\n> a', ['a']],
  ['Das Zitat:\n> eins zwei drei', ['eins zwei drei']],
  ['""', []],
])('the quotations of %j: %j', (text, said) => {
  const found = allQuotationsIn(text);
  expect(found.map((quotation) => quotation.said)).toEqual(said);
  expect(found.every(({ start, end }) => text.slice(start, end).includes(said[0]?.slice(0, 5) ?? ''))).toBe(true);
});

test('a quotation of two words is none', () => {
  expect(quotationsIn('"a b" and "a b c"').map(({ said }) => said)).toEqual(['a b c']);
});

test.each<[text: string, references: string[]]>([
  ['a [1]', ['1@2']],
  ['a [1, 2]', ['1+2@2']],
  ['a [1; 2]', ['1+2@2']],
  ['a [^1]', ['1@2']],
  ['a [1-3]', ['1+2+3@2']],
  ['a [1](x)', []],
  ['a [1]: x', []],
  ['a [x]', []],
  ['a 【2†s】', ['2@2']],
  ['a 【2】', ['2@2']],
  ['a [1-60]', []],
  ['a [3-1]', []],
  ['a [doc-1]', []],
  ['a [1–2,4]', ['1+2+4@2']],
  ['a [1', []],
  [' [1, x]', []],
])('the references of %j: %j', (text, references) => {
  expect(referencesIn(text, idForm(['1', '2'])).map(({ ids, start }) => `${ids.join('+')}@${start}`)).toEqual(
    references,
  );
});

test('an id has the form of the ones there are', () => {
  const isId = idForm(['doc-1', 'Intro']);
  expect(['doc-1', 'doc-27', 'DOC-2', 'Intro', 'intro', 'doc-x', 'page-1'].filter(isId)).toEqual([
    'doc-1',
    'doc-27',
    'DOC-2',
    'Intro',
  ]);
});

test.each<[text: string, codes: string[]]>([
  ['Swiss francs', ['chf']],
  ['US dollars', ['usd']],
  ['euros', []],
  ['Japanese yen', ['jpy']],
  ['pounds sterling', []],
  ['Norwegian kroner', ['nok']],
  ['Indian rupees', ['inr']],
  ['Mexican pesos', ['mxn']],
  ['a dollar tree', []],
  ['the Euro', []],
])('the currencies of a country in %j: %j', (text, codes) => {
  expect(currenciesIn(text).map(({ code }) => code)).toEqual(codes);
});

test('the days of the week in several languages', () => {
  const days = [
    ['Sunday', 0],
    ['Monday', 1],
    ['Dienstag', 2],
    ['mercredi', 3],
    ['jueves', 4],
    ['venerdì', 5],
    ['sábado', 6],
    ['zondag', 0],
    ['maandag', 1],
    ['saturday', 6],
    ['Funday', null],
  ];
  expect(days.map(([name]) => [name, weekdayOf(String(name)) ?? null])).toEqual(days);
});

test('the first letters of a name, and of words', () => {
  expect([...initialsIn('the United Nations Office, and the Bank of England')]).toEqual(['un', 'uno', 'no', 'be']);
  expect(isAbbreviation('bmi', ['my', 'body', 'mass', 'index'])).toBe(true);
  expect(isAbbreviation('bmi', ['body', 'mass', 'in'])).toBe(false);
  expect(isAbbreviation('bm', ['body', 'mass'])).toBe(false);
});

test.each<[text: string, isRandom: boolean, isMixed: boolean]>([
  ['h8Kq2Lm9', true, true],
  ['base64-encoded-32', false, false],
  ['abc123', false, false],
  ['abcdef', false, false],
  ['123456', false, false],
  ['abc123def456', false, true],
  ['https://a1b2', false, true],
  ['Password1', false, false],
  ['sha256', false, false],
  ['x7Yz-p4Qr', true, true],
  ['my_key_12', false, false],
  ['12345678abcd', false, false],
  ['a1b2c3', true, true],
  ['A1B2C3D4', true, true],
  ['oauth2', false, false],
  ['aes-256-gcm', false, false],
])('%s is random: %j, and has letters and digits by turns: %j', (text, random, mixed) => {
  expect([isRandom(text), isMixed(text)]).toEqual([random, mixed]);
});
