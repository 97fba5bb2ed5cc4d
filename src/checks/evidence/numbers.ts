import { type Sign, saysLess, signOf } from './signs.ts';

/** A number as it stands in a text. */
export interface FoundNumber {
  /** What it may stand for: 1.234 is read in two ways. */
  readonly values: readonly number[];
  /** The numbers it consists of, where its parts may stand alone: `3 100` is a list too. */
  readonly parts: readonly number[];
  readonly isPercent: boolean;
  readonly sign: Sign;
  /** Whether the words around it say that it is taken away, so that a minus is said by them already. */
  readonly isLess: boolean;
  /** The word after it, where there is one. */
  readonly unit?: string | undefined;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const written =
  /(?<![^\P{L}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|[\p{N}_])(?<!\d[.,](?=\d))([-−–(]?\s?(?:[$€£¥]|[A-Z]{3}\s)?\s?[-−]?)(\d+(?:[.,'’]\d+|[ \u00A0\u202F]\d{3}(?!\d))*)(?:(\s?%|\s(?:percent|per cent|prozent|pct)\b)|(k|K|M|B|bn|mn|m)(?![\p{L}\p{N}])|\s(thousand|hundred|[Mm]illion(?:en|s)?|[Mm]io|billions?|[Mm]rd|[Mm]illiarden?|trillions?|[Tt]sd|lakh|crore)(?!\p{L}))?/gu;

const scales: Readonly<Record<string, number>> = {
  k: 1e3,
  K: 1e3,
  tsd: 1e3,
  thousand: 1e3,
  hundred: 100,
  m: 1e6,
  M: 1e6,
  mn: 1e6,
  mio: 1e6,
  million: 1e6,
  millions: 1e6,
  millionen: 1e6,
  B: 1e9,
  bn: 1e9,
  billion: 1e9,
  billions: 1e9,
  mrd: 1e9,
  milliarde: 1e9,
  milliarden: 1e9,
  trillion: 1e12,
  trillions: 1e12,
  lakh: 1e5,
  crore: 1e7,
};

/** The numbers of a text in digits, in every way of writing them that is usual. */
export function numbersIn(text: string): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (const match of text.matchAll(written)) {
    const [whole, before = '', digits = '', percent, letter, scale] = match;
    const parts = readingsOf(digits);
    if (parts.length === 0 && !isRow(digits)) continue;
    const factor = scales[letter ?? scale?.toLowerCase() ?? ''] ?? 1;
    const scaled = parts.map((value) => value * factor);
    const start = match.index + before.length;
    const spaced = digits.split(/[ \u00A0\u202F]/);
    found.push({
      // What is no thousand of anything may be metres.
      values: letter === 'm' || letter === 'M' || letter === 'B' ? [...scaled, ...parts] : scaled,
      parts: (spaced.length > 1 ? spaced : isRow(digits) ? digits.split(',') : []).flatMap((part) =>
        readingsOf(part).slice(0, 1),
      ),
      isPercent: percent !== undefined,
      sign: signOf(text, { from: match.index, start, end: match.index + whole.length }),
      isLess: saysLess(text, start, match.index + whole.length),
      unit: unitAt(text, match.index + whole.length),
      text: whole.slice(before.length).trim(),
      start,
      end: match.index + whole.length,
    });
  }
  return found;
}

/** Whether commas separate numbers, and no thousands: a row of a CSV file. */
function isRow(digits: string): boolean {
  return (
    /^\d+(?:\.\d+)?(?:,\d+(?:\.\d+)?)+$/.test(digits) &&
    !/^(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d+,\d+)$/.test(digits)
  );
}

/** The word behind a number. */
function unitAt(text: string, end: number): string | undefined {
  return /^[\s\u00A0-]{0,2}(\p{L}{2,30})/u.exec(text.slice(end, end + 40))?.[1];
}

/** No number of more characters means one. */
const longestNumber = 60;

/** What digits with separators may stand for: none for `1.2.3`, two for `1.234`. */
export function readingsOf(digits: string): number[] {
  if (digits.length > longestNumber) return [];
  const plain = digits.replace(/[ \u00A0\u202F'’]/g, '');
  const dots = plain.split('.').length - 1;
  const commas = plain.split(',').length - 1;
  if (dots > 0 && commas > 0) {
    const decimal = plain.lastIndexOf('.') > plain.lastIndexOf(',') ? '.' : ',';
    const grouping = decimal === '.' ? ',' : '.';
    return numbers(plain.replaceAll(grouping, '').replace(decimal, '.'));
  }
  if (dots + commas === 0) return numbers(plain);
  const separator = dots > 0 ? '.' : ',';
  const groups = plain.split(separator);
  const ends = groups.slice(1);
  if (ends.length > 1) {
    const isGrouped = ends.every(({ length }) => length === 3) || (separator === ',' && ends.at(-1)?.length === 3);
    return isGrouped ? numbers(groups.join('')) : [];
  }
  const decimal = numbers(groups.join('.'));
  const mayGroup = /^[1-9]\d{0,2}[.,]\d{3}$/.test(plain);
  return mayGroup ? [...numbers(groups.join('')), ...decimal] : decimal;
}

function numbers(text: string): number[] {
  const value = Number(text);
  return Number.isFinite(value) ? [value] : [];
}

const small =
  'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const values = new Map<string, number>([
  ['twice', 2],
  ['thrice', 3],
  ['zero', 0],
  ['one', 1],
  ['none', 0],
  ['free', 0],
  ['gratis', 0],
  ['dozen', 12],
  ...small.split(' ').map((word, index) => [word, index + 2] as const),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, 20 + 10 * index] as const),
  ...'zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'
    .split(' ')
    .map((word, index) => [word, index + 2] as const),
  ...'deux trois quatre cinq six sept huit neuf dix onze douze'
    .split(' ')
    .map((word, index) => [word, index + 2] as const),
  ...'dos tres cuatro cinco seis siete ocho nueve diez once doce'
    .split(' ')
    .map((word, index) => [word, index + 2] as const),
]);
// Words that are numbers in one language and something else in another.
for (const ambiguous of ['once']) values.delete(ambiguous);
const factors = new Map([
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1e6],
  ['billion', 1e9],
]);

export interface NumberInWords {
  readonly value: number;
  readonly sign: Sign;
  readonly isLess: boolean;
  readonly unit?: string | undefined;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** "Between two hundred and three hundred" says two numbers. */
const beginsAnother = /^and\s\p{L}+[\s-](?:\p{L}+[\s-])?(?:hundred|thousand|million|billion)(?!\p{L})/iu;

/** Numbers that are written out, above one: `twenty-five`, `three hundred`. */
export function numbersInWords(text: string): NumberInWords[] {
  const found: NumberInWords[] = [];
  let total = 0;
  let current = 0;
  let start = -1;
  let end = 0;
  /** Where an "and" within a number ends. */
  let joined = 0;
  const finish = () => {
    if (start >= 0) {
      const sign = signOf(text, { from: start, start, end });
      const isLess = saysLess(text, start, end);
      found.push({
        value: total + current,
        sign,
        isLess,
        unit: unitAt(text, end),
        text: text.slice(start, end),
        start,
        end,
      });
    }
    total = 0;
    current = 0;
    start = -1;
  };
  for (const match of text.matchAll(/\p{L}+/gu)) {
    const word = match[0].toLowerCase();
    const value = values.get(word);
    const factor = factors.get(word);
    const gap = text.slice(Math.max(end, joined), match.index);
    const goesOn = start >= 0 && /^[\s-]{1,3}$/.test(gap);
    if (
      word === 'and' &&
      goesOn &&
      current % 100 === 0 &&
      !beginsAnother.test(text.slice(match.index, match.index + 40))
    ) {
      joined = match.index + word.length;
      continue;
    }
    if (!goesOn) finish();
    if (value !== undefined) {
      const adds = current % 100 === 0 || (current % 10 === 0 && value < 10);
      if (!adds) finish();
      if (start < 0) start = match.index;
      current += value;
    } else if (factor === undefined || start < 0) {
      finish();
      continue;
    } else if (factor === 100) current = Math.max(1, current) * 100;
    else {
      total += Math.max(1, current) * factor;
      current = 0;
    }
    end = match.index + word.length;
  }
  finish();
  return found;
}

/** Whether a number counts the points of a list. */
export function isListMarker(text: string, start: number, end: number): boolean {
  if (!/^[.)]\s/.test(text.slice(end, end + 2))) return false;
  return /(?:^|\n)[\s>*-]*$/.test(text.slice(Math.max(0, start - 20), start));
}
