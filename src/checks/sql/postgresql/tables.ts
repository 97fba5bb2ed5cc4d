import { dotted } from '../dialect.ts';
import { innerScope, type Outputs, outputsOfFunction, type Scope, visibleCte } from '../facts.ts';
import { safeFunctions } from '../safe-functions.ts';
import { nameOfValue } from './output-names.ts';
import { visitSelect } from './select.ts';
import { aliasOf, listOf, namesOf, type Reader, type Spot, stringOf, type Tree } from './tree.ts';

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
  const schema = schemaname === undefined ? undefined : dotted([String(schemaname)]);
  const table = { schema, name, offset };
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
  const calls = listOf(functions).map(({ List }) => listOf((List as Tree | undefined)?.items)[0]);
  const called = calls.map((call) => nameOfValue(call) ?? '');
  const [first = ''] = called;
  const { aliasname = first, colnames } = aliasOf(node);
  const defined = listOf(coldeflist).map(({ ColumnDef }) => String((ColumnDef as Tree).colname));
  const given = defined.length > 0 ? defined : called.flatMap((name) => outputsOfFunction(name, aliasname));
  scope.sources.push({
    type: 'query',
    alias: aliasname,
    outputs: [...(renamed(given, colnames) ?? []), 'ordinality'],
    hasMore: calls.some(isForeign),
  });
}

/** Whether it may call a function of the database's own, whose columns only the database knows. */
function isForeign(value: Tree | undefined): boolean {
  const call = value?.FuncCall as Tree | undefined;
  return call !== undefined && !systemFunctions.has(namesOf(call.funcname).at(-1) ?? '');
}

const systemFunctions = new Set(safeFunctions.postgresql);

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

export function renamed(outputs: Outputs, names: readonly string[] | undefined): Outputs {
  if (names === undefined) return outputs;
  return outputs === undefined ? undefined : [...names, ...outputs.slice(names.length)];
}
