import type { Scalar } from '../../reading/index.ts';
import type { IssuePath } from '../../trace/issue.ts';
import { labelOf } from './labels.ts';

/** A part of an answer: a value by its name, or a list of objects that have much the same members. */
export type AnswerPart = { readonly type: 'value'; readonly scalar: Scalar } | TablePart;

export interface TablePart {
  readonly type: 'table';
  readonly path: IssuePath;
  readonly columns: readonly string[];
  /** A cell is `undefined` where an object has no such member. */
  readonly rows: readonly (readonly (Scalar | undefined)[])[];
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
    at += table === undefined ? 1 : table.rows.flat().filter((cell) => cell !== undefined).length;
  }
  return parts;
}

/** The table that begins with the first value of a list, if all of the list are objects of values and most of them have each member. */
function tableAt(values: readonly Scalar[], at: number): TablePart | undefined {
  const path = values[at]?.path.slice(0, -2) ?? [];
  const before = values[at - 1]?.path;
  if (before !== undefined && isWithin(before, path)) return undefined;
  const end = values.findIndex((scalar, index) => index > at && !isWithin(scalar.path, path));
  const cells = values.slice(at, end === -1 ? undefined : end);
  const objects: Map<string, Scalar>[] = [];
  for (const cell of cells) {
    const [index, name, ...deeper] = cell.path.slice(path.length);
    if (typeof index !== 'number' || typeof name !== 'string' || deeper.length > 0) return undefined;
    if (index === objects.length) objects.push(new Map());
    const object = objects[index];
    if (object === undefined || index !== objects.length - 1 || object.has(name)) return undefined;
    object.set(name, cell);
  }
  const columns = [...new Set(objects.flatMap((object) => [...object.keys()]))];
  if (objects.length < 2 || 2 * cells.length <= columns.length * objects.length) return undefined;
  return { type: 'table', path, columns, rows: objects.map((object) => columns.map((name) => object.get(name))) };
}

/** How narrow a table can be. */
function widthOf({ columns, rows }: TablePart, shown: (scalar: Scalar) => string): number {
  const widths = columns.map((column, index) => {
    const texts = [
      labelOf([column]),
      ...rows.flatMap((row) => row.slice(index, index + 1).map((cell) => (cell === undefined ? '' : shown(cell)))),
    ];
    return gap + Math.max(...texts.flatMap((text) => text.split(/\s+/)).map((word) => word.length));
  });
  return widths.reduce((sum, width) => sum + width, 0);
}

function isWithin(path: IssuePath, outer: readonly unknown[]): boolean {
  return outer.every((key, index) => path[index] === key);
}
