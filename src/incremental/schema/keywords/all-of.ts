import { explain } from '../../explaining/explain.ts';
import { afford } from '../../patterns/effort.ts';
import { anyEvaluation } from '../evaluated.ts';
import type { Site } from '../keyword-site.ts';
import type { Combinator, SchemaNode } from '../schema-node.ts';
import { every } from '../truth.ts';

/** `allOf`: every branch accepts. */
export function allOf(site: Site): void {
  const { node } = site;
  const schemas = site.get('allOf');
  if (Array.isArray(schemas) && schemas.length > 0)
    node.combinators.push(all(schemas.map((schema) => site.subschema(schema))));
}

export function all(branches: SchemaNode[]): Combinator {
  return {
    isReference: true,
    branches,
    judge: (value) => (afford(branches.length) ? every(branches, (branch) => branch.judge(value)) : undefined),
    decide: ({ failed, met, undecided, total }) => {
      if (failed > 0) return 'failed';
      if (met + undecided < total) return 'open';
      return undecided > 0 ? 'undecided' : 'met';
    },
    isUnsettled: () => false,
    evaluation: (byBranch) => anyEvaluation(branches, byBranch),
    explain: (value, place, report) => {
      for (const branch of branches) explain(branch, value, place, report);
    },
  };
}
