import { Amounts, key, lowerBound, sidesOf } from './amounts.ts';
import { datesIn, type PartialDate } from './dates.ts';
import { compact, formsOf, wordsOf } from './fold.ts';
import { initialsIn, isAbbreviation } from './initials.ts';
import { type FoundNumber, isListMarker, numbersIn, numbersInWords } from './numbers.ts';
import { isPercentAt, sharesIn } from './shares.ts';
import { isCreditNote, type Sign } from './signs.ts';
import { timesIn } from './times.ts';
import { Units } from './units.ts';

/** What the sources say, indexed so that each question takes a time that does not grow with them. */
export interface Evidence {
  /** The words stand beside each other, in any order, with at most a few others between them. */
  hasTogether(words: readonly string[]): boolean;
  /** The words stand one after the other. */
  hasPhrase(words: readonly string[]): boolean;
  hasWord(word: string): boolean;
  /** The word stands there, and never with a capital. */
  hasPlainWord(word: string): boolean;
  /** Two names share the last one: "Ada and Ben Doe". */
  hasShared(first: string, last: string): boolean;
  /** Whether a word begins so, of those written with a capital. */
  hasNameBeginning(beginning: string): boolean;
  hasInitials(letters: string): boolean;
  /** `sign` is that of the number beside the sizes in `values`. */
  hasNumber(number: Pick<FoundNumber, 'values' | 'isPercent' | 'sign' | 'unit'>, tolerance?: number): boolean;
  hasDate(date: PartialDate): boolean;
  hasMonth(month: number): boolean;
  hasWeekday(weekday: number): boolean;
  hasTime(minutes: number): boolean;
  /** Whether a time of day stands there. */
  readonly hasTimes: boolean;
  /** Letters and digits stand there, whatever separates them. */
  hasCompact(text: string): boolean;
  readonly numbers: readonly { readonly value: number; readonly text: string }[];
  readonly dates: readonly { readonly date: PartialDate; readonly text: string }[];
  readonly names: readonly string[];
}

/** Words that may stand between those of a name. */
const mostBetween = 1;
/** How many places of a word are looked at, and how often the whole text is searched. */
const mostPlaces = 500;
const mostSearches = 200;
const mostListed = 2000;
const conjunctions = new Set(['and', 'und', 'et', 'y', 'e', 'en', 'och', 'og', 'i']);

export function evidenceOf(texts: readonly string[]): Evidence {
  const text = texts.join('\n\n').normalize('NFKC');
  const words = wordsOf(text);
  const places = new Map<string, number[]>();
  for (const [index, word] of words.entries()) {
    const known = places.get(word);
    if (known === undefined) places.set(word, [index]);
    else if (known.length < mostPlaces) known.push(index);
  }
  const dates = datesIn(text);
  const days = new Map<string, Set<number | undefined>>();
  const monthsOfYears = new Set<string>();
  const monthsAlone = new Set<number>();
  const weekdays = new Set<number>();
  for (const { month, year, day } of dates.flatMap(({ readings }) => readings)) {
    monthsAlone.add(month);
    if (year !== undefined) monthsOfYears.add(`${year}-${month}`);
    if (day === undefined) continue;
    const key = `${month}-${day}`;
    days.set(key, (days.get(key) ?? new Set()).add(year));
    if (year !== undefined) weekdays.add(new Date(Date.UTC(year, month - 1, day)).getUTCDay());
  }
  const times = new Set(timesIn(text).flatMap(({ readings }) => readings));
  const isInDate = spansOf([...dates, ...timesIn(text)]);
  const units = new Units();
  const shares = new Set(
    sharesIn(text, 'alone').map(({ value, end }) =>
      key(/^ of (?:a|one) per/.test(text.slice(end, end + 12)) ? value / 100 : value),
    ),
  );
  const inDigits = numbersIn(text);
  const inWords = numbersInWords(text);
  const amounts = new Amounts(isCreditNote(text));
  const percents = new Amounts(isCreditNote(text));
  const listed: { value: number; text: string }[] = [];
  const list = (value: number, shown: string) => {
    if (listed.length < mostListed) listed.push({ value, text: shown });
  };
  for (const [index, number] of inDigits.entries()) {
    const { values, parts, isPercent, text: shown, start, end } = number;
    const isOfDate = isInDate(start);
    if (isOfDate && !/^\d{4}$/.test(shown)) continue;
    if (isListMarker(text, start, end)) continue;
    if (!isOfDate) for (const value of values) units.add(value, text, number);
    for (const value of [...values, ...parts]) {
      amounts.add(value, number);
      if (isPercent || isPercentRange(text, end, inDigits[index + 1])) percents.add(value / 100, number);
    }
    const [value] = values;
    if (value !== undefined && !isOfDate) list(value, number.sign === 'negative' ? `-${shown}` : shown);
  }
  for (const number of inWords) {
    const { value, text: shown, end } = number;
    amounts.add(value, number);
    if (isPercentAt(text, end)) percents.add(value / 100, number);
    units.add(value, text, number);
    list(value, shown);
  }
  const sorted = [...amounts.signed(), ...percents.signed()].sort((left, right) => left - right);
  const capitalised = [...text.matchAll(/(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}]*/gu)].map(([name]) => name);
  const capitals = new Set(capitalised.flatMap(wordsOf));
  const beginnings = new Set<string>();
  for (const name of capitalised) {
    const [plain = ''] = wordsOf(name);
    for (let length = 4; length <= Math.min(8, plain.length); length += 1) beginnings.add(plain.slice(0, length));
  }
  const initials = initialsIn(text);
  let searches = 0;
  let packed: string | undefined;
  const isNear = (size: number, sign: Sign, tolerance: number) =>
    sidesOf(sign).some((side) => {
      const margin = size * tolerance;
      const index = lowerBound(sorted, side * size - margin);
      return (sorted[index] ?? Number.POSITIVE_INFINITY) <= side * size + margin;
    });

  const hasWord = (word: string) => formsOf(word).some((form) => places.has(form));
  return {
    hasWord,
    hasTogether(wanted) {
      if (wanted.length <= 1) return wanted.every(hasWord);
      return around(wanted, wanted.length + mostBetween, (window) => {
        const there = new Set(window);
        return wanted.every((word) => formsOf(word).some((form) => there.has(form)));
      });
    },
    hasPlainWord: (word) => places.has(word) && !capitals.has(word),
    hasShared: (first, last) =>
      (places.get(first) ?? []).some((place) => conjunctions.has(words[place + 1] ?? '') && words[place + 3] === last),
    hasPhrase(wanted) {
      if (wanted.length === 0) return true;
      return placesOfRarest(wanted).some(({ place, offset }) =>
        wanted.every((word, index) => words[place - offset + index] === word),
      );
    },
    hasNameBeginning: (beginning) => beginnings.has(beginning),
    hasInitials: (letters) => initials.has(letters) || isAbbreviation(letters, words),
    hasNumber({ values, isPercent, sign, unit }, tolerance = 0) {
      return values.some((value) => {
        // The source counts these, and has another number of them.
        if (tolerance === 0 && units.contradict(value, unit)) return false;
        const size = Math.abs(value);
        if (sign !== 'negative' && shares.has(key(isPercent ? size / 100 : size))) return true;
        if (isPercent && (percents.has(size / 100, sign) || amounts.has(size / 100, sign))) return true;
        if (
          isPercent
            ? percents.size === 0 && amounts.has(size, sign)
            : amounts.has(size, sign) || percents.has(size, sign)
        )
          return true;
        const sizes = isPercent ? [size, size / 100] : [size];
        return tolerance > 0 && sizes.some((wanted) => isNear(wanted, sign, tolerance));
      });
    },
    hasDate({ year, month, day }) {
      const isYearSaid = year === undefined || amounts.has(year, 'either');
      if (day === undefined) return monthsOfYears.has(`${year}-${month}`) || (monthsAlone.has(month) && isYearSaid);
      const years = days.get(`${month}-${day}`);
      if (years === undefined) return false;
      return year === undefined || years.has(year) || (years.has(undefined) && isYearSaid);
    },
    hasMonth: (month) => monthsAlone.has(month),
    hasWeekday: (weekday) => weekdays.has(weekday),
    hasTime: (minutes) => times.has(minutes),
    hasTimes: times.size > 0,
    hasCompact(wanted) {
      const plain = compact(wanted);
      if (plain === '' || searches >= mostSearches) return false;
      searches += 1;
      packed ??= compact(text);
      return packed.includes(plain);
    },
    numbers: listed,
    dates: dates.flatMap(({ readings, text: shown }) => readings.slice(0, 1).map((date) => ({ date, text: shown }))),
    names: [...new Set(capitalised)].slice(0, mostListed),
  };

  function placesOfRarest(wanted: readonly string[]): { place: number; offset: number }[] {
    let rarest: readonly (readonly number[])[] = [];
    let offset = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const [index, word] of wanted.entries()) {
      const lists = formsOf(word).map((form) => places.get(form) ?? []);
      const count = lists.reduce((sum, { length }) => sum + length, 0);
      if (count >= least) continue;
      least = count;
      rarest = lists;
      offset = index;
    }
    return rarest.flat().map((place) => ({ place, offset }));
  }

  function around(wanted: readonly string[], span: number, holds: (window: readonly string[]) => boolean): boolean {
    return placesOfRarest(wanted).some(({ place }) => {
      for (let start = Math.max(0, place - span + 1); start <= place; start += 1) {
        if (holds(words.slice(start, start + span))) return true;
      }
      return false;
    });
  }
}

/** `5 to 7 percent` says both of percent. */
function isPercentRange(text: string, end: number, next: FoundNumber | undefined): boolean {
  return (
    next?.isPercent === true &&
    /^\s?(?:[-–]|to|bis|and|or|und|oder|à)\s?$/.test(text.slice(end, next.start).slice(0, 10))
  );
}

function spansOf(spans: readonly { readonly start: number; readonly end: number }[]): (place: number) => boolean {
  const taken = new Set<number>();
  for (const { start, end } of spans) for (let place = start; place < end; place += 1) taken.add(place);
  return (place) => taken.has(place);
}
