import type { SchemaNode } from '../incremental/schema/schema-node.ts';
import { spellingsOf } from './normalise.ts';

/** The names that a schema knows. */
interface KnownNames {
  /** Those that it lists or requires. */
  readonly all: readonly string[];
  readonly has: (name: string) => boolean;
  readonly required: ReadonlySet<string>;
  /** Those that come to the same as a normalised name. */
  readonly alike: (spelling: string) => readonly string[];
}

const namesBySchema = new WeakMap<SchemaNode, KnownNames>();

function namesOf(schema: SchemaNode): KnownNames {
  const known = namesBySchema.get(schema);
  if (known !== undefined) return known;
  const required = new Set(schema.objectRules.flatMap(({ requires = [] }) => requires));
  const unique = new Set([...(schema.members?.names ?? []), ...required]);
  const all = [...unique];
  let spellings: KnownNames['alike'] | undefined;
  const alike = (spelling: string) => {
    spellings ??= spellingsOf(all);
    return spellings(spelling);
  };
  const names = { all, has: (name: string) => unique.has(name), required, alike };
  namesBySchema.set(schema, names);
  return names;
}

/** The names that a schema lists or requires. */
export function membersOf(schema: SchemaNode): readonly string[] {
  return namesOf(schema).all;
}

/** Whether a schema lists or requires a name. */
export function isMemberOf(schema: SchemaNode, name: string): boolean {
  return namesOf(schema).has(name);
}

/** The names that a schema lists or requires and that come to the same as a normalised one. */
export function membersLike(schema: SchemaNode, spelling: string): readonly string[] {
  return namesOf(schema).alike(spelling);
}

export function requiredBy(schema: SchemaNode, name: string): boolean {
  return namesOf(schema).required.has(name);
}

/** Whether a schema lists a name that it does not require: an object may leave it out. */
export function isOptional(schema: SchemaNode, name: string): boolean {
  return isMemberOf(schema, name) && !requiredBy(schema, name);
}

export function schemasOfMember({ members }: SchemaNode, name: string): readonly SchemaNode[] {
  return members?.schemasFor(name) ?? [];
}

export function schemasOfItem({ items }: SchemaNode, index: number): readonly SchemaNode[] {
  const item = items?.schemaFor(index);
  return item === undefined ? [] : [item];
}
