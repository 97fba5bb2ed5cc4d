import type { Steps } from '../../../effects/in-turns.ts';
import { isRecord, OBJECT } from '../../text/json-type.ts';
import { LISTED_PER_STEP, type Site } from '../keyword-site.ts';
import type { SchemaNode } from '../schema-node.ts';
import { conditional } from './if.ts';
import { requires } from './required.ts';

/** `dependentSchemas`, and the schemas in draft-07's `dependencies`: if the object has the name, the schema judges it. */
export function* dependentSchemas(site: Site): Steps<void> {
  const { node } = site;
  const otherwise = site.create();
  for (const keyword of ['dependentSchemas', 'dependencies']) {
    const dependencies = site.get(keyword);
    if (!isRecord(dependencies)) continue;
    for (const [index, [name, schema]] of Object.entries(dependencies).entries()) {
      if (index % LISTED_PER_STEP === LISTED_PER_STEP - 1) yield;
      if (Array.isArray(schema) || typeof schema === 'string') continue;
      node.combinators.push(conditional(objectWith(name, site.create()), site.subschema(schema), otherwise));
    }
  }
}

function objectWith(name: string, node: SchemaNode): SchemaNode {
  node.types = OBJECT;
  node.objectRules.push(requires([name]));
  return node;
}
