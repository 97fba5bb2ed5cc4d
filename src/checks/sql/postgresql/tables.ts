import { dotted } from '../dialect.ts';
import { innerScope, type Outputs, type Scope, visibleCte } from '../facts.ts';
import { safeFunctions } from '../safe-functions.ts';
import { apart, behind, joinScopes } from '../views.ts';
import { readSampling } from './operators-and-types.ts';
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
  const inner = innerScope(node.lateral === true ? behind(scope, reader.facts) : apart(scope));
  visitSelect((node.subquery as { SelectStmt: Tree }).SelectStmt, inner, reader);
  scope.sources.push({ type: 'query', alias: aliasname, outputs: renamed(inner.outputs, colnames) });
}

export function visitTableFunction(node: Tree, scope: Scope, { reader, offset }: Spot): void {
  const { alias: _, functions, coldeflist, ...rest } = node;
  reader.visit([functions, coldeflist, rest], behind(scope, reader.facts), offset);
  const calls = listOf(functions).map(({ List }) => listOf((List as Tree | undefined)?.items)[0]);
  const called = calls.map((call) => nameOfValue(call) ?? '');
  const [first = ''] = called;
  const { aliasname = first, colnames } = aliasOf(node);
  const defined = listOf(coldeflist).map(({ ColumnDef }) => String((ColumnDef as Tree).colname));
  const names = called.length > 1 ? called : [aliasname];
  const given =
    defined.length > 0 ? defined : called.flatMap((name, index) => columnsOfFunction(name) ?? [names[index] ?? name]);
  const hasMore = calls.some(isForeign);
  const outputs = [...(renamed(given, colnames) ?? []), ...(node.ordinality === true ? ['ordinality'] : [])];
  const possible = called.includes('unnest') ? ['lexeme', 'positions', 'weights'] : [];
  scope.sources.push({
    type: 'query',
    alias: aliasname,
    outputs: hasMore ? (colnames ?? []) : outputs,
    possible: [...outputs, ...possible],
    hasMore,
  });
}

/** The columns of the system's functions that name them; the one of any other is called as the function or its alias. */
function columnsOfFunction(name: string): readonly string[] | undefined {
  if (/^jsonb?_each(?:_text)?$/.test(name)) return ['key', 'value'];
  return /^jsonb?_array_elements(?:_text)?$/.test(name) ? ['value'] : undefined;
}

/** Whether it may call a function of the database's own, whose columns only the database knows. */
function isForeign(value: Tree | undefined): boolean {
  const call = value?.FuncCall as Tree | undefined;
  return call !== undefined && !systemFunctions.has(namesOf(call.funcname).at(-1) ?? '');
}

const systemFunctions = new Set(safeFunctions.postgresql);

export function visitSampled({ relation, method, ...rest }: Tree, scope: Scope, { reader, offset }: Spot): void {
  readSampling(namesOf(method), { reader, offset });
  reader.visit(rest, behind(scope, reader.facts), offset);
  reader.visit(relation, scope, offset);
}

export function visitJoin(node: Tree, scope: Scope, { reader, offset }: Spot): void {
  const { larg, rarg, usingClause, isNatural, alias, join_using_alias: _, ...rest } = node;
  const left = scope.sources.length;
  reader.visit(larg, scope, offset);
  const right = scope.sources.length;
  reader.visit(rarg, scope, offset);
  const { on, using } = joinScopes(scope, { left, right }, { dialect: 'postgresql', facts: reader.facts });
  for (const name of listOf(usingClause).map(stringOf)) {
    for (const side of using) reader.facts.columns.push({ name, scope: side, mayBeOutput: false, offset });
  }
  if (isNatural === true) reader.facts.columns.push({ name: '*', scope, mayBeOutput: false, offset });
  if (alias !== undefined) reader.facts.unknown.push({ what: 'the alias of a join', offset });
  reader.visit(rest, on, offset);
}

export function renamed(outputs: Outputs, names: readonly string[] | undefined): Outputs {
  if (names === undefined) return outputs;
  return outputs === undefined ? undefined : [...names, ...outputs.slice(names.length)];
}
