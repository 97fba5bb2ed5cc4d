import type { Site } from '../keyword-site.ts';
import { all } from './all-of.ts';

/** `$ref`; `$dynamicRef` and `$recursiveRef` are read as if they were one. */
export function ref(site: Site): void {
  const { node } = site;
  for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef']) {
    const value = site.get(keyword);
    if (typeof value !== 'string') continue;
    if (keyword !== '$ref') site.unknown(`${keyword} ${value} is read as $ref`);
    node.combinators.push(all([site.reference(value)]));
  }
}
