import { explainBest } from '../../explaining/explain.ts';
import { placeName } from '../../explaining/place.ts';
import { afford } from '../../patterns/effort.ts';
import { anyEvaluation } from '../evaluated.ts';
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
    const count = { met: 0, undecided: 0 };
    if (!afford(branches.length)) return { met: 0, undecided: branches.length };
    for (const branch of branches) {
      const truth = branch.judge(value);
      if (truth === undefined) count.undecided++;
      else if (truth && ++count.met > 1) break;
    }
    return count;
  };
  node.combinators.push({
    branches,
    judge: (value) => {
      const { met, undecided } = accepting(value);
      return met < 2 && undecided > 0 ? undefined : met === 1;
    },
    decide: ({ failed, met, undecided, total }) => {
      if (met > 1 || failed === total) return 'failed';
      if (met + failed + undecided < total) return 'open';
      return undecided > 0 ? 'undecided' : 'met';
    },
    isUnsettled: ({ failed, total }) => total - failed > 1,
    evaluation: (byBranch) => anyEvaluation(branches, byBranch),
    demand,
    explain: (value, place, report) => {
      if (accepting(value).met > 1) report.add(place, demand(placeName(place)));
      else explainBest(branches, value, place, report);
    },
  });
}
