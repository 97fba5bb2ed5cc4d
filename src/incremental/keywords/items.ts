import type { Site } from '../compiler.ts';

/** `prefixItems` and `items`, and the older pair of an `items` list and `additionalItems`. */
export function items({ node, get, subschema }: Site): void {
  const listed = get('items');
  const prefix = get('prefixItems') ?? (Array.isArray(listed) ? listed : undefined);
  const remaining = Array.isArray(listed) ? get('additionalItems') : listed;
  const first = Array.isArray(prefix) ? prefix.map(subschema) : [];
  const rest = remaining === undefined ? undefined : subschema(remaining);
  if (first.length > 0 || rest) node.items = { schemaFor: (index) => first[index] ?? rest };
}
