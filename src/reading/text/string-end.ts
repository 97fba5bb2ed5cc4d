import { isQuote } from './quotes.ts';
import { countOf, endOfComment, hasLineFeed, isLineEnd, skipSpace } from './trivia.ts';

/** What a string stands for, which decides what may follow it. */
export type StringRole = 'name' | 'member' | 'item' | 'root';

/** Whether a quote that ends at `position` ends the string, by what follows it. */
export function endsString(source: string, position: number, role: StringRole): 'yes' | 'no' | 'unclear' {
  const next = skipSpace(source, position);
  const character = source.charAt(next);
  if (role === 'name') return character === ':' ? 'yes' : 'no';
  if (character === '') return role !== 'root' && /[}\]]/.test(source.charAt(position - 2)) ? 'unclear' : 'yes';
  if (role === 'root') return 'no';
  switch (character) {
    case ',':
      if (followsComma(source, next + 1, role)) return beforeComment(source, position, skipSpace(source, next + 1));
      return isLineEnd(source, next + 1) || mayGoOn(source, next + 1) ? 'unclear' : 'no';
    case '}':
    case ']':
      return 'yes';
    case '/':
    case '#':
      return endOfComment(source, next) === undefined ? 'no' : beforeComment(source, position, next);
    case '<':
      return source.startsWith('</', next) && hasLineFeed(source, position, next) ? 'yes' : 'no';
    default:
      if (!isQuote(character)) return 'no';
      // Two strings on lines of their own lack a comma; on one line they may be one.
      if (hasLineFeed(source, position, next)) return 'yes';
      return role === 'member' && next > position && isNameAt(source, next) ? 'yes' : 'unclear';
  }
}

/** A comment after a string on its line; with quotes in it, it may as well be part of the string. */
function beforeComment(source: string, position: number, next: number): 'yes' | 'unclear' {
  const end = endOfComment(source, next);
  if (end === undefined || hasLineFeed(source, position, next)) return 'yes';
  const quotes = countOf(source.charAt(position - 1), source.slice(next, end));
  const isClear = next === position ? quotes === 0 : quotes % 2 === 0;
  return isClear ? 'yes' : 'unclear';
}

/** Whether what follows a comma goes on with the container the string is in. */
function followsComma(source: string, position: number, role: StringRole): boolean {
  const next = skipSpace(source, position);
  const character = source.charAt(next);
  if (character === '' || character === '}' || character === ']' || character === '/' || character === '#') return true;
  return role === 'member' ? isNameAt(source, next) : /["'`“‘{[\-\d]|[tfnTFN]/.test(character);
}

/** Whether a value may follow a comma, where a name was to come. */
function mayGoOn(source: string, position: number): boolean {
  const character = source.charAt(skipSpace(source, position));
  return isQuote(character) || character === '{' || character === '[';
}

/** A name and its colon; a name of more than 128 characters is none here. */
const nameAndColon = new RegExp(
  `(?:${['""', "''", '``', '“”', '‘’'].map(quoted).join('|')}|[\\w$][\\w$.-]{0,127})\\s{0,8}:`,
  'y',
);

function quoted([open, close]: string): string {
  return `${open}(?:[^${close}\\\\\\n]|\\\\.){0,128}${close}`;
}

/** Whether a name and its colon stand at a place. */
export function isNameAt(source: string, position: number): boolean {
  nameAndColon.lastIndex = position;
  return nameAndColon.test(source);
}
