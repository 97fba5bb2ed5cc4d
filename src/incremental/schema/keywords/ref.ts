import type { Site } from '../keyword-site.ts';
import { all } from './all-of.ts';

/** `$ref`, `$dynamicRef` and `$recursiveRef`. */
export function ref(site: Site): void {
  const { node } = site;
  for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef']) {
    const value = site.get(keyword);
    if (typeof value === 'string') node.combinators.push(all([site.reference(value, keyword !== '$ref')]));
  }
}
