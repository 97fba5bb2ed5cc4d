import type { JsonObject } from '../../examples/practice-server/json.ts';

/**
 * Applies one `add`, `replace` or `remove` operation of JSON Patch and returns the new document.
 *
 * @throws Error for a path that does not exist
 * @see https://www.rfc-editor.org/rfc/rfc6902
 */
export function applyPatch(document: unknown, { op, path, value }: JsonObject): unknown {
  const words = String(path).split('/').slice(1);
  return change(document, { words: words.map(decode), op, value });
}

interface Operation {
  readonly words: readonly string[];
  readonly op: unknown;
  readonly value: unknown;
}

function change(target: unknown, { words, op, value }: Operation): unknown {
  const [word, ...rest] = words;
  if (word === undefined) return value;
  if (typeof target !== 'object' || target === null) throw new Error(`No member ${word}`);
  if (Array.isArray(target)) {
    const index = word === '-' ? target.length : Number(word);
    if (rest.length > 0) return target.with(index, change(target[index], { words: rest, op, value }));
    return target.toSpliced(index, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
  }
  const members: JsonObject = { ...target };
  if (op === 'remove' && rest.length === 0)
    return Object.fromEntries(Object.entries(members).filter(([name]) => name !== word));
  return { ...members, [word]: change(members[word], { words: rest, op, value }) };
}

function decode(word: string): string {
  return word.replaceAll('~1', '/').replaceAll('~0', '~');
}
