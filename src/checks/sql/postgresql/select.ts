import { innerScope, type Outputs, type Scope } from '../facts.ts';
import { listOf, namesOf, qualified, type Reader, stringOf, type Tree } from './tree.ts';

export function visitSelect(select: Tree, parent: Scope, reader: Reader): Outputs {
  const scope = innerScope(parent);
  visitCtes(select.withClause as Tree | undefined, scope, reader);
  const { larg, rarg, fromClause, targetList, valuesLists, withClause: _, sortClause, ...rest } = select;
  if (larg !== undefined) {
    scope.outputs = visitSelect(larg as Tree, scope, reader);
    visitSelect(rarg as Tree, scope, reader);
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
    const inner = innerScope(scope);
    reader.visit(ctequery, inner);
    reader.visit(rest, inner);
    scope.ctes.set(String(ctename), given(cte) ?? inner.outputs);
  }
}

/** The names a SELECT list gives; a star gives what cannot be told here. */
export function outputsOf(targets: readonly Tree[]): Outputs {
  const names: string[] = [];
  for (const { ResTarget } of targets) {
    const { name, val } = ResTarget as { name?: string; val?: Tree };
    const fields = listOf((val?.ColumnRef as Tree | undefined)?.fields);
    if (fields.at(-1)?.A_Star !== undefined) return undefined;
    names.push(name ?? (fields.length > 0 ? stringOf(fields.at(-1)) : nameOfValue(val)));
  }
  return names;
}

function aliasesOf(targets: readonly Tree[]): readonly string[] {
  return targets.flatMap(({ ResTarget }) => (ResTarget as { name?: string }).name ?? []);
}

/** https://www.postgresql.org/docs/current/queries-select-lists.html#QUERIES-COLUMN-LABELS */
function nameOfValue(value: Tree | undefined): string {
  const call = value?.FuncCall as Tree | undefined;
  if (call !== undefined) return qualified(namesOf(call.funcname))[1];
  const cast = value?.TypeCast as Tree | undefined;
  return cast === undefined
    ? value?.CoalesceExpr === undefined
      ? '?column?'
      : 'coalesce'
    : nameOfValue(cast.arg as Tree);
}
