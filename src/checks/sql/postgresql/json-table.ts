import type { Scope } from '../facts.ts';
import { behind } from '../views.ts';
import { readType } from './operators-and-types.ts';
import { renamed } from './tables.ts';
import { aliasOf, listOf, type Spot, type Tree } from './tree.ts';

/** PostgreSQL's `JSON_TABLE(document, path PASSING … COLUMNS (…)) AS alias`. */
export function visitJsonTable(node: Tree, outer: Scope, { reader, offset }: Spot): void {
  const { context_item, pathspec, passing, columns, on_error, alias: _, lateral: __, location: ___, ...rest } = node;
  const scope = behind(outer, reader.facts);
  reader.facts.functions.push({ name: 'json_table', offset });
  for (const { raw_expr } of [
    context_item,
    ...listOf(passing).map(({ JsonArgument }) => (JsonArgument as Tree).val),
  ] as Tree[])
    reader.visit(raw_expr, scope, offset);
  visitSaid({ pathspec, on_error }, scope, { reader, offset });
  reader.visit(rest, scope, offset);
  const names = listOf(columns).flatMap((column) =>
    visitColumn(column.JsonTableColumn as Tree, scope, { reader, offset }),
  );
  const { aliasname = 'json_table', colnames } = aliasOf(node);
  outer.sources.push({ type: 'query', alias: aliasname, outputs: renamed(names, colnames) });
}

/** @returns the names of what the column gives */
function visitColumn(column: Tree, scope: Scope, spot: Spot): string[] {
  const { name, typeName, columns } = column;
  if (typeName !== undefined) readType(typeName as Tree, spot);
  visitSaid(column, scope, spot);
  const nested = listOf(columns).flatMap(({ JsonTableColumn }) => visitColumn(JsonTableColumn as Tree, scope, spot));
  return column.coltype === 'JTC_NESTED' ? nested : [String(name)];
}

/** The path, and what stands in for a value that is absent or wrong. */
function visitSaid({ pathspec, on_empty, on_error }: Tree, scope: Scope, { reader, offset }: Spot): void {
  reader.visit((pathspec as Tree | undefined)?.string, scope, offset);
  for (const behavior of [on_empty, on_error]) reader.visit((behavior as Tree | undefined)?.expr, scope, offset);
}
