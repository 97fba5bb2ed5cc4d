import type { FlexibleSchema } from 'ai';
import { calledSchema, isSdkSchema, isStandardSchema } from '../schema.ts';
import { isOurs } from './says-all.ts';

/** Whether a schema refuses the members that its JSON Schema forbids: the SDK forbids them for providers' sake, too. */
export function additionalMembersOf(schema: FlexibleSchema): 'judge' | 'allow' {
  if (isStandardSchema(schema)) return isOurs(schema) ? 'allow' : 'judge';
  if (!isSdkSchema(schema)) return additionalMembersOf(calledSchema(schema as () => FlexibleSchema));
  return schema.validate === undefined ? 'judge' : 'allow';
}
