import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import type { SourceObject, SourceValue } from '../text/source-value.ts';
import { constantsOf } from '../values/scalar-readings.ts';
import { membersOf, requiredBy, schemasOfMember } from '../values/schemas-inside.ts';
import { insert } from '../values/value-edits.ts';

// The SDK asks for a list, and for one of several choices, in an object of its own.

/** The one member of the object that the SDK puts around a list. */
export const elements = 'elements';

/** The one member of the object that it puts around a choice. */
const result = 'result';

/** Whether a schema wants the object that the SDK puts around a list. */
export function wantsElements(schema: SchemaNode): boolean {
  return isOnlyMember(schema, elements);
}

/** Whether a schema wants the object that the SDK puts around one of several choices. */
export function wantsChoice(schema: SchemaNode): boolean {
  return (
    isOnlyMember(schema, result) && schemasOfMember(schema, result).some((choice) => constantsOf(choice).length > 0)
  );
}

function isOnlyMember(schema: SchemaNode, name: string): boolean {
  return membersOf(schema).length === 1 && requiredBy(schema, name);
}

/** The name of the member that a value is to stand in, if it is what the SDK puts an object around. */
export function envelopeOf({ type }: SourceValue, schema: SchemaNode): string | undefined {
  if (type === 'array' && wantsElements(schema)) return elements;
  return type === 'string' && wantsChoice(schema) ? result : undefined;
}

/** A value in that object. */
export function inEnvelope(root: SourceValue, name: string) {
  const { start, end } = root;
  const members = [{ name, nameStart: start, nameEnd: start, node: root }];
  const node: SourceObject = { type: 'object', start, end, members };
  const open = insert(start, `{"${name}":`, undefined, 'wrapper');
  return { node, open, close: insert(end, '}', undefined, 'wrapper') };
}
