import { afford } from '../patterns/effort.ts';
import { allRulings, eitherRuling, type Ruling } from './ruling.ts';
import type { SchemaNode } from './schema-node.ts';

/** What asking whether a branch evaluates a member or item costs. */
const STEPS_PER_BRANCH = 10;

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
  const byBranch = (branch: SchemaNode) => branchEvaluation(branch, key, rulings, known);
  let result = ownEvaluation(node, key, rulings);
  for (const combinator of node.combinators) {
    if (result === 'met') break;
    result = eitherRuling(result, combinator.evaluation(byBranch, rulings.rulingOf));
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
  if (!afford(STEPS_PER_BRANCH)) return 'undecided';
  const ruling = rulings.rulingOf(branch);
  const judgesRest = (typeof key === 'string' ? branch.unevaluatedProperties : branch.unevaluatedItems) !== undefined;
  const result =
    ruling === 'failed' || judgesRest ? ruling : allRulings([ruling, evaluation(branch, key, rulings, known)]);
  known.set(branch, result);
  return result;
}

function ownEvaluation(node: SchemaNode, key: string | number, rulings: Rulings): Ruling {
  const unknown = node.isUnknown ? 'undecided' : 'failed';
  if (typeof key === 'string') return eitherRuling(node.members?.covers(key) ?? 'failed', unknown);
  if (node.items?.schemaFor(key)) return 'met';
  return eitherRuling(node.contains ? rulings.contains(node, key) : 'failed', unknown);
}

/** What alternatives contribute together. */
export function anyEvaluation(branches: readonly SchemaNode[], byBranch: (branch: SchemaNode) => Ruling): Ruling {
  let result: Ruling = 'failed';
  for (const branch of branches) {
    if (result === 'met') break;
    result = eitherRuling(result, byBranch(branch));
  }
  return result;
}
