import type { FlexibleSchema } from 'ai';
import { isOurs } from './says-all.ts';
import { calledSchema, isSdkSchema, isStandardSchema } from './schema.ts';

/** Whether a schema refuses the members that its JSON Schema forbids: the SDK forbids them for providers' sake, too. */
export function additionalMembersOf(schema: FlexibleSchema): 'judge' | 'allow' {
  if (isStandardSchema(schema)) return isOurs(schema) ? 'allow' : 'judge';
  if (!isSdkSchema(schema)) return additionalMembersOf(calledSchema(schema as () => FlexibleSchema));
  return schema.validate === undefined ? 'judge' : 'allow';
}
