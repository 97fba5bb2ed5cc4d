import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { normalised, spellingsOf } from './normalise.ts';

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
  const names = knownNames([schema]);
  namesBySchema.set(schema, names);
  return names;
}

function knownNames(schemas: readonly SchemaNode[]): KnownNames {
  const required = new Set(schemas.flatMap(({ objectRules }) => objectRules.flatMap(({ requires = [] }) => requires)));
  const unique = new Set([...schemas.flatMap(({ members }) => members?.names ?? []), ...required]);
  const all = [...unique];
  let spellings: KnownNames['alike'] | undefined;
  const alike = (spelling: string) => {
    spellings ??= spellingsOf(all);
    return spellings(spelling);
  };
  return { all, has: (name: string) => unique.has(name), required, alike };
}

const namesByRoot = new WeakMap<SchemaNode, KnownNames>();

/** The names of a schema and of the branches of its references and unions that a name may be a spelling of. */
export function namesMeant(schema: SchemaNode, written: string): readonly string[] {
  const known = namesByRoot.get(schema) ?? knownNames([...withBranches([schema])]);
  namesByRoot.set(schema, known);
  return known.has(written) ? [written] : known.alike(normalised(written));
}

/** Schemas with the branches of their references and unions. */
export function withBranches(schemas: readonly SchemaNode[]): ReadonlySet<SchemaNode> {
  const all = new Set(schemas);
  for (const { combinators } of all)
    for (const { branches } of combinators) for (const branch of branches) all.add(branch);
  return all;
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
