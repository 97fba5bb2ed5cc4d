import { innerScope, type Scope } from '../facts.ts';
import { outputsOf } from './output-names.ts';
import { visitCtes } from './select.ts';
import { visitTable } from './tables.ts';
import { listOf, offsetOf, type Spot, type StatementTag, statementTypes, type Tree } from './tree.ts';

export function visitWrite(name: StatementTag, node: Tree, parent: Scope, { reader, offset }: Spot): void {
  const { facts } = reader;
  const scope = innerScope(parent);
  facts.types.add(statementTypes[name]);
  const { withClause, relation, cols, targetList, onConflictClause, returningClause, ...rest } = node;
  visitCtes(withClause as Tree | undefined, scope, reader);
  // What is written to is a table, whatever the CTEs are named.
  visitTable(relation as Tree, { ...scope, parent: undefined, ctes: new Map() }, { reader, offset });
  const conflict = (onConflictClause ?? {}) as Tree;
  const named = (column: string, at: number) =>
    facts.columns.push({ name: column, scope, mayBeOutput: false, offset: at });
  // Without a list, the values go to every column.
  if (name === 'InsertStmt' && cols === undefined && rest.selectStmt !== undefined) named('*', offset);
  for (const { IndexElem } of listOf((conflict.infer as Tree | undefined)?.indexElems)) {
    const { name: column } = IndexElem as Tree;
    if (column !== undefined) named(String(column), offsetOf(IndexElem as Tree, reader, offset));
  }
  for (const { ResTarget } of [...listOf(cols), ...listOf(targetList), ...listOf(conflict.targetList)]) {
    const target = ResTarget as Tree;
    named(String(target.name), offsetOf(target, reader, offset));
  }
  reader.visit([rest.fromClause, rest.usingClause], scope, offset);
  const { fromClause: _, usingClause: __, ...others } = rest;
  reader.visit([others, targetList], scope, offset);
  const inner = innerScope(scope);
  const [written] = scope.sources;
  // The row that was not inserted; its columns are those of the table.
  if (written?.type === 'table') inner.sources.push({ ...written, alias: 'excluded' });
  reader.visit(conflict, inner, offset);
  if (conflict.action === 'ONCONFLICT_UPDATE') facts.types.add('update');
  const returned = listOf((returningClause as Tree | undefined)?.exprs);
  reader.visit(returned, scope, offset);
  parent.outputs = returningClause === undefined ? [] : outputsOf(returned);
  if (name !== 'InsertStmt' && node.whereClause === undefined) {
    facts.unknown.push({ what: `the ${statementTypes[name]} of all rows: add a WHERE`, offset });
  }
}
