import {
  dynamicTool,
  generateObject,
  generateText,
  isStepCount,
  jsonSchema,
  NoObjectGeneratedError,
  Output,
  streamText,
  ToolLoopAgent,
} from 'ai';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { json, toolInputs } from '../../src/checks/index.ts';
import { BudgetExceededError, check, reportOf, retry, StagesExhaustedError, withStagedRetry } from '../../src/index.ts';
import {
  badInvoice,
  calls,
  clientTool,
  errorOf,
  failsWith,
  feedback,
  goodInvoice,
  Invoice,
  lookup,
  says,
  saysJson,
} from '../fixtures.ts';

const prompt = 'Extract the invoice.';
const output = Output.object({ schema: Invoice });
const told = () => ({ ...goodInvoice, note: 'unasked' });

describe('the response format', () => {
  test('is judged without a check of the caller', async () => {
    const model = saysJson(badInvoice, goodInvoice);
    const result = await generateText({ model: withStagedRetry(model), output, prompt });
    expect(result.output).toEqual(goodInvoice);
    expect(reportOf(result.providerMetadata)).toMatchObject({ attempts: 2, stage: 'retry' });
    expect(feedback(model)).toContain('At /total: ');
    expect(feedback(model)).toContain('Expected: {"type":"number"}');
  });

  test('lets unknown members pass, as the SDK does', async () => {
    const model = saysJson(told());
    const result = await generateText({ model: withStagedRetry(model), output, prompt });
    expect(result.output).toEqual(goodInvoice);
    expect(model.calls).toHaveLength(1);
  });

  test('does not know that the SDK would have coerced a value, but leaves it the last word', async () => {
    const Coerced = z.object({ total: z.coerce.number() });
    const model = saysJson({ total: true });
    const result = await generateText({
      model: withStagedRetry(model),
      output: Output.object({ schema: Coerced }),
      prompt,
    });
    expect(result.output).toEqual({ total: 1 });
  });

  test('lets the last answer out unchanged, for the SDK to judge', async () => {
    const last = '```json\n{"vendor":"Acme","total":"twelve"}\n```';
    const model = withStagedRetry(says('No.', last));
    const error = await errorOf(generateText({ model, output, prompt }));
    expect(NoObjectGeneratedError.isInstance(error) && error.text).toBe(last);
  });

  test('lets the SDK mend the last answer by repairText', async () => {
    const { object } = await generateObject({
      model: withStagedRetry(says('total: 12')),
      schema: Invoice,
      prompt,
      experimental_repairText: async ({ text }) => JSON.stringify({ vendor: 'Acme', total: Number(text.slice(7)) }),
    });
    expect(object).toEqual(goodInvoice);
  });

  test('gives way to a schema of the caller, which then has the last word', async () => {
    const strict = z.strictObject({ vendor: z.string(), total: z.number() });
    const model = saysJson(told(), goodInvoice);
    await generateText({ model: withStagedRetry(model, { checks: [strict] }), output, prompt });
    expect(model.calls).toHaveLength(2);
    const error = await errorOf(
      generateText({ model: withStagedRetry(saysJson(badInvoice), { checks: [strict] }), output, prompt }),
    );
    expect(StagesExhaustedError.isInstance(error)).toBe(true);
  });

  test('stands beside checks that do not judge the structure', async () => {
    const model = saysJson(badInvoice, goodInvoice);
    const checks = [json(), check('polite', () => true)];
    const result = await generateText({ model: withStagedRetry(model, { checks }), output, prompt });
    expect(result.output).toEqual(goodInvoice);
  });

  test('is no excuse for an answer that a check of the caller refused too', async () => {
    const checks = [check('never', () => 'No.')];
    const model = withStagedRetry(saysJson(goodInvoice), { checks });
    expect(StagesExhaustedError.isInstance(await errorOf(generateText({ model, output, prompt })))).toBe(true);
  });

  test('lets the last answer out when the budget or the provider ends the run', async () => {
    const bad = JSON.stringify(badInvoice);
    const spent = withStagedRetry(says(bad), { budget: { attempts: 1 } });
    expect((await errorOf(generateText({ model: spent, output, prompt }))) instanceof BudgetExceededError).toBe(false);
    const failing = withStagedRetry(says(bad, failsWith(400)));
    const error = await errorOf(generateText({ model: failing, output, prompt }));
    expect(NoObjectGeneratedError.isInstance(error) && error.text).toBe(bad);
  });

  test('is not asked of an answer that is cut off by its length more often than the ladder says', async () => {
    const model = says({ content: [{ type: 'text', text: '{"vendor":"Ac' }], finishReason: 'length' });
    const result = await errorOf(generateText({ model: withStagedRetry(model), output, prompt }));
    expect(NoObjectGeneratedError.isInstance(result) && result.finishReason).toBe('length');
    expect(feedback(model)).toContain('Answer more briefly');
  });

  test('is judged in streams, whose last answer goes out unchanged', async () => {
    const result = streamText({ model: withStagedRetry(says('No.', 'Never.')), output, prompt });
    let text = '';
    for await (const delta of result.textStream) text += delta;
    expect(text).toBe('Never.');
  });
});

describe('tool inputs', () => {
  const tools = { lookup: clientTool() };

  test('are judged without a check of the caller', async () => {
    const model = says(calls('lookup', { query: ['a', 'b'] }), calls('lookup', { query: 'a' }));
    const { toolCalls } = await generateText({ model: withStagedRetry(model), tools, prompt });
    expect(toolCalls).toMatchObject([{ toolName: 'lookup', input: { query: 'a' } }]);
    expect(feedback(model)).toContain('At /query: ');
  });

  test.each([
    ['unknown members', calls('lookup', { query: 'a', page: 2 }), { lookup: lookup() }],
    ['an empty input', calls('now', ''), { now: lookup() }],
    ['a provider-executed call', calls('search', 'not JSON', { providerExecuted: true, dynamic: true }), tools],
    ['a dynamic call', calls('anything', { a: 1 }, { dynamic: true }), tools],
  ])('with %s are no issue', async (_, answer, toolSet) => {
    const now = { ...toolSet, now: { ...lookup(), inputSchema: z.object({}) } };
    const model = says(answer, 'done');
    await generateText({ model: withStagedRetry(model), tools: now, prompt });
    expect(model.calls).toHaveLength(1);
  });

  test('that stay wrong go to repairToolCall, as without us', async () => {
    const seen: string[] = [];
    const { toolCalls } = await generateText({
      model: withStagedRetry(says(calls('lookup', { query: ['a', 'b'] }))),
      tools,
      prompt,
      repairToolCall: async ({ toolCall }) => {
        seen.push(toolCall.input);
        return { ...toolCall, input: '{"query":"mended"}' };
      },
    });
    expect(seen).toEqual(['{"query":["a","b"]}']);
    expect(toolCalls).toMatchObject([{ input: { query: 'mended' } }]);
  });

  test('that name no tool go to the agent loop, as without us', async () => {
    const agent = new ToolLoopAgent({
      model: withStagedRetry(says(calls('lookUp', {}), calls('lookUp', {}), 'I have no such tool.')),
      tools: { lookup: lookup() },
    });
    const { text, steps } = await agent.generate({ prompt });
    expect(text).toBe('I have no such tool.');
    expect(steps).toHaveLength(2);
  });

  test('are judged on every step of an agent', async () => {
    const model = says(
      calls('lookup', { query: ['a', 'b'] }),
      calls('lookup', { query: 'a' }),
      calls('lookup', {}),
      calls('lookup', { query: 'b' }),
      'done',
    );
    const asked = vi.fn((query: string) => query);
    const agent = new ToolLoopAgent({ model: withStagedRetry(model), tools: { lookup: lookup(asked) } });
    const { text } = await agent.generate({ prompt });
    expect(text).toBe('done');
    expect(asked.mock.calls).toEqual([['a'], ['b']]);
  });

  test("are judged by the caller's own check where there is one", async () => {
    const model = says(calls('lookup', { query: 'a', page: 2 }));
    const wrapped = withStagedRetry(model, { checks: [toolInputs()], stages: [retry({ attempts: 1 })] });
    const error = await errorOf(generateText({ model: wrapped, tools, prompt }));
    expect(StagesExhaustedError.isInstance(error)).toBe(true);
  });

  test('of a dynamic tool the caller gave are judged as the schema says', async () => {
    const model = says(calls('any', { a: 1 }), 'done');
    const any = dynamicTool({ inputSchema: jsonSchema({ type: 'object' }), execute: async () => 'ok' });
    const { text } = await generateText({
      model: withStagedRetry(model),
      tools: { any },
      prompt,
      stopWhen: isStepCount(2),
    });
    expect(text).toBe('done');
  });

  test('that a demanded call is missing is said, and left to the SDK in the end', async () => {
    const model = says('Later.', calls('lookup', { query: 'a' }));
    const { toolCalls } = await generateText({ model: withStagedRetry(model), tools, toolChoice: 'required', prompt });
    expect(toolCalls).toHaveLength(1);
    expect(feedback(model)).toContain('Call the tool lookup instead of answering with text.');
  });
});

describe('an intermediate answer', () => {
  test('is judged for its tool inputs only', async () => {
    const judged = vi.fn(() => true as const);
    const model = says(calls('lookup', { query: 'a' }), JSON.stringify(goodInvoice));
    const { output: value } = await generateText({
      model: withStagedRetry(model, { checks: [Invoice, check('seen', judged)] }),
      tools: { lookup: lookup() },
      output,
      stopWhen: isStepCount(2),
      prompt,
    });
    expect(value).toEqual(goodInvoice);
    expect(judged).toHaveBeenCalledTimes(1);
    expect(model.calls).toHaveLength(2);
  });

  test('that asks for approval is not judged', async () => {
    const model = says({
      content: [
        { type: 'tool-call', toolCallId: 'a', toolName: 'mcp', input: '{}', providerExecuted: true, dynamic: true },
        { type: 'tool-approval-request', approvalId: 'b', toolCallId: 'a' },
      ],
    });
    await generateText({ model: withStagedRetry(model, { checks: [Invoice] }), prompt });
    expect(model.calls).toHaveLength(1);
  });

  test('with a provider-executed call is final, and judged whole', async () => {
    const call = calls('search', {}, { providerExecuted: true, dynamic: true });
    const result = {
      type: 'tool-result',
      toolCallId: 'search-1',
      toolName: 'search',
      result: 'x',
      dynamic: true,
    } as const;
    const model = says(
      { content: [...call.content, result, { type: 'text', text: '{}' }] },
      JSON.stringify(goodInvoice),
    );
    const { text } = await generateText({ model: withStagedRetry(model, { checks: [Invoice] }), prompt });
    expect(JSON.parse(text)).toEqual(goodInvoice);
  });
});

describe('a schema the validator cannot read does no harm', () => {
  const circular: Record<string, unknown> = { type: 'object' };
  circular.self = circular;

  test.each([
    ['one that contains itself', circular],
    ['a number', 5],
    ['one of zod', Invoice],
  ])('to the inputs of tools: %s', async (_, schema) => {
    const given = { ...clientTool(), inputSchema: jsonSchema(schema as never) };
    const toolSet = { given, lookup: clientTool() };
    const answer = [calls('given', { a: 1 }), calls('lookup', { query: 'a', page: '2' })];
    const wrong = [calls('given', { a: 1 }), calls('lookup', { query: ['a', 'b'] })];
    for (const parts of [answer, wrong]) {
      const model = withStagedRetry(says({ content: parts.flatMap(({ content }) => content) }));
      const generated = await generateText({ model, tools: toolSet, prompt });
      expect(generated.toolCalls).toMatchObject([{ input: { a: 1 } }, { toolName: 'lookup' }]);
      expect(await streamText({ model, tools: toolSet, prompt }).toolCalls).toMatchObject(generated.toolCalls);
    }
  });
});

test('a reference that leads nowhere does no harm', async () => {
  const schema = jsonSchema<unknown>({ $ref: 'https://nowhere.test/schema.json' } as never);
  const result = await generateText({
    model: withStagedRetry(saysJson({ a: 1 })),
    output: Output.object({ schema }),
    prompt,
  });
  expect(result.output).toEqual({ a: 1 });
});
