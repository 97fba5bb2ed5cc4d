import type { IssuePath } from './issue.ts';

/** The path as an RFC 6901 JSON pointer; `''` is the whole document. */
export function jsonPointer(path: IssuePath): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The value at a path; `undefined` where there is none. */
export function valueAt(value: unknown, path: IssuePath): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    if (Array.isArray(current) && key === 'length') return undefined;
    current = (current as Record<string | number, unknown>)[key];
  }
  return current;
}

/** A copy with another value at a path; the value itself when there is nothing to hold it. */
export function setAt(value: unknown, path: IssuePath, replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (Array.isArray(value)) {
    const index = Number(key);
    return index <= value.length ? value.toSpliced(index, 1, setAt(value[index], rest, replacement)) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  const known = members.find(([name]) => name === String(key));
  const next = setAt(known?.[1], rest, replacement);
  if (known === undefined) return Object.fromEntries([...members, [key, next]]);
  return Object.fromEntries(members.map(([name, member]) => [name, name === known[0] ? next : member]));
}
