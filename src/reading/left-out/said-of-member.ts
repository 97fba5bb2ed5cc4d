import { isRecord } from '../../incremental/text/json-type.ts';
import { unquoted } from './written-lines.ts';

const absent = /^["'“]?(?:null|none|nil|omitted|empty|missing|absent|unknown|optional|n\/?a)["'”]?[.,]?$/i;
const number = /^[^\p{L}\p{N}.+-]*([-+]?[\d.,]*\d[\w.+-]*)/u;
const truth = /^(?:yes|true|(no|not|false))\b/i;

/** How much of a line is looked at, in characters. */
export const longestSaid = 200;

/** So many words say what a member is; more of them than the value has explain it. */
const fewWords = 3;

/** Whether a line says of a member that it is not there. */
export function saysNothing(said: string): boolean {
  return absent.test(said);
}

/** Whether what a line says of a member is something else than its value, and no explanation of it. */
export function saysOther(said: string, own: unknown): boolean {
  const line = said.replace(/,$/, '');
  const text = unquoted(line);
  // A list or an object is looked at as a value.
  if (/^(?:[[{]|$)/.test(text) || isRecord(own)) return false;
  if (saysNothing(text)) return String(own ?? '') !== '';
  if (typeof own === 'number') {
    const [, digits] = number.exec(text) ?? [];
    return digits !== undefined && Number(digits.replaceAll(',', '')) !== own;
  }
  if (typeof own === 'boolean') {
    const found = truth.exec(text);
    return found !== null && (found[1] === undefined) !== own;
  }
  if (Array.isArray(own)) return hasOtherItem(text, own);
  const value = String(own);
  if (value.length > longestSaid) return false;
  const [one, other] = [` ${wordsOf(text)} `, ` ${wordsOf(value)} `];
  if (text.length === line.length - 2) return one !== other;
  return countOfWords(one) <= Math.max(fewWords, countOfWords(other)) && !one.includes(other) && !other.includes(one);
}

const itemsOfLists = new WeakMap<readonly unknown[], ReadonlySet<string>>();

function hasOtherItem(text: string, list: readonly unknown[]): boolean {
  if (isRecord(list[0])) return false;
  const known = itemsOfLists.get(list) ?? new Set(list.map((item) => wordsOf(String(item))));
  itemsOfLists.set(list, known);
  const items = text.split(/[,;]|\n(?:\s*\d+[.)])?|\s(?:and|or|&)\s/).map(wordsOf);
  return items.some((item) => item !== '' && !known.has(item)) && items.every((item) => countOfWords(item) <= fewWords);
}

function wordsOf(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

function countOfWords(words: string): number {
  return words.trim().split(' ').length;
}
