import type { Path } from './labels.ts';

/** The scalars of a JSON value by their paths, which are written as JSON. */
export function fieldsOf(value: unknown, path: Path = []): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[keyOf(path), value]]);
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return new Map(entries.flatMap(([key, member]) => [...fieldsOf(member, [...path, key])]));
}

export function keyOf(path: Path): string {
  return JSON.stringify(path);
}

/** The path that `keyOf` wrote. */
export function pathOf(key: string): Path {
  return JSON.parse(key);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON value of a model's text; of a fenced or chatty one, what is between the outermost braces. */
export function valueIn(text: string): unknown {
  const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
