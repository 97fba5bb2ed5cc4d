import { ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, STRING } from '../text/json-type.ts';
import { allRulings, type Ruling } from './ruling.ts';
import type { Combinator, SchemaNode } from './schema-node.ts';

/** What the first character of a value, which tells its type, already decides. */
export function openingOf(node: SchemaNode, type: number): Ruling {
  let ruling = node.openings[type];
  if (ruling === undefined) {
    ruling = findOpening(node, type);
    node.openings[type] = ruling;
  }
  return ruling;
}

function findOpening(node: SchemaNode, type: number): Ruling {
  if ((node.types & type) === 0) return 'failed';
  return allRulings(openingsOf(node, type));
}

function* openingsOf(node: SchemaNode, type: number): Generator<Ruling> {
  if (node.isUnknown) yield 'undecided';
  for (const assertion of node.assertions) {
    if ((assertion.types & type) !== 0) yield assertion.opening?.(type) ?? 'open';
  }
  if (type === OBJECT) {
    if (node.members || node.unevaluatedProperties || node.objectRules.length > 0) yield 'open';
  } else if (type === ARRAY) {
    if (node.items || node.contains || node.hasUniqueItems || node.unevaluatedItems) yield 'open';
    if (node.arrayRules.length > 0) yield 'open';
  }
  for (const combinator of node.combinators) yield decideBranches(combinator, (branch) => openingOf(branch, type));
}

/** What a combinator makes of its branches' rulings. */
export function decideBranches(combinator: Combinator, rulingOf: (branch: SchemaNode) => Ruling): Ruling {
  const rulings = combinator.branches.map(rulingOf);
  const tally = { met: 0, failed: 0, undecided: 0, open: 0 };
  for (const ruling of rulings) tally[ruling]++;
  return combinator.decide({ ...tally, total: rulings.length, rulingOf: (branch) => rulings[branch] ?? 'open' });
}

/** The types of which a value may be valid; literals are judged, the other types by their opening. */
export function expectedTypes(node: SchemaNode): number {
  let types = 0;
  for (const type of [NUMBER, STRING, ARRAY, OBJECT]) if (openingOf(node, type) !== 'failed') types |= type;
  if (node.isValid(null)) types |= NULL;
  if (node.isValid(true) || node.isValid(false)) types |= BOOLEAN;
  return types;
}
