import type { Site } from '../compiler.ts';

/** `unevaluatedProperties` and `unevaluatedItems`: judge what no keyword of the schema or of its accepted branches did. */
export function unevaluated({ node, get, subschema, allowsAdditional }: Site): void {
  const properties = get('unevaluatedProperties');
  if (properties !== undefined && !(properties === false && allowsAdditional)) {
    node.unevaluatedProperties = subschema(properties);
  }
  const items = get('unevaluatedItems');
  if (items !== undefined) node.unevaluatedItems = subschema(items);
}
