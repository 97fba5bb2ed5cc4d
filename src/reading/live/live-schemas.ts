import { openingOf } from '../../incremental/schema/opening.ts';
import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { NULL, STRING } from '../../incremental/text/json-type.ts';

/** The schemas that judge a value; `undefined` where they cannot be told before the value is whole. */
export type LiveSchemas = readonly SchemaNode[] | undefined;

/**
 * The one schema that judges what is inside a container that begins: `misfit` where no container of its type may stand,
 * `undefined` where several may judge it, or none does.
 */
export function schemaInside(schemas: LiveSchemas, type: number): SchemaNode | 'misfit' | undefined {
  if (schemas === undefined) return undefined;
  if (schemas.some((schema) => openingOf(schema, type) === 'failed')) return 'misfit';
  const [only] = schemas;
  return only !== undefined && schemas.length === 1 ? plain(only) : undefined;
}

/** What a schema comes down to for a container: behind references, and the one alternative to `null`. */
function plain(schema: SchemaNode, depth = 0): SchemaNode | undefined {
  if (schema.combinators.length === 0) return schema;
  if (depth > 8) return undefined;
  const { essence } = schema;
  if (essence !== schema) return plain(essence, depth + 1);
  const [combinator] = schema.combinators;
  const isBare = schema.members === undefined && schema.items === undefined && schema.combinators.length === 1;
  if (combinator === undefined || !isBare || combinator.branches.length < 2) return undefined;
  const [only, ...others] = combinator.branches.filter(({ types }) => types !== NULL);
  return only !== undefined && others.length === 0 ? plain(only, depth + 1) : undefined;
}

/** Whether no string is read as something else, so that its characters need not wait for its end. */
export function takesStrings(schemas: LiveSchemas): boolean {
  return schemas === undefined || schemas.every((schema) => takesString(schema));
}

function takesString({ types, assertions, combinators }: SchemaNode, depth = 0): boolean {
  if ((types & STRING) === 0 || depth > 8) return false;
  if (assertions.some(({ constants }) => constants !== undefined)) return false;
  return combinators.every(({ branches }) => branches.some((branch) => takesString(branch, depth + 1)));
}
