import { explain } from '../../explaining/explain.ts';
import type { Site } from '../keyword-site.ts';
import type { Combinator, SchemaNode } from '../schema-node.ts';

/** `allOf`: every branch accepts. */
export function allOf(site: Site): void {
  const { node } = site;
  const schemas = site.get('allOf');
  if (Array.isArray(schemas) && schemas.length > 0)
    node.combinators.push(all(schemas.map((schema) => site.subschema(schema))));
}

export function all(branches: SchemaNode[]): Combinator {
  return {
    isReference: branches.length === 1,
    branches,
    isMet: (value) => {
      for (const branch of branches) if (!branch.isValid(value)) return false;
      return true;
    },
    decide: ({ failed, met, total }) => (failed > 0 ? 'failed' : met === total ? 'met' : 'open'),
    isUndecided: () => false,
    evaluating: () => branches,
    explain: (value, place, report) => {
      for (const branch of branches) explain(branch, value, place, report);
    },
  };
}
