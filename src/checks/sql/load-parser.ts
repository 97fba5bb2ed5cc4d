import type { ParserLoader } from '../parsers/need-package.ts';
import type { SqlDialect } from './dialect.ts';
import type { ParsedSql, ParseSql } from './facts.ts';
import { postgresql } from './postgresql.ts';
import { sqlparser } from './sqlparser.ts';

/** The longest statement that is parsed, in UTF-16 units. */
export const longestSql = 100_000;
/** A parse is one step, and takes its time for each. Ordinary SQL of that length has 20,000. */
const mostTokens = 25_000;
/** A statement takes as long as some twenty others. */
const mostStatements = 1_000;

/** The parser of a dialect. */
export async function loadSqlParser(dialect: SqlDialect, parser?: ParserLoader): Promise<ParseSql> {
  const parse = dialect === 'postgresql' ? await postgresql(parser) : await sqlparser(dialect, parser);
  return (sql) => tooLong(sql) ?? parse(sql);
}

function tooLong(sql: string): ParsedSql | undefined {
  if (sql.length > longestSql) return moreThan(longestSql, 'characters');
  let tokens = 0;
  let semicolons = 0;
  for (const [token] of sql.matchAll(anyToken)) {
    tokens += 1;
    if (token === ';') semicolons += 1;
    if (tokens > mostTokens) return moreThan(mostTokens, 'words and signs');
    if (semicolons > mostStatements) return moreThan(mostStatements, 'statements');
  }
  return undefined;
}

const anyToken = /[\p{L}\p{N}_$]+|'[^']*'|"[^"]*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\S/gu;

function moreThan(most: number, of: string): ParsedSql {
  return { type: 'error', error: { message: `it has more than ${most} ${of}; write less of it`, offset: 0 } };
}
