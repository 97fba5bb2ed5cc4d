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

let months: ReadonlyMap<string, number> | undefined;

/** The month of a name, or of its short form, in any of the languages. */
export function monthOf(name: string): number | undefined {
  months ??= monthNames();
  return months.get(fold(name));
}

function monthNames(): Map<string, number> {
  const names = new Map<string, number>([['sept', 9]]);
  for (const locale of locales) {
    for (const month of ['long', 'short'] as const) {
      const alone = new Intl.DateTimeFormat(locale, { month, timeZone: 'UTC' });
      const inDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month, timeZone: 'UTC' });
      for (let index = 0; index < 12; index += 1) {
        const date = new Date(Date.UTC(2024, index, 15));
        const part = inDate.formatToParts(date).find(({ type }) => type === 'month')?.value ?? '';
        for (const name of [alone.format(date), part].map(fold)) {
          if (/^\p{L}{3,}$/u.test(name) && !names.has(name)) names.set(name, index + 1);
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
const monthName = String.raw`(?<![\p{L}\p{N}])(\p{L}{3,12})\.?`;
const ordinal = '(?:st|nd|rd|th|er|º|ª|\\.)?';
const gap = String.raw`[\s\u00A0]{1,3}`;

const forms: readonly { readonly form: RegExp; read(groups: readonly (string | undefined)[]): readonly unknown[] }[] = [
  {
    form: /(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/gu,
    read: ([y, , m, d]) => [date(y, m, d)],
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
      String.raw`(?<![\p{L}\d.,])(\d{1,2})${ordinal}(?:${gap}|-)(?:(?:of|de|del)${gap})?(\p{L}{3,12})\.?(?:(?:,?${gap}(?:de[l]?${gap}|of${gap})?|-)(\d{4}|['’]\d{2})(?!\d))?`,
      'giu',
    ),
    read: ([d, name, y]) => [date(y?.replace(/['’]/, ''), named(name), d)],
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
  { form: /(?<![\d.-])(\d{4})-(0[1-9]|1[0-2])(?![\d-])/gu, read: ([y, m]) => [date(y, m, undefined)] },
  { form: /(?<![\d./])(0[1-9]|1[0-2])\/(\d{4})(?!\d)/gu, read: ([m, y]) => [date(y, m, undefined)] },
  {
    form: /(?<=(?:am|vom|bis|zum|den|der)\s)(\d{1,2})\.(\d{1,2})\.(?!\d)/gu,
    read: ([d, m]) => [date(undefined, m, d)],
  },
];

/** The dates of a text, in the forms that are usual in Europe, America and East Asia. */
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
    }
  }
  return found.sort((left, right) => left.start - right.start);
}

function named(name: string | undefined): string | undefined {
  const month = name === undefined ? undefined : monthOf(name);
  return month === undefined ? undefined : String(month);
}

function date(y: string | undefined, m: string | undefined, d: string | undefined): PartialDate | undefined {
  const month = Number(m);
  const day = Number(d);
  if (m === undefined || month < 1 || month > 12 || (d !== undefined && (day < 1 || day > 31))) return undefined;
  const year = y === undefined ? undefined : y.length === 2 ? Number(y) + (Number(y) < 70 ? 2000 : 1900) : Number(y);
  return { month, ...(year === undefined ? {} : { year }), ...(d === undefined ? {} : { day }) };
}

export interface FoundTime {
  /** Minutes since midnight; two where it is not said which half of the day. */
  readonly readings: readonly number[];
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const clock =
  /(?<![\d:.,])(\d{1,2})(?:[:h]([0-5]\d)(?::[0-5]\d(?:\.\d{1,9})?)?|(?=\s?[ap]\.?m\b))(?:\s?([ap])\.?m\b)?(?![\d:])/giu;

/** The times of day in a text. */
export function timesIn(text: string): FoundTime[] {
  const found: FoundTime[] = [];
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
