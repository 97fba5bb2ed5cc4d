import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { isRecord } from '../../incremental/text/json-type.ts';
import { parseAt } from '../text/parse.ts';
import { plainValue } from '../text/source-value.ts';
import { nextBracket } from '../text/tokens.ts';
import { isSameValue } from '../values/same-value.ts';
import { namesMeant, schemasOfItem, schemasOfMember, withBranches } from '../values/schemas-inside.ts';

/**
 * Whether a value that was not read has something that the schemas name and that the one that was read lacks: members, at any
 * depth, or items. In a wrapper, a list or a string where the schemas name none, it may be an answer of its own: there, what a
 * member says counts, too.
 */
export function hasMore(other: unknown, value: unknown, schemas: readonly SchemaNode[], isWrapped = false): boolean {
  const held = typeof other === 'string' ? (heldIn(other) ?? other) : other;
  if (Array.isArray(value)) {
    const items = Array.isArray(held) ? held : [held];
    const inside = (index: number) => inBranches(schemas, (schema) => schemasOfItem(schema, index));
    return items.length > value.length || items.some((item, index) => hasMore(item, value[index], inside(index)));
  }
  if (!isRecord(value) || schemas.length === 0) return false;
  if (Array.isArray(held)) return held.some((item) => hasMore(item, value, schemas, true));
  if (!isRecord(held)) return false;
  return Object.entries(held).some(([written, member]) => {
    if (member === null) return false;
    const names = schemas.flatMap((schema) => namesMeant(schema, written));
    if (names.length === 0) return hasMore(member, value, schemas, true);
    const name = [written, ...names].find((known) => Object.hasOwn(value, known));
    if (name === undefined || (isWrapped && !isSameValue(member, value[name]))) return true;
    return hasMore(
      member,
      value[name],
      inBranches(schemas, (schema) => schemasOfMember(schema, name)),
    );
  });
}

function inBranches(
  schemas: readonly SchemaNode[],
  inside: (schema: SchemaNode) => readonly SchemaNode[],
): readonly SchemaNode[] {
  return [...new Set([...withBranches(schemas)].flatMap(inside))];
}

/** The first object or list that a text holds as JSON. */
function heldIn(text: string): unknown {
  const opening = nextBracket(text, 0);
  const parsed = opening === -1 ? undefined : parseAt(text, opening);
  return typeof parsed === 'object' ? plainValue(parsed.root) : undefined;
}
