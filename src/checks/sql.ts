import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { nearestName } from '../trace/nearest-name.ts';
import type { Check } from './check.ts';
import { configuredBy } from './configured.ts';
import type { ParserLoader } from './parsers/need-package.ts';
import type { Place } from './places/place.ts';
import { meaningOf } from './sql/columns.ts';
import { comparable, comparableTable, type SqlDialect, toDialect } from './sql/dialect.ts';
import type { ColumnUse, StatementFacts, TableUse } from './sql/facts.ts';
import { type Finding, judgeSql } from './sql/judge-sql.ts';
import { loadSqlParser } from './sql/load-parser.ts';

export type { SqlDialect } from './sql/dialect.ts';

/** Tables and their columns: `{ orders: ['id', 'total'] }`. A table of another schema is `sales.orders`. */
export type SqlSchema = Readonly<Record<string, readonly string[]>>;

/** The dialect, and the tables and columns that exist. */
export interface SqlOptions {
  /** The SQL dialect. @default 'postgresql' */
  readonly dialect?: SqlDialect;
  /** The tables and columns that exist; every name must be one of these. @default names are not checked */
  readonly schema?: SqlSchema;
  /** The place of the statements in a JSON answer: `query` or `/query`. @default the whole text, or its fences */
  readonly path?: Place;
  /** The check's name; unique on a model. @default 'sql' */
  readonly name?: string;
  /** Loads the parser, if your bundler must see the import: `() => import('libpg-query')`. */
  readonly parser?: ParserLoader;
}

/**
 * The SQL parses and, with a schema, names only tables and columns that exist. It may do anything; use `sqlSafe` to
 * limit what it may do.
 *
 * @throws InvalidArgumentError for an unknown dialect.
 * @example sql({ dialect: 'postgresql', schema: { orders: ['id', 'total'], customers: ['id', 'name'] } })
 */
export function sql(options: SqlOptions = {}): Check {
  refuseBadOptions('sql', options, { dialect: true, schema: true, path: 'string', name: 'string', parser: true });
  const { dialect: dialectName = 'postgresql', schema, path, name = 'sql', parser } = options;
  const dialect = toDialect(dialectName);
  const known = schema === undefined ? undefined : toKnown(schema, dialect);
  const check = judgeSql({
    name,
    path,
    dialect,
    load: () => loadSqlParser(dialect, parser),
    isExecuted: false,
    before: () => undefined,
    judge: (statements) =>
      known === undefined ? [] : statements.flatMap((statement) => unknownNames(statement, known)),
  });
  return configuredBy([dialectName, schema, path], check);
}

interface Known {
  readonly dialect: SqlDialect;
  /** The columns of each table, by the table's comparable name. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
}

function toKnown(schema: SqlSchema, dialect: SqlDialect): Known {
  const isKnown = typeof schema === 'object' && schema !== null && Object.values(schema).every(Array.isArray);
  if (!isKnown)
    throw new InvalidArgumentError({
      argument: 'schema',
      message: "schema of sql() must be the columns of each table: { orders: ['id', 'total'] }.",
    });
  const entries = Object.entries(schema).map(([table, columns]) => [comparableTable(table, dialect), columns] as const);
  return { dialect, columns: new Map(entries) };
}

function unknownNames(statement: StatementFacts, known: Known): Finding[] {
  return [
    ...statement.tables.flatMap((table) => unknownTable(table, known)),
    ...statement.columns.flatMap((column) => unknownColumn(column, known)),
  ];
}

function columnsOf({ schema, name }: TableUse, { columns, dialect }: Known): readonly string[] | undefined {
  const full = schema === undefined ? undefined : columns.get(comparableTable(`${schema}.${name}`, dialect));
  const isElsewhere = schema !== undefined && !['public', 'main'].includes(schema.toLowerCase()) && dialect !== 'mysql';
  return full ?? (isElsewhere ? undefined : columns.get(comparableTable(name, dialect)));
}

function unknownTable(table: TableUse, known: Known): Finding[] {
  if (columnsOf(table, known) !== undefined) return [];
  const tables = [...known.columns.keys()];
  return [
    {
      message: `There is no table ${nameOf(table)}: use ${tables.join(', ')}`,
      offset: table.offset,
      ...nearest(nameOf(table), tables),
    },
  ];
}

function nameOf({ schema, name }: TableUse): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

/** Columns that every table of the dialect has. */
const hidden: Readonly<Record<SqlDialect, readonly string[]>> = {
  postgresql: ['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid'],
  mysql: [],
  sqlite: ['rowid', 'oid', '_rowid_'],
};

function unknownColumn(use: ColumnUse, known: Known): Finding[] {
  const { dialect } = known;
  const has = (table: TableUse, column: string) => {
    const columns = columnsOf(table, known);
    // What is not known of an unknown table is told once, of the table.
    if (columns === undefined) return true;
    return [...columns, ...hidden[dialect]].some((name) => comparable(name, dialect) === comparable(column, dialect));
  };
  const { name, of, offset } = use;
  const meaning = meaningOf(use, dialect, has);
  if (name === '*' || meaning.type === 'own' || meaning.type === 'row') {
    return of !== undefined && meaning.type === 'unknown-source' ? unknownSource(of, offset) : [];
  }
  if (meaning.type === 'unknown-source') return of === undefined ? [] : unknownSource(of, offset);
  if (meaning.isRenamed || meaning.tables.some((table) => has(table, name)) || isOutput(use, dialect)) return [];
  const columns = meaning.tables
    .map((table) => columnsOf(table, known))
    .filter((names) => names !== undefined)
    .flat();
  const where = meaning.tables.map((table) => table.name).join(', ');
  return [
    { message: `There is no column ${name} in ${where}: use ${columns.join(', ')}`, offset, ...nearest(name, columns) },
  ];
}

/** GROUP BY and HAVING take outputs too, where there is no column of that name. */
function isOutput({ of, name, scope }: ColumnUse, dialect: SqlDialect): boolean {
  return of === undefined && scope.aliases.some((output) => comparable(output, dialect) === comparable(name, dialect));
}

function unknownSource(of: string, offset: number): Finding[] {
  return [{ message: `There is no table or alias ${of} in the FROM clause`, offset }];
}

function nearest(name: string, names: readonly string[]): { suggestion?: string } {
  const found = nearestName(name, names);
  return found === undefined ? {} : { suggestion: found };
}
