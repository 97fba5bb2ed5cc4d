import { explain } from '../../explaining/explain.ts';
import type { Site } from '../keyword-site.ts';
import type { Combinator, SchemaNode } from '../schema-node.ts';
import { any } from './any-of.ts';

/** `if`, `then` and `else`. */
export function ifThenElse(site: Site): void {
  const { node } = site;
  const condition = site.get('if');
  if (condition === undefined) return;
  node.combinators.push(
    conditional(
      site.strictSubschema(condition),
      site.subschema(site.get('then') ?? true),
      site.subschema(site.get('else') ?? true),
    ),
  );
}

export function conditional(condition: SchemaNode, consequent: SchemaNode, alternative: SchemaNode): Combinator {
  const branches = [condition, consequent, alternative];
  const chosen = (value: unknown) => branches[branches[0]?.isValid(value) ? 1 : 2] as SchemaNode;
  const combinator: Combinator = {
    branches,
    isMet: (value) => chosen(value).isValid(value),
    decide: (tally) => {
      const [onCondition, onConsequent, onAlternative] = [tally.rulingOf(0), tally.rulingOf(1), tally.rulingOf(2)];
      if (onCondition === 'met') return onConsequent;
      if (onCondition === 'failed') return onAlternative;
      return onConsequent === onAlternative ? onConsequent : 'open';
    },
    isUndecided: (tally) => tally.rulingOf(0) === 'open',
    evaluating: (rulingOf) => {
      const ruling = rulingOf(branches[0] as SchemaNode);
      if (ruling === 'open') return branches;
      return ruling === 'met' ? branches.slice(0, 2) : branches.slice(2);
    },
    uncertain: (isCertain) => (isCertain(branches[0] as SchemaNode) ? combinator : any(branches.slice(1))),
    culprit: (tally) => (tally.rulingOf(0) === 'met' || tally.rulingOf(1) === 'failed' ? 1 : 2),
    explain: (value, place, report) => explain(chosen(value), value, place, report),
  };
  return combinator;
}
