import { allowSteps } from '../../incremental/patterns/effort.ts';
import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import type { Fix } from '../../trace/fix.ts';
import { parseJson } from '../../trace/parse-json.ts';
import { leastEffort } from '../limits.ts';
import { readOptions } from '../read-text.ts';
import { edited, fixesOf, inOrder } from '../text/edit.ts';
import { parseAt } from '../text/parse.ts';
import { literals } from '../text/tokens.ts';
import { losesMembers } from '../values/lost-members.ts';
import { readByAll } from '../values/read-values.ts';
import { mayBeLeftOut } from '../values/scalar-readings.ts';
import type { LiveSchemas } from './live-schemas.ts';

/** Where a value stands that is complete. */
export interface LivePlace {
  readonly schemas: LiveSchemas;
  /** The schema of the object it is a member of. */
  readonly owner: SchemaNode | undefined;
  readonly name: string | undefined;
}

/** The text of a value, and what reading changed in it. */
export interface ReadValue {
  readonly text: string;
  readonly fixes: readonly Fix[];
}

/**
 * The text of a value as it is read, or as it stands; `undefined` for a member that is left out, `null` where only the
 * whole answer tells.
 */
export function readComplete(
  source: string,
  { schemas, owner, name }: LivePlace,
  syntax: boolean,
): ReadValue | undefined | null {
  const literal = syntax && Object.hasOwn(literals, source) ? literals[source] : undefined;
  const json = literal ?? source;
  const asItStands = {
    text: json,
    fixes: json === source ? [] : [{ path: [], rule: 'literal', from: source, to: json } as const],
  };
  if (schemas === undefined || schemas.length === 0) return asItStands;
  allowSteps();
  const strict = parseJson(json);
  if (strict === undefined) return asItStands;
  if (schemas.every((schema) => schema.isValid(strict.value))) {
    // Once something else is read, a member in another spelling is read too.
    const effort = { left: leastEffort + json.length };
    return schemas.some((schema) => losesMembers(strict.value, schema, effort)) ? null : asItStands;
  }
  const parsed = parseAt(literal === undefined ? json : source, 0, { isJson: true });
  if (typeof parsed === 'string') return asItStands;
  const reading = readByAll(parsed.root, schemas, readOptions(json, { syntax }));
  if (reading !== undefined) {
    const edits = inOrder([...reading.edits, ...parsed.edits]);
    return { text: edited(source, parsed.root, edits), fixes: fixesOf(source, parsed.root, edits) };
  }
  const isLeftOut = json === 'null' && name !== undefined && owner !== undefined && mayBeLeftOut(owner, name);
  return isLeftOut ? undefined : asItStands;
}
