import { lazySchema } from '@ai-sdk/provider-utils';
import { type FlexibleSchema, generateObject, generateText, jsonSchema, Output, streamText, zodSchema } from 'ai';
import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import * as z3 from 'zod/v3';
import { check, retry, StagesExhaustedError, withStagedRetry } from '../../src/index.ts';
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
    expect(feedback(model)).toContain('Answer with one JSON value and nothing around it.');
  });

  test('generateObject is judged alike', async () => {
    const model = saysJson(badInvoice, goodInvoice);
    const { object } = await generateObject({ model: withStagedRetry(model), schema: Invoice, prompt });
    expect(object).toEqual(goodInvoice);
  });
});
