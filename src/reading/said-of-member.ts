import { scalar, unquoted } from './written-lines.ts';

const onlyScalar = new RegExp(`^${scalar},?$`, 'iu');
const number = /^[^\p{L}\p{N}.+-]*([-+]?[\d.,]*\d)/u;
const truth = /^(?:yes|true|(no|not|false))\b/i;

const absent = /^["'“]?(?:null|none|nil|omitted|empty|missing|absent|unknown|optional|n\/?a)["'”]?[.,]?$/i;

/** How much of a line is looked at, in characters. */
export const longestSaid = 200;

/** Whether a line says of a member that it is not there. */
export function saysNothing(said: string): boolean {
  return absent.test(said);
}

/** So many words say what a member is; more of them than the value has explain it. */
const fewWords = 3;

/** Whether what a line says of a member is something else than its value, and no explanation of it. */
export function saysOther(said: string, own: unknown): boolean {
  const quoted = onlyScalar.exec(said)?.[1];
  const text = unquoted(quoted ?? said);
  // A list or an object is looked at as a value.
  if ('{['.includes(text.charAt(0))) return false;
  if (Array.isArray(own)) return typeof own[0] !== 'object' && !saysNothing(text) && hasOtherItem(text, own);
  if (typeof own === 'number') {
    if (quoted !== undefined) return Number(text) !== own;
    const [, digits] = number.exec(text) ?? [];
    return digits !== undefined && Number(digits.replaceAll(',', '')) !== own;
  }
  if (typeof own === 'boolean') {
    const found = truth.exec(text);
    return found === null ? quoted !== undefined : (found[1] === undefined) !== own;
  }
  if (typeof own === 'object') return own === null && !saysNothing(text) && wordsOf(text).length <= fewWords;
  const value = String(own);
  if (quoted !== undefined) return text.toLowerCase() !== value.toLowerCase();
  return value.length <= longestSaid && saysOtherWords(wordsOf(text), wordsOf(value));
}

function saysOtherWords(said: readonly string[], own: readonly string[]): boolean {
  const [one, other] = [` ${said.join(' ')} `, ` ${own.join(' ')} `];
  return said.length <= Math.max(fewWords, own.length) && !one.includes(other) && !other.includes(one);
}

const itemsOfLists = new WeakMap<readonly unknown[], ReadonlySet<string>>();

function hasOtherItem(text: string, list: readonly unknown[]): boolean {
  const known = itemsOfLists.get(list) ?? new Set(list.map((item) => wordsOf(String(item)).join(' ')));
  itemsOfLists.set(list, known);
  const items = text.split(/[,;\n]|\s(?:and|or|&)\s/).map((item) => wordsOf(item.replace(/^\s*\d{1,4}[.)]\s/, '')));
  const isOther = (words: readonly string[]) => words.length > 0 && !known.has(words.join(' '));
  return items.some(isOther) && items.every((words) => words.length <= fewWords);
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
