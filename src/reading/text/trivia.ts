import { longestComment } from '../limits.ts';

/** Where white space ends that begins at `position`; a byte order mark counts as some. */
export function skipSpace(source: string, position: number): number {
  let index = position;
  while (isSpace(source.charCodeAt(index))) index += 1;
  return index;
}

/** Where white space begins that ends at `position`. */
export function skipSpaceBack(source: string, position: number): number {
  let index = position;
  while (index > 0 && isSpace(source.charCodeAt(index - 1))) index -= 1;
  return index;
}

/** White space of JSON, and the no-break and wide spaces of web pages, which no other reading explains. */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || code === 10 || code === 13 || code === 9;
  if (code < 0xa0) return false;
  return code === 0xa0 || (code >= 0x2000 && code <= 0x200b) || foreignSpaces.has(code);
}

const foreignSpaces: ReadonlySet<number> = new Set([0x2028, 0x2029, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff]);

/** Whether the white space from `start` to `end` is JSON's own. */
export function isJsonSpace(source: string, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if (source.charCodeAt(index) > 32) return false;
  return true;
}

/** Where a comment ends that begins at `position`; `undefined` when none does. */
export function endOfComment(source: string, position: number): number | undefined {
  const code = source.charCodeAt(position);
  // Python's comments, on lines of their own: after a value, `#` is too often something else.
  if (code === HASH) return isLineStart(source, position) ? endOfLine(source, position) : undefined;
  if (code !== SLASH) return undefined;
  const next = source.charCodeAt(position + 1);
  if (next === SLASH) return endOfLine(source, position);
  if (next !== STAR) return undefined;
  const end = source.slice(position + 2, position + 2 + longestComment + 2).indexOf('*/');
  return end === -1 ? undefined : position + 2 + end + 2;
}

/** What says that there is more than is shown; and what says so in a list, in languages that many people write. */
const leftOut =
  /\.{3}|…|\b(?:etc|et cetera|more|rest|remaining|omitted|others|truncated|repeat(?:ed)?|continue[sd]?|left out|so (?:on|forth))\b/i;
const itemsLeftOut =
  /\b(?:other|same|similar|likewise|further|additional|as above|(?:items|entries|elements|objects|rows|lines|values|records)(?:(?<=\d \w+)|(?= \d))|skipped|abbreviated|abridged|shortened|elided|goes on|incomplete|partial|not all|to be completed|todo)\b|\b(?:first|next|last|top) (?:\d{1,9} )?of \d|\b\d{1,9} (?:of|von|de|di|из) \d|(?<!\p{L})(?:u\.?s\.?w|und so weiter|weitere[nrs]?|übrige[nrs]?|restliche[nrs]?|gekürzt|ausgelassen|autres|suite|tronqué\w*|más|otros|otras|resto|demás|omitid\w+|mais|outros|outras|altri|altre|eccetera|ecc|enz|overige|meer|т\.\s?д|остальн\p{L}+|ещё|еще)(?!\p{L})|省略|其余|其他|等等|その他|など|나머지|생략/iu;

/** Whether a comment says that values are left out. */
export function saysThereIsMore(comment: string, isInList: boolean): boolean {
  return leftOut.test(comment) || (isInList && itemsLeftOut.test(comment));
}

/** Whether a comment may be a string that has lost its first quote: it ends with one that nothing in it opens. */
export function endsLikeString(comment: string): boolean {
  const quote = comment
    .trimEnd()
    .replace(/[,:\]}]$/, '')
    .trimEnd()
    .slice(-1);
  if (quote === '”' || quote === '’') return !/[“‘]/.test(comment);
  return (quote === "'" || quote === '`') && countOf(quote, comment) % 2 !== 0;
}

export function endOfLine(source: string, position: number): number {
  const end = source.indexOf('\n', position);
  return end === -1 ? source.length : end;
}

export function hasLineFeed(source: string, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if (source.charCodeAt(index) === LINE_FEED) return true;
  return false;
}

export function countOf(character: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}

/** Whether nothing but white space follows on the line. */
export function isLineEnd(source: string, position: number): boolean {
  let index = position;
  while (source.charCodeAt(index) !== LINE_FEED && isSpace(source.charCodeAt(index))) index += 1;
  return index >= source.length || source.charCodeAt(index) === LINE_FEED;
}

function isLineStart(source: string, position: number): boolean {
  let index = position - 1;
  while (index >= 0 && source[index] !== '\n' && isSpace(source.charCodeAt(index))) index -= 1;
  return index < 0 || source[index] === '\n';
}

const LINE_FEED = 10;
const HASH = 35;
const SLASH = 47;
const STAR = 42;
