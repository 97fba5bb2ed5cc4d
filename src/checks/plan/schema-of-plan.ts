import { anyJson } from '../json.ts';
import { jsonSchemaOf } from '../schema.ts';
import type { CheckPlan } from './plan.ts';

/** The JSON Schema that the answer is held to; a check that only wants JSON says less than any other. */
export function schemaOfPlan({ structure }: CheckPlan): unknown {
  let said: unknown;
  for (const { schema } of structure) {
    const json = schema === undefined ? undefined : jsonSchemaOf(schema);
    if (json !== undefined && schema !== anyJson) return json;
    said ??= json;
  }
  return said;
}
