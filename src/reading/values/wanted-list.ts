import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { ANY, ARRAY } from '../../incremental/text/json-type.ts';
import { elements, wantsElements } from '../around/envelope.ts';
import { deepestList } from '../limits.ts';
import { schemasOfItem, schemasOfMember } from './schemas-inside.ts';

/** Whether a schema wants a list, or the object that the SDK puts around one. */
export function wantsList(schema: SchemaNode, depth = 0): boolean {
  const { types, combinators } = schema;
  if (wantsElements(schema)) return true;
  if (types !== ANY) return (types & ARRAY) !== 0;
  return (
    depth < deepestList && combinators.some(({ branches }) => branches.some((branch) => wantsList(branch, depth + 1)))
  );
}

/** Whether a schema wants a list of lists, which may come as a row of them. */
export function wantsLists({ essence: { types, items } }: SchemaNode): boolean {
  const item = items?.schemaFor(0)?.essence;
  return item !== undefined && (types & item.types & ARRAY) !== 0;
}

/** Whether a list that a schema wants may go on with an item. */
export function takesItem(schema: SchemaNode, item: unknown, depth = 0): boolean {
  if (depth >= deepestList) return true;
  const lists = wantsElements(schema)
    ? schemasOfMember(schema, elements)
    : schema.combinators.flatMap(({ branches }) => branches);
  if (lists.some((list) => takesItem(list, item, depth + 1))) return true;
  if (schema.types === ANY || (schema.types & ARRAY) === 0) return false;
  return schemasOfItem(schema, schema.items?.prefixLength ?? 0).every((judge) => judge.isValid(item));
}
