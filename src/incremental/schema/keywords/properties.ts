import { isRecord } from '../../text/json-type.ts';
import type { Site } from '../keyword-site.ts';
import type { SchemaNode } from '../schema-node.ts';

/** `properties`, `patternProperties` and `additionalProperties`, which judges the names that the two leave. */
export function properties(site: Site): void {
  const { node, allowsAdditional } = site;
  const listed = entriesOf(site.get('properties')).map(([name, schema]) => [name, site.subschema(schema)] as const);
  const sources = entriesOf(site.get('patternProperties'));
  const patterns = sources.flatMap(([source, schema]) => {
    const compiled = site.pattern(source);
    return compiled ? [{ test: compiled.test, schema: site.subschema(schema) }] : [];
  });
  const hasSkippedPattern = patterns.length < sources.length;
  const additional = site.get('additionalProperties');
  const hasAdditional = additional !== undefined;
  const isLetThrough = hasSkippedPattern || (additional === false && allowsAdditional);
  if (listed.length === 0 && sources.length === 0 && !hasAdditional) return;

  const byName = new Map(listed.map(([name, schema]) => [name, matching(name, [schema])]));
  const rest: readonly SchemaNode[] = hasAdditional && !isLetThrough ? [site.subschema(additional)] : [];

  function matching(name: string, schemas: readonly SchemaNode[]): readonly SchemaNode[] {
    const matched = patterns.filter(({ test }) => test(name)).map(({ schema }) => schema);
    return matched.length === 0 ? schemas : [...new Set([...schemas, ...matched])];
  }

  function unlisted(name: string): readonly SchemaNode[] {
    if (patterns.length === 0) return rest;
    const matched = matching(name, []);
    return matched.length > 0 ? matched : rest;
  }

  node.members = {
    isListed: patterns.length === 0,
    names: listed.map(([name]) => name),
    schemasFor: (name) => byName.get(name) ?? unlisted(name),
    covers: (name) =>
      (hasAdditional && !(additional === false && allowsAdditional)) ||
      hasSkippedPattern ||
      byName.has(name) ||
      patterns.some(({ test }) => test(name)),
  };
}

function entriesOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}
