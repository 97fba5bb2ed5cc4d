import type { Steps } from '../../effects/in-turns.ts';
import { mostMisses, mostStanding } from '../limits.ts';
import { type Parsed, parseInSteps, type Unread } from '../text/parse.ts';
import { isQuote } from '../text/quotes.ts';
import type { SourceValue } from '../text/source-value.ts';
import { isFence, nextBracket } from '../text/tokens.ts';
import { countOf, endOfComment, endOfLine, isLineEnd, skipSpace, skipSpaceBack } from '../text/trivia.ts';
import { isEmpty } from './beside.ts';
import { examplesOpened, isCalledExample } from './examples.ts';
import { endOfThinking } from './thinking.ts';
import { saysNoAnswer } from './wrapper.ts';

/** The JSON values that stand in a text as values. */
export interface StandingValues {
  readonly values: readonly Parsed[];
  /** Where the answer begins, after what the model thought. */
  readonly start: number;
  /** Those within sentences. Those in examples are neither. */
  readonly others: readonly Parsed[];
  /** Whether nothing but white space, commas, tags and fences stands between them. */
  readonly isRow: boolean;
}

/** The value that a text begins with, where it was read already. */
interface FirstValue {
  readonly start: number;
  readonly parsed: Parsed | Unread;
}

/**
 * The values a text has: the whole text, or those in fences, between tags, on lines of their own, or one that is most of
 * the text. A bracket within a sentence is no value. `undefined` when the text goes on as JSON where a value ended.
 */
export function* standingValues(text: string, first?: FirstValue): Steps<StandingValues | undefined> {
  const from = endOfThinking(text);
  if (from === undefined) return undefined;
  const start = skipSpace(text, from);
  const values: Parsed[] = [];
  const others: Parsed[] = [];
  const tags = new Set<string>();
  let isRow = true;
  let position = start;
  let last: { readonly stands: boolean } | undefined;
  /** Brackets of prose that are still open. */
  let openInProse = 0;
  /** Elements and blocks that are still open and say that what they hold is no answer. */
  let openExamples = 0;
  let tagsPassed = 0;
  let bracketsPassed = 0;
  let misses = 0;
  for (;;) {
    bracketsPassed += 1;
    if (bracketsPassed % bracketsInAStep === 0) yield;
    if (misses > mostMisses || values.length + others.length > mostStanding) return undefined;
    const opening = nextBracket(text, position);
    const between = text.slice(position, opening === -1 ? text.length : opening);
    openInProse -= countClosers(between);
    for (const [, slash, name = ''] of between.matchAll(tag)) {
      tags.add(name);
      tagsPassed += 1;
      if (tagsPassed % tagsInAStep === 0) yield;
      if (saysNoAnswer(name)) openExamples = Math.max(0, openExamples + (slash === '' ? 1 : -1));
    }
    // What closes nothing is left over of JSON that was not read.
    if (openInProse < 0) return undefined;
    if (opening === -1) break;
    // The value of a member whose object has lost its opening.
    if (/["'][ \t]*:\s*$/.test(between.slice(-200))) return undefined;
    const known = opening === first?.start ? first.parsed : undefined;
    const parsed = known ?? (isBegun(text, opening, position) ? yield* parseInSteps(text, opening) : 'none');
    // What stands inside a value that is broken is not the answer.
    if (parsed === 'broken') return undefined;
    if (parsed === 'none') {
      // An object that begins next to a value is another one, which is broken; one with escaped quotes stands in a string.
      if (isInString(text, opening) || (last !== undefined && isBroken(text, opening, between))) return undefined;
      openExamples = Math.max(0, openExamples + examplesOpened(text, opening));
      position = opening + 1;
      openInProse += 1;
      misses += 1;
      isRow = false;
      continue;
    }
    // What stands in brackets that are no JSON is a part of something.
    if (openInProse > 0 && !/[`>]\w*\s*$/.test(between.slice(-99))) return undefined;
    const isExample = openExamples > 0 || isCalledExample(text, opening);
    if (isExample || isMentioned(text, parsed, start)) {
      if (!isExample) others.push(parsed);
      isRow = false;
      position = parsed.root.end;
      continue;
    }
    const end = endWithSurplus(text, parsed);
    if (end === undefined || goesOn(text, end) || (end > parsed.root.end && last !== undefined)) return undefined;
    const isNext = opening === start || (last !== undefined && isSeparator(between));
    const stands = standsAsValue(text, { parsed, end, isNext });
    // Values with nothing but a comma between them belong together.
    if (last !== undefined && last.stands !== stands && isApart(between)) return undefined;
    if (stands) {
      if (values.length > 0 && (!isSeparator(between) || tags.size > 1)) isRow = false;
      values.push(parsed);
    } else {
      others.push(parsed);
      isRow = false;
    }
    last = { stands };
    position = end;
  }
  return { values, start, others, isRow };
}

const tag = /<(\/?)([\w:.-]{1,64})(?:[\s=][^<>]{0,200})?(?<!\/)>/g;

/** How many tags, and values or other brackets, are looked at between two steps. */
const tagsInAStep = 4096;
const bracketsInAStep = 1024;

/** Whether what begins after a value, with a comma or nothing between, or at the end of the text, is an object. */
function isBroken(text: string, opening: number, between: string): boolean {
  if (text.charAt(opening) !== '{' || !isApart(between)) return false;
  return between === '' || between.includes(',') || skipSpace(text, opening + 1) === text.length;
}

/** Whether what begins at a bracket is JSON in a string. */
function isInString(text: string, opening: number): boolean {
  escaped.lastIndex = opening + 1;
  return escaped.test(text);
}

const escaped = /(?:\s|\\[nrt])*\\"/y;

/** Whether a value may begin at a bracket: not within a word, but for the one a fence begins with. */
function isBegun(text: string, opening: number, from: number): boolean {
  if (opening === from || !/[\w$]/.test(text.charAt(opening - 1))) return true;
  return /`{3}\w+$/.test(text.slice(Math.max(from, opening - 16), opening));
}

function countClosers(text: string): number {
  return countOf('}', text) + countOf(']', text);
}

/**
 * Where a value ends with the closers after it that close nothing; `undefined` where they may as well close something,
 * so that the value is not over.
 */
function endWithSurplus(text: string, { root, edits }: Parsed): number | undefined {
  let end = root.end;
  let next = skipSpace(text, end);
  while (isCloser(text, next)) {
    end = next + 1;
    next = skipSpace(text, end);
  }
  if (end === root.end) return end;
  const isOver = next === text.length || '<`'.includes(text.charAt(next)) || isLineEnd(text, end);
  if (!isOver || /[,:]/.test(text.charAt(next))) return undefined;
  const isSurplusInside = edits.some(({ rule }) => rule === 'closer') || mayEndLater(root);
  return isSurplusInside ? undefined : end;
}

function isCloser(text: string, position: number): boolean {
  const character = text.charAt(position);
  return character === '}' || character === ']';
}

/** Whether one of the closers inside may be the surplus one: what follows in the same kind of container may be its own. */
function mayEndLater(node: SourceValue): boolean {
  if (node.type !== 'object' && node.type !== 'array') return false;
  const children = node.type === 'object' ? node.members.map((member) => member.node) : node.items;
  return children.slice(0, -1).some(({ type }) => type === node.type) || children.some(mayEndLater);
}

const citation = /^\[\s*\d{1,4}(?:\s*[,–-]\s*\d{1,4})*\s*\]$/;

/** Whether a value is no more than mentioned: a reference within a line of words, or inline code. */
function isMentioned(text: string, { root: { start, end } }: Parsed, from: number): boolean {
  const isCode = text[start - 1] === '`' && text[end] === '`' && text[start - 2] !== '`' && text[end + 1] !== '`';
  if (isCode) return true;
  if (end - start > 64 || 2 * (end - start) > text.length || !citation.test(text.slice(start, end))) return false;
  const before = text.slice(Math.max(from, start - 64), start);
  if (/(?:^|\n)(?:\s|<[^<>\n]*>|`{3}\w*)*$/.test(before)) return false;
  return /\p{L}[^\n"'{}:=]*$/u.test(before) || /(?:^|\n)[\p{L} ]+: ?$/u.test(before);
}

/** Whether the text goes on as JSON where a value ended: with a comma, a colon or a quote, or within a word. */
function goesOn(text: string, end: number): boolean {
  if (/[\w$#/\\-]/.test(text.charAt(end))) return true;
  const next = skipSpace(text, end);
  const character = text.charAt(next);
  if (character === ',') return !/[{[<]|^$/.test(text.charAt(skipSpace(text, next + 1)));
  return character === ':' || (isQuote(character) && !isFence(text, next));
}

interface Candidate {
  readonly parsed: Parsed;
  readonly end: number;
  /** Whether nothing but separators parts it from a value before it, or from the beginning of the answer. */
  readonly isNext: boolean;
}

function standsAsValue(text: string, { parsed, end, isNext }: Candidate): boolean {
  const { root } = parsed;
  if ((root.end - root.start) * 2 > text.length) return true;
  if (!isFollowedByEnd(text, end)) return false;
  const lineEnd = skipSpaceBack(text, root.start);
  if (isNext || text.slice(lineEnd, root.start).includes('\n')) return true;
  const before = text.slice(Math.max(0, lineEnd - 64), lineEnd);
  if (/<[^<>\n]+>$/.test(before) || /(?:^|\n)\s*`{3,}\w*$/.test(before)) return true;
  return before.endsWith(':') && root.type === 'object' && !isEmpty(root);
}

/** Whether a line, a fence or a tag ends or another value begins where a value ended. */
function isFollowedByEnd(text: string, end: number): boolean {
  if (isLineEnd(text, end)) return true;
  const rest = text.charAt(skipSpace(text, end));
  return rest !== '' && '<{[,;`'.includes(rest);
}

/** Whether nothing but white space, commas and comments parts two values. */
function isApart(text: string): boolean {
  let position = 0;
  for (;;) {
    while (/[\s,]/.test(text.charAt(position))) position += 1;
    if (position >= text.length) return true;
    const end = text.charAt(position) === '#' ? endOfLine(text, position) : endOfComment(text, position);
    if (end === undefined) return false;
    position = end;
  }
}

function isSeparator(text: string): boolean {
  return /^(?:[\s,;]|<[^<>\n]{0,64}>|```\w*)*$/.test(text);
}
