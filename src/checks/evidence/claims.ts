import { currenciesIn } from './currencies.ts';
import { datesIn, monthOf } from './dates.ts';
import { ordinalsIn } from './dates-in-words.ts';
import { wordsOf } from './fold.ts';
import type { Evidence } from './index-of.ts';
import type { Measure } from './measures.ts';
import { isListMarker, numbersIn, numbersInWords, readingsOf } from './numbers.ts';
import { namesIn } from './proper-names.ts';
import { isQuoted } from './quoted.ts';
import { allQuotationsIn } from './references.ts';
import { sharesIn } from './shares.ts';
import type { Sign } from './signs.ts';
import { hourRangesIn, timesIn, timestampsIn } from './times.ts';
import { weekdayOf } from './weekdays.ts';

/** How near a number must come to one of a source. */
export interface Leniency {
  readonly tolerance: number;
  /** The place of the number says that it is taken away, with a minus or without. */
  readonly isLess?: boolean;
  /** What the place says that a number is one of. */
  readonly measure?: Measure;
}

export type ClaimType = 'number' | 'date' | 'time' | 'name' | 'quotation' | 'identifier' | 'address';

/** What a text says that stands in its sources or not. */
export interface Claim {
  readonly type: ClaimType;
  readonly text: string;
  readonly start: number;
  /** The word after a number. */
  readonly unit?: string | undefined;
  /** Of a number. */
  readonly sign?: Sign | undefined;
  /** As it is told, of a number with what it is one of. */
  readonly shown?: string | undefined;
  stands(evidence: Evidence, leniency: Leniency): boolean;
}

const address =
  /(?:https?:\/\/|www\.)[^\s<>"'`)\]}]{1,2000}|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}/giu;
const singly = /‘([^‘’\n]{1,2000})’(?!\p{L})/gu;
// A chunk of letters and digits that is neither a word nor a number: INV-2024-001, A4, x86.
const chunk =
  /(?<![\p{L}\p{N}])(?:[^\P{L}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|\p{N})+(?:[-_/#.:](?:[^\P{L}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|\p{N})+)*/gu;
const amountWithUnit =
  /^\d+(?:[.,]\d+)*(?:-?(?:[KMGT]i?B|[MG]Hz|[kMGT]?Wh?|EUR|USD|GBP|[KMB]|\p{Ll}{1,12})|-\p{Ll}+(?:-\p{Ll}+)*)$/u;
const long = /(?<![\d.,])\d[\d ()\u00A0/-]{5,30}\d(?!\d|[.,]\d)/gu;

/** The claims of a text: its numbers, dates, times, names, quotations, identifiers and addresses. */
export function claimsIn(given: string): Claim[] {
  const claims: Claim[] = [];
  let rest = withoutFences(given);
  let taken: { start: number; end: number }[] = [];
  /** The text without what was taken, in the same places. */
  const left = () => {
    rest = masked(rest, taken);
    taken = [];
    return rest;
  };
  const take = (
    type: ClaimType,
    { text, start, unit, sign, shown }: Pick<Claim, 'text' | 'start' | 'unit' | 'sign' | 'shown'>,
    stands: Claim['stands'],
  ) => {
    claims.push({ type, text, start, unit, sign, shown, stands });
    taken.push({ start, end: start + text.length });
  };

  for (const match of left().matchAll(address)) {
    const text = match[0].replace(/[.,;:!?]+$/, '');
    const bare = text
      .replace(/^https?:\/\//i, '')
      .replace(/^www\./i, '')
      .replace(/\/$/, '');
    take('address', { text, start: match.index }, (evidence) => evidence.hasPhrase(wordsOf(bare)));
  }
  const within = left();
  const single = [...within.matchAll(singly)].map(({ 0: text, 1: said = '', index }) => ({
    said,
    start: index,
    end: index + text.length,
  }));
  for (const { said, start, end } of [...allQuotationsIn(within), ...single]) {
    if (wordsOf(said).length < 2) continue;
    take('quotation', { text: within.slice(start, end), start }, (evidence) => isQuoted(said, evidence));
  }
  for (const { text, start, date, minutes } of timestampsIn(left())) {
    take(
      'date',
      { text, start },
      // A date alone is written with midnight too.
      (evidence) => evidence.hasDate(date) && (minutes === 0 || evidence.hasTime(minutes)),
    );
  }
  for (const { text, start, readings } of datesIn(left())) {
    take(
      'date',
      { text, start },
      (evidence) => readings.some((reading) => evidence.hasDate(reading)) || evidence.hasPhrase(wordsOf(text)),
    );
  }
  for (const { text, start, value, noun } of ordinalsIn(left())) {
    const isCounted = /\d|-/.test(text);
    // "First" and "second" order what is said as well.
    if ((value < 3 && !isCounted) || /^part(?:y|ies)$/.test(noun)) continue;
    take('number', { text, start }, (evidence) => {
      if (evidence.contradictsOrdinal(value, noun)) return evidence.hasPhrase([...wordsOf(text), noun]);
      const as = { values: [value], isPercent: false, sign: 'positive' } as const;
      return !isCounted || evidence.hasOrdinal(value) || evidence.hasNumber(as);
    });
  }
  for (const { text, start, value, counts } of sharesIn(left(), 'never alone')) {
    take(
      'number',
      { text, start },
      (evidence) =>
        evidence.hasNumber({ values: [value], isPercent: false, sign: 'positive' }) ||
        (counts !== undefined && evidence.hasTogether(counts.map(String))) ||
        evidence.hasPhrase(wordsOf(text)),
    );
  }
  for (const { text, start, readings } of timesIn(left())) {
    take(
      'time',
      { text, start },
      (evidence) => readings.some((reading) => evidence.hasTime(reading)) || evidence.hasPhrase(wordsOf(text)),
    );
  }
  for (const { text, start, hours } of hourRangesIn(left())) {
    const stand = (evidence: Evidence) =>
      hours.every((hour) => evidence.hasTime(hour * 60) || (hour <= 12 && evidence.hasTime(((hour % 12) + 12) * 60))) ||
      hours.every((value) => evidence.hasNumber({ values: [value], isPercent: false, sign: 'positive' }));
    take('time', { text, start }, stand);
  }
  for (const match of left().matchAll(chunk)) {
    const [text] = match;
    if (!isVersion(text) && (!/\d/.test(text) || !/\p{L}/u.test(text) || amountWithUnit.test(text))) continue;
    const words = wordsOf(text);
    take(
      'identifier',
      { text, start: match.index },
      (evidence) => evidence.hasPhrase(words) || (text.length > 3 && evidence.hasCompact(text)),
    );
  }
  // Of the telephone kind: digits in groups that mean nothing alone.
  for (const match of left().matchAll(long)) {
    const [text] = match;
    const digits = text.replace(/\D/g, '');
    if (digits.length < 7 || !/[ ()\u00A0/-]/.test(text) || numbersIn(text).length === 1) continue;
    take('identifier', { text, start: match.index }, (evidence) => evidence.hasCompact(digits));
  }
  const numbers = left();
  for (const found of numbersIn(numbers.replace(/(?<=\d)-(?=\p{L})/gu, ' '))) {
    if (isListMarker(numbers, found.start, found.end)) continue;
    const { shown } = found.measure;
    take('number', { ...found, shown }, (evidence, { tolerance, isLess = found.isLess, measure = {} }) => {
      const sign = isLess ? 'either' : found.sign;
      if (evidence.hasNumber({ ...found, sign, measure: { ...measure, ...found.measure } }, tolerance)) return true;
      return (
        found.parts.length > 0 &&
        found.parts.every((value) =>
          evidence.hasNumber({ values: [value], isPercent: false, sign: 'either' }, tolerance),
        )
      );
    });
  }
  for (const found of numbersInWords(left())) {
    if (found.value < 2) continue;
    const { value, text, start, sign, unit, measure } = found;
    const { shown } = measure;
    take('number', { text, start, sign, unit, shown }, (evidence, { tolerance, isLess = found.isLess }) => {
      const stands = (as: Sign) =>
        evidence.hasNumber({ values: [value], isPercent: false, sign: as, unit, measure }, tolerance);
      if (stands(isLess ? 'either' : sign)) return true;
      // A word that is no number there: "a twenty-something".
      const isThere = evidence.hasNumber({ values: [value], isPercent: false, sign: 'either' });
      return !isThere && evidence.hasPhrase(wordsOf(text));
    });
  }
  for (const { text, start, code } of currenciesIn(left())) {
    take('name', { text, start }, (evidence) => evidence.hasWord(code) || evidence.hasPhrase(wordsOf(text)));
  }
  for (const { text, start } of namesIn(left(), given)) {
    take('name', { text, start }, (evidence) => isKnownName(text, evidence));
  }
  return claims.sort((one, other) => one.start - other.start);
}

/** Digits with points that make no number: 4.2.0. */
function isVersion(text: string): boolean {
  return text.length <= 40 && /^\d+(?:\.\d+){2,}$/.test(text) && readingsOf(text).length === 0;
}

function masked(text: string, spans: readonly { readonly start: number; readonly end: number }[]): string {
  if (spans.length === 0) return text;
  const pieces: string[] = [];
  let end = 0;
  for (const span of [...spans].sort((one, other) => one.start - other.start)) {
    if (span.start < end) continue;
    pieces.push(text.slice(end, span.start), '\u0001'.repeat(span.end - span.start));
    end = span.end;
  }
  pieces.push(text.slice(end));
  return pieces.join('');
}

/** A text without what stands in its fences, as long as before, so that places stay. */
export function withoutFences(text: string): string {
  return text.replace(/```[\s\S]*?(?:```|$)/g, blank);
}

function blank(text: string): string {
  return text
    .split('\n')
    .map(({ length }) => ' '.repeat(length))
    .join('\n');
}

const unsaid = new Set('of the and de del della di du des la le les der die das den dem und von van'.split(' '));

/** Whether the words of a name stand beside each other, leaving out what names are written with and without. */
export function isKnownName(name: string, evidence: Evidence): boolean {
  const words = wordsOf(name).filter((word) => !unsaid.has(word));
  const isMixed = evidence.mixesNames(words);
  if (words.length === 0 || (evidence.hasTogether(words) && !isMixed)) return true;
  // 'Jane Doe of Acme' is two names.
  const parts = name.split(/\s(?:of|de|da|del|van|von|&|and|und)\s/u);
  if (parts.length > 1) return parts.every((part) => isKnownName(part, evidence));
  const [first = '', second = '', ...more] = words;
  // "Container CAIU": what it is, and its name.
  if (words.length > 1 && evidence.hasPlainWord(first)) return isKnownName([second, ...more].join(' '), evidence);
  if (words.length === 2 && evidence.hasShared(first, second)) return true;
  if (isMixed) return false;
  if (words.length > 1) return name.length > 5 && evidence.hasCompact(name);
  const word = first;
  if (evidence.hasMeasure(name)) return true;
  const month = monthOf(name);
  if (month !== undefined && evidence.hasMonth(month)) return true;
  const weekday = weekdayOf(name.replace(/s$/, ''));
  if (weekday !== undefined && evidence.hasWeekday(weekday)) return true;
  if (/^\p{Lu}{2,6}$/u.test(name) && evidence.hasInitials(word)) return true;
  if (name.includes('-') && evidence.hasCompact(name)) return true;
  const stem = /^(\p{L}{4,8}?)(?:ians?|eans?|ans?|ish|ese|ic|er|ers|isch|ische|ischen)$/u.exec(word)?.[1];
  return stem !== undefined && evidence.hasNameBeginning(stem);
}
