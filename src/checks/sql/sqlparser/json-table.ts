import type { Scope } from '../facts.ts';
import { behind } from '../views.ts';
import { aliasOf, offsetOf, type Reader, type Tree } from './tree.ts';

/** MySQL's `JSON_TABLE(document, path COLUMNS (…)) AS alias`: paths, types and defaults are literals. */
export function visitJsonTable(node: Tree, scope: Scope, reader: Reader): void {
  const { json_expr, json_path: _, columns, alias: __, ...rest } = node;
  reader.facts.functions.push({ name: 'json_table', offset: offsetOf(json_expr, reader) });
  reader.visit([json_expr, rest], behind(scope, reader.facts));
  scope.sources.push({ type: 'query', alias: aliasOf(node).alias ?? '', outputs: namesOf(columns as readonly Tree[]) });
}

function namesOf(columns: readonly Tree[]): string[] {
  return columns.flatMap(({ Named, ForOrdinality, Nested }) => {
    if (Nested !== undefined) return namesOf((Nested as Tree).columns as readonly Tree[]);
    const { value } = ((Named as Tree | undefined)?.name ?? ForOrdinality) as Tree;
    return [String(value)];
  });
}
