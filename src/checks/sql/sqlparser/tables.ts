import { innerScope, type Scope, visibleCte } from '../facts.ts';
import { apart, behind, joinScopes } from '../views.ts';
import { namedColumn } from './names.ts';
import { comparableCte, visitQuery } from './query.ts';
import { aliasOf, objectName, offsetOf, qualified, type Reader, type Tree } from './tree.ts';

export function visitTable(node: Tree, scope: Scope, reader: Reader): void {
  const { name, alias: _, args, ...rest } = node;
  const names = objectName(name);
  const { schema, name: own } = qualified(names);
  const offset = offsetOf(name, reader);
  const { alias = own, columns } = aliasOf(node);
  reader.visit(rest, scope);
  if (args !== null && args !== undefined) {
    reader.facts.functions.push({ schema, name: own, offset });
    reader.visit(args, scope);
    const isKnown = /^json_(?:each|tree)$/i.test(own);
    scope.sources.push({ type: 'query', alias, outputs: columns ?? (isKnown ? ofJson : []), hasMore: !isKnown });
    return;
  }
  const cte = names.length === 1 ? visibleCte(scope, comparableCte(own, reader)) : undefined;
  if (cte !== undefined) {
    scope.sources.push({ type: 'query', alias, outputs: columns ?? cte.outputs });
    return;
  }
  const table = { schema, name: own, offset };
  reader.facts.tables.push(table);
  scope.sources.push({ type: 'table', alias, table, isRenamed: columns !== undefined });
}

/** The columns of `json_each` and `json_tree`: https://www.sqlite.org/json1.html#table_valued_functions_for_parsing_json */
const ofJson = ['key', 'value', 'type', 'atom', 'id', 'parent', 'fullkey', 'path', 'json', 'root'];

export function visitDerived(node: Tree, scope: Scope, reader: Reader): void {
  const inner = innerScope(node.lateral === true ? behind(scope, reader.facts) : apart(scope));
  visitQuery(node.subquery as Tree, inner, reader);
  const { alias, columns } = aliasOf(node);
  scope.sources.push({ type: 'query', alias: alias ?? '', outputs: columns ?? inner.outputs });
}

/** `orders JOIN lines USING (id) …`: what a part of the FROM clause reads, joined from left to right. */
export function visitJoined({ relation, joins, ...rest }: Tree, scope: Scope, reader: Reader): void {
  // To SQLite, a comma is a join too.
  const left = reader.dialect === 'sqlite' ? 0 : scope.sources.length;
  reader.visit([relation, rest], scope);
  for (const { relation: joined, join_operator: operator, ...more } of joins as readonly Tree[]) {
    const right = scope.sources.length;
    reader.visit([joined, more], scope);
    const { on, using } = joinScopes(scope, { left, right }, reader);
    reader.visit({ join_operator: operator }, on);
    for (const column of columnsOfUsing(operator))
      for (const side of using)
        reader.facts.columns.push(namedColumn(objectName(column), side, offsetOf(column, reader)));
  }
}

function columnsOfUsing(operator: unknown): readonly unknown[] {
  const [kind] = typeof operator === 'object' && operator !== null ? Object.values(operator) : [];
  return (kind as { Using?: readonly unknown[] } | null | undefined)?.Using ?? [];
}
