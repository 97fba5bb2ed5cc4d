import { describe, expect, test } from 'vitest';
import { datesIn, monthOf, type PartialDate } from '../../../src/checks/evidence/dates.ts';
import { ordinalsIn, yearOf } from '../../../src/checks/evidence/dates-in-words.ts';
import { hourRangesIn, timesIn, timestampsIn } from '../../../src/checks/evidence/times.ts';

const written = ({ year, month, day }: PartialDate) => `${year ?? '?'}-${month}-${day ?? '?'}`;

/** Each date of a text, and what it may stand for. */
const dates = (text: string) =>
  datesIn(text)
    .map(({ text: found, readings }) => `${found} = ${readings.map(written).join(' or ')}`)
    .join('; ');

test.each([
  ['2024-03-05', '2024-03-05 = 2024-3-5'],
  ['2024/3/5', '2024/3/5 = 2024-3-5'],
  ['2024.03.05', '2024.03.05 = 2024-3-5'],
  ['20240305', '20240305 = 2024-3-5'],
  ['20240305T10', '20240305 = 2024-3-5'],
  ['20240305 ', '20240305 = 2024-3-5'],
  ['2024年3月5日', '2024年3月5日 = 2024-3-5'],
  ['2024年3月', '2024年3月 = 2024-3-?'],
  ['3月5日', '3月5日 = ?-3-5'],
  ['05.03.2024', '05.03.2024 = 2024-3-5'],
  ['5/3/24', '5/3/24 = 2024-3-5 or 2024-5-3'],
  ['5/3/70', '5/3/70 = 1970-3-5 or 1970-5-3'],
  ['5-3-1999', '5-3-1999 = 1999-3-5 or 1999-5-3'],
  ['31/12/2024', '31/12/2024 = 2024-12-31'],
  ['5 March 2024', '5 March 2024 = 2024-3-5'],
  ['5th of March, 2024', '5th of March, 2024 = 2024-3-5'],
  ['5 de marzo de 2024', '5 de marzo de 2024 = 2024-3-5'],
  ['5. März 2024', '5. März 2024 = 2024-3-5'],
  ['1er janvier 2024', '1er janvier 2024 = 2024-1-1'],
  ['5-Mar-2024', '5-Mar-2024 = 2024-3-5'],
  ["5 Mar '24", "5 Mar '24 = 2024-3-5"],
  ['5 d’avril 2024', '5 d’avril 2024 = 2024-4-5'],
  ['5 May', '5 May = ?-5-5'],
  ['4 Set 2024', '4 Set 2024 = 2024-9-4'],
  ['4 ago 2024', '4 ago 2024 = 2024-8-4'],
  ['4 out 2024', '4 out 2024 = 2024-10-4'],
  ['March 5, 2024', 'March 5, 2024 = 2024-3-5'],
  ['March 5th', 'March 5th = ?-3-5'],
  ['March, 2024', 'March, 2024 = 2024-3-?'],
  ['March 2024', 'March 2024 = 2024-3-?'],
  ['March of 2024', 'March of 2024 = 2024-3-?'],
  ['marzo del 2024', 'marzo del 2024 = 2024-3-?'],
  ['Mar/2024', 'Mar/2024 = 2024-3-?'],
  ['Mar-2024', 'Mar-2024 = 2024-3-?'],
  ['2024. március 5.', '2024. március 5 = 2024-3-5'],
  ['2024 m. kovo 5 d.', '2024 m. kovo 5 = 2024-3-5'],
  ['2024 г. март 5', '2024 г. март 5 = 2024-3-5'],
  ['2024년 3월 5일', '2024년 3월 5일 = 2024-3-5'],
  ['2024년3월', '2024년3월 = 2024-3-?'],
  ['3월 5일', '3월 5일 = ?-3-5'],
  ['令和6年3月5日', '令和6年3月5日 = 2024-3-5'],
  ['平成元年1月8日', '平成元年1月8日 = 1989-1-8'],
  ['昭和 64年1月7日', '昭和 64年1月7日 = 1989-1-7'],
  ['令和6年3月', '令和6年3月 = 2024-3-?'],
  ['5 tháng 3 năm 2024', '5 tháng 3 năm 2024 = 2024-3-5'],
  ['5 tháng 3', '5 tháng 3 = ?-3-5'],
  ['5 tháng 3, 2024', '5 tháng 3, 2024 = 2024-3-5'],
  ['2024-03', '2024-03 = 2024-3-?'],
  ['03/2024', '03/2024 = 2024-3-?'],
  ['1/03/2024', '1/03/2024 = 2024-3-1 or 2024-1-3'],
  ['am 5.3. kommt', '5.3. = ?-3-5'],
  ['vom 05.03. bis 07.03.', '05.03. = ?-3-5; 07.03. = ?-3-7'],
  ['| 5.3. | x', '5.3. = ?-3-5'],
  ['5.3.', '5.3. = ?-3-5'],
  ['the first of May', 'first of May = ?-5-1'],
  [
    'the twenty-fourth day of December, in the year 1999',
    'twenty-fourth day of December, in the year 1999 = 1999-12-24',
  ],
  ['the thirty-first of October two thousand and six', 'thirty-first of October two thousand and six = 2006-10-31'],
  ['the thirtieth of June nineteen ninety-four', 'thirtieth of June nineteen ninety-four = 1994-6-30'],
  ['the twenty-first of May 2021', 'twenty-first of May 2021 = 2021-5-21'],
  ['9 มกราคม 2567', '9 มกราคม 2567 = 2024-1-9'],
  ['9 มกราคม 2024', '9 มกราคม 2024 = 2024-1-9'],
  ['5 בינואר 2024', '5 בינואר 2024 = 2024-1-5'],
  ['ב-5 במרץ 2024', '5 במרץ 2024 = 2024-3-5'],
  ['5 كانون الثاني 2024', '5 كانون الثاني 2024 = 2024-1-5'],
  ['5 تشرين الأول', '5 تشرين الأول = ?-10-5'],
  ['5 يناير 2024', '5 يناير 2024 = 2024-1-5'],
  ['5 янв. 2024', '5 янв. 2024 = 2024-1-5'],
  ['5 января 2024', '5 января 2024 = 2024-1-5'],
  ['5 січня 2024', '5 січня 2024 = 2024-1-5'],
  ['5 януари 2024', '5 януари 2024 = 2024-1-5'],
  ['5 Ιανουαρίου 2024', '5 Ιανουαρίου 2024 = 2024-1-5'],
  ['5 јануар 2024', '5 јануар 2024 = 2024-1-5'],
  ['5 जनवरी 2024', '5 जनवरी 2024 = 2024-1-5'],
  ['5 ژانویه 2024', '5 ژانویه 2024 = 2024-1-5'],
  ['5 հունվարի 2024', '5 հունվարի 2024 = 2024-1-5'],
  ['5 იანვარი 2024', '5 იანვარი 2024 = 2024-1-5'],
  ['25 and 26 December 2024', '25 = 2024-12-25; 26 December 2024 = 2024-12-26'],
  ['May 6–8', 'May 6 = ?-5-6; 8 = ?-5-8'],
  ['May 6 to 8, 2024', 'May 6 = ?-5-6; 8 = ?-5-8'],
  ['6/7 May', '6 = ?-5-6; 7 May = ?-5-7'],
  ['den 6. und 7. Mai', '6 = ?-5-6; 7. Mai = ?-5-7'],
  ['6 et 7 mai', '6 = ?-5-6; 7 mai = ?-5-7'],
  ['6 y 7 de mayo', '6 = ?-5-6; 7 de mayo = ?-5-7'],
  ['6 e 7 maggio', '6 = ?-5-6; 7 maggio = ?-5-7'],
  ['6-7 May', '6 = ?-5-6; 7 May = ?-5-7'],
  ['3.6 and 7 May', '7 May = ?-5-7'],
  ['40 and 7 May', '7 May = ?-5-7'],
  ['May 6 and 7%', 'May 6 = ?-5-6'],
  ['May 6 and 7 people', 'May 6 = ?-5-6'],
  ['May 6 and 40', 'May 6 = ?-5-6'],
  ['6 or the 7 May', '6 = ?-5-6; 7 May = ?-5-7'],
  ['10:6 - 7 May', '7 May = ?-5-7'],
  ['sept 5', 'sept 5 = ?-9-5'],
  ['5 Sept. 2024', '5 Sept. 2024 = 2024-9-5'],
  ['May 6-8:30', 'May 6 = ?-5-6'],
  ['(5 May)', '5 May = ?-5-5'],
  ['5 May 2024 and 6 June 2023 x 2024-01-01', '5 May 2024 = 2024-5-5; 6 June 2023 = 2023-6-6; 2024-01-01 = 2024-1-1'],
  ['25–26 décembre', '25 = ?-12-25; 26 décembre = ?-12-26'],
  ['5 au 7 mai', '5 = ?-5-5; 7 mai = ?-5-7'],
  ['dal 5 al 7 maggio', '5 = ?-5-5; 7 maggio = ?-5-7'],
  ['5 bis 7. Mai', '5 = ?-5-5; 7. Mai = ?-5-7'],
  ["5 d'avril 2024", "5 d'avril 2024 = 2024-4-5"],
  ['5 de desembre', '5 de desembre = ?-12-5'],
  ['5 of May', '5 of May = ?-5-5'],
  ['in 2023. March 5, 2024 was', 'March 5, 2024 = 2024-3-5'],
  ['in 2023. May 5 was', 'May 5 = ?-5-5'],
  ['2024 Mar 5', '2024 Mar 5 = 2024-3-5'],
  ['5 avril', '5 avril = ?-4-5'],
  ['5 octobre 2024 et 6 mai 2025', '5 octobre 2024 = 2024-10-5; 6 mai 2025 = 2025-5-6'],
  ['5/3/69', '5/3/69 = 2069-3-5 or 2069-5-3'],
  ['2024-3-5-6', '2024-3-5 = 2024-3-5'],
  ['2024-03-05T10:00', '2024-03-05 = 2024-3-5'],
  ['(05.03.24)', '05.03.24 = 2024-3-5'],
  ['in 2024年12月', '2024年12月 = 2024-12-?'],
  ['第12月3日', '12月3日 = ?-12-3'],
  ['1 2024年3月5日', '2024年3月5日 = 2024-3-5'],
  ['昭和元年1月8日', '昭和元年1月8日 = 1926-1-8'],
  ['5 tháng 3 năm 20245', '5 tháng 3 = ?-3-5'],
])('the dates of %j: %s', (text, expected) => {
  expect(dates(text)).toBe(expected);
});

test.each([
  '12024-03-05',
  '2024-03-051',
  '2024-13-05',
  '2024-03-32',
  '20241305',
  '18240305',
  'x20240305',
  '20240305.5',
  '5.3.2024.1',
  '1.5.3.2024',
  '05.03.20245',
  '13/31/2024',
  '5 march',
  '5 may',
  '4 out',
  '4 set',
  'March 5.5',
  'March 5:30',
  'may 2024',
  '2024-03-',
  '2024-13',
  'x-2024-03',
  '13/2024',
  'Version 5.3. is',
  'twelfth of Never',
  '5. 3. 2024',
  '2024-3',
  '00/2024',
  'x5 May',
  '0 May',
  '32 May',
  '5May 2024',
  '5 of  the May',
  '2024 march 5',
  '2024. március 5.5',
  'May 6.5',
  '12024年3月',
])('%j is no date', (text) => {
  expect(dates(text)).toBe('');
});

test('a date stands where it is found', () => {
  const text = '25 and 26 December 2024, May 6–8, March 5th';
  const found = datesIn(text);
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(found.map((date) => date.text));
  expect(found.map((date) => date.text)).toEqual(['25', '26 December 2024', 'May 6', '8', 'March 5th']);
});

test('the name of a month in many languages', () => {
  const months: Readonly<Record<string, number>> = {
    February: 2,
    Februar: 2,
    février: 2,
    febrero: 2,
    febbraio: 2,
    fevereiro: 2,
    februari: 2,
    lutego: 2,
    maj: 5,
    okt: 10,
    desember: 12,
    helmikuuta: 2,
    února: 2,
    Şubat: 2,
    февраля: 2,
    лютого: 2,
    февруари: 2,
    Φεβρουαρίου: 2,
    фебруар: 2,
    פברואר: 2,
    فبراير: 2,
    شباط: 2,
    फ़रवरी: 2,
    กุมภาพันธ์: 2,
    فوریه: 2,
    փետրվարի: 2,
    თებერვალი: 2,
    februarie: 2,
    február: 2,
    veljače: 2,
    apríla: 4,
    oktober: 10,
    vasario: 2,
    februāris: 2,
    veebruar: 2,
    Februari: 2,
    Ogos: 8,
    febrer: 2,
    xuño: 6,
    otsaila: 2,
    febrúar: 2,
    shkurt: 2,
    'jan.': 1,
    JAN: 1,
    sept: 9,
    'Sept.': 9,
    ינואר: 1,
    בינואר: 1,
    לינואר: 1,
    ábril: 4,
  };
  expect(Object.keys(months).map((name) => [name, monthOf(name)])).toEqual(Object.entries(months));
  expect(['כינואר', 'ב', 'Februbary', 'ja', 'xinואר', 'Janua', ''].map(monthOf)).toEqual(Array.from({ length: 7 }));
});

describe('words for the order of things, and for years', () => {
  const ordinals = (text: string) =>
    ordinalsIn(text)
      .map(({ text: found, value, noun }) => `${found} = ${value} ${noun}`)
      .join('; ');

  test.each([
    ['the 3rd edition', '3rd = 3 edition'],
    ['the twenty-first century', 'twenty-first = 21 century'],
    ['the 22nd time', '22nd = 22 time'],
    ['third base', 'third = 3 base'],
    ['11th hour', '11th = 11 hour'],
    ['the first', ''],
    ['an 3rd', ''],
    ['1234th day', ''],
    ['the thirtieth try', 'thirtieth = 30 try'],
    ['Twenty-third street', 'Twenty-third = 23 street'],
    [
      'first row, second row, third row, fourth row, fifth row, sixth row, seventh row, eighth row, ninth row, tenth row, eleventh row, twelfth row, thirteenth row, fourteenth row, fifteenth row, sixteenth row, seventeenth row, eighteenth row, nineteenth row, twentieth row, thirtieth row, thirty-first row',
      'first = 1 row; second = 2 row; third = 3 row; fourth = 4 row; fifth = 5 row; sixth = 6 row; seventh = 7 row; eighth = 8 row; ninth = 9 row; tenth = 10 row; eleventh = 11 row; twelfth = 12 row; thirteenth = 13 row; fourteenth = 14 row; fifteenth = 15 row; sixteenth = 16 row; seventeenth = 17 row; eighteenth = 18 row; nineteenth = 19 row; twentieth = 20 row; thirtieth = 30 row; thirty-first = 31 row',
    ],
    ['x3rd row', ''],
    ['3th row', '3th = 3 row'],
    ['3rd a', ''],
    ['3 row', ''],
    ['The Third Row', 'Third = 3 row'],
  ])('%j: %s', (text, expected) => {
    expect(ordinals(text)).toBe(expected);
  });

  test.each([
    ['1999', '1999'],
    ['two thousand and six', '2006'],
    ['nineteen ninety-four', '1994'],
    ['twenty twenty', '2020'],
    ['two thousand', '2000'],
    ['nineteen oh five', '1905'],
  ])('the year %j: %s', (text, year) => {
    expect(yearOf(text)).toBe(year);
  });
});

describe('times of day', () => {
  const times = (text: string) =>
    timesIn(text)
      .map(({ text: found, readings }) => `${found} = ${readings.join(' or ')}`)
      .join('; ');

  test.each([
    ['half past three', 'half past three = 210 or 930'],
    ['quarter to One', 'quarter to One = 45 or 765'],
    ['quarter past eleven', 'quarter past eleven = 675 or 1395'],
    ['halb acht', 'halb acht = 450 or 1170'],
    ['Viertel nach zwölf', 'Viertel nach zwölf = 15 or 735'],
    ['viertel vor eins', 'viertel vor eins = 45 or 765'],
    ["five o'clock", "five o'clock = 300 or 1020"],
    ['Five O’clock', 'Five O’clock = 300 or 1020'],
    ['noon', 'noon = 720'],
    ['12 noon', '12 noon = 720'],
    ['midnight', 'midnight = 0 or 1440'],
    ['12 midnight', '12 midnight = 0 or 1440'],
    ['mittags', 'mittags = 720'],
    ['mediodía', 'mediodía = 720'],
    ['mitternacht', 'mitternacht = 0 or 1440'],
    ['minuit', 'minuit = 0 or 1440'],
    ['medianoche', 'medianoche = 0 or 1440'],
    ['14:30', '14:30 = 870'],
    ['4:30', '4:30 = 270 or 990'],
    ['04:30', '04:30 = 270'],
    ['12:15', '12:15 = 15 or 735'],
    ['0:15', '0:15 = 15'],
    ['24:00', '24:00 = 1440'],
    ['2 pm', '2 pm = 840'],
    ['2 p.m.', '2 p.m = 840'],
    ['12 am', '12 am = 0'],
    ['12 pm', '12 pm = 720'],
    ['9.30 am', '9.30 am = 570'],
    ['9.30 Uhr', '9.30 = 570 or 1290'],
    ['9h30', '9h30 = 570 or 1290'],
    ['9:30:15', '9:30:15 = 570 or 1290'],
    ['9:30:15.25', '9:30:15.25 = 570 or 1290'],
    ['7:30 PM', '7:30 PM = 1170'],
  ])('%j, in minutes: %s', (text, expected) => {
    expect(times(text)).toBe(expected);
  });

  test.each([
    '25:00',
    '13 pm',
    '13:00 pm',
    '9.30',
    '1:2:3',
    '10:5',
    '9:301',
    '3.9:30',
    '9:30:',
    '3,5 pm',
    '5 amps',
    'backhalf past two',
    'halftwo',
  ])('%j is no time', (text) => {
    expect(times(text)).toBe('');
  });

  test('each hour in words', () => {
    const hoursOf = (words: string, form: (word: string) => string) =>
      words.split(' ').map((word) => (timesIn(form(word))[0]?.readings[0] ?? Number.NaN) / 60);
    const upToTwelve = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0];
    const english = 'one two three four five six seven eight nine ten eleven twelve';
    expect(hoursOf(english, (word) => `at ${word} o’clock`)).toEqual(upToTwelve);
    const german = 'eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf';
    expect(hoursOf(german, (word) => `um Viertel nach ${word}`)).toEqual(upToTwelve.map((hour) => hour + 0.25));
  });

  test.each([
    ['from 9 to 5', 'from 9 to 5 = 9 to 5'],
    ['between 9 and 17', 'between 9 and 17 = 9 to 17'],
    ['von 9 bis 17 Uhr', ''],
    ['von 9 bis 17', 'von 9 bis 17 = 9 to 17'],
    ['zwischen 8 und 12.', 'zwischen 8 und 12 = 8 to 12'],
    ['entre 9 y 14', 'entre 9 y 14 = 9 to 14'],
    ['de 9 à 17', 'de 9 à 17 = 9 to 17'],
    ['from 9 to 5 daily', 'from 9 to 5 = 9 to 5'],
    ['from 9 to 5 people', ''],
    ['from 9 to 5%', ''],
    ['from 9 to 5.5', ''],
    ['from 9-5 on Monday', 'from 9-5 = 9 to 5'],
    ['from 9 till 5', 'from 9 till 5 = 9 to 5'],
    ['from 9 until 5 every day', 'from 9 until 5 = 9 to 5'],
    ['entre 9 et 17', 'entre 9 et 17 = 9 to 17'],
    ['de 9 a 5', 'de 9 a 5 = 9 to 5'],
    ['to 5', ''],
    ['xfrom 9 to 5', ''],
    ['from 9 to 5:30', ''],
    ['from 9 to 5/6', ''],
    ['from 9 to 5 once', ''],
    ['from 123 to 5', ''],
    ['from 9 to 123', ''],
  ])('the hours of %j: %s', (text, expected) => {
    expect(
      hourRangesIn(text)
        .map(({ text: found, hours }) => `${found} = ${hours.join(' to ')}`)
        .join('; '),
    ).toBe(expected);
  });

  test.each([
    ['2024-03-05T10:30:15Z', '2024-03-05T10:30:15Z = 2024-3-5, 630'],
    ['2024-03-05 10:30', '2024-03-05 10:30 = 2024-3-5, 630'],
    ['2024-03-05T10:30:15.123+02:00', '2024-03-05T10:30:15.123+02:00 = 2024-3-5, 630'],
    ['x2024-03-05T10:30', ''],
    ['2024-03-05T10:30:1', ''],
    ['2024-03-05T10:30Zulu', ''],
  ])('the moment of %j: %s', (text, expected) => {
    const found = timestampsIn(text).map((stamp) => `${stamp.text} = ${written(stamp.date)}, ${stamp.minutes}`);
    expect(found.join('; ')).toBe(expected);
  });
});
