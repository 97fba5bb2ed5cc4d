import type { Steps } from '../../effects/in-turns.ts';
import type { IssuePath } from '../../trace/issue.ts';
import { childOf, type DocumentNode, openDocument } from './document.ts';

/**
 * Whether something released is at one of some paths, and no continuation can mend it: a list or an object that is still
 * open may get what it lacks.
 */
export function* holdsAny(released: string, paths: readonly IssuePath[]): Steps<boolean> {
  if (released === '' || paths.length === 0) return false;
  const document = openDocument();
  yield* document.pushInSteps(released);
  const root = document.root();
  return paths.some((path) => (path.length === 0 && root === undefined) || isOver(nodeAt(root, path)));
}

function isOver(node: DocumentNode | undefined): boolean {
  if (node === undefined) return false;
  return !node.isOpen || node.type === 'string';
}

function nodeAt(root: DocumentNode | undefined, path: IssuePath): DocumentNode | undefined {
  let node = root;
  for (const key of path) node = node === undefined ? undefined : childOf(node, key);
  return node;
}
