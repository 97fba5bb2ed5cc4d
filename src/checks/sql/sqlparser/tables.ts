import { innerScope, outputsOfFunction, type Scope, visibleCte } from '../facts.ts';
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
    scope.sources.push({ type: 'query', alias, outputs: columns ?? outputsOfFunction(own.toLowerCase(), alias) });
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

export function visitDerived(node: Tree, scope: Scope, reader: Reader): void {
  const inner = innerScope(scope);
  visitQuery(node.subquery as Tree, inner, reader);
  const { alias, columns } = aliasOf(node);
  scope.sources.push({ type: 'query', alias: alias ?? '', outputs: columns ?? inner.outputs });
}
