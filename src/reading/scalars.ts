import type { IssuePath } from '../trace/issue.ts';
import { plainValue, type SourceValue } from './source-value.ts';
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
  const pending: { readonly node: SourceValue; readonly path: IssuePath }[] = [{ node: root, path: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, path } = next;
    if (node.type === 'object') {
      pending.push(...node.members.map((member) => ({ node: member.node, path: [...path, member.name] })).reverse());
    } else if (node.type === 'array') {
      pending.push(...node.items.map((item, index) => ({ node: item, path: [...path, index] })).reverse());
    } else if (leaves.push({ path, value: plainValue(node) as Scalar['value'], json: node.json }) > most) {
      return undefined;
    }
    if (pending.length > most) return undefined;
  }
  return leaves;
}
