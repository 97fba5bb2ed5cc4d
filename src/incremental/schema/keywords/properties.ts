import { isExhausted } from '../../patterns/effort.ts';
import { isRecord } from '../../text/json-type.ts';
import type { Site } from '../keyword-site.ts';
import { rulingFrom } from '../ruling.ts';
import { type SchemaNode, UNKNOWN } from '../schema-node.ts';
import { some } from '../truth.ts';

/** `properties`, `patternProperties` and `additionalProperties`, which judges the names that the two leave. */
export function properties(site: Site): void {
  const { node, allowsAdditional } = site;
  const listed = entriesOf(site.get('properties')).map(([name, schema]) => [name, site.subschema(schema)] as const);
  const patterns = entriesOf(site.get('patternProperties')).map(([source, schema]) => ({
    test: site.pattern(source),
    schema: site.subschema(schema),
  }));
  const additional = site.get('additionalProperties');
  const hasAdditional = additional !== undefined && !(additional === false && allowsAdditional);
  if (listed.length === 0 && patterns.length === 0 && additional === undefined) return;

  const byName = new Map(listed);
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
    names: listed.map(([name]) => name),
    schemasFor,
    covers: (name) =>
      hasAdditional || byName.has(name) ? 'met' : rulingFrom(some(patterns, ({ test }) => test(name))),
  };
}

function entriesOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}
