import { explain } from '../../explaining/explain.ts';
import { afford } from '../../patterns/effort.ts';
import type { Site } from '../keyword-site.ts';
import { eitherRuling, type Ruling } from '../ruling.ts';
import type { Combinator, SchemaNode } from '../schema-node.ts';

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
  const at = (index: number) => branches[index] as SchemaNode; // it changes when a loop is cut
  return {
    branches,
    judge: (value) => {
      if (!afford(branches.length)) return undefined;
      const isChosen = at(0).judge(value);
      if (isChosen !== undefined) return at(isChosen ? 1 : 2).judge(value);
      const truth = at(1).judge(value);
      return truth === at(2).judge(value) ? truth : undefined;
    },
    decide: (tally) => chosen(tally.rulingOf(0), tally.rulingOf(1), tally.rulingOf(2)),
    isUnsettled: (tally) => tally.rulingOf(0) === 'open',
    evaluation: (byBranch, rulingOf) =>
      eitherRuling(byBranch(at(0)), chosen(rulingOf(at(0)), byBranch(at(1)), byBranch(at(2)))),
    culprit: (tally) => (tally.rulingOf(0) === 'met' || tally.rulingOf(1) === 'failed' ? 1 : 2),
    explain: (value, place, report) => explain(at(at(0).judge(value) === false ? 2 : 1), value, place, report),
  };
}

function chosen(onCondition: Ruling, onConsequent: Ruling, onAlternative: Ruling): Ruling {
  if (onCondition === 'met') return onConsequent;
  if (onCondition === 'failed' || onConsequent === onAlternative) return onAlternative;
  return onConsequent === 'open' || onAlternative === 'open' ? 'open' : onCondition;
}
