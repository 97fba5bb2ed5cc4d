import type { SchemaNode } from './schema-node.ts';

/** The nodes at which recursion closes: every way round a recursive schema leads through one of them. */
export function recursiveNodes(nodes: readonly SchemaNode[]): ReadonlySet<SchemaNode> {
  const recursive = new Set<SchemaNode>();
  const state = new Map<SchemaNode, 'entered' | 'left'>();
  for (const root of nodes) {
    if (root.parts.length === 0 || state.has(root)) continue;
    const stack = [{ node: root, next: 0 }];
    state.set(root, 'entered');
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const part = top.node.parts[top.next++];
      if (part === undefined) {
        state.set(top.node, 'left');
        stack.pop();
      } else if (state.get(part) === 'entered') {
        recursive.add(part);
      } else if (part.parts.length > 0 && !state.has(part)) {
        state.set(part, 'entered');
        stack.push({ node: part, next: 0 });
      }
    }
  }
  return recursive;
}

/** How many steps along routes are taken to find out what is repeated. */
const MOST_STEPS = 50_000;

/**
 * The nodes that alternatives or siblings both lead to, and that could so come to judge one value several times; of a
 * schema with too many routes, all nodes that could.
 */
export function repeatedNodes(nodes: readonly SchemaNode[]): ReadonlySet<SchemaNode> {
  const repeated = new Set<SchemaNode>();
  const candidates = nodes.filter(({ referrers }) => referrers > 1);
  if (candidates.length === 0) return repeated;
  const reach: Reach = { known: new Map(), steps: 0 };
  for (const node of nodes) {
    if (reach.steps > MOST_STEPS) break;
    if (node.combinators.length === 0 || node.parts.length < 2) continue;
    const found = new Set<SchemaNode>();
    for (const route of routesOf(node)) {
      const reached = route.flatMap((part) => [...sharedFrom(part, reach)]);
      for (const shared of new Set(reached)) {
        if (found.has(shared)) repeated.add(shared);
        found.add(shared);
      }
    }
  }
  return reach.steps > MOST_STEPS ? new Set(candidates) : repeated;
}

/** The branches one by one, and what judges members and items as one more. */
function routesOf(node: SchemaNode): SchemaNode[][] {
  const branches = node.combinators.flatMap((combinator) => combinator.branches);
  const isBranch = new Set(branches);
  const below = node.parts.filter((part) => !isBranch.has(part));
  return [...branches.map((branch) => [branch]), below];
}

interface Reach {
  readonly known: Map<SchemaNode, ReadonlySet<SchemaNode>>;
  steps: number;
}

/** The nodes with several referrers that a node leads to, itself too. */
function sharedFrom(start: SchemaNode, reach: Reach): ReadonlySet<SchemaNode> {
  const existing = reach.known.get(start);
  if (existing !== undefined) {
    reach.steps += existing.size;
    return existing;
  }
  const shared = new Set<SchemaNode>();
  const seen = new Set([start]);
  const pending = [start];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (++reach.steps > MOST_STEPS) break;
    if (node.referrers > 1) shared.add(node);
    for (const part of node.parts) {
      if (seen.has(part)) continue;
      seen.add(part);
      pending.push(part);
    }
  }
  reach.known.set(start, shared);
  return shared;
}
