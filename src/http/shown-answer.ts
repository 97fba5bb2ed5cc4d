import { type Scalar, scalarsOf } from '../reading/index.ts';
import { amountsIn } from './amounts.ts';
import { readableHtml } from './html.ts';
import { labelOf } from './labels.ts';

/** A document with more values than this is shown as text. */
const mostRows = 200;

/** An answer for people: the values of a JSON answer by their labels, any other text as it is. */
export function shownAnswer(text: string): string {
  const values = scalarsOf(text, mostRows) ?? [];
  if (values.length === 0) return `<pre>${readableHtml(text)}</pre>`;
  const amountOf = amountsIn(values);
  const rows = values.map((scalar) => {
    const shown = readableHtml(amountOf(scalar) ?? shownValue(scalar));
    return `<tr><th scope="row">${readableHtml(labelOf(scalar.path))}</th><td>${shown}</td></tr>`;
  });
  return `<table>${rows.join('')}</table>`;
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
