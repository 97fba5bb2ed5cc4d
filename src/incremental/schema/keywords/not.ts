import { placeName } from '../../explaining/place.ts';
import type { Site } from '../keyword-site.ts';
import { all } from './all-of.ts';

/** `not`: the schema rejects. */
export function not(site: Site): void {
  const { node } = site;
  const value = site.get('not');
  if (value === undefined) return;
  const schema = site.strictSubschema(value);
  const branches = [schema];
  const demand = (where: string) => `Change ${where}; it is what the schema rules out.`;
  node.combinators.push({
    branches,
    isMet: (subject) => !branches[0]?.isValid(subject),
    decide: ({ failed, met }) => (met > 0 ? 'failed' : failed > 0 ? 'met' : 'open'),
    isUndecided: () => true,
    evaluating: () => [],
    uncertain: () => all([]),
    demand,
    explain: (subject, place, report) => {
      if (branches[0]?.isValid(subject)) report.add(place, demand(placeName(place)));
    },
  });
}
