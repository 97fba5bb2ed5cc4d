import type { CodeError } from '../code/code-error.ts';
import { offsetAt } from '../code/position.ts';
import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import type { SqlDialect } from './dialect.ts';
import {
  innerScope,
  newFacts,
  type Outputs,
  outputsOfFunction,
  type ParseSql,
  type Scope,
  type StatementFacts,
  visibleCte,
} from './facts.ts';
import { countOperators, inKnownWords } from './lexing.ts';

type Dialect = Exclude<SqlDialect, 'postgresql'>;

/** More operators than that can end the parser's stack, and with it the parser. */
const mostOperators = 400;

/** MySQL and SQLite, by the parser of Apache DataFusion: https://github.com/apache/datafusion-sqlparser-rs */
export async function sqlparser(dialect: Dialect, parser?: ParserLoader): Promise<ParseSql> {
  const { init, parse } = await needPackage<typeof import('@guanmingchiu/sqlparser-ts')>(
    '@guanmingchiu/sqlparser-ts',
    parser,
  );
  await init();
  return (sql) => {
    if (countOperators(sql, dialect) > mostOperators) {
      return { type: 'error', error: { message: `it has more than ${mostOperators} operators`, offset: 0 } };
    }
    try {
      // The tree is read as data: what its types know is known below.
      const statements = parse(inKnownWords(sql, dialect), dialect) as unknown as Tree[];
      return { type: 'parsed', statements: statements.map((statement) => readStatement(statement, { sql, dialect })) };
    } catch (error) {
      return { type: 'error', error: toError(error, sql) };
    }
  };
}

function toError(error: unknown, sql: string): CodeError {
  if (error instanceof RangeError) return { message: 'it is nested too deeply', offset: 0 };
  const { message } = error as Error;
  const [, said = '', line = '1', column = '1'] =
    /^(?:sql parser error: )?([\s\S]+) at Line: (\d+), Column: (\d+)$/.exec(message) ??
    /^sql parser error: ([\s\S]+)$/.exec(message) ??
    [];
  if (said === '') throw error;
  return { message: said, offset: offsetAt(sql, { line: Number(line), column: Number(column) }) };
}

type Tree = { readonly [name: string]: unknown };

interface Reader {
  readonly facts: StatementFacts;
  readonly sql: string;
  readonly dialect: Dialect;
}

const statementTypes: Readonly<Record<string, string>> = {
  Query: 'select',
  Insert: 'insert',
  Update: 'update',
  Delete: 'delete',
};

function readStatement(statement: Tree, source: Omit<Reader, 'facts'>): StatementFacts {
  const [tag = ''] = typeof statement === 'string' ? [statement] : Object.keys(statement);
  const type = statementTypes[tag] ?? tag.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  const facts = newFacts(type);
  const reader = { ...source, facts };
  if (statementTypes[tag] !== undefined) visitNamed(tag, statement[tag], innerScope(), reader);
  return facts;
}

/** Names of the tree that do no harm beyond what is in them. What is empty may have any other name. */
const plainNames = new Set(
  `AllOperator And AnyOperator Array AsIs Between Binary BinaryOp Boolean Case Cast Ceil Char CharacterLength Collate CompoundFieldAccess CompoundIdentifier Convert
   CrossJoin Custom Date DateTime DateTimeField Datetime Decimal Derived Distinct Double DoubleQuotedString Exists Expr ExprWithAlias Expressions
   Extract Float Floor FullOuter Function HexStringLiteral Identifier InList InSubquery Inner Int Integer IntegerLength Interval IntroducedString IsDistinctFrom IsFalse
   IsNotDistinctFrom IsNotFalse IsNotNull IsNotTrue IsNull IsTrue Join Left LeftOuter Like LimitOffset List MatchAgainst
   NamedWindow NationalStringLiteral Named Nested Number Numeric ObjectName OffsetCommaLimit On OrderBy Overlay Placeholder Position Preceding Following
   PrecisionAndScale Precision QualifiedWildcard Query RLike Real Regexp Right RightOuter RoundDownload Select Separator SetOperation Signed SingleQuotedString SmallInt StraightJoin
   Subquery Substring Table TableFactor Text Time Timestamp TinyInt Trim Tuple UnaryOp Unnamed UnnamedExpr Unsigned Using Using Value Values Varchar Varbinary VarcharLength Wildcard WindowSpec
   Word alias any args array asc at body case_token charset clauses closing_paren_token closing_token collation column
   columns compare_op condition conditions content data_type distinct duplicate_treatment else_result end end_bound
   end_token escape_char exclude explicit explicit_row expr fetch field filter flavor format fractional_seconds_precision from group_by
   having high index_hints hint_type index_names index_type interval introducer is_some is_try join_operator joins keyword kind last_field lateral
   leading_field leading_precision left length limit limit_clause list low match_value max_levels name named_window negated null_treatment
   nulls_first offset op opening_token operand options order_by over overlay_for overlay_from overlay_what parameters partition_by
   pattern precision projection quantity query quote_style r recursive regexp relation result right rows search_modifier opt_search_modifier select_token selection set_quantifier
   shorthand sort_by span special start start_bound styles subquery subquery substring_for substring_from syntax target_before_value token trim_characters
   trim_what trim_where unit units value value_keyword window_before_qualify window_frame window_name with with_token within_group wildcard_token
   assignments target ColumnName table table_name TableName source from WithFromKeyword tables using using_from returning Set`.split(
    /\s+/,
  ),
);

function visit(part: unknown, scope: Scope, reader: Reader): void {
  if (Array.isArray(part)) {
    for (const item of part) visit(item, scope, reader);
    return;
  }
  if (typeof part !== 'object' || part === null) return;
  for (const [name, value] of Object.entries(part)) {
    if (isEmpty(value) || name.endsWith('token')) continue;
    if (value === 'Natural') reader.facts.columns.push({ name: '*', scope, mayBeOutput: false, offset: 0 });
    if (plainNames.has(name)) visitNamed(name, value, scope, reader);
    else if (!isHarmless(name, value))
      reader.facts.unknown.push({ what: wordsOf(name), offset: offsetOf(part, reader) });
  }
}

/** Nothing, or what has nothing in it. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === 'None') return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return typeof value === 'object' && Object.values(value as Tree).every(isEmpty);
}

function isHarmless(name: string, value: unknown): boolean {
  return name === 'select_modifiers' ? JSON.stringify(value).includes('"sql_calc_found_rows":false') : false;
}

function wordsOf(name: string): string {
  return name === 'locks'
    ? 'FOR UPDATE or FOR SHARE'
    : name
        .replaceAll('_', ' ')
        .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
        .toUpperCase();
}

function visitNamed(name: string, value: unknown, scope: Scope, reader: Reader): void {
  const { facts, dialect } = reader;
  const node = value as Tree;
  switch (name) {
    case 'span':
    case 'data_type':
    case 'charset':
    case 'collation':
      return;
    case 'Query':
      visitQuery(node, scope, reader);
      return;
    case 'Subquery':
    case 'subquery':
    case 'InSubquery':
      if (node.body !== undefined) visitQuery(node, scope, reader);
      else visit(node, scope, reader);
      return;
    case 'Select':
      visitSelect(node, scope, reader);
      return;
    case 'Insert':
    case 'Update':
    case 'Delete':
      visitWrite(name, node, scope, reader);
      return;
    case 'Table':
      visitTable(node, scope, reader);
      return;
    case 'Derived': {
      const inner = innerScope(scope);
      visitQuery(node.subquery as Tree, inner, reader);
      const { alias, columns } = aliasOf(node);
      scope.sources.push({ type: 'query', alias: alias ?? '', outputs: columns ?? inner.outputs });
      return;
    }
    case 'Function': {
      const names = objectName(node.name);
      facts.functions.push({ schema: schemaOf(names), name: names.at(-1) ?? '', offset: offsetOf(node.name, reader) });
      if (node.uses_odbc_syntax === true)
        facts.unknown.push({ what: 'the braces', offset: offsetOf(node.name, reader) });
      const { name: _, uses_odbc_syntax: __, ...rest } = node;
      visit(rest, scope, reader);
      return;
    }
    case 'Identifier': {
      const { value: word, quote_style: quote } = node;
      const bare = String(word);
      const offset = offsetOf(node, reader);
      if (quote == null && /^[@:$]/.test(bare) && dialect === 'mysql')
        facts.unknown.push({ what: `the variable ${bare}`, offset });
      else if (quote == null && /^(?:current|session|system|local)[_a-z]*$/i.test(bare))
        facts.functions.push({ name: bare, offset });
      else if (quote !== '"' || dialect !== 'mysql')
        facts.columns.push({ name: bare, scope, mayBeOutput: false, offset });
      return;
    }
    case 'CompoundIdentifier': {
      const parts = (value as readonly Tree[]).map((part) => String(part.value));
      const offset = offsetOf(value, reader);
      if (parts.some((part) => part.startsWith('@')))
        facts.unknown.push({ what: `the variable ${parts.join('.')}`, offset });
      facts.columns.push({ of: parts.at(-2), name: parts.at(-1) ?? '', scope, mayBeOutput: false, offset });
      return;
    }
    case 'Wildcard':
      facts.columns.push({ name: '*', scope, mayBeOutput: false, offset: offsetOf(value, reader) });
      return;
    case 'QualifiedWildcard': {
      const [kind, additional] = value as readonly [Tree, Tree];
      const of = objectName(kind.ObjectName).at(-1);
      facts.columns.push({ of, name: '*', scope, mayBeOutput: false, offset: offsetOf(kind, reader) });
      visit(additional, scope, reader);
      return;
    }
    case 'Using':
      for (const column of value as readonly unknown[]) {
        facts.columns.push({
          name: objectName(column).at(-1) ?? '',
          scope,
          mayBeOutput: false,
          offset: offsetOf(column, reader),
        });
      }
      return;
    case 'columns':
      // Of MATCH … AGAINST.
      for (const column of value as readonly unknown[]) {
        const names = objectName(column);
        facts.columns.push({
          of: names.at(-2),
          name: names.at(-1) ?? '',
          scope,
          mayBeOutput: false,
          offset: offsetOf(column, reader),
        });
      }
      return;
    default:
      visit(value, scope, reader);
  }
}

function visitQuery(query: Tree, parent: Scope, reader: Reader): void {
  const scope = innerScope(parent);
  visitCtes(query.with as Tree | null, scope, reader);
  const { with: _, order_by, ...rest } = query;
  visit(rest, scope, reader);
  for (const expression of orderedBy(order_by)) visitSorted(expression, scope, reader);
  const { kind: __, ...others } = (order_by ?? {}) as Tree;
  visit(others, scope, reader);
  parent.outputs = scope.outputs;
}

function orderedBy(orderBy: unknown): readonly Tree[] {
  const { kind } = (orderBy ?? {}) as { kind?: { Expressions?: readonly Tree[] } };
  return kind?.Expressions ?? [];
}

/** A bare name in ORDER BY is an output's before it is a column's. */
function visitSorted({ expr, ...rest }: Tree, scope: Scope, reader: Reader): void {
  const identifier = (expr as { Identifier?: Tree } | undefined)?.Identifier;
  // ORDER BY belongs to the query, its names to the SELECT in it.
  const inside: Scope = (scope as ScopeWithBody).body ?? scope;
  const before = reader.facts.columns.length;
  visit(expr, inside, reader);
  if (identifier !== undefined) {
    const [use] = reader.facts.columns.splice(before, 1);
    if (use !== undefined) reader.facts.columns.push({ ...use, mayBeOutput: true });
  }
  visit(rest, inside, reader);
}

/** The scope of a query, with that of the SELECT which is its body. */
type ScopeWithBody = Scope & { body?: Scope };

function visitCtes(clause: Tree | null, scope: Scope, reader: Reader): void {
  if (clause === null || clause === undefined) return;
  const { cte_tables, recursive, with_token: _, ...rest } = clause;
  visit(rest, scope, reader);
  const ctes = (cte_tables ?? []) as readonly Tree[];
  const nameOf = (cte: Tree) => comparableCte(aliasOf(cte).alias ?? '', reader);
  if (recursive === true) for (const cte of ctes) scope.ctes.set(nameOf(cte), aliasOf(cte).columns);
  for (const cte of ctes) {
    const { query, alias: __, closing_paren_token: ___, materialized: ____, ...others } = cte;
    const inner = innerScope(scope);
    visitQuery(query as Tree, inner, reader);
    visit(others, inner, reader);
    scope.ctes.set(nameOf(cte), aliasOf(cte).columns ?? inner.outputs);
  }
}

function comparableCte(name: string, { dialect }: Reader): string {
  return dialect === 'sqlite' ? name.toLowerCase() : name;
}

function visitSelect(select: Tree, parent: Scope, reader: Reader): void {
  const scope = innerScope(parent);
  const { from, projection, ...rest } = select;
  visit(from, scope, reader);
  scope.outputs = outputsOf((projection ?? []) as readonly Tree[]);
  scope.aliases = aliasesOf((projection ?? []) as readonly Tree[]);
  visit(projection, scope, reader);
  visit(rest, scope, reader);
  parent.outputs ??= scope.outputs;
  (parent as ScopeWithBody).body ??= scope;
}

function outputsOf(items: readonly Tree[]): Outputs {
  const names: string[] = [];
  for (const item of items) {
    if ('Wildcard' in item || 'QualifiedWildcard' in item) return undefined;
    const { alias } = (item.ExprWithAlias ?? {}) as { alias?: Tree };
    const { Identifier, CompoundIdentifier } = (item.UnnamedExpr ?? {}) as {
      Identifier?: Tree;
      CompoundIdentifier?: readonly Tree[];
    };
    names.push(String((alias ?? Identifier ?? CompoundIdentifier?.at(-1))?.value ?? ''));
  }
  return names;
}

function aliasesOf(items: readonly Tree[]): readonly string[] {
  return items.flatMap(({ ExprWithAlias }) => {
    const { alias } = (ExprWithAlias ?? {}) as { alias?: Tree };
    return alias === undefined ? [] : [String(alias.value)];
  });
}

function visitTable(node: Tree, scope: Scope, reader: Reader): void {
  const { name, alias: _, args, ...rest } = node;
  const names = objectName(name);
  const own = names.at(-1) ?? '';
  const offset = offsetOf(name, reader);
  const { alias = own, columns } = aliasOf(node);
  visit(rest, scope, reader);
  if (args !== null && args !== undefined) {
    reader.facts.functions.push({ schema: schemaOf(names), name: own, offset });
    visit(args, scope, reader);
    scope.sources.push({ type: 'query', alias, outputs: columns ?? outputsOfFunction(own.toLowerCase(), alias) });
    return;
  }
  const cte = names.length === 1 ? visibleCte(scope, comparableCte(own, reader)) : undefined;
  if (cte !== undefined) {
    scope.sources.push({ type: 'query', alias, outputs: columns ?? cte.outputs });
    return;
  }
  const table = { schema: schemaOf(names), name: own, offset };
  reader.facts.tables.push(table);
  scope.sources.push({ type: 'table', alias, table, isRenamed: columns !== undefined });
}

function visitWrite(name: string, node: Tree, parent: Scope, reader: Reader): void {
  // MySQL's `WITH … UPDATE` has the statement twice, one in the other.
  const inner = node[name] as Tree | undefined;
  const { table, from, assignments, columns, selection, returning, source, into: _, ...rest } = inner ?? node;
  const { facts } = reader;
  const scope = innerScope(parent);
  // What is written to is a table, whatever the CTEs are named.
  const target = { ...scope, parent: undefined, ctes: new Map() };
  facts.types.add(statementTypes[name] ?? name);
  const { TableName } = (table ?? {}) as { TableName?: unknown };
  if (TableName === undefined) visit([table, from], target, reader);
  else visitTable({ name: TableName }, target, reader);
  for (const column of (columns ?? []) as readonly unknown[]) {
    facts.columns.push({
      name: objectName(column).at(-1) ?? '',
      scope,
      mayBeOutput: false,
      offset: offsetOf(column, reader),
    });
  }
  for (const { target: place, value } of (assignments ?? []) as readonly Tree[]) {
    const names = objectName((place as { ColumnName?: unknown }).ColumnName);
    facts.columns.push({
      of: names.at(-2),
      name: names.at(-1) ?? '',
      scope,
      mayBeOutput: false,
      offset: offsetOf(place, reader),
    });
    visit(value, scope, reader);
  }
  if (source !== null && source !== undefined) visitQuery(source as Tree, scope, reader);
  visit([selection, returning], scope, reader);
  visit(rest, scope, reader);
  if (name !== 'Insert' && (selection === null || selection === undefined)) {
    facts.unknown.push({ what: `the ${statementTypes[name]} of all rows: add a WHERE`, offset: 0 });
  }
}

function aliasOf({ alias }: Tree): { readonly alias?: string; readonly columns?: readonly string[] } {
  const { name, columns = [] } = (alias ?? {}) as { name?: Tree; columns?: readonly Tree[] };
  return {
    ...(name === undefined ? {} : { alias: String(name.value) }),
    ...(columns.length === 0 ? {} : { columns: columns.map((column) => String((column.name as Tree).value)) }),
  };
}

/** The parts of a dotted name. */
function objectName(name: unknown): string[] {
  return ((name ?? []) as readonly Tree[]).map((part) =>
    String((part.Identifier as Tree | undefined)?.value ?? part.value),
  );
}

function schemaOf(names: readonly string[]): string | undefined {
  return names.length > 1 ? names.slice(0, -1).join('.') : undefined;
}

/** Where the first token of a part stands, if the part says so. */
function offsetOf(part: unknown, { sql }: Reader): number {
  const start = startOf(part, 0);
  return start === undefined || start.line === 0 ? 0 : offsetAt(sql, start);
}

function startOf(part: unknown, depth: number): { line: number; column: number } | undefined {
  if (typeof part !== 'object' || part === null || depth > 6) return undefined;
  const { span } = part as { span?: { start?: { line: number; column: number } } };
  if (span?.start !== undefined) return span.start;
  for (const value of Object.values(part)) {
    const start = startOf(value, depth + 1);
    if (start !== undefined) return start;
  }
  return undefined;
}
