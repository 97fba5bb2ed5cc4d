import { comparableTable } from '../dialect.ts';
import { innerScope, type Outputs, type Scope } from '../facts.ts';
import { aliasOf, type Reader, type Tree } from './tree.ts';

export function visitQuery(query: Tree, parent: Scope, reader: Reader): void {
  const scope = innerScope(parent);
  visitCtes(query.with as Tree | null, scope, reader);
  const { with: _, order_by, ...rest } = query;
  reader.visit(rest, scope);
  for (const expression of orderedBy(order_by)) visitSorted(expression, scope, reader);
  const { kind: __, ...others } = (order_by ?? {}) as Tree;
  reader.visit(others, scope);
  parent.outputs ??= scope.outputs;
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
  reader.visit(expr, inside);
  if (identifier !== undefined) {
    const [use] = reader.facts.columns.splice(before, 1);
    if (use !== undefined) reader.facts.columns.push({ ...use, mayBeOutput: true });
  }
  reader.visit(rest, inside);
}

/** The scope of a query, with that of the SELECT which is its body. */
type ScopeWithBody = Scope & { body?: Scope };

function visitCtes(clause: Tree | null, scope: Scope, reader: Reader): void {
  if (clause === null || clause === undefined) return;
  const { cte_tables, recursive, with_token: _, ...rest } = clause;
  reader.visit(rest, scope);
  const ctes = cte_tables as readonly Tree[];
  const nameOf = (cte: Tree) => comparableCte(String(aliasOf(cte).alias), reader);
  if (recursive === true) for (const cte of ctes) scope.ctes.set(nameOf(cte), aliasOf(cte).columns);
  for (const cte of ctes) {
    const { query, alias: __, closing_paren_token: ___, materialized: ____, ...others } = cte;
    const inner = innerScope(scope);
    visitQuery(query as Tree, inner, reader);
    reader.visit(others, inner);
    scope.ctes.set(nameOf(cte), aliasOf(cte).columns ?? inner.outputs);
  }
}

export function comparableCte(name: string, { dialect }: Reader): string {
  return comparableTable(name, dialect);
}

export function visitSelect(select: Tree, parent: Scope, reader: Reader): void {
  const scope = innerScope(parent);
  const { from, projection, ...rest } = select;
  reader.visit(from, scope);
  scope.outputs = outputsOf(projection as readonly Tree[]);
  scope.aliases = aliasesOf(projection as readonly Tree[]);
  reader.visit(projection, scope);
  reader.visit(rest, scope);
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
