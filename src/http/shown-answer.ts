import { scalarsOf } from '../reading/index.ts';
import { labelOf } from './edit-form.ts';
import { readableHtml } from './html.ts';

/** A document with more values than this is shown as text. */
const mostRows = 200;

/** An answer for people: the values of a JSON answer by their labels, any other text as it is. */
export function shownAnswer(text: string): string {
  const values = scalarsOf(text, mostRows) ?? [];
  if (values.length === 0) return `<pre>${readableHtml(text)}</pre>`;
  const rows = values.map(({ path, value, json }) => {
    const shown = typeof value === 'string' ? value : value === null ? '–' : json;
    return `<tr><th scope="row">${readableHtml(labelOf(path))}</th><td>${readableHtml(yesOrNo[shown] ?? shown)}</td></tr>`;
  });
  return `<table>${rows.join('')}</table>`;
}

const yesOrNo: Readonly<Record<string, string | undefined>> = { true: 'yes', false: 'no' };
