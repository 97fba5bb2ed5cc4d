import { InvalidArgumentError } from '@ai-sdk/provider';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { FlexibleSchema, Schema } from 'ai';
import type { IssuePath } from '../trace/issue.ts';
import { jsonPointer } from '../trace/json-pointer.ts';
import { withCompiled } from './plan/schema-compiler.ts';
import { mistakeIn } from './plan/schema-mistake.ts';

export type SchemaResult =
  | { readonly success: true; readonly value: unknown }
  | { readonly success: false; readonly issues: readonly SchemaIssue[] };

export interface SchemaIssue {
  readonly message: string;
  readonly path: IssuePath;
}

const sdkSchema = Symbol.for('vercel.ai.schema');

/** Accepts every JSON value that the SDK does. */
export const sdkJson = { [sdkSchema]: true, jsonSchema: {} } as unknown as FlexibleSchema;

export function isFlexibleSchema(value: unknown): value is FlexibleSchema {
  return isStandardSchema(value) || isSdkSchema(value) || typeof value === 'function';
}

/**
 * A JSON Schema that is none would crash the check in every run.
 *
 * @throws InvalidArgumentError saying what is wrong with it.
 */
export function refuseBadJsonSchema(argument: string, schema: FlexibleSchema): void {
  if (!isSdkSchema(schema) || schema.validate !== undefined || isPromiseLike(schema.jsonSchema)) return;
  const mistake = mistakeIn(schema.jsonSchema);
  if (mistake === undefined) return;
  const place = mistake.path.length === 0 ? '' : ` at ${jsonPointer(mistake.path)}`;
  throw new InvalidArgumentError({
    argument,
    message: `${argument}: the JSON Schema is not valid${place}. ${mistake.message}`,
  });
}

/** Judges a value by a schema of any make: Standard Schema, the SDK's `jsonSchema(…)`, or a lazy one. */
export function judgeBySchema(schema: FlexibleSchema, value: unknown): SchemaResult | PromiseLike<SchemaResult> {
  if (isStandardSchema(schema)) {
    const result = schema['~standard'].validate(value);
    return isPromiseLike(result) ? result.then(fromStandard) : fromStandard(result);
  }
  if (!isSdkSchema(schema)) return judgeBySchema(calledSchema(schema as () => FlexibleSchema), value);
  if (schema.validate === undefined) return judgeByJsonSchema(schema.jsonSchema, value);
  const result = schema.validate(value);
  return isPromiseLike(result) ? result.then(fromSdk) : fromSdk(result);
}

const jsonSchemas = new WeakMap<object, { readonly json: unknown }>();

/** The JSON Schema of a schema's input, where it can say it without help. */
export function jsonSchemaOf(schema: FlexibleSchema): unknown {
  const known = jsonSchemas.get(schema) ?? { json: inputSchemaOf(schema) };
  jsonSchemas.set(schema, known);
  return known.json;
}

/** @throws InvalidArgumentError for a function that returns no schema. */
export function calledSchema(schema: () => FlexibleSchema): FlexibleSchema {
  const called = schema();
  if (isFlexibleSchema(called) && typeof called !== 'function') return called;
  if (isStandardSchema(called)) return called;
  const message =
    "A function was given as a schema and returned none. Is it a check? Give it a name: check('my-check', () => …).";
  throw new InvalidArgumentError({ argument: 'checks', message });
}

function inputSchemaOf(schema: FlexibleSchema): unknown {
  if (isStandardSchema(schema)) {
    // Part of Standard JSON Schema, which zod 4 and arktype implement: https://standardschema.dev/json-schema
    const standard = schema['~standard'] as { jsonSchema?: { input(options: { target: string }): unknown } };
    try {
      return standard.jsonSchema?.input({ target: 'draft-07' });
    } catch {
      return undefined;
    }
  }
  if (!isSdkSchema(schema)) return inputSchemaOf(calledSchema(schema as () => FlexibleSchema));
  return isPromiseLike(schema.jsonSchema) ? undefined : schema.jsonSchema;
}

/** The vendor of the Standard Schemas that are made of JSON Schemas here. */
export const ownVendor = 'ai-staged-retry';

export function isStandardSchema(value: unknown): value is StandardSchemaV1 {
  return (typeof value === 'object' || typeof value === 'function') && value !== null && '~standard' in value;
}

export function isSdkSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && sdkSchema in value;
}

function fromStandard(result: StandardSchemaV1.Result<unknown>): SchemaResult {
  if (result.issues === undefined) return { success: true, value: result.value };
  return { success: false, issues: result.issues.map(({ message, path }) => ({ message, path: plainPath(path) })) };
}

function fromSdk(result: Awaited<ReturnType<NonNullable<Schema['validate']>>>): SchemaResult {
  return result.success ? result : { success: false, issues: issuesOfError(result.error) };
}

/** Zod 3 and 4 errors list their issues; any other error is one. */
function issuesOfError(error: Error & { issues?: unknown }): readonly SchemaIssue[] {
  if (!Array.isArray(error.issues) || error.issues.length === 0) return [{ message: error.message, path: [] }];
  return error.issues.map(({ message, path }) => ({ message: String(message), path: plainPath(path) }));
}

function plainPath(path: StandardSchemaV1.Issue['path']): IssuePath {
  return (path ?? []).map((segment) => {
    const key = typeof segment === 'object' ? segment.key : segment;
    return typeof key === 'number' ? key : String(key);
  });
}

function judgeByJsonSchema(schema: unknown, value: unknown): SchemaResult | PromiseLike<SchemaResult> {
  if (isPromiseLike(schema)) return schema.then((resolved) => judgeByJsonSchema(resolved, value));
  return withCompiled<SchemaResult>([schema], (compiled) => {
    const issues = compiled?.issuesOf(value) ?? [];
    return issues.length === 0 ? { success: true, value } : { success: false, issues };
  });
}

export function isPromiseLike<VALUE>(value: VALUE | PromiseLike<VALUE>): value is PromiseLike<VALUE> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
