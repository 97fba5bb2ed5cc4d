import { comparable, comparableTable, type SqlDialect } from './dialect.ts';
import type { ColumnUse, Scope, Source, TableUse } from './facts.ts';

/** What a column's name stands for, by the FROM clauses around it. */
export type Meaning =
  /** Something the statement makes itself: an output, a column of a subquery. */
  | { readonly type: 'own' }
  /** A column of one of these tables, the nearest FROM clause's alone. */
  | { readonly type: 'tables'; readonly tables: readonly TableUse[]; readonly isRenamed: boolean }
  /** All columns of a table, since its alias stands where a column could. */
  | { readonly type: 'row'; readonly table: TableUse }
  /** There is nothing of that name before the dot. */
  | { readonly type: 'unknown-source' };

/**
 * Where a column may come from. `has` says whether a table has a column of that name, as far as one knows: the nearest FROM
 * clause that may have it is meant.
 */
export function meaningOf(
  use: ColumnUse,
  dialect: SqlDialect,
  has: (table: TableUse, column: string) => boolean,
): Meaning {
  const same = (one: string, other: string) => comparable(one, dialect) === comparable(other, dialect);
  const gives = (source: Source) =>
    source.type === 'query' && source.outputs?.some((output) => same(output, use.name)) === true;
  if (use.of !== undefined) return ofSource(use.of, use, dialect);
  if (use.mayBeOutput && use.scope.outputs?.some((output) => same(output, use.name)) === true) return { type: 'own' };
  let nearest: Meaning | undefined;
  for (let scope: Scope | undefined = use.scope; scope !== undefined; scope = scope.parent) {
    const tables = scope.sources.filter((source) => source.type === 'table');
    if (scope.sources.some(gives)) return { type: 'own' };
    const row = scope.sources.find(({ alias }) => same(alias, use.name));
    if (tables.some(({ table }) => has(table, use.name))) return ofTables(tables);
    if (row !== undefined) return row.type === 'table' ? { type: 'row', table: row.table } : { type: 'own' };
    if (tables.length > 0) nearest ??= ofTables(tables);
    else if (scope.sources.some(({ type, ...source }) => type === 'query' && !('outputs' in source && source.outputs)))
      nearest ??= { type: 'own' };
  }
  return nearest ?? { type: 'unknown-source' };
}

function ofTables(sources: readonly (Source & { type: 'table' })[]): Meaning {
  return {
    type: 'tables',
    tables: sources.map(({ table }) => table),
    isRenamed: sources.some(({ isRenamed }) => isRenamed),
  };
}

function ofSource(name: string, { scope }: ColumnUse, dialect: SqlDialect): Meaning {
  const source = sourceOf(name, scope, dialect);
  if (source?.type === 'table') return { type: 'tables', tables: [source.table], isRenamed: source.isRenamed };
  return { type: source === undefined ? 'unknown-source' : 'own' };
}

/** What a name before a dot stands for, in the nearest FROM clause that has it. */
export function sourceOf(name: string, scope: Scope, dialect: SqlDialect): Source | undefined {
  const wanted = comparableTable(name, dialect);
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    const source = current.sources.find(({ alias }) => comparableTable(alias, dialect) === wanted);
    if (source !== undefined) return source;
  }
  return undefined;
}
