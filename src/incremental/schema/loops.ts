import { type SchemaNode, UNKNOWN } from './schema-node.ts';

/**
 * Cuts the references that lead back to a schema without going into the value (`{ "$ref": "#" }`): what they demand is not
 * known. Returns whether there were any.
 */
export function cutLoops(nodes: readonly SchemaNode[]): boolean {
  let hasLoops = false;
  const state = new Map<SchemaNode, 'entered' | 'left'>();
  for (const root of nodes) {
    if (root.combinators.length === 0 || state.has(root)) continue;
    const stack = [{ node: root, edges: edgesOf(root) }];
    state.set(root, 'entered');
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = top.edges.pop();
      if (edge === undefined) {
        state.set(top.node, 'left');
        stack.pop();
        continue;
      }
      const target = edge.branches[edge.index] as SchemaNode;
      if (state.get(target) === 'entered') {
        edge.branches[edge.index] = UNKNOWN;
        hasLoops = true;
      } else if (!state.has(target)) {
        state.set(target, 'entered');
        stack.push({ node: target, edges: edgesOf(target) });
      }
    }
  }
  return hasLoops;
}

function edgesOf(node: SchemaNode): { branches: SchemaNode[]; index: number }[] {
  return node.combinators.flatMap(({ branches }) => branches.map((_, index) => ({ branches, index })));
}
