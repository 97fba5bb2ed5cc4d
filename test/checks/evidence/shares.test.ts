import { expect, test } from 'vitest';
import { isPercentAt, sharesIn } from '../../../src/checks/evidence/shares.ts';

const shares = (text: string, alone: 'alone' | 'never alone') =>
  sharesIn(text, alone)
    .map(
      ({ text: found, value, counts }) =>
        `${found} = ${Number(value.toFixed(3))}${counts === undefined ? '' : ` (${counts.join(' of ')})`}`,
    )
    .join('; ');

test.each([
  ['two thirds', 'two thirds = 0.667', 'two thirds = 0.667'],
  ['one in eight', 'one in eight = 0.125 (1 of 8)', 'one in eight = 0.125 (1 of 8)'],
  ['four out of five', 'four out of five = 0.8 (4 of 5)', 'four out of five = 0.8 (4 of 5)'],
  ['a quarter of the year', 'a quarter = 0.25', 'a quarter = 0.25'],
  ['a quarter', 'a quarter = 0.25', ''],
  ['a third party', 'a third = 0.333', ''],
  ['one-third of all', 'one-third = 0.333', 'one-third = 0.333'],
  ['one third', 'one third = 0.333', ''],
  ['about one third.', 'one third = 0.333', 'one third = 0.333'],
  ['is a third', 'a third = 0.333', 'a third = 0.333'],
  ['three quarters', 'three quarters = 0.75', 'three quarters = 0.75'],
  ['ein Drittel der Gäste', 'ein Drittel = 0.333', 'ein Drittel = 0.333'],
  ['zwei Drittel', 'zwei Drittel = 0.667', 'zwei Drittel = 0.667'],
  ['drei Viertel', 'drei Viertel = 0.75', 'drei Viertel = 0.75'],
  ['un tiers de', 'un tiers = 0.333', 'un tiers = 0.333'],
  ['deux tiers', 'deux tiers = 0.667', 'deux tiers = 0.667'],
  ['trois quarts', 'trois quarts = 0.75', 'trois quarts = 0.75'],
  ['ein Fünftel von', 'ein Fünftel = 0.2', 'ein Fünftel = 0.2'],
  ['one fifth', 'one fifth = 0.2', 'one fifth = 0.2'],
  ['one fifth place', 'one fifth = 0.2', ''],
  ['one fifth of', 'one fifth = 0.2', 'one fifth = 0.2'],
  ['5 in 8', '5 in 8 = 0.625', ''],
  ['3/4', '3/4 = 0.75', ''],
  ['1 of 3', '1 of 3 = 0.333', ''],
  ['3/4/5', '4/5 = 0.8', ''],
  ['half the day', 'half = 0.5', 'half = 0.5'],
  ['half of all people', 'half = 0.5', 'half = 0.5'],
  ['first half of the year', 'half = 0.5', ''],
  ['half the battle', 'half = 0.5', ''],
  ['half time', 'half = 0.5', ''],
  ['half', 'half = 0.5', ''],
  ['halbe', 'halbe = 0.5', ''],
  ['halber', 'halber = 0.5', ''],
  ['halb', 'halb = 0.5', ''],
  ['halbes', 'halbes = 0.5', ''],
  ['demi', 'demi = 0.5', ''],
  ['demie', 'demie = 0.5', ''],
  ['medio', 'medio = 0.5', ''],
  ['media', 'media = 0.5', ''],
  ['mezzo', 'mezzo = 0.5', ''],
  ['mezza', 'mezza = 0.5', ''],
  ['halve', 'halve = 0.5', ''],
  ['meia', 'meia = 0.5', ''],
  ['meio', 'meio = 0.5', ''],
  ['a tenth of', 'a tenth = 0.1', 'a tenth = 0.1'],
  ['un dixième de', 'un dixième = 0.1', 'un dixième = 0.1'],
  ["un quart d'heure", 'un quart = 0.25', ''],
  ['un quart de l’année', 'un quart = 0.25', 'un quart = 0.25'],
  ['one in twenty', 'one in twenty = 0.05 (1 of 20)', 'one in twenty = 0.05 (1 of 20)'],
  ['seven eighths', 'seven eighths = 0.875', 'seven eighths = 0.875'],
  ['nine tenths', 'nine tenths = 0.9', 'nine tenths = 0.9'],
  ['eight ninths', 'eight ninths = 0.889', 'eight ninths = 0.889'],
  ['six sevenths', 'six sevenths = 0.857', 'six sevenths = 0.857'],
  ['five sixths', 'five sixths = 0.833', 'five sixths = 0.833'],
  ['un cinquième du', 'un cinquième = 0.2', 'un cinquième = 0.2'],
  ['drei Achtel', 'drei Achtel = 0.375', 'drei Achtel = 0.375'],
  ['sieben Zehntel', 'sieben Zehntel = 0.7', 'sieben Zehntel = 0.7'],
  ['a fourth of the cake', 'a fourth = 0.25', 'a fourth = 0.25'],
  ['nearly a half.', 'a half = 0.5; half = 0.5', 'a half = 0.5'],
  ['almost one quarter,', 'one quarter = 0.25', 'one quarter = 0.25'],
  ['it was a quarter', 'a quarter = 0.25', 'a quarter = 0.25'],
  ['it was a quarter past', 'a quarter = 0.25', ''],
  ['the latter half of the day', 'half = 0.5', ''],
  ['5 in 8 people', '5 in 8 = 0.625', ''],
  ['5 out of 8', '5 out of 8 = 0.625', ''],
  ['HALF our time off', 'HALF = 0.5', ''],
  ['one fifth of its', 'one fifth = 0.2', 'one fifth = 0.2'],
  ['one eighth grade', 'one eighth = 0.125', ''],
  ['Two-Thirds', 'Two-Thirds = 0.667', 'Two-Thirds = 0.667'],
  ['x half', 'half = 0.5', ''],
])('%j may say %j, and says %j', (text, maySay, says) => {
  expect([shares(text, 'alone'), shares(text, 'never alone')]).toEqual([maySay, says]);
});

test.each([
  'three halves',
  'twelve in ten',
  '8/5',
  'one in a hundred',
  'seven twelfths',
  'a tenth-of',
  'ones third of',
  'a thirdly of',
  'xone in eight',
  'one in eighty',
  '1,5 in 8',
  '5/8.5',
  '0 in 0',
  '5 of 5',
  'two in one',
])('%j is no share', (text) => {
  expect(shares(text, 'alone')).toBe('');
});

test('each word for a count, and for a part', () => {
  const counts =
    'a an one two three four five six seven eight nine ten twelve twenty ein eine einem zwei drei vier fünf un deux trois quatre cinq sechs sieben acht neun zehn';
  const value = (text: string) => sharesIn(text, 'alone')[0]?.value;
  expect(counts.split(' ').map((word) => (value(`${word} in twenty`) ?? 1) * 20)).toEqual([
    1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 1, 1, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ]);
  const parts =
    'half third quarter fourth fifth sixth seventh eighth ninth tenth drittel viertel fünftel achtel zehntel tiers quart cinquième dixième';
  expect(parts.split(' ').map((word) => 1 / (value(`a ${word} of it`) ?? 1))).toEqual([
    2, 3, 4, 4, 5, 6, 7, 8, 9, 10, 3, 4, 5, 8, 10, 3, 4, 5, 10,
  ]);
});

test('percent in words, in several languages', () => {
  const names = [
    'percent',
    'per cent',
    'Prozent',
    'pct',
    'pour cent',
    'por ciento',
    'per cento',
    'por cento',
    'procent',
  ];
  expect(names.filter((name) => !isPercentAt(`5 ${name}.`, 1))).toEqual([]);
  expect([' percents', 'percent', ' of a percent', ''].filter((text) => isPercentAt(`5${text}`, 1))).toEqual([]);
});
