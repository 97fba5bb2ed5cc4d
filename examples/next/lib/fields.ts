import type { Path } from './labels.ts';
import { visible } from './visible.ts';

/** A value nested deeper than this is shown as the text it came as. */
const deepest = 32;

/** The scalars of a JSON value by their paths, which are written as JSON. */
export function fieldsOf(value: unknown, path: Path = []): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  collect(value, path, fields);
  return fields;
}

function collect(value: unknown, path: Path, fields: Map<string, unknown>): void {
  if (typeof value !== 'object' || value === null) return void fields.set(keyOf(path), value);
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [key, member] of entries) collect(member, [...path, key], fields);
}

/** The scalars one after the other, without the punctuation of JSON. */
export function scalarsText(value: unknown): string {
  return visible([...fieldsOf(value).values()].map((scalar) => String(scalar)).join(', '));
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

/**
 * The JSON value of a model's text; of a fenced or chatty one, what is between the outermost braces. `undefined` for a text
 * without one, and for one that is nested too deeply to be shown as fields.
 */
export function valueIn(text: string): unknown {
  const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  try {
    const value: unknown = JSON.parse(json);
    return isDeeper(value, deepest) ? undefined : value;
  } catch {
    return undefined;
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}
