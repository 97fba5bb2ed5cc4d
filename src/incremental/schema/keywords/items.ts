import type { Site } from '../keyword-site.ts';

/** `prefixItems` and `items`, and the older pair of an `items` list and `additionalItems`. */
export function items(site: Site): void {
  const { node } = site;
  const listed = site.get('items');
  const prefix = site.get('prefixItems') ?? (Array.isArray(listed) ? listed : undefined);
  const remaining = Array.isArray(listed) ? site.get('additionalItems') : listed;
  const first = Array.isArray(prefix) ? prefix.map((schema) => site.subschema(schema)) : [];
  const rest = remaining === undefined ? undefined : site.subschema(remaining);
  if (first.length > 0 || rest) node.items = { schemaFor: (index) => first[index] ?? rest, prefixLength: first.length };
}
