import type { Steps } from '../../effects/in-turns.ts';
import { Amounts, key, lowerBound, sidesOf } from './amounts.ts';
import { datesIn, type FoundDate, type PartialDate } from './dates.ts';
import { ordinalsIn } from './dates-in-words.ts';
import { compact, readableInSteps, wordsOf } from './fold.ts';
import { initialsIn, isAbbreviation } from './initials.ts';
import { type Measure, Measures } from './measures.ts';
import { NameRuns } from './name-runs.ts';
import { type FoundNumber, isListMarker, numbersIn, numbersInWords } from './numbers.ts';
import { piecesOf } from './pieces.ts';
import { isPercentAt, sharesIn } from './shares.ts';
import { isCreditNote, type Sign } from './signs.ts';
import { timesIn } from './times.ts';
import { Units } from './units.ts';
import { WordIndex } from './word-index.ts';

/** What the sources say, indexed so that each question takes a time that does not grow with them. */
export interface Evidence {
  /** The words stand beside each other, in any order, with at most a few others between them. */
  hasTogether(words: readonly string[]): boolean;
  /** The words stand one after the other. */
  hasPhrase(words: readonly string[]): boolean;
  hasWord(word: string): boolean;
  /** The word stands there, and never with a capital. */
  hasPlainWord(word: string): boolean;
  /** The words stand together as pieces of two names. */
  mixesNames(words: readonly string[]): boolean;
  /** Two names share the last one: "Ada and Ben Doe". */
  hasShared(first: string, last: string): boolean;
  /** Whether a word begins so, of those written with a capital. */
  hasNameBeginning(beginning: string): boolean;
  hasInitials(letters: string): boolean;
  /** `sign` is that of the number beside the sizes in `values`. */
  hasNumber(
    number: Pick<FoundNumber, 'values' | 'isPercent' | 'sign' | 'unit'> & { readonly measure?: Measure },
    tolerance?: number,
  ): boolean;
  hasDate(date: PartialDate): boolean;
  /** Whether a word names a currency or a unit that stands there, in whatever notation. */
  hasMeasure(word: string): boolean;
  hasMonth(month: number): boolean;
  /** Whether something of that name stands there, and never as the one of that number. */
  contradictsOrdinal(value: number, noun: string): boolean;
  hasOrdinal(value: number): boolean;
  /** Whether it is the day of a date. */
  hasDay(day: number): boolean;
  hasWeekday(weekday: number): boolean;
  hasTime(minutes: number): boolean;
  /** Whether a time of day stands there. */
  readonly hasTimes: boolean;
  /** Letters and digits stand there, whatever separates them. */
  hasCompact(text: string): boolean;
  /** `shown` has what the number is one of too. */
  readonly numbers: readonly { readonly value: number; readonly text: string; readonly shown: string }[];
  readonly dates: readonly { readonly date: PartialDate; readonly text: string }[];
  readonly names: readonly string[];
}

/** How often the whole text is searched. */
const mostSearches = 200;
const mostListed = 2000;
const conjunctions = new Set(['and', 'und', 'et', 'y', 'e', 'en', 'och', 'og', 'i']);

/** Reads what the sources say, a piece at a time. */
export function* evidenceOf(texts: readonly string[]): Steps<Evidence> {
  const text = yield* readableInSteps(texts.join('\n\n'));
  const areTakenBack = isCreditNote(text);
  const index = new WordIndex();
  const dates = new Map<string, PartialDate>();
  const days = new Map<string, Set<number | undefined>>();
  const monthsOfYears = new Set<string>();
  const monthsAlone = new Set<number>();
  const daysAlone = new Set<number>();
  const ordinals = new Map<string, Set<number>>();
  const allOrdinals = new Set<number>();
  const weekdays = new Set<number>();
  const times = new Set<number>();
  const units = new Units();
  const measures = new Measures();
  const runs = new NameRuns();
  const shares = new Set<number>();
  const amounts = new Amounts(areTakenBack);
  const percents = new Amounts(areTakenBack);
  const listed: { value: number; text: string; shown: string }[] = [];
  const names = new Set<string>();
  const capitals = new Set<string>();
  const beginnings = new Set<string>();
  const initials = new Set<string>();
  const packing: string[] = [];
  const list = (value: number, { text, sign, measure }: Pick<FoundNumber, 'text' | 'sign' | 'measure'>) => {
    const minus = sign === 'negative' ? '-' : '';
    if (listed.length < mostListed) listed.push({ value, text: minus + text, shown: minus + measure.shown });
  };
  for (const { text: piece } of piecesOf(text)) {
    index.add(piece);
    measures.mention(piece);
    runs.add(piece);
    for (const { value, noun } of ordinalsIn(piece)) {
      ordinals.set(noun, (ordinals.get(noun) ?? new Set()).add(value));
      allOrdinals.add(value);
    }
    const datesHere = datesIn(piece);
    for (const date of datesHere) addDate(date);
    const timesHere = timesIn(piece);
    for (const minutes of timesHere.flatMap(({ readings }) => readings)) times.add(minutes);
    for (const { value, end } of sharesIn(piece, 'alone'))
      shares.add(key(/^ of (?:a|one) per/.test(piece.slice(end, end + 12)) ? value / 100 : value));
    addNumbers(piece, spansOf([...datesHere, ...timesHere]));
    for (const [name] of piece.matchAll(/(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}]*/gu)) addName(name);
    for (const letters of initialsIn(piece)) initials.add(letters);
    packing.push(piece.length === text.length ? '' : compact(piece));
    yield;
  }
  let packed = packing.join('');
  let sorted: readonly number[] | undefined;
  let searches = 0;

  function addDate({ readings, text: shown }: FoundDate): void {
    const [first] = readings;
    if (first !== undefined && dates.size < mostListed) dates.set(shown, first);
    for (const { month, year, day } of readings) {
      monthsAlone.add(month);
      if (year !== undefined) monthsOfYears.add(`${year}-${month}`);
      if (day === undefined) continue;
      daysAlone.add(day);
      const date = `${month}-${day}`;
      days.set(date, (days.get(date) ?? new Set()).add(year));
      if (year !== undefined) weekdays.add(new Date(Date.UTC(year, month - 1, day)).getUTCDay());
    }
  }

  function addNumbers(piece: string, isInDate: (place: number) => boolean): void {
    const inDigits = numbersIn(piece);
    for (const [place, number] of inDigits.entries()) {
      const { values, parts, isPercent, text: shown, start, end } = number;
      const isOfDate = isInDate(start);
      // A year, and what may be a date or another number: 20240303.
      if (isOfDate && !/^(?:\d{4}|\d{8})$/.test(shown)) continue;
      if (isListMarker(piece, start, end)) continue;
      if (!isOfDate) {
        units.add(values, piece, number);
        measures.add(values.map(key), number.measure);
      }
      for (const value of [...values, ...parts]) {
        amounts.add(value, number);
        if (isPercent || isPercentRange(piece, end, inDigits[place + 1])) percents.add(value / 100, number);
      }
      const [value] = values;
      if (value !== undefined && !isOfDate) list(value, number);
    }
    for (const number of numbersInWords(piece)) {
      const { value, end } = number;
      amounts.add(value, number);
      if (isPercentAt(piece, end)) percents.add(value / 100, number);
      units.add([value], piece, number);
      measures.add([key(value)], number.measure);
      list(value, number);
    }
  }

  function addName(name: string): void {
    if (names.has(name)) return;
    names.add(name);
    const words = wordsOf(name);
    for (const word of words) capitals.add(word);
    const [plain = ''] = words;
    for (let length = 4; length <= Math.min(8, plain.length); length += 1) beginnings.add(plain.slice(0, length));
  }

  const isNear = (size: number, sign: Sign, tolerance: number) =>
    sidesOf(sign).some((side) => {
      sorted ??= [...amounts.signed(), ...percents.signed()].sort((left, right) => left - right);
      const margin = size * tolerance;
      const place = lowerBound(sorted, side * size - margin);
      return (sorted[place] ?? Number.POSITIVE_INFINITY) <= side * size + margin;
    });

  return {
    hasWord: (word) => index.hasWord(word),
    hasTogether: (wanted) => index.hasTogether(wanted),
    hasPlainWord: (word) => index.placesOf(word).length > 0 && !capitals.has(word),
    mixesNames: (words) => runs.mixes(words),
    hasShared: (first, last) =>
      index
        .placesOf(first)
        .some((place) => conjunctions.has(index.words[place + 1] ?? '') && index.words[place + 3] === last),
    hasPhrase: (wanted) => index.hasPhrase(wanted),
    hasNameBeginning: (beginning) => beginnings.has(beginning),
    hasInitials: (letters) => initials.has(letters) || isAbbreviation(letters, index.words),
    hasNumber({ values, isPercent, sign, unit, measure }, tolerance = 0) {
      return values.some((value) => {
        // The source counts these, and has another number of them.
        if (tolerance === 0 && units.contradict(value, unit)) return false;
        const size = Math.abs(value);
        if (measure !== undefined && measures.contradict(key(size), measure)) return false;
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
    hasMeasure: (word) => measures.has(word),
    hasMonth: (month) => monthsAlone.has(month),
    contradictsOrdinal: (value, noun) => ordinals.get(noun)?.has(value) === false,
    hasOrdinal: (value) => allOrdinals.has(value),
    hasDay: (day) => daysAlone.has(day),
    hasWeekday: (weekday) => weekdays.has(weekday),
    hasTime: (minutes) => times.has(minutes),
    hasTimes: times.size > 0,
    hasCompact(wanted) {
      const plain = compact(wanted);
      if (plain === '' || searches >= mostSearches) return false;
      searches += 1;
      if (packed === '') packed = compact(text);
      return packed.includes(plain);
    },
    numbers: listed,
    dates: [...dates].map(([shown, date]) => ({ date, text: shown })),
    names: [...names].slice(0, mostListed),
  };
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
