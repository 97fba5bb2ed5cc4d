import type { SchemaNode } from '../incremental/schema/schema-node.ts';

const namesBySchema = new WeakMap<SchemaNode, readonly string[]>();

/** The names that a schema lists or requires. */
export function membersOf(schema: SchemaNode): readonly string[] {
  let names = namesBySchema.get(schema);
  if (names === undefined) {
    const required = schema.objectRules.flatMap(({ requires = [] }) => requires);
    names = [...new Set([...(schema.members?.names ?? []), ...required])];
    namesBySchema.set(schema, names);
  }
  return names;
}

export function requiredBy({ objectRules }: SchemaNode, name: string): boolean {
  return objectRules.some(({ requires = [] }) => requires.includes(name));
}

export function schemasOfMember({ members }: SchemaNode, name: string): readonly SchemaNode[] {
  return members?.schemasFor(name) ?? [];
}

export function schemasOfItem({ items }: SchemaNode, index: number): readonly SchemaNode[] {
  const item = items?.schemaFor(index);
  return item === undefined ? [] : [item];
}
