import type { IssuePath } from './issue.ts';

/** The path as an RFC 6901 JSON pointer; `''` is the whole document. */
export function jsonPointer(path: IssuePath): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The value at a path; `undefined` if there is none. */
export function valueAt(value: unknown, path: IssuePath): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    if (Array.isArray(current) && key === 'length') return undefined;
    current = (current as Record<string | number, unknown>)[key];
  }
  return current;
}
