import type { CodeError } from '../code/code-error.ts';
import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import {
  type ColumnUse,
  innerScope,
  newFacts,
  type Outputs,
  outputsOfFunction,
  type ParseSql,
  type Scope,
  type StatementFacts,
  visibleCte,
} from './facts.ts';

/** The parser takes the square of the time for comments within comments. */
const mostComments = 1_000;

/** PostgreSQL, by its own parser: https://github.com/pganalyze/libpg_query */
export async function postgresql(parser?: ParserLoader): Promise<ParseSql> {
  const { parse } = await needPackage<typeof import('libpg-query')>('libpg-query', parser);
  return async (sql) => {
    if (sql.split('/*').length > mostComments) {
      return { type: 'error', error: { message: `it has more than ${mostComments} comments`, offset: 0 } };
    }
    const toOffset = byteOffsets(sql);
    try {
      const { stmts = [] } = (await parse(sql)) as { stmts?: { stmt?: Tree; stmt_location?: number }[] };
      return { type: 'parsed', statements: stmts.map(({ stmt = {} }) => readStatement(stmt, toOffset)) };
    } catch (error) {
      return { type: 'error', error: toError(error) };
    }
  };
}

function toError(error: unknown): CodeError {
  const { message, sqlDetails } = error as { message: string; sqlDetails?: { cursorPosition?: number } };
  if (error instanceof RangeError || message.startsWith('memory exhausted')) {
    return { message: 'it is nested too deeply', offset: 0 };
  }
  if (sqlDetails === undefined) throw error;
  return { message, offset: Math.max(0, sqlDetails.cursorPosition ?? 0) };
}

/** The parser counts bytes of UTF-8. */
function byteOffsets(sql: string): (bytes: number) => number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII alone, where bytes are characters
  if (/^[\x00-\x7f]*$/.test(sql)) return (bytes) => bytes;
  const encoded = new TextEncoder().encode(sql);
  return (bytes) => new TextDecoder().decode(encoded.subarray(0, bytes)).length;
}

/** A node of the tree: `{ SelectStmt: { … } }`, or the fields of one where the grammar leaves no choice. */
type Tree = { readonly [name: string]: unknown };

const statementTypes: Readonly<Record<string, string>> = {
  SelectStmt: 'select',
  InsertStmt: 'insert',
  UpdateStmt: 'update',
  DeleteStmt: 'delete',
};

interface Reader {
  readonly facts: StatementFacts;
  readonly toOffset: (bytes: number) => number;
}

function readStatement(statement: Tree, toOffset: Reader['toOffset']): StatementFacts {
  const [tag = ''] = Object.keys(statement);
  const type =
    statementTypes[tag] ??
    tag
      .replace(/Stmt$/, '')
      .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
      .toLowerCase();
  const facts = newFacts(type);
  if (statementTypes[tag] !== undefined) visit(statement, innerScope(), { facts, toOffset });
  return facts;
}

/** Nodes that do no harm beyond what their parts do. */
const plainNodes = new Set(
  `A_ArrayExpr A_Const A_Expr A_Indices A_Indirection A_Star BitString Boolean BooleanTest BoolExpr CaseExpr CaseWhen
   CoalesceExpr CollateClause ColumnDef ColumnRef CommonTableExpr Float FuncCall GroupingFunc GroupingSet IndexElem Integer JoinExpr List MinMaxExpr
   NamedArgExpr NullTest ParamRef RangeFunction RangeSubselect RangeTableSample RangeVar ResTarget RowExpr SetToDefault
   SQLValueFunction SelectStmt SortBy String SubLink TypeCast TypeName WindowDef InsertStmt UpdateStmt DeleteStmt`.split(
    /\s+/,
  ),
);

/** Fields that do no harm beyond what is in them; INTO and FOR UPDATE are not among them. */
const plainFields = new Set(
  `action agg_distinct agg_filter agg_order agg_star agg_within_group alias aliascolnames aliasname all arg args argnumber array_bounds arrayBounds
   boolop booltesttype boolval bsval catalogname coldeflist collname colname colnames cols content ctematerialized ctename ctequery ctes
   defresult distinctClause elements endOffset expr exprs fields frameOptions fromClause func_variadic funcformat funcname
   functions fval groupClause groupDistinct havingClause indexElems infer indirection inh is_local isNatural is_rowsfrom is_slice isnull items ival jointype
   kind larg lateral lexpr lidx limitCount limitOffset limitOption list_end list_start location method multidims name names node
   nulls_ordering nulltesttype number onConflictClause op orderClause ordering ordinality over override partitionClause quals rarg recursive refname refs relation
   relname relpersistence repeatable result returningClause rexpr rexpr_list_end rexpr_list_start row_format row_typeid schemaname
   selectStmt setof sortClause sortby_dir sortby_nulls startOffset subLinkType subquery subselect sval targetList testexpr typeName
   typemod typmod typmods uidx useOp usingClause val valuesLists version whereClause windowClause winname withClause xpr arraybounds`.split(
    /\s+/,
  ),
);

const plainOperators = new Set(
  `+ - * / % ^ |/ ||/ @ & | # ~ << >> = <> != < <= > >= || ~~ !~~ ~~* !~~* ~* !~ !~* -> ->> #> #>> @> <@ ? ?| ?& #- @? @@ && &< &> -|- <-> @-@
   ## |>> <<| BETWEEN IN`.split(/\s+/),
);

const timeValues = new Set(
  `SVFOP_CURRENT_DATE SVFOP_CURRENT_TIME SVFOP_CURRENT_TIME_N SVFOP_CURRENT_TIMESTAMP SVFOP_CURRENT_TIMESTAMP_N SVFOP_LOCALTIME
   SVFOP_LOCALTIME_N SVFOP_LOCALTIMESTAMP SVFOP_LOCALTIMESTAMP_N`.split(/\s+/),
);

/** Reads any part of the tree: what is known gets a meaning, what is not is told. */
function visit(part: unknown, scope: Scope, reader: Reader, offset = 0): void {
  if (Array.isArray(part)) {
    for (const item of part) visit(item, scope, reader, offset);
    return;
  }
  if (typeof part !== 'object' || part === null) return;
  for (const [name, value] of Object.entries(part)) {
    const isNode = /^[A-Z]/.test(name);
    const at = isNode ? offsetOf(value, reader, offset) : offset;
    if (!(isNode ? plainNodes : plainFields).has(name)) {
      reader.facts.unknown.push({ what: wordsOf(name), offset: at });
    } else if (isNode && !Array.isArray(value) && typeof value === 'object' && value !== null) {
      visitNode(name, value as Tree, scope, { reader, offset: at });
    } else visit(value, scope, reader, at);
  }
}

function wordsOf(name: string): string {
  if (name === 'intoClause') return 'INTO';
  if (name === 'lockingClause') return 'FOR UPDATE or FOR SHARE';
  return name
    .replace(/(?:Clause|Expr|Stmt)$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
}

interface Spot {
  readonly reader: Reader;
  readonly offset: number;
}

function visitNode(name: string, node: Tree, scope: Scope, { reader, offset }: Spot): void {
  const { facts } = reader;
  switch (name) {
    case 'SelectStmt':
      visitSelect(node, scope, reader);
      return;
    case 'InsertStmt':
    case 'UpdateStmt':
    case 'DeleteStmt':
      visitWrite(name, node, scope, { reader, offset });
      return;
    case 'RangeVar':
      visitTable(node, scope, { reader, offset });
      return;
    case 'RangeSubselect': {
      const { aliasname = '', colnames } = aliasOf(node);
      const inner = innerScope(scope);
      visitSelect(bodyOf(node.subquery), inner, reader);
      scope.sources.push({ type: 'query', alias: aliasname, outputs: renamed(inner.outputs, colnames) });
      return;
    }
    case 'RangeFunction':
      visitTableFunction(node, scope, { reader, offset });
      return;
    case 'JoinExpr':
      visitJoin(node, scope, { reader, offset });
      return;
    case 'FuncCall': {
      const [schema, called] = qualified(namesOf(node.funcname));
      facts.functions.push({ schema: schema === 'pg_catalog' ? undefined : schema, name: called, offset });
      break;
    }
    case 'SQLValueFunction': {
      const value = String(node.op);
      if (!timeValues.has(value)) facts.functions.push({ name: value.replace('SVFOP_', '').toLowerCase(), offset });
      return;
    }
    case 'ColumnRef':
      facts.columns.push(columnOf(node, scope, offset));
      return;
    case 'A_Indirection':
      if (listOf(node.indirection).some((step) => !('A_Indices' in step))) {
        facts.unknown.push({ what: 'the field of a composite value', offset });
      }
      break;
    case 'A_Expr':
      readOperator(namesOf(node.name), { reader, offset });
      break;
    case 'TypeCast':
      readType(node.typeName as Tree, { reader, offset });
      visit(node.arg, scope, reader, offset);
      return;
    case 'ColumnDef':
      readType(node.typeName as Tree, { reader, offset });
      return;
    case 'SortBy':
      readOperator(namesOf(node.useOp), { reader, offset });
      visitSorted(node.node, scope, { reader, offset });
      return;
    default:
  }
  visit(node, scope, reader, offset);
}

function readOperator(names: readonly string[], { reader, offset }: Spot): void {
  const [schema, operator] = qualified(names);
  if (names.length === 0 || ((schema ?? 'pg_catalog') === 'pg_catalog' && plainOperators.has(operator.toUpperCase())))
    return;
  if (
    ['LIKE', 'ILIKE', 'SIMILAR', 'BETWEEN SYMMETRIC', 'NOT BETWEEN', 'NOT BETWEEN SYMMETRIC'].includes(
      operator.toUpperCase(),
    )
  )
    return;
  reader.facts.unknown.push({ what: `the operator ${operator}`, offset });
}

/** A `reg…` type looks a name up in the catalogue; a type of another schema may run its own code. */
function readType(type: Tree | undefined, { reader, offset }: Spot): void {
  const [schema, name] = qualified(namesOf(type?.names));
  const isOwn = schema !== undefined && !['pg_catalog', 'public'].includes(schema);
  if (isOwn || name.startsWith('reg') || type?.setof === true) {
    reader.facts.unknown.push({ what: `the type ${name}`, offset });
  }
}

/** A bare name in ORDER BY is an output's before it is a column's. */
function visitSorted(node: unknown, scope: Scope, { reader, offset }: Spot): void {
  const reference = (node as { ColumnRef?: Tree } | undefined)?.ColumnRef;
  if (reference === undefined) visit(node, scope, reader, offset);
  else
    reader.facts.columns.push({
      ...columnOf(reference, scope, offsetOf(reference, reader, offset)),
      mayBeOutput: true,
    });
}

function columnOf(node: Tree, scope: Scope, offset: number): ColumnUse {
  const fields = listOf(node.fields);
  const name = 'A_Star' in (fields.at(-1) ?? {}) ? '*' : stringOf(fields.at(-1));
  const of = fields.length > 1 ? fields.slice(0, -1).map(stringOf).at(-1) : undefined;
  return { of, name, scope, mayBeOutput: false, offset };
}

function visitSelect(select: Tree, parent: Scope, reader: Reader): Outputs {
  const scope = innerScope(parent);
  visitCtes(select.withClause as Tree | undefined, scope, reader);
  const { larg, rarg, fromClause, targetList, valuesLists, withClause: _, sortClause, ...rest } = select;
  if (larg !== undefined) {
    scope.outputs = visitSelect(larg as Tree, scope, reader);
    visitSelect(rarg as Tree, scope, reader);
  } else if (valuesLists !== undefined) {
    visit(valuesLists, scope, reader);
    const [row] = listOf(valuesLists);
    scope.outputs = listOf((row as { List?: Tree }).List?.items).map((_, index) => `column${index + 1}`);
  } else {
    visit(fromClause, scope, reader);
    scope.outputs = outputsOf(listOf(targetList));
    scope.aliases = aliasesOf(listOf(targetList));
    visit(targetList, scope, reader);
  }
  visit(rest, scope, reader);
  visit(sortClause, scope, reader);
  parent.outputs = scope.outputs;
  return scope.outputs;
}

function visitCtes(clause: Tree | undefined, scope: Scope, reader: Reader): void {
  const ctes = listOf(clause?.ctes).map((cte) => cte.CommonTableExpr as Tree);
  const given = (cte: Tree) => (cte.aliascolnames === undefined ? undefined : listOf(cte.aliascolnames).map(stringOf));
  if (clause?.recursive === true) for (const cte of ctes) scope.ctes.set(String(cte.ctename), given(cte));
  for (const cte of ctes) {
    const { ctequery, aliascolnames: _, ctename, ...rest } = cte;
    const inner = innerScope(scope);
    visit(ctequery, inner, reader);
    visit(rest, inner, reader);
    scope.ctes.set(String(ctename), given(cte) ?? inner.outputs);
  }
}

/** The names a SELECT list gives; a star gives what cannot be told here. */
function outputsOf(targets: readonly Tree[]): Outputs {
  const names: string[] = [];
  for (const { ResTarget } of targets) {
    const { name, val } = ResTarget as { name?: string; val?: Tree };
    const fields = listOf((val?.ColumnRef as Tree | undefined)?.fields);
    if ('A_Star' in (fields.at(-1) ?? {})) return undefined;
    names.push(name ?? (fields.length > 0 ? stringOf(fields.at(-1)) : nameOfValue(val)));
  }
  return names;
}

function aliasesOf(targets: readonly Tree[]): readonly string[] {
  return targets.flatMap(({ ResTarget }) => (ResTarget as { name?: string }).name ?? []);
}

/** https://www.postgresql.org/docs/current/queries-select-lists.html#QUERIES-COLUMN-LABELS */
function nameOfValue(value: Tree | undefined): string {
  const call = value?.FuncCall as Tree | undefined;
  if (call !== undefined) return qualified(namesOf(call.funcname))[1];
  const cast = value?.TypeCast as Tree | undefined;
  return cast === undefined
    ? value?.CoalesceExpr === undefined
      ? '?column?'
      : 'coalesce'
    : nameOfValue(cast.arg as Tree);
}

function visitTable(node: Tree, scope: Scope, { reader, offset }: Spot): void {
  const { schemaname, relname, alias, catalogname, ...rest } = node;
  const name = String(relname);
  const { aliasname = name, colnames } = aliasOf({ alias });
  const cte = schemaname === undefined ? visibleCte(scope, name) : undefined;
  visit(rest, scope, reader, offset);
  if (catalogname !== undefined) reader.facts.unknown.push({ what: `the database ${String(catalogname)}`, offset });
  if (cte !== undefined) {
    scope.sources.push({ type: 'query', alias: aliasname, outputs: renamed(cte.outputs, colnames) });
    return;
  }
  const table = { schema: schemaname as string | undefined, name, offset };
  reader.facts.tables.push(table);
  scope.sources.push({ type: 'table', alias: aliasname, table, isRenamed: colnames !== undefined });
}

function visitTableFunction(node: Tree, scope: Scope, { reader, offset }: Spot): void {
  visit(node.functions, scope, reader, offset);
  visit(node.coldeflist, scope, reader, offset);
  const { alias: _, functions, coldeflist, ...rest } = node;
  visit(rest, scope, reader, offset);
  const call = listOf(functions).flatMap(({ List }) => listOf((List as Tree | undefined)?.items))[0]?.FuncCall as
    | Tree
    | undefined;
  const called = qualified(namesOf(call?.funcname))[1];
  const { aliasname = called, colnames } = aliasOf(node);
  const defined = listOf(coldeflist).map(({ ColumnDef }) => String((ColumnDef as Tree).colname));
  const outputs = colnames ?? (defined.length > 0 ? defined : outputsOfFunction(called, aliasname));
  scope.sources.push({ type: 'query', alias: aliasname, outputs: [...outputs, 'ordinality'] });
}

function visitJoin(node: Tree, scope: Scope, { reader, offset }: Spot): void {
  const { larg, rarg, usingClause, isNatural, alias, join_using_alias: _, ...rest } = node;
  visit(larg, scope, reader, offset);
  visit(rarg, scope, reader, offset);
  for (const name of listOf(usingClause).map(stringOf)) {
    reader.facts.columns.push({ name, scope, mayBeOutput: false, offset });
  }
  if (isNatural === true) reader.facts.columns.push({ name: '*', scope, mayBeOutput: false, offset });
  if (alias !== undefined) reader.facts.unknown.push({ what: 'the alias of a join', offset });
  visit(rest, scope, reader, offset);
}

function visitWrite(name: string, node: Tree, parent: Scope, { reader, offset }: Spot): void {
  const { facts } = reader;
  const scope = innerScope(parent);
  facts.types.add(statementTypes[name] ?? name);
  const { withClause, relation, cols, targetList, onConflictClause, returningClause, ...rest } = node;
  visitCtes(withClause as Tree | undefined, scope, reader);
  // What is written to is a table, whatever the CTEs are named.
  visitTable(relation as Tree, { ...scope, parent: undefined, ctes: new Map() }, { reader, offset });
  const conflict = (onConflictClause ?? {}) as Tree;
  for (const { ResTarget } of [...listOf(cols), ...listOf(targetList), ...listOf(conflict.targetList)]) {
    const target = ResTarget as Tree;
    facts.columns.push({
      name: String(target.name),
      scope,
      mayBeOutput: false,
      offset: offsetOf(target, reader, offset),
    });
  }
  visit([rest.fromClause, rest.usingClause], scope, reader, offset);
  const { fromClause: _, usingClause: __, ...others } = rest;
  visit([others, targetList, conflict], scope, reader, offset);
  const returned = listOf((returningClause as Tree | undefined)?.exprs);
  visit(returned, scope, reader, offset);
  parent.outputs = returningClause === undefined ? [] : outputsOf(returned);
  if (name !== 'InsertStmt' && node.whereClause === undefined) {
    facts.unknown.push({ what: `the ${statementTypes[name]} of all rows: add a WHERE`, offset });
  }
}

function renamed(outputs: Outputs, names: readonly string[] | undefined): Outputs {
  if (names === undefined) return outputs;
  return outputs === undefined ? undefined : [...names, ...outputs.slice(names.length)];
}

function aliasOf({ alias }: Tree): { readonly aliasname?: string; readonly colnames?: readonly string[] } {
  const { aliasname, colnames } = (alias ?? {}) as { aliasname?: string; colnames?: unknown };
  return {
    ...(aliasname === undefined ? {} : { aliasname }),
    ...(colnames === undefined ? {} : { colnames: listOf(colnames).map(stringOf) }),
  };
}

function bodyOf(node: unknown): Tree {
  return ((node as { SelectStmt?: Tree } | undefined)?.SelectStmt ?? {}) as Tree;
}

function listOf(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? value : [];
}

function stringOf(node: Tree | undefined): string {
  return ((node?.String as Tree | undefined)?.sval as string | undefined) ?? '';
}

function namesOf(value: unknown): string[] {
  return listOf(value).map(stringOf);
}

function qualified(names: readonly string[]): readonly [schema: string | undefined, name: string] {
  return [names.length > 1 ? names.slice(0, -1).join('.') : undefined, names.at(-1) ?? ''];
}

function offsetOf(node: unknown, { toOffset }: Reader, fallback: number): number {
  const { location } = (node ?? {}) as { location?: number };
  return location === undefined || location < 0 ? fallback : toOffset(location);
}
