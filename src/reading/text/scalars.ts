import type { IssuePath } from '../../trace/issue.ts';
import { plainValue, type SourceArray, type SourceObject, type SourceValue } from './source-value.ts';
import { rootOf } from './splice.ts';

/** A scalar of a JSON text, where it stands in the document. */
export interface Scalar {
  readonly path: IssuePath;
  readonly value: string | number | boolean | null;
  /** As JSON text, a number in its own digits. */
  readonly json: string;
}

/** The scalars of a JSON object or list in order, at most `most`; `undefined` when there are more, or no such text. */
export function scalarsOf(text: string, most: number): readonly Scalar[] | undefined {
  const root = rootOf(text);
  if (root === undefined || (root.type !== 'object' && root.type !== 'array')) return undefined;
  const leaves: Scalar[] = [];
  const pending: Inner[] = [{ node: root, path: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, path } = next;
    if (node.type === 'object' || node.type === 'array') {
      for (const inner of innerOf(node, path).reverse()) pending.push(inner);
    } else {
      leaves.push({ path, value: plainValue(node) as Scalar['value'], json: node.json });
    }
    if (leaves.length > most || pending.length > most) return undefined;
  }
  return leaves;
}

interface Inner {
  readonly node: SourceValue;
  readonly path: IssuePath;
}

/** What stands in an object or a list. */
function innerOf(node: SourceObject | SourceArray, path: IssuePath): Inner[] {
  if (node.type === 'array') return node.items.map((item, index) => ({ node: item, path: [...path, index] }));
  return node.members.map((member) => ({ node: member.node, path: [...path, member.name] }));
}
