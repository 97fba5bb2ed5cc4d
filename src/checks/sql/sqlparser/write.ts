import { innerScope, type Scope } from '../facts.ts';
import { namedColumn } from './names.ts';
import { visitQuery } from './query.ts';
import { visitTable } from './tables.ts';
import { objectName, offsetOf, type Reader, type StatementTag, statementTypes, type Tree } from './tree.ts';

export function visitWrite(name: StatementTag, node: Tree, parent: Scope, reader: Reader): void {
  // MySQL's `WITH … UPDATE` has the statement twice, one in the other.
  const inner = node[name] as Tree | undefined;
  const { table, from, assignments, columns, selection, returning, source, into: _, on, ...changing } = inner ?? node;
  const { or, replace_into, ignore: __, insert_alias, ...rest } = changing;
  const { facts } = reader;
  const scope = innerScope(parent);
  // What is written to is a table, whatever the CTEs are named.
  const target = { ...scope, parent: undefined, ctes: new Map() };
  facts.types.add(statementTypes[name]);
  const { TableName } = (table ?? {}) as { TableName?: unknown };
  // What is read beside it may be a CTE.
  const { AfterSet } = (from ?? {}) as { AfterSet?: unknown };
  if (TableName === undefined) {
    reader.visit(AfterSet === undefined ? [table, from] : table, target);
    reader.visit(AfterSet, scope);
  } else visitTable({ name: TableName }, target, reader);
  const listed = (columns ?? []) as readonly unknown[];
  const hasValues = source !== null && source !== undefined;
  // Without a list, the values go to every column.
  if (name === 'Insert' && listed.length === 0 && hasValues) facts.columns.push(namedColumn(['*'], scope, 0));
  for (const column of listed) {
    facts.columns.push(namedColumn(objectName(column), scope, offsetOf(column, reader)));
  }
  visitAssignments(assignments, scope, reader);
  if (hasValues) visitQuery(source as Tree, scope, reader);
  reader.visit([selection, returning], scope);
  reader.visit(rest, scope);
  visitConflict(on, { scope, reader, alias: rowAlias(insert_alias) });
  visitAlternative(replace_into === true ? 'Replace' : or, reader);
  if (name !== 'Insert' && (selection === null || selection === undefined)) {
    facts.unknown.push({ what: `the ${statementTypes[name]} of all rows: add a WHERE`, offset: 0 });
  }
}

function visitAssignments(assignments: unknown, scope: Scope, reader: Reader): void {
  for (const { target: place, value } of (assignments ?? []) as readonly Tree[]) {
    const { ColumnName, Tuple = [ColumnName] } = place as { ColumnName?: unknown; Tuple?: readonly unknown[] };
    for (const column of Tuple)
      reader.facts.columns.push(namedColumn(objectName(column), scope, offsetOf(column, reader)));
    reader.visit(value, scope);
  }
}

/** How MySQL names the row that was to be inserted: `VALUES (1) AS new`. */
function rowAlias(alias: unknown): string {
  const [{ Identifier } = {}] = ((alias ?? {}) as { row_alias?: readonly Tree[] }).row_alias ?? [];
  return String((Identifier as Tree | undefined)?.value ?? 'excluded');
}

interface Conflict {
  readonly scope: Scope;
  readonly reader: Reader;
  /** What the row is called that was not inserted; its columns are those of the table. */
  readonly alias: string;
}

/** What is done where a row is there already: an update of that row. */
function visitConflict(on: unknown, { scope, reader, alias }: Conflict): void {
  if (on === null || on === undefined) return;
  const [written] = scope.sources;
  const { OnConflict, DuplicateKeyUpdate, ...others } = on as { OnConflict?: Tree; DuplicateKeyUpdate?: unknown };
  reader.visit(others, scope);
  const inner = innerScope(scope);
  if (written?.type === 'table') inner.sources.push({ ...written, alias });
  const { conflict_target, action, ...more } = OnConflict ?? {};
  reader.visit(more, inner);
  const { Columns = [], ...constraint } = (conflict_target ?? {}) as { Columns?: readonly Tree[] };
  reader.visit(constraint, scope);
  for (const column of Columns)
    reader.facts.columns.push(namedColumn([String(column.value)], scope, offsetOf(column, reader)));
  const { DoUpdate } = (typeof action === 'object' && action !== null ? action : {}) as { DoUpdate?: Tree };
  if (DoUpdate === undefined && DuplicateKeyUpdate === undefined) return;
  reader.facts.types.add('update');
  const { assignments, selection, ...unknown } = DoUpdate ?? {};
  visitAssignments(assignments ?? DuplicateKeyUpdate, inner, reader);
  reader.visit([selection, unknown], inner);
}

/** `INSERT OR REPLACE` deletes the row that is there; the others keep it. */
function visitAlternative(or: unknown, { facts }: Reader): void {
  if (or === null || or === undefined || or === 'Ignore' || or === 'Abort' || or === 'Fail') return;
  if (or === 'Replace') facts.types.add('delete');
  else facts.unknown.push({ what: `OR ${String(or).toUpperCase()}`, offset: 0 });
}
