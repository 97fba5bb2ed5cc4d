import { dateInWords, dayOf, yearOf } from './dates-in-words.ts';

/** A date as far as it is said. */
export interface PartialDate {
  readonly year?: number;
  readonly month: number;
  readonly day?: number;
}

export interface FoundDate {
  /** What it may stand for: 03/05/2024 is read in two ways. */
  readonly readings: readonly PartialDate[];
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const locales = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'da', 'nb', 'fi', 'cs', 'tr'];
/** Short names in another alphabet are no words of the first ones. */
const otherAlphabets = ['ru', 'uk', 'bg', 'el', 'sr', 'he', 'ar', 'ar-SY', 'hi', 'th', 'fa-u-ca-gregory', 'hy', 'ka'];
/** Of these the long names alone. */
const furtherLocales = ['ro', 'hu', 'hr', 'sk', 'sl', 'lt', 'lv', 'et', 'id', 'ms', 'ca', 'gl', 'eu', 'is', 'sq'];

let months: ReadonlyMap<string, number> | undefined;

/** The month of a name, or of its short form, in any of the languages. */
export function monthOf(name: string): number | undefined {
  months ??= monthNames();
  const folded = fold(name);
  // In Hebrew, and in Arabic, a preposition is written together with the name.
  return months.get(folded) ?? months.get(folded.replace(/^[בלו]/u, ''));
}

function monthNames(): Map<string, number> {
  const names = new Map<string, number>([['sept', 9]]);
  for (const locale of [...locales, ...otherAlphabets, ...furtherLocales]) {
    for (const month of furtherLocales.includes(locale) ? (['long'] as const) : (['long', 'short'] as const)) {
      const alone = new Intl.DateTimeFormat(locale, { month, timeZone: 'UTC' });
      const inDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month, timeZone: 'UTC' });
      for (let index = 0; index < 12; index += 1) {
        const date = new Date(Date.UTC(2024, index, 15));
        const parts = inDate.formatToParts(date).filter(({ type }) => type === 'month');
        for (const name of [alone.format(date), ...parts.map(({ value }) => value)].map(fold)) {
          if (/^(?:[a-z]{3,}|[^a-z\P{L}]{2,}(?: [^a-z\P{L}]{2,})?|\p{L}{3,})$/u.test(name) && !names.has(name))
            names.set(name, index + 1);
        }
      }
    }
  }
  return names;
}

function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{M}.]/gu, '')
    .toLowerCase();
}

/** Of four digits, or of two. */
const year = String.raw`(\d{4}|\d{2})`;
const letters = String.raw`(?:كانون|تشرين)\s\p{L}{5,6}|[\p{L}\p{M}]{2,14}`;
const monthName = String.raw`(?<![\p{L}\p{N}\p{M}])(${letters})\.?`;
const ordinal = '(?:st|nd|rd|th|er|º|ª|\\.)?';
const gap = String.raw`[\s\u00A0]{1,3}`;

/** Short names that are words of English too: "4 out of 5". */
const needYear = new Set(['out', 'set', 'ago']);

const forms: readonly { readonly form: RegExp; read(groups: readonly (string | undefined)[]): readonly unknown[] }[] = [
  // Before the forms that would take a part of it.
  { form: dateInWords, read: ([d, name, y]) => [date(yearOf(y), named(name), dayOf(d))] },
  {
    // The year first: "2024. március 5.", "2024 m. kovo 5 d."; a capital begins a sentence after a point.
    form: new RegExp(
      String.raw`(?<!\d)(\d{4})(?:\.?(?:${gap}[mг]\.)?${gap}(?=\p{Ll})|${gap})(${letters})\.?${gap}(\d{1,2})(?![\d]|[.,:]\d|,?${gap}\d{4}(?!\d))`,
      'gu',
    ),
    read: ([y, name, d]) => [date(y, named(name), d)],
  },
  {
    form: /(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/gu,
    read: ([y, , m, d]) => [date(y, m, d)],
  },
  {
    // As one number, where it is a date of these centuries.
    form: /(?<![\p{L}\p{N}.,+#-])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=T\d|(?![\p{L}\p{N}]|[.,-]\d))/gu,
    read: ([y, m, d]) => [date(y, m, d)],
  },
  {
    form: /(?<!\d)(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?/gu,
    read: ([y, m, d]) => [date(y, m, d)],
  },
  {
    form: new RegExp(String.raw`(?<![\d.,])(\d{1,2})([-/.])(\d{1,2})\2${year}(?![\d]|[.,]\d)`, 'gu'),
    read: ([a, separator, b, y]) => (separator === '.' ? [date(y, b, a)] : [date(y, b, a), date(y, a, b)]),
  },
  {
    form: new RegExp(
      String.raw`(?<![\p{L}\d.,])(\d{1,2})${ordinal}(?:${gap}|-)(?:(?:of|de|del)${gap}|d[’'])?(${letters})\.?(?:(?:,?${gap}(?:de[l]?${gap}|of${gap})?|-)(\d{4}|['’]\d{2})(?!\d))?`,
      'giu',
    ),
    read: ([d, name = '', y]) =>
      y === undefined && needYear.has(name) ? [] : [date(western(y?.replace(/['’]/, ''), name), named(name), d)],
  },
  {
    form: new RegExp(
      String.raw`${monthName}${gap}(\d{1,2})(?:st|nd|rd|th)?(?![\d]|[.,:]\d)(?:,?${gap}(\d{4})(?!\d))?`,
      'giu',
    ),
    read: ([name, d, y]) => [date(y, named(name), d)],
  },
  {
    form: new RegExp(String.raw`${monthName},?(?:${gap}|[-/])(?:(?:of|de|del)${gap})?(\d{4})(?!\d)`, 'giu'),
    read: ([name, y]) => [date(y, named(name), undefined)],
  },
  {
    form: /(?<!\d)(\d{4})년\s?(\d{1,2})월(?:\s?(\d{1,2})일)?/gu,
    read: ([y, m, d]) => [date(y, m, d)],
  },
  {
    form: /(令和|平成|昭和)\s?(\d{1,2}|元)年\s?(\d{1,2})月(?:\s?(\d{1,2})日)?/gu,
    read: ([era = '', y = '', m, d]) => [date(String((eras[era] ?? 0) + (y === '元' ? 1 : Number(y))), m, d)],
  },
  {
    form: /(?<!\d)(?<!\d[年년]\s?)(\d{1,2})(?:月(\d{1,2})日|월\s?(\d{1,2})일)/gu,
    read: ([m, d, day]) => [date(undefined, m, d ?? day)],
  },
  {
    form: /(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})(?:(?:,|\s+năm)?\s+(\d{4}))?(?!\d)/giu,
    read: ([d, m, y]) => [date(y, m, d)],
  },
  { form: /(?<![\d.-])(\d{4})-(0[1-9]|1[0-2])(?![\d-])/gu, read: ([y, m]) => [date(y, m, undefined)] },
  { form: /(?<![\d./])(0[1-9]|1[0-2])\/(\d{4})(?!\d)/gu, read: ([m, y]) => [date(y, m, undefined)] },
  {
    // After a preposition, or at the beginning of a row.
    form: /(?<=(?:am|vom|bis|zum|den|der)\s|(?:^|\n)[ \t|>*-]{0,8})(\d{1,2})\.(\d{1,2})\.(?!\d)/gu,
    read: ([d, m]) => [date(undefined, m, d)],
  },
];

/** The year before the first of each era. */
const eras: Readonly<Record<string, number>> = { 令和: 2018, 平成: 1988, 昭和: 1925 };

/** Thailand counts 543 years more. */
function western(year: string | undefined, month: string | undefined): string | undefined {
  return year !== undefined && /\p{sc=Thai}/u.test(month ?? '') && Number(year) > 2400
    ? String(Number(year) - 543)
    : year;
}

/** The dates of a text, in the forms that are usual around the world. */
export function datesIn(text: string): FoundDate[] {
  const found: FoundDate[] = [];
  const taken = new Set<number>();
  for (const { form, read } of forms) {
    for (const match of text.matchAll(form)) {
      const [whole, ...groups] = match;
      const readings = read(groups).filter((reading): reading is PartialDate => reading !== undefined);
      const start = match.index;
      const end = start + whole.length;
      if (readings.length === 0 || taken.has(start) || taken.has(end - 1)) continue;
      for (let index = start; index < end; index += 1) taken.add(index);
      found.push({ readings, text: whole, start, end });
      for (const other of daysBeside(text, { readings, text: whole, start, end })) {
        if (taken.has(other.start)) continue;
        for (let index = other.start; index < other.end; index += 1) taken.add(index);
        found.push(other);
      }
    }
  }
  return found.sort((left, right) => left.start - right.start);
}

const between = String.raw`(?:\s?[-–/]\s?|\s(?:and|und|et|y|e|or|oder|ou|o|to|until|bis|au|à|al|&)\s)`;
const dayBefore = new RegExp(String.raw`(?<![\d.,:/-])(\d{1,2})(?:st|nd|rd|th|\.)?${between}(?:the\s)?$`, 'u');
const dayBehind = new RegExp(String.raw`^${between}(\d{1,2})(?:st|nd|rd|th)?(?![\d:/%€$£-]|[.,]\d|\s?\p{L}{3,})`, 'u');

/** The other days of the same month: "25 and 26 December", "May 6–8". */
function daysBeside(text: string, { readings, start, end, text: whole }: FoundDate): FoundDate[] {
  const [reading] = readings;
  if (readings.length !== 1 || reading?.day === undefined || !/\p{L}{3}/u.test(whole)) return [];
  const found: FoundDate[] = [];
  const take = (digits: string, at: number) => {
    const day = Number(digits);
    if (day < 1 || day > 31) return;
    found.push({ readings: [{ ...reading, day }], text: digits, start: at, end: at + digits.length });
  };
  if (/^\d/.test(whole)) {
    const before = dayBefore.exec(text.slice(Math.max(0, start - 24), start));
    if (before?.[1] !== undefined) take(before[1], start - before[0].length);
  } else {
    const behind = dayBehind.exec(text.slice(end, end + 16));
    if (behind?.[1] !== undefined) take(behind[1], end + behind[0].indexOf(behind[1]));
  }
  return found;
}

function named(name: string | undefined): string | undefined {
  // Verbs, unless they have a capital.
  const month = name === undefined || name === 'may' || name === 'march' ? undefined : monthOf(name);
  return month === undefined ? undefined : String(month);
}

function date(y: string | undefined, m: string | undefined, d: string | undefined): PartialDate | undefined {
  const month = Number(m);
  const day = Number(d);
  if (m === undefined || month < 1 || month > 12 || (d !== undefined && (day < 1 || day > 31))) return undefined;
  const year = y === undefined ? undefined : y.length === 2 ? Number(y) + (Number(y) < 70 ? 2000 : 1900) : Number(y);
  return { month, ...(year === undefined ? {} : { year }), ...(d === undefined ? {} : { day }) };
}
