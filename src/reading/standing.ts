import { type Parsed, parseAt } from './parse.ts';
import { isLineEnd, skipSpace } from './trivia.ts';

/** The JSON values that stand in a text as values. */
export interface StandingValues {
  readonly values: readonly Parsed[];
  /** Whether nothing but white space, commas, tags and fences stands between them. */
  readonly isRow: boolean;
}

/** How many values of a text are looked at, and how many brackets are tried. */
const mostValues = 64;
const mostTries = 128;

/**
 * The values a text has: the whole text, or those in fences, between tags, on lines of their own, or one that is most of
 * the text. A bracket within a sentence is no value. `undefined` when the text goes on as JSON where a value ended.
 */
export function standingValues(text: string): StandingValues | undefined {
  const start = skipSpace(text, endOfThinking(text));
  const values: Parsed[] = [];
  let isRow = true;
  let position = start;
  for (let tries = 0; tries < mostTries && values.length < mostValues; tries += 1) {
    const opening = nextBracket(text, position);
    if (opening === -1) break;
    const parsed = isBegun(text, opening, position) ? parseAt(text, opening) : 'none';
    // What stands inside a value that is broken is not the answer.
    if (parsed === 'broken') return undefined;
    if (parsed === 'none') {
      position = opening + 1;
      isRow = false;
      continue;
    }
    const end = afterSurplusClosers(text, parsed.root.end);
    if (goesOn(text, end)) return undefined;
    const between = text.slice(values.length === 0 ? start : position, opening);
    if (standsAsValue(text, { parsed, end })) {
      if (values.length > 0 && !isSeparator(between)) isRow = false;
      values.push(parsed);
    } else isRow = false;
    position = end;
  }
  return { values, isRow };
}

const thinkingEnd = /<\/(?:think|thinking|thought|reasoning|scratchpad)>/gi;

/** What a model thought before its answer is none of it. */
function endOfThinking(text: string): number {
  let end = 0;
  for (const { index, 0: tag } of text.matchAll(thinkingEnd)) end = index + tag.length;
  return end;
}

function nextBracket(text: string, from: number): number {
  for (let position = from; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (code === OBJECT || code === ARRAY) return position;
  }
  return -1;
}

const OBJECT = 123;
const ARRAY = 91;

/** Whether a value may begin at a bracket: not within a word. */
function isBegun(text: string, opening: number, from: number): boolean {
  return opening === from || !/[\w$]/.test(text.charAt(opening - 1));
}

/** Closers that close nothing, at the end of a line. */
function afterSurplusClosers(text: string, end: number): number {
  let position = end;
  for (;;) {
    const next = skipSpace(text, position);
    const character = text.charAt(next);
    if (character !== '}' && character !== ']') break;
    position = next + 1;
  }
  if (position === end) return end;
  const next = text.charAt(skipSpace(text, position));
  return next === '' || next === '<' || next === '`' || isLineEnd(text, position) ? position : end;
}

/** How far a closer is looked for, in characters. */
const farthest = 500;

/** Whether the text goes on as JSON where a value ended: with a comma or a colon, or a closer further on in the line. */
function goesOn(text: string, end: number): boolean {
  const next = skipSpace(text, end);
  const character = text.charAt(next);
  if (character === ',') return !/[{[<\n]|^$/.test(text.charAt(skipSpace(text, next + 1)));
  if (character === ':' || character === '"') return true;
  let depth = 0;
  const last = Math.min(text.length, end + farthest);
  for (let position = end; position < last && text[position] !== '\n'; position += 1) {
    const bracket = text[position];
    if (bracket === '{' || bracket === '[') depth += 1;
    if (bracket === '}' || bracket === ']') depth -= 1;
    if (depth < 0) return true;
  }
  return false;
}

interface Candidate {
  readonly parsed: Parsed;
  readonly end: number;
}

function standsAsValue(text: string, { parsed, end }: Candidate): boolean {
  const { root } = parsed;
  if ((root.end - root.start) * 2 > text.length) return true;
  if (!isFollowedByEnd(text, end)) return false;
  const lineStart = text.lastIndexOf('\n', root.start - 1) + 1;
  const before = text.slice(lineStart, root.start).trimEnd();
  if (before === '' || before.endsWith('>') || /[}\],]$/.test(before) || /^`{3,}\w*$/.test(before)) return true;
  const isEmpty = root.type === 'object' && root.members.length === 0;
  return before.endsWith(':') && root.type === 'object' && !isEmpty;
}

/** Whether a line, a fence or a tag ends or another value begins where a value ended. */
function isFollowedByEnd(text: string, end: number): boolean {
  if (isLineEnd(text, end)) return true;
  const rest = text.charAt(skipSpace(text, end));
  return rest === '<' || rest === '{' || rest === '[' || rest === ',' || rest === '`';
}

function isSeparator(text: string): boolean {
  return /^(?:[\s,;]|<[^<>\n]{0,64}>|```\w*)*$/.test(text);
}
