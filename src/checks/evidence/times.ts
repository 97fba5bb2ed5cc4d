export interface FoundTime {
  /** Minutes since midnight; two where it is not said which half of the day. */
  readonly readings: readonly number[];
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const clock =
  /(?<![\d:.,])(\d{1,2})(?:(?:[:h]|\.(?=[0-5]\d\s?(?:[ap]\.?m|uhr)\b))([0-5]\d)(?::[0-5]\d(?:\.\d{1,9})?)?|(?=\s?[ap]\.?m\b))(?:\s?([ap])\.?m\b)?(?![\d:])/giu;

const hours = new Map(
  [
    'one two three four five six seven eight nine ten eleven twelve',
    'eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
  ].flatMap((words) => words.split(' ').map((word, index) => [word, index + 1] as const)),
);
const spoken = new RegExp(
  String.raw`(?<!\p{L})(half past|quarter past|quarter to|viertel nach|viertel vor|halb) (${[...hours.keys()].join('|')})(?!\p{L})|(?<!\p{L})(${[...hours.keys()].join('|')}) o['’]clock`,
  'giu',
);
const minutesBeside: Readonly<Record<string, number>> = {
  ...{ 'half past': 30, 'quarter past': 15, 'quarter to': -15, 'viertel nach': 15, 'viertel vor': -15, halb: -30 },
};

const halves =
  /(?<![\p{L}\d:.])(?:12 )?(?:noon|midday|mittags|mediodía|(midnight|mitternacht|minuit|medianoche))(?!\p{L})/giu;

/** A moment as machines write it: its date, and the minutes since midnight. */
export interface Timestamp {
  readonly date: { readonly year: number; readonly month: number; readonly day: number };
  readonly minutes: number;
  readonly text: string;
  readonly start: number;
}

const timestamp =
  /(?<![\p{L}\p{N}-])(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?(?![\p{L}\p{N}:])/giu;

export function timestampsIn(text: string): Timestamp[] {
  return [...text.matchAll(timestamp)].map((match) => {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
    return { date: { year, month, day }, minutes: hour * 60 + minute, text: match[0], start: match.index };
  });
}

const range =
  /(?<!\p{L})(?:from|between|von|zwischen|entre|de)\s(\d{1,2})\s?(?:to|until|till|and|bis|und|à|a|et|y|[-–])\s?(\d{1,2})(?!\d|[.,:/]\d|\s?%|\s(?!(?:on|every|each|daily|but|except)(?!\p{L}))\p{L})/giu;

/** "From 9 to 5", which may be hours. */
export function hourRangesIn(
  text: string,
): { readonly hours: readonly number[]; readonly text: string; readonly start: number }[] {
  return [...text.matchAll(range)].map(({ 0: whole, 1: first, 2: last, index }) => ({
    hours: [Number(first), Number(last)],
    text: whole,
    start: index,
  }));
}

/** The times of day in a text. */
export function timesIn(text: string): FoundTime[] {
  const found: FoundTime[] = [];
  for (const { 0: whole, 1: beside = '', 2: beforeHour, 3: alone, index } of text.matchAll(spoken)) {
    const hour = Number(hours.get(String(beforeHour ?? alone).toLowerCase()));
    const minutes = (hour * 60 + (minutesBeside[beside.toLowerCase()] ?? 0)) % 720;
    found.push({ readings: [minutes, minutes + 720], text: whole, start: index, end: index + whole.length });
  }
  for (const { 0: whole, 1: night, index } of text.matchAll(halves)) {
    const readings = night === undefined ? [720] : [0, 1440];
    found.push({ readings, text: whole, start: index, end: index + whole.length });
  }
  for (const match of text.matchAll(clock)) {
    const [whole, h, m = '0', half] = match;
    const hour = Number(h);
    if (hour > 24 || (half !== undefined && hour > 12)) continue;
    const minutes = (hour % 12) * 60 + Number(m);
    const readings =
      half === undefined
        ? hour > 12 || h?.startsWith('0')
          ? [hour * 60 + Number(m)]
          : [minutes, minutes + 720]
        : [minutes + (half.toLowerCase() === 'p' ? 720 : 0)];
    found.push({ readings, text: whole, start: match.index, end: match.index + whole.length });
  }
  return found;
}
