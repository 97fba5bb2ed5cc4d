import type { FlexibleSchema } from 'ai';
import { compileSchema } from '../incremental/schema/compiled-schema.ts';
import type { Check } from './check.ts';

/** A schema that judges as its JSON Schema does, lenient about members it does not know. */
export function lenientSchema(schema: object): FlexibleSchema {
  const compiled = compileSchema(schema, { additionalMembers: 'allow' });
  const json = () => schema as Record<string, unknown>;
  return {
    '~standard': {
      version: 1,
      vendor: 'ai-staged-retry',
      jsonSchema: { input: json, output: json },
      validate: (value) => (compiled.isValid(value) ? { value } : { issues: compiled.issuesOf(value) }),
    },
  };
}

/** Accepts every JSON value: that there is one is what a schema check judges first. */
export const anyJson: FlexibleSchema = lenientSchema({});

/** The answer is one JSON value. */
export function json(): Check {
  return { name: 'json', schema: anyJson, incremental: true };
}
