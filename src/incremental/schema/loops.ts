import { type SchemaNode, UNKNOWN } from './schema-node.ts';

/** Schemas that judge one value may build on each other in chains of this length. */
const LONGEST_CHAIN = 300;

/**
 * Cuts the references that lead back to a schema without going into the value (`{ "$ref": "#" }`), and chains that are too
 * long to follow: what they demand is not known. Returns whether there were any.
 */
export function cutLoops(nodes: readonly SchemaNode[]): boolean {
  let hasLoops = false;
  /** How long the chains are that begin at a node; 0 while that is being found out. */
  const lengths = new Map<SchemaNode, number>();
  for (const root of nodes) {
    if (root.combinators.length === 0 || lengths.has(root)) continue;
    const stack = [{ node: root, edges: edgesOf(root), longest: 0 }];
    lengths.set(root, 0);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = top.edges.pop();
      if (edge === undefined) {
        lengths.set(top.node, 1 + top.longest);
        stack.pop();
        continue;
      }
      const target = edge.branches[edge.index] as SchemaNode;
      const length = target.combinators.length === 0 ? 1 : lengths.get(target);
      if (length === 0 || (length ?? 0) >= LONGEST_CHAIN) {
        edge.branches[edge.index] = UNKNOWN;
        hasLoops = true;
      } else if (length !== undefined) {
        top.longest = Math.max(top.longest, length);
      } else {
        lengths.set(target, 0);
        // looked at once more when its own chains are known
        top.edges.push(edge);
        stack.push({ node: target, edges: edgesOf(target), longest: 0 });
      }
    }
  }
  return hasLoops;
}

function edgesOf(node: SchemaNode): { branches: SchemaNode[]; index: number }[] {
  return node.combinators.flatMap(({ branches }) => branches.map((_, index) => ({ branches, index })));
}
