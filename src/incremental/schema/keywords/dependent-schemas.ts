import { isRecord, OBJECT } from '../../text/json-type.ts';
import type { Site } from '../keyword-site.ts';
import type { SchemaNode } from '../schema-node.ts';
import { conditional } from './if.ts';
import { requires } from './required.ts';

/** `dependentSchemas`, and the schemas in draft-07's `dependencies`: if the object has the name, the schema judges it. */
export function dependentSchemas(site: Site): void {
  const { node } = site;
  for (const keyword of ['dependentSchemas', 'dependencies']) {
    const dependencies = site.get(keyword);
    if (!isRecord(dependencies)) continue;
    for (const [name, schema] of Object.entries(dependencies)) {
      if (Array.isArray(schema) || typeof schema === 'string') continue;
      node.combinators.push(conditional(objectWith(name, site.create()), site.subschema(schema), site.create()));
    }
  }
}

function objectWith(name: string, node: SchemaNode): SchemaNode {
  node.types = OBJECT;
  node.objectRules.push(requires([name]));
  return node;
}
