import type { Ruling } from './ruling.ts';
import type { SchemaNode } from './schema-node.ts';

/** What is known of the schemas that judge one value, whole or still being written. */
export interface Rulings {
  rulingOf(node: SchemaNode): Ruling;
  /** Whether the item matches the node's `contains`. */
  contains(node: SchemaNode, index: number): Ruling;
}

/**
 * Whether a member or item is evaluated by a schema or by the branches it accepts, which is what `unevaluatedProperties`
 * and `unevaluatedItems` leave alone.
 */
export function evaluation(node: SchemaNode, key: string | number, rulings: Rulings): Ruling {
  const own = ownEvaluation(node, key, rulings);
  return own === 'met' ? 'met' : either(own, evaluationByBranches(node, key, rulings));
}

/** The same, by other keywords than the node's own `unevaluatedProperties` and `unevaluatedItems`. */
export function evaluationBesides(node: SchemaNode, key: string | number, rulings: Rulings): Ruling {
  const own = directEvaluation(node, key, rulings);
  return own === 'met' ? 'met' : either(own, evaluationByBranches(node, key, rulings));
}

function ownEvaluation(node: SchemaNode, key: string | number, rulings: Rulings): Ruling {
  if (typeof key === 'string' ? node.unevaluatedProperties : node.unevaluatedItems) return 'met';
  return directEvaluation(node, key, rulings);
}

function directEvaluation(node: SchemaNode, key: string | number, rulings: Rulings): Ruling {
  if (typeof key === 'string') return node.members?.covers(key) ? 'met' : 'failed';
  if (node.items?.schemaFor(key)) return 'met';
  return node.contains?.evaluates ? rulings.contains(node, key) : 'failed';
}

function evaluationByBranches(node: SchemaNode, key: string | number, rulings: Rulings): Ruling {
  let result: Ruling = 'failed';
  for (const combinator of node.combinators) {
    for (const branch of combinator.evaluating((other) => rulings.rulingOf(other))) {
      const ruling = rulings.rulingOf(branch);
      if (ruling === 'failed') continue;
      const evaluated = evaluation(branch, key, rulings);
      if (evaluated === 'met' && ruling === 'met') return 'met';
      if (evaluated !== 'failed') result = 'open';
    }
  }
  return result;
}

function either(one: Ruling, other: Ruling): Ruling {
  if (one === 'met' || other === 'met') return 'met';
  return one === 'open' || other === 'open' ? 'open' : 'failed';
}
