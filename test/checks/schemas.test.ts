import { lazySchema } from '@ai-sdk/provider-utils';
import { type FlexibleSchema, generateObject, generateText, jsonSchema, Output, streamText, zodSchema } from 'ai';
import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import * as z3 from 'zod/v3';
import { CheckCrashedError, check, retry, StagesExhaustedError, withStagedRetry } from '../../src/index.ts';
import { runCheck } from '../../src/testing/index.ts';
import { badInvoice, errorOf, feedback, goodInvoice, says, saysJson } from '../fixtures.ts';

const prompt = 'Extract the invoice.';
type Invoice = { vendor: string; total: number };

const draft07 = {
  type: 'object',
  properties: { vendor: { type: 'string' }, total: { type: 'number' } },
  required: ['vendor', 'total'],
} as const;

const schemas: Record<string, FlexibleSchema<Invoice>> = {
  'zod 4': z.object({ vendor: z.string(), total: z.number() }),
  'zod 3': z3.object({ vendor: z3.string(), total: z3.number() }),
  valibot: v.object({ vendor: v.string(), total: v.number() }),
  arktype: type({ vendor: 'string', total: 'number' }),
  "the SDK's jsonSchema": jsonSchema<Invoice>(draft07),
  "the SDK's jsonSchema, promised": jsonSchema<Invoice>(Promise.resolve(draft07)),
  "the SDK's jsonSchema with a validation": jsonSchema<Invoice>(draft07, {
    validate: (value) => {
      const isValid = typeof (value as Invoice).total === 'number';
      return isValid ? { success: true, value: value as Invoice } : { success: false, error: new Error('total: no.') };
    },
  }),
  "the SDK's zodSchema": zodSchema(z.object({ vendor: z.string(), total: z.number() })),
  'a lazy schema': lazySchema(() => jsonSchema<Invoice>(draft07)),
  'a function that gives an arktype': () => type({ vendor: 'string', total: 'number' }) as never,
  'a function that gives a schema': () => zodSchema(z.object({ vendor: z.string(), total: z.number() })),
};

describe.each(Object.entries(schemas))('%s', (_, schema) => {
  test('is a check', async () => {
    const model = saysJson(badInvoice, goodInvoice);
    const { text } = await generateText({ model: withStagedRetry(model, { checks: [schema] }), prompt });
    expect(JSON.parse(text)).toEqual(goodInvoice);
    expect(feedback(model)).toMatch(/total/);
  });

  test('gives a check a value of its type', async () => {
    const seen: number[] = [];
    const checks = [check('see', schema, ({ value }) => seen.push(value.total) > 0 || 'Unseen.')];
    await generateText({ model: withStagedRetry(saysJson(goodInvoice), { checks }), prompt });
    expect(seen).toEqual([12]);
  });

  test('names the failing path in the feedback, where it knows it', async () => {
    const model = saysJson(badInvoice, goodInvoice);
    await generateText({
      model: withStagedRetry(model, { checks: [schema] }),
      output: Output.object({ schema: jsonSchema<Invoice>(draft07) }),
      prompt,
    });
    const knowsPath = !feedback(model).includes('total: no.');
    if (knowsPath)
      expect(feedback(model)).toMatch(
        /1\. At \/total: .+\n {3}Expected: \{"type":"number"\}\n {3}Received: .*"twelve"/,
      );
    else expect(feedback(model)).toContain('1. total: no.');
  });
});

test('a check of the caller says what it expects though the call asked for no JSON', async () => {
  const model = saysJson(badInvoice, goodInvoice);
  const checks = [z.object({ vendor: z.string(), total: z.number() })];
  await generateText({ model: withStagedRetry(model, { checks }), prompt });
  expect(feedback(model)).toContain('Expected: {"type":"number"}');
});

test('a valibot path through an array names the item', async () => {
  const Lines = v.object({ lines: v.array(v.object({ price: v.number() })) });
  const model = saysJson({ lines: [{ price: 1 }, { price: 'free' }] }, { lines: [] });
  await generateText({ model: withStagedRetry(model, { checks: [Lines] }), prompt });
  expect(feedback(model)).toContain('1. At /lines/1/price: ');
});

test('two bare schemas are told apart', async () => {
  const model = withStagedRetry(saysJson({}), {
    checks: [z.object({ vendor: z.string() }), z.object({ total: z.number() })],
    stages: [retry({ attempts: 1 })],
  });
  const error = StagesExhaustedError.find(await errorOf(generateText({ model, prompt })));
  const { verdict } = error?.bestAttempt ?? {};
  expect(verdict?.type === 'fail' && verdict.issues.map((issue) => [issue.check, issue.path])).toEqual([
    ['schema', ['vendor']],
    ['schema-2', ['total']],
  ]);
});

test('a refinement is judged on structured output, which the SDK alone would not ask again for', async () => {
  const Positive = z.object({ total: z.number().refine((total) => total > 0, 'Make the total positive.') });
  const model = saysJson({ total: -1 }, { total: 1 });
  const wrapped = withStagedRetry(model, { checks: [Positive] });
  const { output } = await generateText({ model: wrapped, output: Output.object({ schema: Positive }), prompt });
  expect(output).toEqual({ total: 1 });
  expect(feedback(model)).toContain('At /total: Make the total positive.');
});

test('defaults and transforms are left to the SDK', async () => {
  const Dated = z.object({ on: z.string().transform((text) => new Date(text)), currency: z.string().default('EUR') });
  const model = withStagedRetry(saysJson({ on: '2026-01-02' }), { checks: [Dated] });
  const { output, text } = await generateText({ model, output: Output.object({ schema: Dated }), prompt });
  expect(output).toEqual({ on: new Date('2026-01-02'), currency: 'EUR' });
  expect(text).toBe('{"on":"2026-01-02"}');
});

test('a schema that throws beside one that still waits leaves no rejection behind', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  const standard = (validate: () => unknown) => ({ '~standard': { version: 1, vendor: 'own', validate } }) as never;
  const later = standard(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    throw new Error('later');
  });
  const now = standard(() => {
    throw new Error('now');
  });
  const model = withStagedRetry(says('{}'), { checks: [later, now] });
  await expect(generateText({ model, prompt: 'x' })).rejects.toThrow(CheckCrashedError);
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

describe('structuredOutputText', () => {
  const told = (text: string, structuredOutputText: string) => ({
    content: [{ type: 'text', text } as const],
    structuredOutputText,
  });

  test('counts as the text where the provider gives it', async () => {
    const model = says(
      told('{"vendor":"Acme","total":12}', '{"vendor":"Acme","total":"twelve"}'),
      told('Done.', JSON.stringify(goodInvoice)),
    );
    const Invoice = z.object({ vendor: z.string(), total: z.number() });
    const { output } = await generateText({
      model: withStagedRetry(model),
      output: Output.object({ schema: Invoice }),
      prompt,
    });
    expect(output).toEqual(goodInvoice);
    expect(model.calls).toHaveLength(2);
  });

  test('of a mended answer does not bring the broken one back', async () => {
    const model = says(told('ignored', '```json\n{"vendor":"Acme","total":12}\n```'));
    const Invoice = z.object({ vendor: z.string(), total: z.number() });
    const { output } = await generateText({
      model: withStagedRetry(model),
      output: Output.object({ schema: Invoice }),
      prompt,
    });
    expect(output).toEqual(goodInvoice);
  });
});

describe('every kind of output', () => {
  const Invoice = z.object({ vendor: z.string(), total: z.number() });

  test('an object that streams arrives right', async () => {
    const model = saysJson(badInvoice, goodInvoice);
    const { output } = streamText({
      model: withStagedRetry(model),
      output: Output.object({ schema: Invoice }),
      prompt,
    });
    expect(await output).toEqual(goodInvoice);
    expect(model.calls).toHaveLength(2);
  });

  test('an array is judged by its elements', async () => {
    const model = saysJson({ elements: [badInvoice] }, { elements: [goodInvoice] });
    const { output } = await generateText({
      model: withStagedRetry(model),
      output: Output.array({ element: Invoice }),
      prompt,
    });
    expect(output).toEqual([goodInvoice]);
    expect(feedback(model)).toContain('At /elements/0/total: ');
  });

  test('a choice is one of the options', async () => {
    const model = saysJson({ result: 'purple' }, { result: 'red' });
    const { output } = await generateText({
      model: withStagedRetry(model),
      output: Output.choice({ options: ['red', 'blue'] }),
      prompt,
    });
    expect(output).toBe('red');
  });

  test('JSON without a schema has to be JSON', async () => {
    const model = says('I would rather not.', '[1]');
    const { output } = await generateText({ model: withStagedRetry(model), output: Output.json(), prompt });
    expect(output).toEqual([1]);
    expect(feedback(model)).toContain('Answer with one valid JSON value and nothing around it.');
  });

  test('generateObject is judged alike', async () => {
    const model = saysJson(badInvoice, goodInvoice);
    const { object } = await generateObject({ model: withStagedRetry(model), schema: Invoice, prompt });
    expect(object).toEqual(goodInvoice);
  });
});

describe('a JSON Schema that is none', () => {
  const zodInvoice = z.object({ vendor: z.string(), total: z.number() });
  const make = (schema: unknown) => () => check({ name: 'shape', schema: jsonSchema(schema as never) });

  test.each<[unknown, string]>([
    [7, '. Make it an object, true or false.'],
    [[], '. Make it an object, true or false.'],
    [{ type: 'strin' }, ' at /type. Make type the name of a JSON type, or a list of them; it is "strin".'],
    [{ minLength: -1 }, ' at /minLength. Make minLength a whole number from 0; it is -1.'],
    [{ minLength: 1.5 }, ' at /minLength. Make minLength a whole number from 0; it is 1.5.'],
    [{ exclusiveMinimum: 'a' }, ' at /exclusiveMinimum. Make exclusiveMinimum a number; it is "a".'],
    [{ required: ['a', 1] }, ' at /required. Make required a list of names; it is ["a",1].'],
    [{ pattern: () => 'a' }, ' at /pattern. Make pattern a string; it is function.'],
    [{ items: [true, 7] }, ' at /items/1. Make it an object, true or false.'],
    [{ items: { type: 'x' } }, ' at /items/type. Make type the name'],
    [{ allOf: {} }, ' at /allOf. Make allOf a list of schemas.'],
    [{ anyOf: [{}, { type: 'x' }] }, ' at /anyOf/1/type. Make type the name'],
    [{ properties: [] }, ' at /properties. Make properties a map of schemas.'],
    [{ properties: { a: true, b: 7 } }, ' at /properties/b. Make it an object, true or false.'],
    [{ not: null }, ' at /not. Make it an object, true or false.'],
    [zodInvoice, '. It is a schema of a library, as zod: give that alone, without jsonSchema(…), or z.toJSONSchema('],
    [() => zodInvoice, '. It is a schema of a library'],
    [jsonSchema({}), '. It is a schema of a library'],
    [z3.object({ a: z3.string() }), '. It is a schema of a library'],
    [{ properties: { total: zodInvoice.shape.total } }, ' at /properties/total. It is a schema of a library'],
    [{ anyOf: [{}, { items: zodInvoice }] }, ' at /anyOf/1/items. It is a schema of a library'],
  ])('%j is refused', (schema, said) => {
    expect(make(schema)).toThrow(`The schema of the check "shape": the JSON Schema is not valid${said}`);
  });

  const node = { type: 'object', properties: {} as Record<string, unknown> };
  node.properties.child = node;

  test.each<[string, unknown]>([
    ['a bound of draft 4', { minimum: 1, exclusiveMinimum: true }],
    ['members of draft 3', { properties: { a: { required: true } } }],
    ['two types', { type: ['string', 'null'], minLength: 0 }],
    ['true and false', { additionalProperties: false, items: true }],
    ['a schema in itself', node],
    ['a member that JSON leaves out', { type: 'string', pattern: undefined }],
  ])('%s is none', (_, schema) => {
    expect(make(schema)).not.toThrow();
  });
});

test('an issue without a path is about the whole answer', async () => {
  const validate = () => ({ issues: [{ message: 'Say more.' }] });
  const schema = { '~standard': { version: 1, vendor: 'mine', validate } } as const;
  const verdict = await runCheck(check({ name: 'mine', schema }), '{}');
  expect(verdict).toMatchObject({ issues: [{ message: 'Say more.', path: [] }] });
});

test('a schema that throws is at fault itself', async () => {
  const validate = () => {
    throw new Error('no connection');
  };
  const schema = { '~standard': { version: 1, vendor: 'mine', validate } } as const;
  const error = await errorOf(runCheck(check({ name: 'mine', schema }), '{}'));
  expect(CheckCrashedError.isInstance(error)).toBe(true);
  const model = withStagedRetry(says('{}'), { checks: [check({ name: 'mine', schema })], whenCheckCrashes: 'pass' });
  expect((await generateText({ model, prompt })).text).toBe('{}');
});

test('names more issues than a call takes arguments', async () => {
  const issues = Array.from({ length: 200_000 }, (_, index) => ({ message: 'No.', path: [index] }));
  const validate = (value: unknown) => ((value as { total: number }).total === 12 ? { value } : { issues });
  const schema = { '~standard': { version: 1, vendor: 'test', validate } } as never;
  const model = withStagedRetry(saysJson(badInvoice, goodInvoice), { checks: [schema] });
  expect((await generateText({ model, prompt })).text).toBe(JSON.stringify(goodInvoice));
});
