import { placeName } from '../../explaining/place.ts';
import type { Site } from '../keyword-site.ts';
import type { Ruling } from '../ruling.ts';
import type { SchemaNode } from '../schema-node.ts';

/** `not`: the schema rejects. */
export function not(site: Site): void {
  const { node } = site;
  const value = site.get('not');
  if (value === undefined) return;
  const branches = [site.strictSubschema(value)];
  const branch = () => branches[0] as SchemaNode; // it changes when a loop is cut
  const demand = (where: string) => `Change ${where}; it is what the schema rules out.`;
  node.combinators.push({
    branches,
    judge: (subject) => {
      const truth = branch().judge(subject);
      return truth === undefined ? truth : !truth;
    },
    decide: (tally) => NEGATED[tally.rulingOf(0)],
    isUnsettled: () => true,
    evaluation: () => 'failed',
    demand,
    explain: (subject, place, report) => {
      if (branch().judge(subject)) report.add(place, demand(placeName(place)));
    },
  });
}

const NEGATED: Readonly<Record<Ruling, Ruling>> = {
  met: 'failed',
  failed: 'met',
  open: 'open',
  undecided: 'undecided',
};
