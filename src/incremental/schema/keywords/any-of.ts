import { explainBest } from '../../explaining/explain.ts';
import { afford } from '../../patterns/effort.ts';
import { anyEvaluation } from '../evaluated.ts';
import type { Site } from '../keyword-site.ts';
import type { Combinator, SchemaNode } from '../schema-node.ts';
import { some } from '../truth.ts';

/** `anyOf`: at least one branch accepts. */
export function anyOf(site: Site): void {
  const { node } = site;
  const schemas = site.get('anyOf');
  if (Array.isArray(schemas) && schemas.length > 0)
    node.combinators.push(any(schemas.map((schema) => site.subschema(schema))));
}

export function any(branches: SchemaNode[]): Combinator {
  return {
    branches,
    judge: (value) => (afford(branches.length) ? some(branches, (branch) => branch.judge(value)) : undefined),
    decide: ({ failed, met, undecided, total }) => {
      if (met > 0) return 'met';
      if (failed + undecided < total) return 'open';
      return undecided > 0 ? 'undecided' : 'failed';
    },
    isUnsettled: ({ failed, total }) => total - failed > 1,
    evaluation: (byBranch) => anyEvaluation(branches, byBranch),
    explain: (value, place, report) => explainBest(branches, value, place, report),
  };
}
