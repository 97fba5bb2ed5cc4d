type Path = readonly (string | number)[];

/** The scalars of a JSON value by their paths, which are written as JSON. */
export function fieldsOf(value: unknown, path: Path = []): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[JSON.stringify(path), value]]);
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return new Map(entries.flatMap(([key, member]) => [...fieldsOf(member, [...path, key])]));
}

/** A path in words; elements count from 1. */
export function labelOf(path: Path): string {
  return path.map((key) => (typeof key === 'number' ? key + 1 : key)).join(' ');
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
