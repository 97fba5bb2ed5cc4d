import { innerScope, type Outputs, type Scope } from '../facts.ts';
import { apart } from '../views.ts';
import { outputsOf } from './output-names.ts';
import { listOf, type Reader, stringOf, type Tree } from './tree.ts';

export function visitSelect(select: Tree, parent: Scope, reader: Reader): Outputs {
  const scope = innerScope(parent);
  visitCtes(select.withClause as Tree | undefined, scope, reader);
  const { larg, rarg, fromClause, targetList, valuesLists, withClause: _, sortClause, ...rest } = select;
  if (larg !== undefined) {
    scope.outputs = visitSelect(larg as Tree, scope, reader);
    visitSelect(rarg as Tree, innerScope(scope), reader);
  } else if (valuesLists !== undefined) {
    reader.visit(valuesLists, scope);
    const [row] = listOf(valuesLists);
    scope.outputs = listOf((row as { List?: Tree }).List?.items).map((_, index) => `column${index + 1}`);
  } else {
    reader.visit(fromClause, scope);
    scope.outputs = outputsOf(listOf(targetList));
    scope.aliases = aliasesOf(listOf(targetList));
    reader.visit(targetList, scope);
  }
  reader.visit(rest, scope);
  reader.visit(sortClause, scope);
  parent.outputs = scope.outputs;
  return scope.outputs;
}

export function visitCtes(clause: Tree | undefined, scope: Scope, reader: Reader): void {
  const ctes = listOf(clause?.ctes).map((cte) => cte.CommonTableExpr as Tree);
  const given = (cte: Tree) => (cte.aliascolnames === undefined ? undefined : listOf(cte.aliascolnames).map(stringOf));
  if (clause?.recursive === true) for (const cte of ctes) scope.ctes.set(String(cte.ctename), given(cte));
  for (const cte of ctes) {
    const { ctequery, aliascolnames: _, ctename, ...rest } = cte;
    const inner = innerScope(apart(scope));
    reader.visit(ctequery, inner);
    reader.visit(rest, inner);
    scope.ctes.set(String(ctename), given(cte) ?? inner.outputs);
  }
}

function aliasesOf(targets: readonly Tree[]): readonly string[] {
  return targets.flatMap(({ ResTarget }) => (ResTarget as { name?: string }).name ?? []);
}
