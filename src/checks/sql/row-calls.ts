import { sourceOf } from './columns.ts';
import type { ColumnUse, FunctionUse } from './facts.ts';

/**
 * What may be a call though it is written as a column: in PostgreSQL, `o.name` calls `name` with the row of `o` where `o`
 * has no column of that name. Of a table the columns are not known here, so of its names only those count that are no
 * column's.
 *
 * @see https://www.postgresql.org/docs/current/rowtypes.html#ROWTYPES-USAGE
 */
export function rowCall({ of, name, scope, offset }: ColumnUse): FunctionUse | undefined {
  if (of === undefined || name === '*') return undefined;
  const source = sourceOf(of, scope, 'postgresql');
  const isKnown = source?.type === 'query' && source.outputs !== undefined && source.hasMore !== true;
  const isCall = isKnown
    ? ![...(source.outputs ?? []), ...(source.possible ?? [])].includes(name)
    : noColumns.test(name);
  return isCall ? { name, offset } : undefined;
}

/** Functions of the system's that take any row, or whose names begin as no column's do. */
const noColumns =
  /^(?:pg_|lo_|dblink|(?:row_)?to_jsonb?$|jsonb?_agg|jsonb?_build_|array_agg$|any_value$|record_(?:out|send)$|hash_record|quote_(?:literal|nullable)$|num_(?:non)?nulls$|concat(?:_ws)?$)/;
