import type { IssuePath } from '../../trace/issue.ts';
import { childOf, type DocumentNode, openDocument } from './document.ts';

/** Whether something stands at a path of a released document; at `[]`, the whole, something does. */
export function isReleased(released: string, path: IssuePath): boolean {
  const document = openDocument();
  document.push(released);
  let node: DocumentNode | undefined = document.root();
  for (const key of path) {
    node = node === undefined ? undefined : childOf(node, key);
  }
  return node !== undefined;
}
