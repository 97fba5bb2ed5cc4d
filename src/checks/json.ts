import type { FlexibleSchema } from 'ai';
import type { CompiledSchema } from '../incremental/schema/compiled-schema.ts';
import type { Check } from './check.ts';
import { ownVendor } from './schema.ts';

/** Accepts every JSON value: that there is one is what a schema check judges first. */
export const anyJson: FlexibleSchema = standardSchema({}, (value) => ({ value }));

/** A Standard Schema that judges as its compiled JSON Schema does. */
export function compiledStandardSchema(schema: object, compiled: Pick<CompiledSchema, 'issuesOf'>): FlexibleSchema {
  return standardSchema(schema, (value) => {
    const issues = compiled.issuesOf(value);
    return issues.length === 0 ? { value } : { issues };
  });
}

/**
 * The answer is one JSON value.
 *
 * @example checks: [json()] // any JSON value; give `Output.object` a schema to judge its members
 */
export function json(): Check {
  return { name: 'json', schema: anyJson, incremental: true };
}

type Validate = (value: unknown) => { value: unknown } | { issues: ReturnType<CompiledSchema['issuesOf']> };

function standardSchema(schema: object, validate: Validate): FlexibleSchema {
  const json = () => schema as Record<string, unknown>;
  return {
    '~standard': {
      version: 1,
      vendor: ownVendor,
      jsonSchema: { input: json, output: json },
      validate,
    },
  };
}
