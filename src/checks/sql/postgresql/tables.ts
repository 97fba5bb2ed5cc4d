import { innerScope, type Outputs, outputsOfFunction, type Scope, visibleCte } from '../facts.ts';
import { visitSelect } from './select.ts';
import { aliasOf, listOf, namesOf, qualified, type Reader, type Spot, stringOf, type Tree } from './tree.ts';

export function visitTable(node: Tree, scope: Scope, { reader, offset }: Spot): void {
  const { schemaname, relname, alias, catalogname, ...rest } = node;
  const name = String(relname);
  const { aliasname = name, colnames } = aliasOf({ alias });
  const cte = schemaname === undefined ? visibleCte(scope, name) : undefined;
  reader.visit(rest, scope, offset);
  if (catalogname !== undefined) reader.facts.unknown.push({ what: `the database ${String(catalogname)}`, offset });
  if (cte !== undefined) {
    scope.sources.push({ type: 'query', alias: aliasname, outputs: renamed(cte.outputs, colnames) });
    return;
  }
  const table = { schema: schemaname as string | undefined, name, offset };
  reader.facts.tables.push(table);
  scope.sources.push({ type: 'table', alias: aliasname, table, isRenamed: colnames !== undefined });
}

export function visitSubquery(node: Tree, scope: Scope, reader: Reader): void {
  const { aliasname = '', colnames } = aliasOf(node);
  const inner = innerScope(scope);
  visitSelect((node.subquery as { SelectStmt: Tree }).SelectStmt, inner, reader);
  scope.sources.push({ type: 'query', alias: aliasname, outputs: renamed(inner.outputs, colnames) });
}

export function visitTableFunction(node: Tree, scope: Scope, { reader, offset }: Spot): void {
  reader.visit(node.functions, scope, offset);
  reader.visit(node.coldeflist, scope, offset);
  const { alias: _, functions, coldeflist, ...rest } = node;
  reader.visit(rest, scope, offset);
  const call = listOf(functions).flatMap(({ List }) => listOf((List as Tree | undefined)?.items))[0]?.FuncCall as
    | Tree
    | undefined;
  const called = qualified(namesOf(call?.funcname))[1];
  const { aliasname = called, colnames } = aliasOf(node);
  const defined = listOf(coldeflist).map(({ ColumnDef }) => String((ColumnDef as Tree).colname));
  const outputs = colnames ?? (defined.length > 0 ? defined : outputsOfFunction(called, aliasname));
  scope.sources.push({ type: 'query', alias: aliasname, outputs: [...outputs, 'ordinality'] });
}

export function visitJoin(node: Tree, scope: Scope, { reader, offset }: Spot): void {
  const { larg, rarg, usingClause, isNatural, alias, join_using_alias: _, ...rest } = node;
  reader.visit(larg, scope, offset);
  reader.visit(rarg, scope, offset);
  for (const name of listOf(usingClause).map(stringOf)) {
    reader.facts.columns.push({ name, scope, mayBeOutput: false, offset });
  }
  if (isNatural === true) reader.facts.columns.push({ name: '*', scope, mayBeOutput: false, offset });
  if (alias !== undefined) reader.facts.unknown.push({ what: 'the alias of a join', offset });
  reader.visit(rest, scope, offset);
}

function renamed(outputs: Outputs, names: readonly string[] | undefined): Outputs {
  if (names === undefined) return outputs;
  return outputs === undefined ? undefined : [...names, ...outputs.slice(names.length)];
}
