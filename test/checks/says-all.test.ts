import { jsonSchema, zodSchema } from 'ai';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { additionalMembersOf } from '../../src/checks/plan/additional-members.ts';
import { refines, saysAll } from '../../src/checks/plan/says-all.ts';

const own = { '~standard': { vendor: 'ai-staged-retry', version: 1, validate: () => ({ value: 1 }) } } as never;
const plain = { type: 'object' } as const;
const validate = (value: unknown) => ({ success: true, value }) as const;
const tree: z.ZodType = z.object({
  get next() {
    return z.optional(tree);
  },
});

describe('the JSON Schema of a schema', () => {
  test.each(
    Object.entries({
      string: z.string(),
      'string with bounds': z.string().min(1).max(9),
      'string of a length': z.string().length(3),
      pattern: z.string().regex(/a/),
      number: z.number(),
      integer: z.int(),
      'number with bounds': z.number().gt(1).lt(9).multipleOf(2),
      boolean: z.boolean(),
      null: z.null(),
      literal: z.literal('a'),
      enum: z.enum(['a']),
      any: z.any(),
      unknown: z.unknown(),
      never: z.never(),
      object: z.object({ a: z.string() }),
      'loose object': z.looseObject({ a: z.string() }),
      array: z.array(z.string()),
      optional: z.object({ a: z.string().optional() }),
      nullable: z.string().nullable(),
      union: z.union([z.string(), z.number()]),
      tuple: z.tuple([z.string()], z.number()),
      record: z.record(z.string(), z.number()),
      'object in itself': tree,
      "the SDK's": jsonSchema(plain),
      'our own': own,
    }),
  )('says all of: %s', (_, schema) => {
    expect(saysAll(schema)).toBe(true);
    expect(saysAll(schema)).toBe(true);
  });

  test.each(
    Object.entries({
      flags: z.string().regex(/a/i),
      format: z.email(),
      'format as a check': z.string().email(),
      trim: z.string().trim(),
      coercion: z.coerce.number(),
      refinement: z.string().refine(() => true),
      transform: z.string().transform(() => 1),
      catch: z.string().catch(''),
      default: z.string().default(''),
      date: z.date(),
      'refinement within an object': z.object({ a: z.string().refine(() => true) }),
      'refinement of the others': z.object({}).catchall(z.string().refine(() => true)),
      'refinement in an array': z.array(z.string().refine(() => true)),
      'refinement in a union': z.union([z.string(), z.number().refine(() => true)]),
      'refinement in a tuple': z.tuple([z.string().refine(() => true)]),
      'refinement in the rest of a tuple': z.tuple(
        [z.string()],
        z.number().refine(() => true),
      ),
      'refinement of keys': z.record(
        z.string().refine(() => true),
        z.number(),
      ),
      'refinement of values': z.record(
        z.string(),
        z.number().refine(() => true),
      ),
      'refinement in optional': z
        .string()
        .refine(() => true)
        .optional(),
      "the SDK's with a validation": jsonSchema(plain, { validate }),
      valibot: v.string(),
    }),
  )('does not say all of: %s', (name, schema) => {
    expect(saysAll(schema as never)).toBe(false);
    expect(refines(schema)).toBe(name.startsWith('refinement'));
  });
});

test.each([
  ['zod', z.object({}), 'judge'],
  ['valibot', v.object({}), 'judge'],
  ['our own', own, 'allow'],
  ["the SDK's", jsonSchema(plain), 'judge'],
  ["the SDK's with a validation", jsonSchema(plain, { validate }), 'allow'],
  ["the SDK's zodSchema", zodSchema(z.object({})), 'allow'],
  ['a function', () => jsonSchema(plain), 'judge'],
] as const)('members beyond the schema of %s: %s', (_, schema, expected) => {
  expect(additionalMembersOf(schema as never)).toBe(expected);
});
