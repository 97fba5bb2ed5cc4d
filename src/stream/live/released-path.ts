import type { Steps } from '../../effects/in-turns.ts';
import type { IssuePath } from '../../trace/issue.ts';
import { childOf, type DocumentNode, openDocument } from './document.ts';

/** Whether a released document has a value at one of some paths. It always has one at `[]`. */
export function* holdsAny(released: string, paths: readonly IssuePath[]): Steps<boolean> {
  if (released !== '' && paths.some((path) => path.length === 0)) return true;
  if (paths.length === 0) return false;
  const document = openDocument();
  yield* document.pushInSteps(released);
  return paths.some((path) => nodeAt(document.root(), path) !== undefined);
}

function nodeAt(root: DocumentNode | undefined, path: IssuePath): DocumentNode | undefined {
  let node = root;
  for (const key of path) node = node === undefined ? undefined : childOf(node, key);
  return node;
}
