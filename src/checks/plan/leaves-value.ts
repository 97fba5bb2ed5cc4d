import type { Check } from '../check.ts';
import { isSdkSchema, isStandardSchema, ownVendor } from '../schema.ts';

/** Whether a check judges the structure without code of the caller's, which may change the value. */
export function leavesValue({ schema }: Check): boolean {
  if (isSdkSchema(schema)) return schema.validate === undefined;
  return isStandardSchema(schema) && schema['~standard'].vendor === ownVendor;
}
