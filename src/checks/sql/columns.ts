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
 * Where a column may come from. `has` says whether a table has a column of that name, `undefined` where that cannot be told: the
 * database means the nearest FROM clause that has it, so one that may have it is told before those around it.
 */
export function meaningOf(
  use: ColumnUse,
  dialect: SqlDialect,
  has: (table: TableUse, column: string) => boolean | undefined,
): Meaning {
  const { of, name } = use;
  const same = (one: string, other: string) => comparable(one, dialect) === comparable(other, dialect);
  if (of === undefined && use.mayBeOutput && use.scope.outputs?.some((output) => same(output, name)) === true)
    return { type: 'own' };
  let isPerhapsOwn = false;
  let nearest: Meaning | undefined;
  for (let scope: Scope | undefined = use.scope; scope !== undefined; scope = scope.parent) {
    const sources = of === undefined ? scope.sources : namedSources(of, scope, dialect);
    if (sources === undefined) break;
    const tables = sources.filter((source) => source.type === 'table');
    const queries = sources.filter((source) => source.type === 'query');
    const open = tables.filter(({ table }) => has(table, name) === undefined);
    // Two of that name before the dot can be of two schemas.
    if (of !== undefined && open.length > 0) return ofTables(open);
    if (queries.some(({ outputs }) => outputs?.some((output) => same(output, name)))) return { type: 'own' };
    const isListed = tables.some(({ table }) => has(table, name) === true);
    const row = of === undefined && !isListed ? sources.find(({ alias }) => same(alias, name)) : undefined;
    if (row?.type === 'table') return { type: 'row', table: row.table };
    if (isListed || open.length > 0) return ofTables(tables);
    if (row !== undefined || queries.some((query) => of !== undefined || mayGive(query, name))) isPerhapsOwn = true;
    else if (tables.length > 0) nearest ??= ofTables(tables);
    // The others look further where the source of that name has no such column.
    if (of !== undefined && sources.length > 0 && dialect === 'postgresql') break;
  }
  return isPerhapsOwn ? { type: 'own' } : (nearest ?? { type: 'unknown-source' });
}

function mayGive({ outputs, possible = [], hasMore = false }: Source & { type: 'query' }, name: string): boolean {
  return outputs === undefined || hasMore || possible.includes(name);
}

function ofTables(sources: readonly (Source & { type: 'table' })[]): Meaning {
  return {
    type: 'tables',
    tables: sources.map(({ table }) => table),
    isRenamed: sources.some(({ isRenamed }) => isRenamed),
  };
}

/** The sources of that name; `undefined` where it depends on the server whether there is one. */
function namedSources(name: string, scope: Scope, dialect: SqlDialect): readonly Source[] | undefined {
  const wanted = comparableTable(name, dialect);
  const sources = scope.sources.filter(({ alias }) => comparableTable(alias, dialect) === wanted);
  const isUnsure =
    sources.length === 0 &&
    dialect === 'mysql' &&
    scope.sources.some(({ alias }) => comparable(alias, dialect) === comparable(name, dialect));
  return isUnsure ? undefined : sources;
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
