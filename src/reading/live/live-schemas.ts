import { openingOf } from '../../incremental/schema/opening.ts';
import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { ARRAY, CONTAINER, NULL, OBJECT, STRING } from '../../incremental/text/json-type.ts';

/** The schemas that judge a value; `undefined` where they cannot be told before the value is whole. */
export type LiveSchemas = readonly SchemaNode[] | undefined;

/**
 * The one schema that judges what is inside a container that begins: `misfit` where no container of its type may stand,
 * `union` where one of several will judge it, `undefined` where none does, or several at once.
 */
export function schemaInside(schemas: LiveSchemas, type: number): SchemaNode | 'misfit' | 'union' | undefined {
  if (schemas === undefined) return undefined;
  if (schemas.some((schema) => openingOf(schema, type) === 'failed')) return 'misfit';
  const [only] = schemas;
  if (only === undefined || schemas.length > 1) return undefined;
  const one = plain(only) ?? (type === OBJECT ? onlyForObjects(only) : undefined);
  return one ?? (isUnion(only) ? 'union' : undefined);
}

/** The one alternative that may read an object: scalars never do, a list may have it as its one item. */
function onlyForObjects(schema: SchemaNode): SchemaNode | undefined {
  const [only, ...others] = alternativesOf(schema).filter(({ types }) => (types & CONTAINER) !== 0);
  return only !== undefined && others.length === 0 && (only.types & ARRAY) === 0 ? plain(only) : undefined;
}

/** The branches a value has to meet one of; the schema itself where it is no union. */
export function alternativesOf(schema: SchemaNode, depth = 0): readonly SchemaNode[] {
  const { essence } = schema;
  const [combinator] = essence.combinators;
  if (combinator === undefined || depth > 8 || !essence.isBare || !isUnion(essence)) return [essence];
  return combinator.branches.flatMap((branch) => alternativesOf(branch, depth + 1));
}

/** Whether a schema lets one of several others judge: not one after another. */
function isUnion({ essence }: SchemaNode): boolean {
  return essence.combinators.some((combinator) => {
    const total = combinator.branches.length;
    const oneFailed = { met: 0, failed: 1, undecided: 0, open: total - 1, total, rulingOf: () => 'open' as const };
    return total > 1 && combinator.decide(oneFailed) !== 'failed';
  });
}

/** What a schema comes down to for a container: behind references, and the one alternative to `null`. */
export function plain(schema: SchemaNode, depth = 0): SchemaNode | undefined {
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
