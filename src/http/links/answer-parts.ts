import type { Scalar } from '../../reading/index.ts';
import type { IssuePath } from '../../trace/issue.ts';
import { labelOf } from './labels.ts';

/** A part of an answer: a value by its name, or a list of objects that have the same members. */
export type AnswerPart = { readonly type: 'value'; readonly scalar: Scalar } | TablePart;

export interface TablePart {
  readonly type: 'table';
  readonly path: IssuePath;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Scalar[])[];
}

/** In characters: what fits beside one another on a phone, where no word is broken. */
const phoneWidth = 44;
/** In characters: the space between two columns. */
const gap = 2;

/** The values of an answer in their order, those of lists of alike objects as tables if these fit on a phone. */
export function partsOf(values: readonly Scalar[], shown: (scalar: Scalar) => string): readonly AnswerPart[] {
  const parts: AnswerPart[] = [];
  for (let at = 0; at < values.length; ) {
    const found = tableAt(values, at);
    const table = found !== undefined && widthOf(found, shown) <= phoneWidth ? found : undefined;
    const scalar = values[at];
    if (table !== undefined) parts.push(table);
    else if (scalar !== undefined) parts.push({ type: 'value', scalar });
    at += table === undefined ? 1 : table.rows.length * table.columns.length;
  }
  return parts;
}

/** The table that begins with a value, if all of its list are objects with the same values and nothing else. */
function tableAt(values: readonly Scalar[], at: number): TablePart | undefined {
  const path = values[at]?.path.slice(0, -2) ?? [];
  const end = values.findIndex((scalar, index) => index > at && !isWithin(scalar.path, path));
  const cells = values.slice(at, end === -1 ? undefined : end);
  const columns = cells.filter((scalar) => scalar.path[path.length] === 0).map((scalar) => String(scalar.path.at(-1)));
  if (columns.length === 0 || cells.length < 2 * columns.length) return undefined;
  const isAlike = cells.every((scalar, index) => {
    const place = [...path, Math.floor(index / columns.length), columns[index % columns.length]];
    return scalar.path.length === place.length && isWithin(scalar.path, place);
  });
  if (!isAlike || cells.length % columns.length !== 0) return undefined;
  const rows = Array.from({ length: cells.length / columns.length }, (_, row) =>
    cells.slice(row * columns.length, (row + 1) * columns.length),
  );
  return { type: 'table', path, columns, rows };
}

/** How narrow a table can be. */
function widthOf({ columns, rows }: TablePart, shown: (scalar: Scalar) => string): number {
  const widths = columns.map((column, index) => {
    const texts = [labelOf([column]), ...rows.flatMap((row) => row.slice(index, index + 1).map(shown))];
    return gap + Math.max(...texts.flatMap((text) => text.split(/\s+/)).map((word) => word.length));
  });
  return widths.reduce((sum, width) => sum + width, 0);
}

function isWithin(path: IssuePath, outer: readonly unknown[]): boolean {
  return outer.every((key, index) => path[index] === key);
}
