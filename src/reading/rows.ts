import { longestWords, mostRows } from './limits.ts';
import type { Edit } from './text/edit.ts';
import type { Parsed } from './text/parse.ts';
import type { SourceValue } from './text/source-value.ts';
import { saysThereIsMore } from './text/trivia.ts';

const row = /^([ \t]*(?:[-*•]|\d+[.)])[ \t]+)([\p{L}\p{N}][^"{}[\]`*<>|\\]*)(?<![,;:])$/u;

/** A text that is a few plain words and nothing else, as a string. */
export function wordsOf(text: string): Parsed | undefined {
  const words = text.trim();
  const arePlain = words.length <= longestWords && /^[\p{L}\p{N}][^"{}[\]`*<>|\\\n]*$/u.test(words);
  return arePlain ? wordsAt(text.indexOf(words), words) : undefined;
}

function wordsAt(start: number, words: string): Parsed {
  const place = { start, end: start + words.length, value: undefined };
  const json = JSON.stringify(words);
  return {
    root: { ...place, type: 'string', json },
    edits: [{ ...place, text: json, rule: 'quotes' }],
  };
}

/** The items of a text that is a list of plain words, bulleted or numbered, and nothing else; none for any other text. */
export function rowsOf(text: string): readonly Parsed[] {
  const rows: Parsed[] = [];
  const leads = new Set<string>();
  let last = '';
  for (const { 0: line, index } of text.matchAll(/.+/g)) {
    if (line.trim() === '') continue;
    const [, lead = '', words = ''] = row.exec(line.trimEnd()) ?? [];
    leads.add(lead.replace(String(rows.length + 1), '#'));
    if (words === '' || leads.size > 1 || rows.length >= mostRows) return [];
    last = words;
    rows.push(wordsAt(index + lead.length, words));
  }
  return rows.length > 1 && !goesOn(last) ? rows : [];
}

/** Whether the last row says, in place of an item, that there are more. */
function goesOn(words: string): boolean {
  return saysThereIsMore(joined.test(words) ? words : words.split(' ', 2).join(' '), true);
}

const joined = /^(?:and|plus|und|et|ja|y|e|en|и)\s/i;

/** Values in a row as the list they make. */
export function rowOf(values: readonly Parsed[]): Parsed {
  const items = values.map(({ root }) => root);
  const start = items[0]?.start ?? 0;
  const end = items.at(-1)?.end ?? 0;
  const edits: Edit[] = [{ start, end: start, text: '[', place: undefined, rule: 'values-in-a-row' }];
  for (const [index, item] of items.entries()) {
    const previous = items[index - 1];
    if (previous === undefined) continue;
    edits.push({ start: previous.end, end: item.start, text: ', ', place: undefined, rule: 'values-in-a-row' });
  }
  edits.push({ start: end, end, text: ']', place: undefined, rule: 'values-in-a-row', closes: start - 0.5 });
  const root: SourceValue = { type: 'array', start, end, items, value: undefined };
  return { root, edits: [...edits, ...values.flatMap((parsed) => parsed.edits)] };
}
