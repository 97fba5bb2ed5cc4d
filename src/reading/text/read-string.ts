import type { SyntaxRule } from '../../trace/fix.ts';
import { mostInnerQuotes, mostReplaced } from '../limits.ts';
import { endOfJsonString } from './json-string.ts';
import { closingQuotes } from './quotes.ts';
import { endsString, isNameAt, type StringRole } from './string-end.ts';
import { isSpace, skipSpace } from './trivia.ts';

export interface ReadString {
  readonly end: number;
  /** The string as JSON text, in the source's own escapes. */
  readonly json: string;
  /** What had to be changed for that; none for a string that is JSON as it stands. */
  readonly rules: readonly SyntaxRule[];
}

/** What needs a look inside a string, by its closing quote: quotes, backslashes and control characters. */
const specials: Readonly<Record<string, RegExp>> = Object.fromEntries(
  Object.values(closingQuotes).map((closing) => [closing, new RegExp(`[${closing}"\\\\\\p{Cc}]`, 'gu')]),
);

/**
 * Reads a string as models write it: any quotes, raw line breaks, unescaped quotes inside, backslashes that JSON does not
 * know. `undefined` when it does not end, or when it could be read in two ways.
 */
export function readString(source: string, start: number, role: StringRole): ReadString | undefined {
  const closing = closingQuotes[source.charAt(start)];
  if (closing === undefined) return undefined;
  const plain = closing === '"' ? readPlain(source, start, role) : undefined;
  const read =
    plain ?? readOtherQuotes(source, { start, role, closing }) ?? readLoose(source, { start, role, closing });
  if (read === undefined) return undefined;
  // A name that holds a name is two, and something between them; a quote that opens twice closes twice.
  if (role === 'name' && quoteAndColon.test(read.json.slice(1, -1))) return undefined;
  return source[start] !== closing && read.json.includes(source.charAt(start)) ? undefined : read;
}

/** A string that is JSON as it stands, and ends as one. */
function readPlain(source: string, start: number, role: StringRole): ReadString | undefined {
  const end = endOfJsonString(source, start);
  if (end === undefined || endsString(source, end, role) !== 'yes') return undefined;
  return { end, json: source.slice(start, end), rules: [] };
}

const onlyQuotes: readonly SyntaxRule[] = ['quotes'];

/** A string in other quotes that holds nothing to look at. */
function readOtherQuotes(source: string, { start, role, closing }: LooseString): ReadString | undefined {
  const special = specials[closing];
  if (closing === '"' || special === undefined) return undefined;
  special.lastIndex = start + 1;
  if (!special.test(source)) return undefined;
  const end = special.lastIndex;
  if (source.charAt(end - 1) !== closing || endsString(source, end, role) !== 'yes') return undefined;
  return { end, json: `"${source.slice(start + 1, end - 1)}"`, rules: onlyQuotes };
}

/** What looks like a member inside a string. */
const quoteAndColon = /["'`]\s*:/;

/** Whether lines in a string may as well be lines of the JSON around, between two quotes that went wrong. */
function mayBeLines(text: string): boolean {
  if (quoteAndColon.test(text)) return true;
  let depth = 0;
  for (const [bracket] of text.matchAll(/[{}[\]]/g)) {
    depth += bracket === '{' || bracket === '[' ? 1 : -1;
    if (depth < 0) return true;
  }
  return depth !== 0;
}

const controls: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };

interface LooseString {
  readonly start: number;
  readonly role: StringRole;
  readonly closing: string;
}

function readLoose(source: string, { start, role, closing }: LooseString): ReadString | undefined {
  const rules = new Set<SyntaxRule>(source[start] === '"' ? [] : ['quotes']);
  const pieces = ['"'];
  let copied = start + 1;
  let position = start + 1;
  let innerQuotes = 0;
  let openedAt = start;
  /** Whether there are escapes: then the string may be written in them, or plainly with all its backslashes. */
  let hasEscape = false;
  const replace = (length: number, text: string) => {
    pieces.push(source.slice(copied, position), text);
    position += length;
    copied = position;
  };
  const special = specials[closing] as RegExp;
  for (;;) {
    special.lastIndex = position;
    if (!special.test(source) || pieces.length > 2 * mostReplaced + 1) return undefined;
    position = special.lastIndex - 1;
    const character = source.charAt(position);
    if (character === closing) {
      const ends = endsString(source, position + 1, role);
      if (ends === 'yes') {
        // Quotes inside come in pairs; an odd one may as well be a missing or a surplus delimiter.
        if (innerQuotes % 2 !== 0 || (rules.has('backslash') && hasEscape)) return undefined;
        const inside = source.slice(start + 1, position);
        if (innerQuotes > 0 && quoteAndColon.test(inside)) return undefined;
        if (inside.includes('\n') && (role === 'name' || mayBeLines(inside))) return undefined;
        pieces.push(source.slice(copied, position), '"');
        return { end: position + 1, json: pieces.join(''), rules: [...rules] };
      }
      if (ends === 'unclear' || role === 'root') return undefined;
      if (isApostrophe(source, position)) {
        if (mayPart(source, position, { start, role })) return undefined;
      } else {
        // `\\"` is a backslash and a quote, or a quote that was escaped twice.
        if (source.charAt(position - 1) === '\\') return undefined;
        const isOpening = innerQuotes % 2 === 0;
        // A pair of quotes that are not alike opens with another one than it closes with.
        if (source[start] !== closing || mayDelimit(source, position, { start, role, isOpening })) return undefined;
        if (isOpening) openedAt = position;
        else if (!isQuotation(source, { start: openedAt, end: position, role })) return undefined;
        innerQuotes += 1;
        if (innerQuotes > mostInnerQuotes) return undefined;
        rules.add('inner-quote');
      }
      replace(1, character === '"' ? '\\"' : character);
    } else if (character === '\\') {
      const escaped = escapeAt(source, position);
      if (escaped === undefined || mayBeForeign(source, { position, closing, escaped })) return undefined;
      if (escaped.isControl || escaped.type === 'quote' || '\\/'.includes(escaped.character)) hasEscape = true;
      if (escaped.type === 'known') position += escaped.length;
      else if (escaped.type === 'quote') {
        // `\'` is what Python and JavaScript write for a quote.
        rules.add('quotes');
        replace(2, escaped.character);
      } else {
        rules.add('backslash');
        replace(1, '\\\\');
      }
    } else if (character === '"') {
      replace(1, '\\"');
    } else if (character < ' ') {
      rules.add('line-break');
      replace(1, controls[character] ?? JSON.stringify(character).slice(1, -1));
    } else {
      position += 1;
    }
  }
}

interface InnerQuote {
  readonly start: number;
  readonly role: StringRole;
  /** Whether it would open what is quoted inside. */
  readonly isOpening: boolean;
}

/**
 * Whether a quote inside a string may as well begin or end a value of its own. A quote inside leans on what it quotes;
 * names have none.
 */
function mayDelimit(source: string, position: number, { start, role, isOpening }: InnerQuote): boolean {
  if (role === 'name' || position === start + 1) return true;
  if (isSpace(source.charCodeAt(isOpening ? position + 1 : position - 1))) return true;
  const before = lastVisible(source, position - 1);
  if (before === ':' || (role === 'item' && before === ',')) return true;
  if (role === 'item' && isOpening && mayBeValue(source, position)) return true;
  const after = source.charAt(skipSpace(source, position + 1));
  return after === ':' || (isOpening && after === ',');
}

/**
 * Whether an apostrophe may as well be what is left of a sign and quotes between two values, or a name and its value: in a
 * name and in a list always, elsewhere next to what may be a name without quotes.
 */
function mayPart(source: string, position: number, { start, role }: Pick<InnerQuote, 'start' | 'role'>): boolean {
  if (role !== 'member' || isNameAt(source, position + 1)) return true;
  return bareName.test(source.slice(Math.max(start + 1, position - longestName), position));
}

const bareName = /[,{\n]\s*[\w$][\w$.-]*$/;

/** The names looked for are no longer, in characters, with the space before them. */
const longestName = 160;

interface Quotation {
  /** Where its quotes stand. */
  readonly start: number;
  readonly end: number;
  readonly role: StringRole;
}

/**
 * Whether what stands between two quotes inside a string reads as what somebody quotes: words, and no sign that parts or
 * joins strings, with something between them and the words around. In a list, a word between two others may be such a
 * sign too.
 */
function isQuotation(source: string, { start, end, role }: Quotation): boolean {
  const quoted = source.slice(start + 1, end);
  if (!letter.test(quoted) || /^[^\p{L}\p{N}\p{Ps}\p{Pi}#$@_<\\¿¡]/u.test(quoted) || /[;+|/=&、，；،؛]$/.test(quoted))
    return false;
  const [before, after] = [source.charAt(start - 1), source.charAt(end + 1)];
  if (mayEndString.test(before) || mayBeginString.test(after)) return false;
  const isBetweenWords = letter.test(before) && letter.test(after);
  return !isBetweenWords || (role !== 'item' && letter.test(quoted.charAt(0)));
}

/** What no quote leans on from outside, except where words stand without spaces: a string ends or begins there. */
const mayEndString = /[\p{LC}\p{N}\p{Pe}.!?]/u;
const mayBeginString = /[\p{LC}\p{N}\p{Ps}$#@]/u;

/** Whether what is quoted inside could be a value that lacks its commas. */
function mayBeValue(source: string, position: number): boolean {
  bareValue.lastIndex = position + 1;
  return bareValue.test(source);
}

const bareValue = /[-\d[{]|(?:true|false|null|True|False|None)\b/y;

function lastVisible(source: string, position: number): string {
  let index = position;
  while (isSpace(source.charCodeAt(index))) index -= 1;
  return source.charAt(index);
}

type Escape = { readonly isControl: boolean; readonly length: number; readonly character: string } & {
  readonly type: 'known' | 'quote' | 'unknown';
};

/** `undefined` for a backslash at a line's or the text's end, which may be a continuation or a cut. */
function escapeAt(source: string, position: number): Escape | undefined {
  const character = source.charAt(position + 1);
  if (character === '' || character < ' ') return undefined;
  if (character === 'u') {
    const isKnown = /^[0-9a-fA-F]{4}$/.test(source.slice(position + 2, position + 6));
    return { type: isKnown ? 'known' : 'unknown', isControl: isKnown, length: 6, character };
  }
  if ('bfnrt'.includes(character)) return { type: 'known', isControl: true, length: 2, character };
  if ('"\\/'.includes(character)) return { type: 'known', isControl: false, length: 2, character };
  const type = "'`".includes(character) ? 'quote' : 'unknown';
  return { type, isControl: false, length: 2, character };
}

interface StandingEscape {
  readonly position: number;
  /** The quote that closes the string. */
  readonly closing: string;
  readonly escaped: Escape;
}

/**
 * Whether an escape may be one of the language whose quotes stand there, which says another character. Python and
 * JavaScript write single quotes, and differ in what a backslash says that they do not know.
 */
function mayBeForeign(source: string, { position, closing, escaped }: StandingEscape): boolean {
  if (closing === "'" || closing === '`') return escaped.type === 'unknown' || escaped.character === '/';
  foreignEscape.lastIndex = position;
  return foreignEscape.test(source);
}

/**
 * The escapes of Python and JavaScript that JSON does not know, and those of JSON that lack a digit: hardly anybody writes
 * them for the characters themselves.
 */
const foreignEscape =
  /\\(?:x(?:[\da-fA-F]{2}|[\da-fA-F](?![A-Za-z])|\{)|u(?:[\da-fA-F]|\{|\s?[\da-fA-F]{4})|U[\da-fA-F]{8}|N\{[A-Z]|0|[1-7][0-7]|[av](?![A-Za-z]))/y;

/** A quote between letters is an apostrophe. */
function isApostrophe(source: string, position: number): boolean {
  const character = source.charAt(position);
  if (character !== "'" && character !== '’') return false;
  return letter.test(source.charAt(position - 1)) && letter.test(source.charAt(position + 1));
}

const letter = /[\p{L}\p{N}]/u;
