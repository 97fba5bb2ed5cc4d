import type { CodeError } from '../code/code-error.ts';
import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import type { ParseSql } from './facts.ts';
import { readStatement } from './postgresql/statement.ts';
import type { Tree } from './postgresql/tree.ts';
import { readAll } from './read-all.ts';

/** The parser takes the square of the time for comments within comments. */
const mostComments = 1_000;

/** PostgreSQL, by its own parser: https://github.com/pganalyze/libpg_query */
export async function postgresql(parser?: ParserLoader): Promise<ParseSql> {
  const { parse } = await needPackage<typeof import('libpg-query')>('libpg-query', parser);
  return async (sql) => {
    if (sql.split('/*').length > mostComments) {
      return { type: 'error', error: { message: `it has more than ${mostComments} comments`, offset: 0 } };
    }
    const toOffset = byteOffsets(sql);
    let parsed: { readonly stmts?: readonly { readonly stmt?: Tree }[] };
    try {
      parsed = (await parse(sql)) as typeof parsed;
    } catch (error) {
      return { type: 'error', error: toError(error, sql) };
    }
    return readAll(parsed.stmts ?? [], ({ stmt = {} }) => readStatement(stmt, toOffset));
  };
}

function toError(error: unknown, sql: string): CodeError {
  const { message, sqlDetails } = error as { message: string; sqlDetails?: { cursorPosition: number } };
  if (error instanceof RangeError || message.startsWith('memory exhausted')) {
    return { message: 'it is nested too deeply', offset: 0 };
  }
  if (sqlDetails === undefined) throw error;
  // Here it counts characters, which may be two units of UTF-16.
  return { message, offset: [...sql].slice(0, Math.max(0, sqlDetails.cursorPosition)).join('').length };
}

/** The parser counts bytes of UTF-8. */
function byteOffsets(sql: string): (bytes: number) => number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII alone, where bytes are characters
  if (/^[\x00-\x7f]*$/.test(sql)) return (bytes) => bytes;
  const encoded = new TextEncoder().encode(sql);
  return (bytes) => new TextDecoder().decode(encoded.subarray(0, bytes)).length;
}
