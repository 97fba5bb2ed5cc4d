import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { ANY, ARRAY, BOOLEAN, CONTAINER, isRecord, NUMBER, STRING, typeOf } from '../../incremental/text/json-type.ts';
import { deepestLook } from '../limits.ts';
import { listsOf, mayBeBoolean, mayBeNumber } from './scalar-readings.ts';
import { membersOf, requiredBy, schemasOfItem, schemasOfMember } from './schemas-inside.ts';

/**
 * Whether no reading of a JSON value can meet its schema, as far as the value alone tells. Most wrong answers are wrong
 * in a way that no reading mends: to know it spares parsing the text once more, with the place of every value.
 */
export function isOutOfReach(value: unknown, schema: SchemaNode): boolean {
  // What has none of the schema's members may be a wrapper around what has.
  if (!isRecord(value) || !membersOf(schema).some((name) => Object.hasOwn(value, name))) return false;
  return isBeyond(value, schema, 0);
}

/** Whether a value that does not meet its schema has no reading that does. */
function isBeyond(value: unknown, schema: SchemaNode, depth: number): boolean {
  if (depth > deepestLook || schema.types === ANY || schema.combinators.length > 0) return false;
  if ((schema.types & typeOf(value)) === 0) return !mayChangeType(value, schema);
  if (Array.isArray(value)) {
    return value.some((item, index) => isMisfit(item, schemasOfItem(schema, index), depth));
  }
  if (!isRecord(value)) return listsOf(schema).length === 0;
  return membersOf(schema).some((name) => {
    if (!Object.hasOwn(value, name)) return false;
    const mayBeLeftOut = value[name] === null && !requiredBy(schema, name);
    return !mayBeLeftOut && isMisfit(value[name], schemasOfMember(schema, name), depth);
  });
}

/** Whether the first schema that a value does not meet is beyond it. */
function isMisfit(value: unknown, schemas: readonly SchemaNode[], depth: number): boolean {
  for (const schema of schemas) if (!schema.isValid(value)) return isBeyond(value, schema, depth + 1);
  return false;
}

/** Whether a value of a type that its schema does not allow may be read as one that it does. */
function mayChangeType(value: unknown, schema: SchemaNode): boolean {
  const { types } = schema;
  if ((types & ARRAY) !== 0) return true;
  if (typeof value === 'string') {
    if ((types & CONTAINER) !== 0) return true;
    const text = value.trim();
    return ((types & NUMBER) !== 0 && mayBeNumber(text)) || ((types & BOOLEAN) !== 0 && mayBeBoolean(text));
  }
  if (Array.isArray(value)) return value.length === 1;
  return !isRecord(value) && value !== null && (types & STRING) !== 0;
}
