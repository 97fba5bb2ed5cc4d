import type { Site } from '../compiler.ts';

/** `minItems` and `maxItems`. */
export function itemCount({ node, get }: Site): void {
  const minimum = get('minItems');
  if (typeof minimum === 'number' && minimum > 0) {
    node.arrayRules.push({
      isMet: (count) => count >= minimum,
      isSettled: (count) => count >= minimum,
      demand: (where, count) => `Give ${where} at least ${minimum} items; it has ${count}.`,
    });
  }
  const maximum = get('maxItems');
  if (typeof maximum === 'number') {
    node.arrayRules.push({
      isMet: (count) => count <= maximum,
      fails: (count) => count > maximum,
      demand: (where, count) => `Keep at most ${maximum} items in ${where}; it has ${count}.`,
    });
  }
}
