import type { Site } from '../keyword-site.ts';

/** `minItems` and `maxItems`. */
export function itemCount(site: Site): void {
  const { node } = site;
  const minimum = site.get('minItems');
  if (typeof minimum === 'number' && minimum > 0) {
    node.arrayRules.push({
      isMet: (count) => count >= minimum,
      isSettled: (count) => count >= minimum,
      demand: (where, count) => `Give ${where} at least ${minimum} items; it has ${count}.`,
    });
  }
  const maximum = site.get('maxItems');
  if (typeof maximum === 'number') {
    node.arrayRules.push({
      isMet: (count) => count <= maximum,
      fails: (count) => count > maximum,
      demand: (where, count) => `Keep at most ${maximum} items in ${where}; it has ${count}.`,
    });
  }
}
