import type { Site } from '../compiler.ts';
import { all } from './all-of.ts';

/** `$ref`; `$dynamicRef` and `$recursiveRef` are read as if they were one. */
export function ref({ node, get, reference, limit }: Site): void {
  for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef']) {
    const value = get(keyword);
    if (typeof value !== 'string') continue;
    if (keyword !== '$ref') limit(`${keyword} ${value} is read as $ref`);
    const target = reference(value);
    if (target !== undefined) node.combinators.push(all([target]));
  }
}
