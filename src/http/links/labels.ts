import type { IssuePath } from '../../trace/issue.ts';

/** A path for people: `lines[0].unitPrice` is "Line 1 · Unit price". */
export function labelOf(path: IssuePath): string {
  const words: string[] = [];
  for (const key of path) {
    const list = words.at(-1);
    if (typeof key === 'string') words.push(nameOf(key));
    else if (list === undefined) words.push(`Item ${key + 1}`);
    else words[words.length - 1] = `${singular(list)} ${key + 1}`;
  }
  return words.join(' · ');
}

/** The words of a member's name: `unitPrice`, `unit_price` and `unit-price` are `unit price`. */
export function wordsIn(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
}

function nameOf(key: string): string {
  const words = wordsIn(key).replace(/\bid\b/g, 'ID');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** One of a list; a name that is no plural of English stays. */
function singular(list: string): string {
  return list
    .replace(/ies$/, 'y')
    .replace(/(ss|x|ch|sh)es$/, '$1')
    .replace(/([^su\d ])s$/, '$1');
}
