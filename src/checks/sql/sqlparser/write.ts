import { innerScope, type Scope } from '../facts.ts';
import { namedColumn } from './names.ts';
import { visitQuery } from './query.ts';
import { visitTable } from './tables.ts';
import { objectName, offsetOf, type Reader, type StatementTag, statementTypes, type Tree } from './tree.ts';

export function visitWrite(name: StatementTag, node: Tree, parent: Scope, reader: Reader): void {
  // MySQL's `WITH … UPDATE` has the statement twice, one in the other.
  const inner = node[name] as Tree | undefined;
  const { table, from, assignments, columns, selection, returning, source, into: _, ...rest } = inner ?? node;
  const { facts } = reader;
  const scope = innerScope(parent);
  // What is written to is a table, whatever the CTEs are named.
  const target = { ...scope, parent: undefined, ctes: new Map() };
  facts.types.add(statementTypes[name]);
  const { TableName } = (table ?? {}) as { TableName?: unknown };
  if (TableName === undefined) reader.visit([table, from], target);
  else visitTable({ name: TableName }, target, reader);
  const listed = (columns ?? []) as readonly unknown[];
  const hasValues = source !== null && source !== undefined;
  // Without a list, the values go to every column.
  if (name === 'Insert' && listed.length === 0 && hasValues) facts.columns.push(namedColumn(['*'], scope, 0));
  for (const column of listed) {
    facts.columns.push(namedColumn(objectName(column), scope, offsetOf(column, reader)));
  }
  for (const { target: place, value } of (assignments ?? []) as readonly Tree[]) {
    const { ColumnName, Tuple = [ColumnName] } = place as { ColumnName?: unknown; Tuple?: readonly unknown[] };
    for (const column of Tuple) facts.columns.push(namedColumn(objectName(column), scope, offsetOf(column, reader)));
    reader.visit(value, scope);
  }
  if (hasValues) visitQuery(source as Tree, scope, reader);
  reader.visit([selection, returning], scope);
  reader.visit(rest, scope);
  if (name !== 'Insert' && (selection === null || selection === undefined)) {
    facts.unknown.push({ what: `the ${statementTypes[name]} of all rows: add a WHERE`, offset: 0 });
  }
}
