import type { Parsed } from './parse.ts';

const row = /^([ \t]*(?:[-*•]|\d+[.)])[ \t]+)([\p{L}\p{N}][^"{}[\]`*<>|\\]*)(?<![,;:])$/u;

/** As many as the values that any text may have: `mostValues` of standing.ts. */
const mostRows = 4096;

/** The items of a text that is a list of plain words, bulleted or numbered, and nothing else; none for any other text. */
export function rowsOf(text: string): readonly Parsed[] {
  const rows: Parsed[] = [];
  const leads = new Set<string>();
  for (const { 0: line, index } of text.matchAll(/.+/g)) {
    if (line.trim() === '') continue;
    const [, lead = '', words = ''] = row.exec(line.trimEnd()) ?? [];
    leads.add(lead.replace(String(rows.length + 1), '#'));
    if (words === '' || leads.size > 1 || rows.length >= mostRows) return [];
    const place = { start: index + lead.length, end: index + lead.length + words.length, value: undefined };
    const json = JSON.stringify(words);
    rows.push({
      root: { ...place, type: 'string', json },
      edits: [{ ...place, text: json, place: undefined, rule: 'quotes' }],
    });
  }
  return rows.length > 1 ? rows : [];
}
