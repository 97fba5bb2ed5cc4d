import type { ParserLoader } from '../parsers/need-package.ts';
import type { SqlDialect } from './dialect.ts';
import type { ParsedSql, ParseSql } from './facts.ts';
import { postgresql } from './postgresql.ts';
import { sqlparser } from './sqlparser.ts';

/** The longest statement that is parsed, in UTF-16 units. */
export const longestSql = 100_000;

/** The parser of a dialect. */
export async function loadSqlParser(dialect: SqlDialect, parser?: ParserLoader): Promise<ParseSql> {
  const parse = dialect === 'postgresql' ? await postgresql(parser) : await sqlparser(dialect, parser);
  return (sql) => (sql.length > longestSql ? tooLong : parse(sql));
}

const tooLong: ParsedSql = {
  type: 'error',
  error: { message: `it has more than ${longestSql} characters`, offset: 0 },
};
