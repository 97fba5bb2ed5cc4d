import type { ColumnUse, Scope } from '../facts.ts';
import { listOf, offsetOf, type Spot, stringOf, type Tree } from './tree.ts';

/** A bare name in ORDER BY is an output's before it is a column's. */
export function visitSorted(node: unknown, scope: Scope, { reader, offset }: Spot): void {
  const reference = (node as { ColumnRef?: Tree } | undefined)?.ColumnRef;
  if (reference === undefined) reader.visit(node, scope, offset);
  else
    reader.facts.columns.push({
      ...columnOf(reference, scope, offsetOf(reference, reader, offset)),
      mayBeOutput: true,
    });
}

export function columnOf(node: Tree, scope: Scope, offset: number): ColumnUse {
  const fields = listOf(node.fields);
  const last = fields.at(-1);
  const name = last?.A_Star === undefined ? stringOf(last) : '*';
  const of = fields.length > 1 ? fields.slice(0, -1).map(stringOf).at(-1) : undefined;
  return { of, name, scope, mayBeOutput: false, offset };
}
