import type { Site } from '../keyword-site.ts';

/** `unevaluatedProperties` and `unevaluatedItems`: judge what no keyword of the schema or of its accepted branches did. */
export function unevaluated(site: Site): void {
  const { node, allowsAdditional } = site;
  const properties = site.get('unevaluatedProperties');
  if (properties !== undefined && !(properties === false && allowsAdditional)) {
    node.unevaluatedProperties = site.subschema(properties);
  }
  const items = site.get('unevaluatedItems');
  if (items !== undefined) node.unevaluatedItems = site.subschema(items);
}
