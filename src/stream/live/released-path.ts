import type { IssuePath } from '../../trace/issue.ts';
import { childOf, type DocumentNode, openDocument } from './document.ts';

/** Whether a released document has a value at a path. It always has one at `[]`. */
export function isReleased(released: string, path: IssuePath): boolean {
  const document = openDocument();
  document.push(released);
  let node: DocumentNode | undefined = document.root();
  for (const key of path) {
    node = node === undefined ? undefined : childOf(node, key);
  }
  return node !== undefined;
}
