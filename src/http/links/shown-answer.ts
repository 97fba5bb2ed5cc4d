import { type Scalar, scalarsOf } from '../../reading/index.ts';
import { partsOf, type TablePart } from './answer-parts.ts';
import { readableBlock, readableHtml } from './html.ts';
import { labelOf } from './labels.ts';
import { amountsIn } from './money.ts';

/** A document with more values than this, or characters, is shown as text. */
const mostRows = 200;
export const longestDocument = 30_000;

/** An answer for people: the values of a JSON answer by their labels, any other text as it is. */
export function shownAnswer(text: string): string {
  const values = (text.length > longestDocument ? undefined : scalarsOf(text, mostRows)) ?? [];
  if (values.length === 0) return readableBlock(text);
  const amountOf = amountsIn(values);
  const shown = (scalar: Scalar) => amountOf(scalar) ?? shownValue(scalar);
  const cell = (scalar?: Scalar) => `<td>${scalar === undefined ? '' : readableHtml(shown(scalar))}</td>`;
  const parts = partsOf(values, shown).map((part) => {
    if (part.type === 'table') return listTable(part, cell);
    const { path } = part.scalar;
    return `<tr><th scope="row">${readableHtml(labelOf(path))}</th>${cell(part.scalar)}</tr>`;
  });
  return `<table>${parts.join('')}</table>`.replaceAll('<table></table>', '');
}

/** A list between the values around it. */
function listTable({ path, columns, rows }: TablePart, cell: (scalar?: Scalar) => string): string {
  const caption = path.length === 0 ? '' : `<caption>${readableHtml(labelOf(path))}</caption>`;
  const heads = columns.map((column) => `<th scope="col">${readableHtml(labelOf([column]))}</th>`);
  const lines = rows.map((row) => `<tr>${row.map((scalar) => cell(scalar)).join('')}</tr>`);
  return `</table><table class="list">${caption}<thead><tr>${heads.join('')}</tr></thead>${lines.join('')}</table><table>`;
}

function shownValue({ value, json }: Scalar): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return value ? 'yes' : 'no';
    default:
      return value === null ? '–' : json;
  }
}
