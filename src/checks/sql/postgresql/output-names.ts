import type { Outputs } from '../facts.ts';
import { listOf, namesOf, stringOf, type Tree } from './tree.ts';

/** The names a SELECT list gives; a star gives what cannot be told here. */
export function outputsOf(targets: readonly Tree[]): Outputs {
  const names: string[] = [];
  for (const { ResTarget } of targets) {
    const { name, val } = ResTarget as { name?: string; val?: Tree };
    const fields = listOf((val?.ColumnRef as Tree | undefined)?.fields);
    if (fields.at(-1)?.A_Star !== undefined) return undefined;
    names.push(name ?? nameOfValue(val) ?? '?column?');
  }
  return names;
}

/**
 * The name PostgreSQL gives to a value that has none.
 *
 * @see https://github.com/postgres/postgres/blob/REL_18_0/src/backend/parser/parse_target.c#L1714
 */
export function nameOfValue(value: Tree | undefined): string | undefined {
  return figured(value).name;
}

interface Figured {
  readonly name?: string | undefined;
  /** Whether a better name, such as that of a column inside, is taken before it. */
  readonly isWeak?: boolean;
}

function figured(value: Tree | undefined): Figured {
  const [kind = '', content] = Object.entries(value ?? {})[0] ?? [];
  const node = (content ?? {}) as Tree;
  switch (kind) {
    case 'ColumnRef':
      return { name: listOf(node.fields).map(stringOf).at(-1) };
    case 'FuncCall':
      return { name: namesOf(node.funcname).at(-1) };
    case 'A_Indirection':
    case 'CollateClause':
      return figured(node.arg as Tree);
    case 'TypeCast': {
      const inner = figured(node.arg as Tree);
      if (inner.name !== undefined && inner.isWeak !== true) return inner;
      return { name: namesOf((node.typeName as Tree | undefined)?.names).at(-1), isWeak: true };
    }
    case 'CaseExpr': {
      const inner = figured(node.defresult as Tree | undefined);
      return inner.name !== undefined && inner.isWeak !== true ? inner : { name: 'case', isWeak: true };
    }
    case 'A_Expr':
      return node.kind === 'AEXPR_NULLIF' ? { name: 'nullif' } : {};
    case 'SubLink':
      return nameOfSubquery(node);
    case 'MinMaxExpr':
      return { name: node.op === 'IS_LEAST' ? 'least' : 'greatest' };
    case 'SQLValueFunction':
      return {
        name: String(node.op)
          .replace(/^SVFOP_|_N$/g, '')
          .toLowerCase(),
      };
    default:
      return { name: plainNames[kind] };
  }
}

const plainNames: Readonly<Record<string, string>> = {
  A_ArrayExpr: 'array',
  RowExpr: 'row',
  CoalesceExpr: 'coalesce',
  GroupingFunc: 'grouping',
};

function nameOfSubquery({ subLinkType, subselect }: Tree): Figured {
  if (subLinkType === 'EXISTS_SUBLINK') return { name: 'exists' };
  if (subLinkType === 'ARRAY_SUBLINK') return { name: 'array' };
  if (subLinkType !== 'EXPR_SUBLINK') return {};
  const { targetList } = ((subselect as Tree | undefined)?.SelectStmt ?? {}) as { targetList?: unknown };
  return { name: outputsOf(listOf(targetList).slice(0, 1))?.[0] };
}
