import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { Check } from './check.ts';
import { configuredBy } from './configured.ts';
import type { ParserLoader } from './parsers/need-package.ts';
import type { Place } from './places/place.ts';
import { meaningOf } from './sql/columns.ts';
import { comparable, comparableTable, dotted, type SqlDialect, toDialect } from './sql/dialect.ts';
import type { ColumnUse, FunctionUse, StatementFacts, TableUse } from './sql/facts.ts';
import { judgeSql } from './sql/judge-sql.ts';
import { ambiguity } from './sql/lexing.ts';
import { loadSqlParser } from './sql/load-parser.ts';
import { rowCall } from './sql/row-calls.ts';
import { safeFunctions } from './sql/safe-functions.ts';

/** A type of statement that can be allowed. */
export type SqlStatementType = 'select' | 'insert' | 'update' | 'delete';

/** What a statement may do, and what it may touch. */
export interface SqlSafeOptions {
  /** The SQL dialect. @default 'postgresql' */
  readonly dialect?: SqlDialect;
  /** The statements that are allowed. Those inside a CTE count too. @default ['select'] */
  readonly allow?: readonly SqlStatementType[];
  /**
   * The only tables that may be read or written: `orders`, or `sales.orders` in another schema.
   * @default all except the database system's own
   */
  readonly tables?: readonly string[];
  /**
   * The only columns that may be named: `orders.total`, or `total` of any table. With this option, `*` is rejected.
   * @default all
   */
  readonly columns?: readonly string[];
  /** The only functions that may be called. @default safeFunctions[dialect] */
  readonly functions?: readonly string[];
  /** The place of the statement in a JSON answer: `query` or `/query`. @default the whole text, or its fences */
  readonly path?: Place;
  /** The check's name; unique on a model. @default 'sqlSafe' */
  readonly name?: string;
  /** Loads the parser, if your bundler must see the import: `() => import('libpg-query')`. */
  readonly parser?: ParserLoader;
}

/**
 * The answer is one SQL statement that does only what is allowed. Statements, tables, columns and functions are checked
 * on the parsed tree, and anything the check does not know is rejected. Use it in addition to the database's own
 * permissions, not instead of them.
 *
 * @throws InvalidArgumentError for an unknown dialect or statement type.
 * @example sqlSafe({ dialect: 'postgresql', allow: ['select'], tables: ['orders', 'customers'] })
 */
export function sqlSafe(options: SqlSafeOptions = {}): Check {
  refuseBadOptions('sqlSafe', options, {
    dialect: true,
    allow: true,
    tables: true,
    columns: true,
    functions: true,
    path: 'string',
    name: 'string',
    parser: true,
  });
  const {
    dialect: dialectName = 'postgresql',
    allow = ['select'],
    tables,
    columns,
    functions,
    path,
    name = 'sqlSafe',
    parser,
  } = options;
  const dialect = toDialect(dialectName);
  for (const [option, list] of Object.entries({ allow, tables, columns, functions })) refuseNoNames(option, list);
  refuseUnknownTypes(allow);
  const rules: Rules = {
    dialect,
    allow,
    tables: tables?.map((table) => tableKey(fromDotted(table), dialect)),
    columns: columns?.map((column) =>
      column
        .split('.')
        .map((part) => comparable(part, dialect))
        .join('.'),
    ),
    functions: new Set((functions ?? safeFunctions[dialect]).flatMap((called) => [called, called.toLowerCase()])),
  };
  const check = judgeSql({
    name,
    path,
    dialect,
    load: () => loadSqlParser(dialect, parser),
    isExecuted: true,
    before: (sql) => ambiguity(sql, dialect),
    judge: (statements) => {
      const [statement] = statements;
      if (statement === undefined) return [{ message: `Write a statement: ${listed(allow)}`, offset: 0 }];
      if (statements.length > 1)
        return [{ message: `Write one statement alone; there are ${statements.length}`, offset: 0 }];
      return breaches(statement, rules);
    },
  });
  return configuredBy([dialectName, allow, tables, columns, functions, path], check);
}

interface Rules {
  readonly dialect: SqlDialect;
  readonly allow: readonly string[];
  readonly tables: readonly string[] | undefined;
  readonly columns: readonly string[] | undefined;
  readonly functions: ReadonlySet<string>;
}

/** What the model is to change, and where. */
interface Breach {
  readonly message: string;
  readonly offset: number;
}

function breaches(statement: StatementFacts, rules: Rules): Breach[] {
  const forbidden = [...statement.types].filter((type) => !rules.allow.includes(type));
  if (forbidden.length > 0) {
    return [
      {
        message: `Write only ${listed(rules.allow)}: ${forbidden.map((type) => type.toUpperCase()).join(' and ')} ${forbidden.length > 1 ? 'are' : 'is'} not allowed`,
        offset: 0,
      },
    ];
  }
  return [
    ...statement.unknown.map(({ what, offset }) => ({ message: `Leave out ${what}`, offset })),
    ...statement.tables.filter((table) => !isAllowedTable(table, rules)).map((table) => tableBreach(table, rules)),
    ...statement.functions.filter((called) => !isAllowedFunction(called, rules)).map(functionBreach),
    ...(rules.dialect === 'postgresql' ? statement.columns.flatMap((column) => rowCallBreach(column, rules)) : []),
    ...statement.columns.flatMap((column) => columnBreach(column, rules)),
  ];
}

function listed(types: readonly string[]): string {
  return types.map((type) => type.toUpperCase()).join(' or ');
}

const defaultSchemas: Readonly<Record<SqlDialect, readonly string[]>> = {
  postgresql: ['public'],
  mysql: [],
  sqlite: ['main', 'temp'],
};

const systemSchemas = /^(?:pg_.*|information_schema|mysql|performance_schema|sys|ndbinfo)$/i;
const systemTables: Readonly<Record<SqlDialect, RegExp>> = {
  postgresql: /^pg_/i,
  mysql: /^$/,
  sqlite: /^(?:sqlite_|pragma_)|^(?:dbstat|bytecode|tables_used|fsdir|completion|zipfile|vfsstat|memstat)$/i,
};

function isAllowedTable(table: TableUse, { dialect, tables }: Rules): boolean {
  if (tables !== undefined) return tables.includes(tableKey(table, dialect));
  const { schema, name } = table;
  if (
    schema !== undefined &&
    (dialect === 'sqlite' ? !defaultSchemas.sqlite.includes(schema.toLowerCase()) : systemSchemas.test(schema))
  ) {
    return false;
  }
  return !systemTables[dialect].test(name);
}

function tableKey({ schema, name }: Pick<TableUse, 'schema' | 'name'>, dialect: SqlDialect): string {
  const own = schema === undefined || defaultSchemas[dialect].includes(schema.toLowerCase());
  return comparableTable(own ? dotted([name]) : `${schema}.${dotted([name])}`, dialect);
}

function fromDotted(dotted: string): Pick<TableUse, 'schema' | 'name'> {
  const dot = dotted.lastIndexOf('.');
  return { schema: dot === -1 ? undefined : dotted.slice(0, dot), name: dotted.slice(dot + 1) };
}

function tableBreach({ schema, name, offset }: TableUse, { tables }: Rules): Breach {
  const full = schema === undefined ? name : `${schema}.${name}`;
  const others = tables === undefined ? "it is the database system's own" : `use only ${tables.join(', ')}`;
  return { message: `Leave out the table ${full}; ${others}`, offset };
}

function isAllowedFunction({ schema, name, isForeign = false }: FunctionUse, { dialect, functions }: Rules): boolean {
  const own = dotted([name]);
  const full = schema === undefined ? own : `${schema}.${own}`;
  // PostgreSQL keeps the case of a quoted name, and has folded that of any other.
  const key = comparable(full, dialect);
  return functions.has(key) && !(isForeign && safeFunctions[dialect].includes(key));
}

function functionBreach({ schema, name, offset, isForeign = false }: FunctionUse): Breach {
  const full = schema === undefined ? name : `${schema}.${name}`;
  const what = isForeign ? `write it as ${name}(…), without quotes and spaces, if that is meant` : 'it is not allowed';
  return { message: `Leave out the function ${full}; ${what}`, offset };
}

function rowCallBreach(column: ColumnUse, rules: Rules): Breach[] {
  const call = rowCall(column);
  if (call === undefined || isAllowedFunction(call, rules)) return [];
  const message = `Leave out ${column.of}.${call.name}; ${column.of} has no such column, so it may call a function`;
  return [{ message, offset: call.offset }];
}

function columnBreach(use: ColumnUse, { dialect, columns }: Rules): Breach[] {
  if (columns === undefined) return [];
  const { of, name, offset } = use;
  const breach = (message: string) => [{ message, offset }];
  const column = comparable(dotted([name]), dialect);
  const isListed = (table: TableUse) =>
    columns.includes(column) || columns.includes(`${comparable(tableKey(table, dialect), dialect)}.${column}`);
  if (name === '*') return breach('Name the columns one by one in place of * or NATURAL');
  // Of a table no more is known than what is allowed.
  const meaning = meaningOf(use, dialect, (table) => isListed(table) || undefined);
  switch (meaning.type) {
    case 'own':
      return [];
    case 'row':
      return breach(`Name columns of ${meaning.table.name} in place of the whole row`);
    case 'unknown-source':
      return columns.includes(column) && of === undefined
        ? []
        : breach(`Leave out the column ${name}; it is not allowed`);
    case 'tables': {
      if (meaning.isRenamed) return breach('Leave out the column names after the alias of a table');
      if (meaning.tables.some(isListed)) return [];
      const full = [of, name].filter((part) => part !== undefined).join('.');
      return breach(`Leave out the column ${full}, or write the table before it; allowed are ${columns.join(', ')}`);
    }
  }
}

function refuseNoNames(option: string, names: unknown): void {
  if (names === undefined || (Array.isArray(names) && names.every((name) => typeof name === 'string'))) return;
  throw new InvalidArgumentError({ argument: option, message: `${option} of sqlSafe() must be a list of names.` });
}

function refuseUnknownTypes(allow: readonly string[]): void {
  const known = ['select', 'insert', 'update', 'delete'];
  const unknown = allow.find((type) => !known.includes(type));
  if (unknown === undefined && allow.length > 0) return;
  const message = `allow lists some of ${known.join(', ')}${unknown === undefined ? '' : `; "${unknown}" is none`}.`;
  throw new InvalidArgumentError({ argument: 'allow', message });
}
