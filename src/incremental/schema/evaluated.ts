import type { Ruling } from './ruling.ts';
import type { SchemaNode } from './schema-node.ts';

/** What is known of the schemas that judge one value, whole or still being written. */
export interface Rulings {
  rulingOf(node: SchemaNode): Ruling;
  /** Whether the item matches the node's `contains`. */
  contains(node: SchemaNode, index: number): Ruling;
}

/**
 * Whether a member or item is evaluated by the node or by the branches it accepts, its own `unevaluatedProperties` and
 * `unevaluatedItems` aside: those two judge what this leaves.
 */
export function evaluation(
  node: SchemaNode,
  key: string | number,
  rulings: Rulings,
  known: Map<SchemaNode, Ruling> = new Map(),
): Ruling {
  let result = ownEvaluation(node, key, rulings);
  for (const combinator of node.combinators) {
    for (const branch of combinator.evaluating((other) => rulings.rulingOf(other))) {
      if (result === 'met') return 'met';
      result = either(result, branchEvaluation(branch, key, rulings, known));
    }
  }
  return result;
}

/** What a branch contributes: nothing, unless it accepts. Each is asked once. */
function branchEvaluation(
  branch: SchemaNode,
  key: string | number,
  rulings: Rulings,
  known: Map<SchemaNode, Ruling>,
): Ruling {
  const existing = known.get(branch);
  if (existing !== undefined) return existing;
  const ruling = rulings.rulingOf(branch);
  const judgesRest = (typeof key === 'string' ? branch.unevaluatedProperties : branch.unevaluatedItems) !== undefined;
  const evaluated = ruling === 'failed' || judgesRest ? ruling : evaluation(branch, key, rulings, known);
  const result = evaluated === 'met' ? ruling : evaluated;
  known.set(branch, result);
  return result;
}

function ownEvaluation(node: SchemaNode, key: string | number, rulings: Rulings): Ruling {
  if (typeof key === 'string') return node.members?.covers(key) ? 'met' : 'failed';
  if (node.items?.schemaFor(key)) return 'met';
  return node.contains ? rulings.contains(node, key) : 'failed';
}

function either(one: Ruling, other: Ruling): Ruling {
  if (one === 'met' || other === 'met') return 'met';
  return one === 'open' || other === 'open' ? 'open' : 'failed';
}
