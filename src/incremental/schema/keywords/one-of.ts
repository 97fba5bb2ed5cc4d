import { explainBest } from '../../explaining/explain.ts';
import { placeName } from '../../explaining/place.ts';
import type { Site } from '../keyword-site.ts';
import { any } from './any-of.ts';

/** `oneOf`: exactly one branch accepts; where unknown members are let through, branches overlap and one will do. */
export function oneOf(site: Site): void {
  const { node, allowsAdditional } = site;
  const schemas = site.get('oneOf');
  if (!Array.isArray(schemas) || schemas.length === 0) return;
  const branches = schemas.map((schema) => site.subschema(schema));
  if (allowsAdditional) {
    node.combinators.push(any(branches));
    return;
  }
  const demand = (where: string) => `Change ${where} so that it fits only one of the ${branches.length} alternatives.`;
  const accepting = (value: unknown) => {
    let count = 0;
    for (const branch of branches) if (branch.isValid(value) && ++count > 1) break;
    return count;
  };
  node.combinators.push({
    branches,
    isMet: (value) => accepting(value) === 1,
    decide: ({ failed, met, total }) => {
      if (met > 1 || failed === total) return 'failed';
      return met === 1 && failed === total - 1 ? 'met' : 'open';
    },
    isUndecided: ({ failed, total }) => total - failed > 1,
    evaluating: () => branches,
    uncertain: () => any(branches),
    demand,
    explain: (value, place, report) => {
      if (accepting(value) > 1) report.add(place, demand(placeName(place)));
      else explainBest(branches, value, place, report);
    },
  });
}
