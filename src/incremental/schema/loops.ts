import { SchemaNode } from './schema-node.ts';

/**
 * Cuts the references that lead back to a schema without going into the value (`{ "$ref": "#" }`): they demand nothing.
 * Returns the nodes that lost one.
 */
export function cutLoops(nodes: readonly SchemaNode[]): SchemaNode[] {
  const cut: SchemaNode[] = [];
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
        edge.branches[edge.index] = new SchemaNode();
        cut.push(top.node);
      } else if (!state.has(target)) {
        state.set(target, 'entered');
        stack.push({ node: target, edges: edgesOf(target) });
      }
    }
  }
  return cut;
}

function edgesOf(node: SchemaNode): { branches: SchemaNode[]; index: number }[] {
  return node.combinators.flatMap(({ branches }) => branches.map((_, index) => ({ branches, index })));
}
