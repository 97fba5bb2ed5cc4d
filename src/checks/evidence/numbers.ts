import { type Measure, measureAt } from './measures.ts';
import { factors, factorsAlone, hanNumbersIn, joiners, oneBehindTen, onlySmall, valueOfWord } from './number-words.ts';
import { decimalsOf, type Separator } from './separators.ts';
import { type Sign, saysLess, signOf } from './signs.ts';

/** A number as it stands in a text. */
export interface FoundNumber {
  /** What it may stand for: 1.234 is read in two ways where the text leaves it open. */
  readonly values: readonly number[];
  /** The numbers it consists of, where its parts may stand alone: `3 100` is a list too. */
  readonly parts: readonly number[];
  readonly isPercent: boolean;
  readonly sign: Sign;
  /** Whether the words around it say that it is taken away, so that a minus is said by them already. */
  readonly isLess: boolean;
  /** The word after it, where there is one. */
  readonly unit?: string | undefined;
  readonly measure: Measure & { readonly shown: string };
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const written =
  /(?<![^\P{L}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|[\p{N}_])(?<!\d[.,](?=\d))([-−–(]?\s?(?:[$€£¥]|[A-Z]{3}\s)?\s?[-−]?)(\d+(?:[.,'’]\d+|[ \u00A0\u202F]\d{3}(?!\d))*)(?:(\s?%|\s(?:percent|per cent|[Pp]rozent|pct)\b)|(k|K|M|B|bn|mn|m)(?![\p{L}\p{N}])|\s(thousand|hundred|[Mm]illion(?:en|s)?|[Mm]io|billions?|[Mm]rd|[Mm]illiarden?|trillions?|[Tt]sd|[Tt]ausend|[Dd]uizend|tusen|[Dd]ozen|[Dd]utzend|lakh|crore|millon(?:es)?|millón|milhões|milhão|milion[ei]|milionów|miljoen|miljoner|milyon|mil|mille|tys|mln|mld|milliards?|miliard[ei]?|тыс|тысяч[аи]?|млн|миллион(?:а|ов)?|млрд|миллиард(?:а|ов)?|ألف|آلاف|مليون|مليار)(?!\p{L}))?/gu;

const scales: Readonly<Record<string, number>> = {
  k: 1e3,
  K: 1e3,
  ...{ tsd: 1e3, tausend: 1e3, duizend: 1e3, tusen: 1e3 },
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
  ...{ millones: 1e6, millón: 1e6, milhões: 1e6, milhão: 1e6, milione: 1e6, milioni: 1e6, milionów: 1e6, miljoen: 1e6 },
  ...{ miljoner: 1e6, milyon: 1e6, mil: 1e3, mille: 1e3, tys: 1e3, mln: 1e6, mld: 1e9, milliard: 1e9, milliards: 1e9 },
  ...{ miliard: 1e9, miliarde: 1e9, miliardi: 1e9, тыс: 1e3, тысяч: 1e3, тысяча: 1e3, тысячи: 1e3, млн: 1e6 },
  ...{ миллион: 1e6, миллиона: 1e6, миллионов: 1e6, млрд: 1e9, миллиард: 1e9, миллиарда: 1e9, миллиардов: 1e9 },
  ...{ ألف: 1e3, آلاف: 1e3, مليون: 1e6, مليار: 1e9 },
  ...{ dozen: 12, dutzend: 12 },
  lakh: 1e5,
  crore: 1e7,
};

/** The numbers of a text in digits, in every way of writing them that is usual. */
export function numbersIn(text: string): FoundNumber[] {
  const found: FoundNumber[] = [];
  const areDecimals = decimalsOf(text);
  for (const match of text.matchAll(written)) {
    const [whole, before = '', digits = '', percent, letter, scale] = match;
    const start = match.index + before.length;
    const parts = readingsOf(digits, (separator) => areDecimals(separator, start));
    if (parts.length === 0 && !isRow(digits)) continue;
    const factor = scales[letter ?? scale?.toLowerCase() ?? ''] ?? 1;
    const scaled = parts.map((value) => value * factor);
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
      measure: measureAt(text, { start, end: match.index + whole.length }),
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

/** The word after a number. */
function unitAt(text: string, end: number): string | undefined {
  return /^[\s\u00A0-]{0,2}(\p{L}{2,30})/u.exec(text.slice(end, end + 40))?.[1];
}

/** No number of more characters means one. */
const longestNumber = 60;

/** What digits with separators may stand for: none for `1.2.3`, two for `1.234` where decimals may stand after its point. */
export function readingsOf(digits: string, areDecimals: (separator: Separator) => boolean = () => true): number[] {
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
  if (!mayGroup) return decimal;
  return [...numbers(groups.join('')), ...(areDecimals(separator) ? decimal : [])];
}

function numbers(text: string): number[] {
  const value = Number(text);
  return Number.isFinite(value) ? [value] : [];
}

export interface NumberInWords {
  readonly value: number;
  readonly sign: Sign;
  readonly isLess: boolean;
  readonly unit?: string | undefined;
  readonly measure: Measure & { readonly shown: string };
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Two numbers: "two hundred and three hundred". */
const otherHundreds = /^and\s\p{L}+[\s-](?:\p{L}+[\s-])?hundred(?!\p{L})/iu;
/** One, as "two hundred and fifty thousand" is, unless "between" stands before it. */
const otherThousands = /^and\s\p{L}+[\s-](?:\p{L}+[\s-])?(?:thousand|million|billion)(?!\p{L})/iu;

function beginsAnother(text: string, at: number, start: number): boolean {
  const rest = text.slice(at, at + 40);
  if (otherHundreds.test(rest)) return true;
  return otherThousands.test(rest) && /(?<!\p{L})between\s$/iu.test(text.slice(Math.max(0, start - 9), start));
}

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
        measure: measureAt(text, { start, end }),
        text: text.slice(start, end),
        start,
        end,
      });
    }
    total = 0;
    current = 0;
    start = -1;
  };
  let previous = '';
  for (const match of text.matchAll(/\p{L}+/gu)) {
    const word = match[0].toLowerCase();
    const gap = text.slice(Math.max(end, joined), match.index);
    const goesOn = start >= 0 && /^[\s\u00A0-]{1,3}$/.test(gap);
    const { value, factor } = meaningOf(match[0], { previous: goesOn ? previous : '', current });
    if (joiners.has(word) && goesOn && joinsAt(word, current) && !beginsAnother(text, match.index, start)) {
      joined = match.index + word.length;
      continue;
    }
    if (!goesOn) finish();
    if (value !== undefined) {
      if (goesOn && !adds(current, value, previous)) finish();
      if (start < 0) start = match.index;
      // "quatre-vingt": four times twenty.
      current = /^vingts?$/.test(word) && current % 100 === 4 ? current + 76 : current + value;
    } else if (factor === undefined || (start < 0 && !(factorsAlone.has(word) && !/\d\s?$/.test(gap)))) {
      finish();
      continue;
    } else {
      if (start < 0) start = match.index;
      if (factor === 100) current = Math.max(1, current) * 100;
      else {
        total += Math.max(1, current) * factor;
        current = 0;
      }
    }
    previous = word;
    end = match.index + word.length;
  }
  finish();
  for (const { value, text: written, start: at } of hanNumbersIn(text)) {
    const place = { start: at, end: at + written.length };
    const sign = signOf(text, { from: at, ...place });
    found.push({ value, sign, isLess: false, measure: measureAt(text, place), text: written, ...place });
  }
  return found;
}

interface Before {
  readonly previous: string;
  readonly current: number;
}

/** What a word says in a number that has begun with others, or begins with it. */
function meaningOf(
  written: string,
  { previous, current }: Before,
): { value?: number | undefined; factor?: number | undefined } {
  const word = written.toLowerCase();
  if (onlySmall.has(word) && written !== word) return {};
  if (oneBehindTen.has(word) && current >= 20 && current % 10 === 0) return { value: 1 };
  // "deux cents", and no "six cents".
  if (/^cents?$/.test(word)) return /^(?:deux|trois|quatre|cinq|sept|huit|neuf)$/.test(previous) ? { factor: 100 } : {};
  const value =
    valueOfWord(word) ?? (previous !== '' && /^و\p{L}/u.test(word) ? valueOfWord(word.slice(1)) : undefined);
  const factor = factors.get(word);
  return factor !== undefined && (value === undefined || current > 0) ? { factor } : { value };
}

function joinsAt(word: string, current: number): boolean {
  return current % (word === 'and' ? 100 : 10) === 0;
}

/** Whether a number goes on with what is less than its last part. */
function adds(current: number, value: number, previous: string): boolean {
  if (current % 1000 === 0) return true;
  if (current % 100 === 0) return value < 100;
  if (/^vingts?$/.test(previous) || previous === 'soixante') return value < 20;
  if (current % 100 === 4 && value === 20) return true;
  // In Arabic the ten comes last: "five and twenty".
  if (current % 100 < 10 && value >= 20 && value < 100) return /^[\u0600-\u06FF]/.test(previous);
  return current % 10 === 0 && value < 10;
}

/** Whether a number counts the points of a list. */
export function isListMarker(text: string, start: number, end: number): boolean {
  if (!/^[.)]\s/.test(text.slice(end, end + 2))) return false;
  return /(?:^|\n)[\s>*-]*$/.test(text.slice(Math.max(0, start - 20), start));
}
