import { explainBest } from '../../explaining/explain.ts';
import type { Site } from '../keyword-site.ts';
import type { Combinator, SchemaNode } from '../schema-node.ts';

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
    isMet: (value) => {
      for (const branch of branches) if (branch.isValid(value)) return true;
      return false;
    },
    decide: ({ failed, met, total }) => (met > 0 ? 'met' : failed === total ? 'failed' : 'open'),
    isUndecided: ({ failed, total }) => total - failed > 1,
    evaluating: () => branches,
    explain: (value, place, report) => explainBest(branches, value, place, report),
  };
}
