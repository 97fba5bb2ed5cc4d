import type { Steps } from '../../../effects/in-turns.ts';
import { isExhausted } from '../../patterns/effort.ts';
import { isRecord } from '../../text/json-type.ts';
import { LISTED_PER_STEP, type Site } from '../keyword-site.ts';
import { rulingFrom } from '../ruling.ts';
import { type SchemaNode, UNKNOWN } from '../schema-node.ts';
import { some, type Truth } from '../truth.ts';

/** `properties`, `patternProperties` and `additionalProperties`, which judges the names that the two leave. */
export function* properties(site: Site): Steps<void> {
  const { node, allowsAdditional } = site;
  const byName = new Map<string, SchemaNode>();
  for (const [name, schema] of entriesOf(site.get('properties'))) {
    byName.set(name, site.subschema(schema));
    if (byName.size % LISTED_PER_STEP === 0) yield;
  }
  const patterns: { readonly test: (name: string) => Truth; readonly schema: SchemaNode }[] = [];
  for (const [source, schema] of entriesOf(site.get('patternProperties'))) {
    patterns.push({ test: site.pattern(source), schema: site.subschema(schema) });
    if (patterns.length % LISTED_PER_STEP === 0) yield;
  }
  const additional = site.get('additionalProperties');
  const hasAdditional = additional !== undefined && !(additional === false && allowsAdditional);
  if (byName.size === 0 && patterns.length === 0 && additional === undefined) return;

  /** The schemas of the names that were asked for, of those that `properties` lists. */
  const known = new Map<string, readonly SchemaNode[]>();
  const rest: readonly SchemaNode[] = hasAdditional ? [site.subschema(additional)] : [];

  function schemasFor(name: string): readonly SchemaNode[] {
    const schemas = known.get(name);
    if (schemas !== undefined) return schemas;
    const schema = byName.get(name);
    if (schema === undefined && patterns.length === 0) return rest;
    const matched = matching(name, schema);
    if (schema !== undefined && !isExhausted()) known.set(name, matched);
    return matched;
  }

  function matching(name: string, own?: SchemaNode): readonly SchemaNode[] {
    const matched = new Set(own && [own]);
    for (const { test, schema } of patterns) {
      if (matched.has(UNKNOWN) && isExhausted()) break;
      const isMatch = test(name);
      // whether the schema judges the member, and so whether `additionalProperties` does, is not known
      if (isMatch !== false) matched.add(isMatch ? schema : UNKNOWN);
    }
    return matched.size > 0 ? [...matched] : rest;
  }

  node.members = {
    isListed: patterns.length === 0,
    isClosed: allowsAdditional && !hasAdditional,
    names: [...byName.keys()],
    schemasFor,
    covers: (name) =>
      hasAdditional || byName.has(name) ? 'met' : rulingFrom(some(patterns, ({ test }) => test(name))),
  };
}

function entriesOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}
