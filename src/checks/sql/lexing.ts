import type { CodeError } from '../code/code-error.ts';
import type { SqlDialect } from './dialect.ts';

/**
 * What one server may read in another way than the parser does: comments that are executed or nested, white space and line
 * ends that only one of them knows.
 */
export function ambiguity(sql: string, dialect: SqlDialect): CodeError | undefined {
  const executed = /\/\*(?:M?!|\+)/.exec(sql);
  if (executed !== null) return { message: 'leave out the comment that some servers execute', offset: executed.index };
  const strange = /\r(?!\n)|[\p{Cc}\p{Zl}\p{Zp}](?<![\t\n\r])/u.exec(sql);
  if (strange !== null) return { message: 'leave out the control character', offset: strange.index };
  if (dialect === 'postgresql') return undefined;
  for (const { text, offset, isCode } of pieces(sql, dialect)) {
    // A variable's name may be quoted, which the parser takes for other things than the server.
    const variable = isCode && dialect === 'mysql' ? text.indexOf('@') : -1;
    if (variable !== -1) {
      const [name] = /^@+[\p{L}\w.$]*(?:(['"`]).*?\1)?/su.exec(sql.slice(offset + variable)) ?? [];
      return { message: `leave out the variable ${name}`, offset: offset + variable };
    }
    const found = isCode ? /[^\S \t\r\n]/.exec(text) : text.startsWith('/*') ? /(?!^)\/\*/.exec(text) : null;
    if (found === null) continue;
    const message = isCode ? 'use plain spaces' : 'do not nest comments';
    return { message, offset: offset + found.index };
  }
  return undefined;
}

/**
 * The same text in words the parser knows, each of the length it had, with the same names in the same places: it has no
 * `GLOB`, `ISNULL`, `NOTNULL` and `IS` between values, no `INDEXED BY`, no `EXCLUDE` of a frame, no `AS MATERIALIZED`, no
 * shifts, no `MOD` and `SOUNDS LIKE` between values, no `!` for `NOT` and no `WITH ROLLUP`.
 */
export function inKnownWords(sql: string, dialect: Exclude<SqlDialect, 'postgresql'>): string {
  const all = pieces(sql, dialect);
  return all
    .map(({ text, isCode }, index) => {
      if (!isCode) return text;
      const known = text.replace(/<<|>>(?!>)/g, '+ ');
      return dialect === 'sqlite'
        ? known
            .replace(indexed, (whole, table: string) => table.padEnd(whole.length))
            .replace(excluding, blank)
            .replace(/\bas\s+(?:not\s+)?materialized\b(?=\s*\()/gi, (words) => 'AS'.padEnd(words.length))
            .replace(/\bglob\b(?!\s*\()/gi, 'LIKE')
            .replace(/\bisnull\b/gi, 'IN (0)')
            .replace(/\bnotnull\b/gi, 'IN (00)')
            .replace(/\bis(?:\s+not)?\b(?!\s+(?:not|null|true|false|distinct)\b)/gi, (words) =>
              '='.padEnd(words.length),
            )
        : known
            .replace(/\bsounds\s+like\b/gi, (words, at: number) =>
              isOperand(known, at) || (known.slice(0, at).trim() === '' && isValue(all, index - 1))
                ? 'LIKE'.padEnd(words.length)
                : words,
            )
            .replace(/!+(?!=)/g, (marks, at: number) => (isOperand(known, at) ? marks : '~'.padEnd(marks.length)))
            .replace(/\bwith\s+rollup\b/gi, blank)
            .replace(/\bmod\b(?!\s*\()/gi, '%  ');
    })
    .join('');
}

/** A table with the index that SQLite is told to use: `FROM orders AS o INDEXED BY by_date`. */
const indexed =
  /(\b(?:from|join|update)\s+[\w.]+(?:\s+as\s+\w+|\s+(?!not\b|indexed\b)\w+)?)\s+(?:not\s+indexed|indexed\s+by\s+\w+)\b/gi;

/** What the frame of a window leaves out. */
const excluding = /(?<=\b(?:preceding|following|row)\s+)exclude\s+(?:ties|group|current\s+row|no\s+others)\b/gi;

function blank(words: string): string {
  return words.replace(/\S/g, ' ');
}

/** Whether a piece is a string or a quoted name, past comments. */
function isValue(all: readonly Piece[], index: number): boolean {
  const { text, isCode } = all[index] ?? { text: '', isCode: true };
  if (isCode) return text.trim() === '' && index > 0 && isValue(all, index - 1);
  return /^['"`[]/.test(text) || isValue(all, index - 1);
}

/** Whether a value ends before a place, so that no sign of one can follow. */
function isOperand(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at);
  return (
    /[)\]]\s*$/.test(before) ||
    (/[\w$]\s*$/.test(before) &&
      !/\b(?:select|distinct|all|where|and|or|xor|not|on|having|when|then|else|case|by|in|set|like|between|div|mod|is|return|if)\s*$/i.test(
        before,
      ))
  );
}

/** How many operators there are; each can nest the tree by one level. */
export function countOperators(sql: string, dialect: Exclude<SqlDialect, 'postgresql'>): number {
  const operator =
    /[-+*/%<>=|&^~!:]+|\b(?:and|or|xor|not|is|in|like|between|collate|div|mod|regexp|rlike|then|union|except|intersect)\b/gi;
  return pieces(sql, dialect).reduce(
    (sum, { text, isCode }) => sum + (isCode ? (text.match(operator)?.length ?? 0) : 0),
    0,
  );
}

interface Piece {
  readonly text: string;
  readonly offset: number;
  /** Neither a comment nor a string nor a quoted name. */
  readonly isCode: boolean;
}

function pieces(sql: string, dialect: Exclude<SqlDialect, 'postgresql'>): Piece[] {
  const found: Piece[] = [];
  let start = 0;
  const add = (end: number, isCode: boolean) => {
    if (end > start) found.push({ text: sql.slice(start, end), offset: start, isCode });
    start = end;
  };
  for (let position = 0; position < sql.length; ) {
    const end = endOfQuoted(sql, position, dialect);
    if (end === undefined) {
      position += 1;
      continue;
    }
    add(position, true);
    add(end, false);
    position = end;
  }
  add(sql.length, true);
  return found;
}

/** Where a comment, a string or a quoted name ends that begins here, as the dialect's server reads it. */
function endOfQuoted(sql: string, start: number, dialect: Exclude<SqlDialect, 'postgresql'>): number | undefined {
  const next = sql.charAt(start + 1);
  switch (sql.charAt(start)) {
    case '-':
      // To MySQL, it is one before a space or a control character of ASCII alone.
      return next === '-' && (dialect === 'sqlite' || /^[\0-\x20\x7f]?$/.test(sql.charAt(start + 2)))
        ? endAt(sql, '\n', start)
        : undefined;
    case '#':
      return dialect === 'mysql' ? endAt(sql, '\n', start) : undefined;
    case '/':
      return next === '*' ? endAt(sql, '*/', start + 2) : undefined;
    case '[':
      return dialect === 'sqlite' ? endAt(sql, ']', start) : undefined;
    case "'":
    case '"':
      return endOfString(sql, start, dialect === 'mysql');
    case '`':
      return endOfString(sql, start, false);
    default:
      return undefined;
  }
}

function endAt(sql: string, mark: string, from: number): number {
  const found = sql.indexOf(mark, from);
  return found === -1 ? sql.length : found + mark.length;
}

function endOfString(sql: string, start: number, hasEscapes: boolean): number {
  const quote = sql.charAt(start);
  for (let position = start + 1; position < sql.length; position += 1) {
    const character = sql.charAt(position);
    if (character === '\\' && hasEscapes) position += 1;
    else if (character === quote) {
      if (sql.charAt(position + 1) !== quote) return position + 1;
      position += 1;
    }
  }
  return sql.length;
}
