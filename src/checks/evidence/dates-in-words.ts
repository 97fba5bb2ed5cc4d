import { numbersInWords } from './numbers.ts';

const ones =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );
/** In digits. */
const ordinals = new Map<string, string>([
  ...ones.map((word, index) => [word, `${index + 1}`] as const),
  ...ones.slice(0, 9).map((word, index) => [`twenty-${word}`, `${index + 21}`] as const),
  ['thirtieth', '30'],
  ['thirty-first', '31'],
]);

const counted =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred oh'.replaceAll(
    ' ',
    '|',
  );
/** "two thousand and six", "nineteen ninety-four": a count alone is no year. */
const yearInWords = `two thousand(?:[ -](?:and[ -])?(?:${counted})){0,3}|(?:nineteen|twenty)(?:[ -](?:${counted})){1,2}`;

/** Of a contract: "the first day of October two thousand and twenty-three". */
export const dateInWords = new RegExp(
  String.raw`(?<![\p{L}-])(${[...ordinals.keys()].join('|')})(?: day)? of (\p{L}{3,12})(?:,? (?:in the year )?((?:${yearInWords})(?!\p{L})|\d{4}(?!\d)))?`,
  'giu',
);

const ordinalBefore = new RegExp(
  String.raw`(?<![\p{L}\p{N}-])(${[...ordinals.keys()].join('|')}|\d{1,3}(?=st|nd|rd|th))(?:st|nd|rd|th)?\s(\p{L}{3,20})(?!\p{L})`,
  'giu',
);

/** Which one of its kind something is: "the 3rd edition", "the twenty-first century". */
export function ordinalsIn(
  text: string,
): { readonly value: number; readonly noun: string; readonly text: string; readonly start: number }[] {
  return [...text.matchAll(ordinalBefore)].map(({ 0: whole, 1: written = '', 2: noun = '', index }) => ({
    value: Number(dayOf(written) ?? written),
    noun: noun.toLowerCase(),
    text: whole.slice(0, whole.length - noun.length - 1),
    start: index,
  }));
}

/** The day of an ordinal, in digits. */
export function dayOf(ordinal = ''): string | undefined {
  return ordinals.get(ordinal.toLowerCase());
}

/** A year in words or digits, in digits: "nineteen ninety-four" is two numbers. */
export function yearOf(written: string | undefined): string | undefined {
  if (written === undefined || /^\d/.test(written)) return written;
  const [first = 0, second = 0] = numbersInWords(written).map(({ value }) => value);
  return String(first < 100 ? first * 100 + second : first);
}
