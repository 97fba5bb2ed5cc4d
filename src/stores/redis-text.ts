import { refuseBadKey } from './arguments.ts';

/**
 * A value or member as it is stored: one character says how to read the rest. The mark keeps a client that parses
 * replies as JSON (`@upstash/redis` by default) from turning `"123"` or `"null"` into something else, and tells what
 * this library wrote from what it did not. A lone surrogate has no UTF-8 form, so such text goes as JSON.
 */
export function toStored(text: string): string {
  return isWellFormed(text) ? `=${text}` : `~${JSON.stringify(text)}`;
}

/** The text in a reply; `undefined` for nothing, and for a value that `toStored` did not write. */
export function fromStored(reply: unknown): string | undefined {
  if (reply === null || reply === undefined) return undefined;
  const stored = String(reply);
  if (stored.startsWith('=')) return stored.slice(1);
  const text = stored.startsWith('~') ? fromJson(stored.slice(1)) : undefined;
  // Another spelling of the same text would meet no condition of a write.
  return text !== undefined && toStored(text) === stored ? text : undefined;
}

/** The Redis key of an entry: its own key, with a mark only if it could be mistaken for another. */
export function entryKey(key: string): string {
  refuseBadKey(key);
  if (!isWellFormed(key)) return `${JSON.stringify(key)}~json`;
  return /~(?:json|key|index)$/.test(key) ? `${key}~key` : key;
}

/** The Redis key of an index. It is never the key of an entry. */
export function indexKey(name: string): string {
  return `${entryKey(name)}~index`;
}

function fromJson(json: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'string' ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Cast: ES2024, newer than the `lib` of this project, and present in every supported runtime. */
function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
