import type { Steps } from '../../effects/in-turns.ts';
import type { Answer } from '../../model/answer.ts';
import type { IssuePath } from '../../trace/issue.ts';
import { nearestName } from '../../trace/nearest-name.ts';
import { leavesOf } from '../places/leaves.ts';
import { type Claim, type ClaimType, claimsIn, isKnownName, type Leniency, withoutFences } from './claims.ts';
import { datesIn } from './dates.ts';
import { readable, readableInSteps, wordsOf } from './fold.ts';
import type { Evidence } from './index-of.ts';
import { measureOfName } from './measures.ts';
import { numbersIn, readingsOf } from './numbers.ts';
import { piecesOf } from './pieces.ts';
import { namesLess } from './signs.ts';

/** Something an answer says that no source does. */
export interface Ungrounded {
  readonly message: string;
  readonly path: IssuePath;
  /** What the source has that is most like it. */
  readonly suggestion?: string;
  /** The sources have nothing of the kind. */
  readonly isMissing: boolean;
  /** It stands in a text, which can do without. */
  readonly isText: boolean;
}

export interface Grounding {
  readonly tolerance: number;
  readonly exempt: (path: IssuePath) => boolean;
}

const mostLeaves = 10_000;
/** How many are told. */
export const mostFound = 30;
const mostClaims = 10_000;
/** A value of more words is read as a text. */
const mostWordsOfValue = 8;
/** A longer one is a text too. */
const longestValue = 8192;
const longestWithoutSpaces = 24;
/** A path may be deep: so many of its last names are looked at. */
const mostNames = 20;

/** What an answer says that stands in no source. */
export function* ungroundedIn(
  answer: Answer,
  evidence: Evidence,
  { tolerance, exempt }: Grounding,
): Steps<readonly Ungrounded[]> {
  if (!isJson(answer)) return yield* inText(answer.text, [], evidence, { tolerance });
  const found: Ungrounded[] = [];
  let count = 0;
  for (const { value, member, path: pathOf } of leavesOf(answer.value)) {
    yield;
    count += 1;
    if (count > mostLeaves || found.length >= mostFound) break;
    if (typeof value === 'boolean' || value === null) continue;
    const path = pathOf();
    if (exempt(path)) continue;
    if (typeof value === 'number') {
      const sign = saysLess(path) ? 'either' : value < 0 ? 'negative' : 'positive';
      if (isOfDate(String(value), member, evidence)) continue;
      const cents = wordsOfName(member).some((word) => hundredths.has(word));
      const isInCents = cents && ![...hundredths].some(evidence.hasWord);
      if (
        !evidence.hasNumber(
          {
            values: [...(isInCents ? [] : [Math.abs(value)]), ...(cents ? [Math.abs(value) / 100] : [])],
            isPercent: false,
            sign,
            unit: unitOf(member),
            measure: measureOfName(member ?? ''),
          },
          tolerance,
        )
      )
        found.push(missingValue(String(value), 'number', { path, member, evidence }));
    } else
      found.push(
        ...(yield* inValue(
          value,
          { path, member, evidence },
          { ...leniencyAt(path, tolerance), measure: measureOfName(member ?? '') },
        )),
      );
  }
  return found;
}

/** What an amount may be counted in that the sources give as a whole: `totalCents` of 64.26. */
const hundredths = new Set(['cents', 'cent', 'pence', 'centimes', 'rappen', 'minor']);

function wordsOfName(member = ''): string[] {
  return wordsOf(member.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ').replaceAll('_', ' '));
}

/** Whether a value is a part of a date there, as the member's name says, or a date as one number. */
function isOfDate(value: string, member: string | undefined, evidence: Evidence): boolean {
  if (/^\d{8}$/.test(value))
    return datesIn(value).some(({ readings }) => readings.some((reading) => evidence.hasDate(reading)));
  if (!/^\d{1,2}$/.test(value)) return false;
  switch (wordsOfName(member).at(-1)) {
    case 'month':
      return evidence.hasMonth(Number(value));
    case 'day':
      return evidence.hasDay(Number(value));
    default:
      return false;
  }
}

/** What a member's name counts: `noticeMonths` counts months. */
function unitOf(member = ''): string | undefined {
  const last = /(?:^|[_-]|(?<=\p{Ll})(?=\p{Lu}))(\p{L}\p{Ll}{2,}s)$/u.exec(member)?.[1];
  return last?.toLowerCase();
}

/** Whether a name on the way to a place says that what stands there is taken away. */
function saysLess(path: IssuePath): boolean {
  return path.slice(-mostNames).some((name) => typeof name === 'string' && namesLess(name));
}

function leniencyAt(path: IssuePath, tolerance: number): Leniency {
  return saysLess(path) ? { tolerance, isLess: true } : { tolerance };
}

function isJson({ text, value }: Answer): boolean {
  return typeof value === 'object' && value !== null && /^\s*(?:[[{]|```)/.test(text);
}

interface At {
  readonly path: IssuePath;
  readonly member: string | undefined;
  readonly evidence: Evidence;
}

const says =
  /^(?:n\/?a|none|null|unknown|not (?:specified|given|stated|available|known|provided|mentioned)|unbekannt|-+|—|\?+)\.?$/i;

function* inValue(given: string, at: At, leniency: Leniency): Steps<readonly Ungrounded[]> {
  const { evidence, path } = at;
  if (given.length > longestValue) return yield* inText(given, path, evidence, leniency);
  const value = readable(given).trim();
  if (value.length > longestValue) return yield* inText(value, path, evidence, leniency);
  if (value === '' || says.test(value)) return [];
  if (isOfDate(value, at.member, evidence)) return [];
  const words = wordsOf(value);
  if (isCode(value)) {
    const stands = evidence.hasPhrase(words) || evidence.hasCompact(value);
    return stands ? [] : [missingValue(value, 'identifier', at)];
  }
  if (isWithoutSpaces(value)) return evidence.hasPhrase(words) ? [] : [missingValue(value, 'name', at)];
  const claims = claimsIn(value);
  const [first] = claims;
  if (claims.length === 1 && first !== undefined && covers(first, value)) {
    return first.stands(evidence, leniency) || isSameDigits(value, evidence)
      ? []
      : [missingValue(value, first.type, at)];
  }
  if (words.length === 0) return [];
  if (words.length > mostWordsOfValue || isProse(value)) {
    return evidence.hasPhrase(words) ? [] : yield* inText(value, path, evidence, leniency);
  }
  if (!/\d/.test(value)) {
    const stands =
      isKnownName(value, evidence) ||
      (!evidence.mixesNames(words) && (evidence.hasPhrase(words) || (value.length > 5 && evidence.hasCompact(value))));
    return stands ? [] : [missingValue(value, 'name', at)];
  }
  if (evidence.hasPhrase(words) && numbersStand(claims, evidence, leniency)) return [];
  const rest = wordsOf(claims.reduce((text, claim) => (claim.type === 'name' ? text : without(text, claim)), value));
  const stands =
    numbersStand(claims, evidence, leniency) &&
    (rest.length === 0 || evidence.hasTogether(rest) || rest.every(evidence.hasWord));
  return stands || isSameDigits(value, evidence) ? [] : [missingValue(value, first?.type ?? 'name', at)];
}

/** Letters and digits that mean something together alone: a flight, an account. */
function isCode(value: string): boolean {
  return /^\p{Lu}{1,5}[ -]?\d[\p{Lu}\d -]{0,40}$/u.test(value);
}

/** A value of a script that puts no space between words, and no sentence. */
function isWithoutSpaces(value: string): boolean {
  return value.length <= longestWithoutSpaces && /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー・]+$/u.test(value);
}

/** A sentence says things in its own words. */
function isProse(value: string): boolean {
  const words = value.split(/\s+/);
  return words.length > 3 && words.filter((word) => /^\p{Ll}/u.test(word)).length * 2 > words.length;
}

function covers({ text }: Claim, value: string): boolean {
  return text.length >= value.replace(/^[-+−€$£¥\s]+|[\s%.]+$/g, '').length;
}

function numbersStand(claims: readonly Claim[], evidence: Evidence, leniency: Leniency): boolean {
  return claims.every((claim) => claim.type === 'name' || claim.stands(evidence, leniency));
}

function without(text: string, claim: Claim): string {
  return text.slice(0, claim.start) + ' '.repeat(claim.text.length) + text.slice(claim.start + claim.text.length);
}

/** Telephone and account numbers are written with and without separators. */
function isSameDigits(value: string, evidence: Evidence): boolean {
  const digits = value.replace(/\D/g, '').length;
  return (
    (digits >= 7 || (digits >= 5 && !/^[1-9]\d*$/.test(value))) &&
    /^(?!-)[\p{L}\d\s+().\u00A0/-]+$/u.test(value) &&
    !isGrouped(value) &&
    evidence.hasCompact(value)
  );
}

/** An amount means what its separators say. */
function isGrouped(value: string): boolean {
  return /^\d+(?:\.\d+)+$/.test(value) && readingsOf(value).length > 0;
}

function* inText(text: string, path: IssuePath, evidence: Evidence, leniency: Leniency): Steps<readonly Ungrounded[]> {
  const found: Ungrounded[] = [];
  const told = new Set<string>();
  for (const piece of piecesOf(withoutFences(yield* readableInSteps(text)))) {
    yield;
    for (const claim of claimsIn(piece.text)) {
      // What stands in a text twice is judged once, together with the word after it.
      const key = `${claim.type} ${claim.sign} ${claim.shown ?? claim.text} ${claim.unit ?? ''}`;
      if (told.has(key)) continue;
      if (found.length >= mostFound || told.size >= mostClaims) return found;
      told.add(key);
      yield;
      if (!claim.stands(evidence, leniency)) found.push(missingClaim(claim, path, evidence));
    }
  }
  return found;
}

function missingClaim(
  { type, text, sign, shown: said = text }: Claim,
  path: IssuePath,
  evidence: Evidence,
): Ungrounded {
  const near = nearest(text, type, evidence);
  const shown = quoted(sign === 'negative' ? `-${said}` : said);
  const message =
    type === 'quotation'
      ? `Quote word for word, or leave the quotation out: ${shown} is in no source.`
      : `Leave out the ${type} ${shown}, or correct it: it is in no source.`;
  return {
    message,
    path,
    isMissing: near === undefined && !hasAny(type, evidence),
    isText: true,
    ...suggesting(near),
  };
}

function missingValue(value: string, type: ClaimType, { path, member, evidence }: At): Ungrounded {
  const near = nearest(value, type, evidence, 'value');
  // A name that says nothing but the kind is no label that the sources could lack.
  const label = labelOf(member);
  const isLabelled = label.length === 0 || label.some(evidence.hasWord);
  const message = `Take this from the sources, word for word: ${quoted(value)} is in none of them.`;
  const isMissing = near === undefined && !(isLabelled && hasAny(type, evidence));
  return { message, path, isMissing, isText: false, ...suggesting(near) };
}

function suggesting(near: string | undefined) {
  return near === undefined ? {} : { suggestion: near };
}

/** The words of a member's name that say what it holds. */
function labelOf(member = ''): string[] {
  return wordsOfName(member).filter((word) => word.length > 2 && !vague.has(word));
}

const vague = new Set([
  'name',
  'number',
  'date',
  'value',
  'amount',
  'code',
  'type',
  'the',
  'and',
  'for',
  'field',
  'text',
]);

function hasAny(type: ClaimType, { numbers, dates, names, hasTimes }: Evidence): boolean {
  switch (type) {
    case 'number':
      return numbers.length > 0;
    case 'date':
      return dates.length > 0;
    case 'time':
      return hasTimes;
    default:
      return names.length > 0;
  }
}

/** What the sources have that is so like it that it was most likely misread. */
function nearest(
  text: string,
  type: ClaimType,
  { numbers, dates, names }: Evidence,
  isValue?: 'value',
): string | undefined {
  switch (type) {
    case 'number': {
      const [wanted] = numbersIn(text);
      const value = wanted?.values[0] ?? Number(text);
      const like = numbers.find((number) => isMisread(value, number.value));
      return isValue ? like?.text : like?.shown;
    }
    case 'date':
      return nearestName(
        text,
        dates.map((date) => date.text),
      );
    case 'name':
      return nearestName(text, names);
    default:
      return undefined;
  }
}

/** A digit is wrong, two stand the other way round, or the decimal point is elsewhere. */
function isMisread(one: number, other: number): boolean {
  const [left, right] = [digitsOf(one), digitsOf(other)];
  if (left === right) return true;
  if (left.length < 3 || left.length !== right.length) return false;
  const wrong = [...left].flatMap((digit, index) => (digit === right[index] ? [] : [index]));
  if (wrong.length === 1) return true;
  const [first = 0, second = 0] = wrong;
  return wrong.length === 2 && left[first] === right[second] && left[second] === right[first];
}

function digitsOf(value: number): string {
  return String(Math.abs(value))
    .replace('.', '')
    .replace(/^0+|0+$/g, '');
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
}
