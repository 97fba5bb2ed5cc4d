import type { CodeError } from '../code/code-error.ts';
import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import type { ParseSql } from './facts.ts';
import { countOperators, inKnownWords } from './lexing.ts';
import { readAll } from './read-all.ts';
import { readStatement } from './sqlparser/statement.ts';
import type { Source, Tree } from './sqlparser/tree.ts';

/** More operators than that can end the parser's stack, and with it the parser. */
const mostOperators = 400;

/** MySQL and SQLite, by the parser of Apache DataFusion: https://github.com/apache/datafusion-sqlparser-rs */
export async function sqlparser(dialect: Source['dialect'], parser?: ParserLoader): Promise<ParseSql> {
  const { init, parse } = await needPackage<typeof import('@guanmingchiu/sqlparser-ts')>(
    '@guanmingchiu/sqlparser-ts',
    parser,
  );
  await init();
  return (sql) => {
    if (countOperators(sql, dialect) > mostOperators) {
      return { type: 'error', error: { message: `it has more than ${mostOperators} operators`, offset: 0 } };
    }
    const toOffset = characterOffsets(sql);
    let statements: Tree[];
    try {
      // The tree is read as data: what its types know is known below.
      statements = parse(inKnownWords(sql, dialect), dialect) as unknown as Tree[];
    } catch (error) {
      return { type: 'error', error: toError(error, { sql, toOffset }) };
    }
    return readAll(statements, (statement) => readStatement(statement, { sql, dialect, toOffset }));
  };
}

function toError(error: unknown, { sql, toOffset }: { sql: string; toOffset: Source['toOffset'] }): CodeError {
  if (error instanceof RangeError) return { message: 'it is nested too deeply', offset: 0 };
  const { message } = error as Error;
  const [, said, line, column] =
    /^(?:sql parser error: )?([\s\S]+) at Line: (\d+), Column: (\d+)$/.exec(message) ??
    /^sql parser error: ([\s\S]+)$/.exec(message) ??
    [];
  if (said === undefined) throw error;
  if (line !== undefined) return { message: said, offset: toOffset({ line: Number(line), column: Number(column) }) };
  // It names no place for what is missing at the end.
  return { message: said, offset: said.endsWith('found: EOF') ? sql.trimEnd().length : 0 };
}

/** The parser counts characters, which may be two units of UTF-16. */
function characterOffsets(sql: string): Source['toOffset'] {
  const offsets: number[] = [];
  const lines = [0];
  let offset = 0;
  for (const character of sql) {
    offsets.push(offset);
    offset += character.length;
    if (character === '\n') lines.push(offsets.length);
  }
  return ({ line, column }) => offsets[(lines[line - 1] as number) + column - 1] ?? sql.length;
}
