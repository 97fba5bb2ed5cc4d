import { valueAt } from '../trace/json-pointer.ts';

/** Keywords whose value is data, and no schema. */
const data = new Set(['const', 'enum', 'default', 'examples', 'example']);

/** The first `$ref` that leads to no schema in the document itself; what is elsewhere is never loaded. */
export function unresolvedReference(schema: object): string | undefined {
  const references: string[] = [];
  const names = new Set<string>();
  const waiting: unknown[] = [schema];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    for (const [keyword, value] of Object.entries(next)) {
      if (typeof value !== 'string') {
        if (!data.has(keyword)) waiting.push(value);
      } else if (keyword === '$ref' || keyword === '$dynamicRef') references.push(value);
      else if (keyword === '$anchor' || keyword === '$dynamicAnchor') names.add(`#${value}`);
      else if (keyword === '$id' || keyword === 'id') names.add(value);
    }
  }
  return references.find((reference) => !names.has(reference) && !leads(reference, schema));
}

function leads(reference: string, schema: object): boolean {
  if (reference === '#') return true;
  if (!reference.startsWith('#/')) return false;
  const path = reference.slice(2).split('/').map(toToken);
  return valueAt(schema, path) !== undefined;
}

function toToken(token: string): string {
  try {
    return decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return token;
  }
}
