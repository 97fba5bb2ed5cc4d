import type { SchemaNode } from './schema-node.ts';

/**
 * Makes sure that what accepts too much never makes something else reject: `not`, `oneOf` and `if` do not hold a schema
 * to having accepted when it, or one it builds on, is not judged in full.
 */
export function relax(nodes: readonly SchemaNode[], vague: Set<SchemaNode>): void {
  const direct = new Set(vague);
  const users = usersOf(nodes);
  const pending = [...vague];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const user of users.get(node) ?? []) {
      if (vague.has(user)) continue;
      vague.add(user);
      pending.push(user);
    }
  }
  const isCertain = (branch: SchemaNode) => !vague.has(branch);
  for (const node of nodes) {
    // what a schema that is not judged in full would evaluate is not known
    if (direct.has(node) || node.combinators.some(({ branches }) => !branches.every(isCertain))) {
      node.unevaluatedProperties = undefined;
      node.unevaluatedItems = undefined;
    }
    node.combinators = node.combinators.map((combinator) =>
      combinator.uncertain === undefined || combinator.branches.every(isCertain)
        ? combinator
        : combinator.uncertain(isCertain),
    );
    if (node.contains && !isCertain(node.contains.schema)) {
      node.contains = { ...node.contains, max: Number.POSITIVE_INFINITY };
    }
  }
}

/** The nodes that build on each node. */
function usersOf(nodes: readonly SchemaNode[]): ReadonlyMap<SchemaNode, readonly SchemaNode[]> {
  const users = new Map<SchemaNode, SchemaNode[]>();
  for (const node of nodes) {
    for (const part of node.parts) {
      const known = users.get(part);
      if (known) known.push(node);
      else users.set(part, [node]);
    }
  }
  return users;
}
