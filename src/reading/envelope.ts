import type { SchemaNode } from '../incremental/schema/schema-node.ts';
import { membersOf, requiredBy } from './schemas-inside.ts';
import type { SourceObject, SourceValue } from './source-value.ts';
import { insert } from './value-edits.ts';

/** The one member of the object that the SDK puts around a list. */
export const elements = 'elements';

/** Whether a schema wants the object that the SDK puts around a list. */
export function wantsElements(schema: SchemaNode): boolean {
  return membersOf(schema).length === 1 && requiredBy(schema, elements);
}

/** A list in that object. */
export function asElements(root: SourceValue) {
  const { start, end } = root;
  const members = [{ name: elements, nameStart: start, nameEnd: start, node: root }];
  const node: SourceObject = { type: 'object', start, end, members };
  const open = insert(start, `{"${elements}":`, undefined, 'wrapper');
  return { node, open, close: insert(end, '}', undefined, 'wrapper') };
}
