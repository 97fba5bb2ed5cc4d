import { mostRows } from './limits.ts';
import type { Parsed } from './parse.ts';

const row = /^([ \t]*(?:[-*•]|\d+[.)])[ \t]+)([\p{L}\p{N}][^"{}[\]`*<>|\\]*)(?<![,;:])$/u;

/** A text that is a few plain words and nothing else, as a string. */
export function wordsOf(text: string): Parsed | undefined {
  const [, space = '', words = ''] = /^(\s*)([\p{L}\p{N}][^"{}[\]`*<>|\\\n]{0,200}?)\s*$/u.exec(text) ?? [];
  return words === '' ? undefined : wordsAt(space.length, words);
}

function wordsAt(start: number, words: string): Parsed {
  const place = { start, end: start + words.length, value: undefined };
  const json = JSON.stringify(words);
  return {
    root: { ...place, type: 'string', json },
    edits: [{ ...place, text: json, rule: 'quotes' }],
  };
}

/** What says in place of an item that there are more. */
const goesOn = /^(?:\.{3}|…|(?:and|plus)? ?\d{1,9} (?:more|others)\b|(?:and so on|etc)\b)/i;

/** The items of a text that is a list of plain words, bulleted or numbered, and nothing else; none for any other text. */
export function rowsOf(text: string): readonly Parsed[] {
  const rows: Parsed[] = [];
  const leads = new Set<string>();
  for (const { 0: line, index } of text.matchAll(/.+/g)) {
    if (line.trim() === '') continue;
    const [, lead = '', words = ''] = row.exec(line.trimEnd()) ?? [];
    leads.add(lead.replace(String(rows.length + 1), '#'));
    if (words === '' || leads.size > 1 || rows.length >= mostRows || goesOn.test(words)) return [];
    rows.push(wordsAt(index + lead.length, words));
  }
  return rows.length > 1 ? rows : [];
}
