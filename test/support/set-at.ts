import type { IssuePath } from '../../src/trace/issue.ts';

/** A copy with another value at a path of objects and lists; the last key may be new. */
export function setAt(value: unknown, [key, ...rest]: IssuePath, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const copy: unknown = Array.isArray(value) ? [...value] : { ...(value as object) };
  const members = copy as Record<string | number, unknown>;
  members[key] = setAt(members[key], rest, replacement);
  return copy;
}
