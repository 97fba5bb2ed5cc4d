import { createOpenAI } from '@ai-sdk/openai';
import * as ai7 from 'ai';
import { createOpenAI as createOpenAIV3 } from 'ai-sdk-openai-v3';
import * as ai6 from 'ai-v6';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findVendors } from '../../examples/node/vendors.ts';
import { Invoice } from '../../examples/practice-server/invoice-schema.ts';
import { carelessInvoice, smudgedInvoice, unnumberedInvoice } from '../../examples/practice-server/invoices.ts';
import { type PracticeServer, startPracticeServer } from '../../examples/practice-server/server.ts';

let server: PracticeServer;
beforeAll(async () => {
  server = await startPracticeServer();
});
afterAll(() => server.close());

const openai7 = () => createOpenAI({ baseURL: server.url, apiKey: 'practice' });
const openai6 = () => createOpenAIV3({ baseURL: server.url, apiKey: 'practice' });

describe.each([
  { api: 'Responses', model: () => openai7()('practice-model') },
  { api: 'Chat Completions', model: () => openai7().chat('practice-model') },
])('the practice model over $api', ({ model }) => {
  const extract = async (...told: readonly string[]) => {
    const [mail = '', ...feedback] = told;
    const messages: ai7.ModelMessage[] = [{ role: 'user', content: `Extract the invoice as JSON.\n\n${mail}` }];
    for (const text of feedback) {
      const { text: answer } = await ai7.generateText({ model: model(), messages });
      messages.push({ role: 'assistant', content: answer }, { role: 'user', content: text });
    }
    return (await ai7.generateText({ model: model(), messages })).text;
  };

  test('writes the careless invoice wrong and in prose, and right after feedback', async () => {
    expect(await extract(carelessInvoice.mail)).toMatch(/^Sure! [\s\S]*```json[\s\S]*"total": "1,284.50 EUR"/);
    const right = Invoice.parse(JSON.parse(await extract(carelessInvoice.mail, 'Correct /total and /currency.')));
    expect(right).toMatchObject({ currency: 'EUR', total: 1284.5 });
  });

  test('makes up a vendor id, another one each time, until it has a tool to look it up', async () => {
    const made = [await extract(unnumberedInvoice.mail), await extract(unnumberedInvoice.mail, 'No such vendorId.')];
    expect(made.map((text) => JSON.parse(text).vendorId)).toEqual(['V-10234', 'V-20001']);
    const lookUpVendor = ai7.tool({
      inputSchema: z.object({ name: z.string() }),
      execute: ({ name }) => findVendors(name),
    });
    const { steps, output } = await ai7.generateText({
      model: model(),
      tools: { lookUpVendor },
      stopWhen: ai7.isStepCount(3),
      output: ai7.Output.object({ schema: Invoice }),
      prompt: unnumberedInvoice.mail,
    });
    expect(steps[0]?.toolCalls).toMatchObject([{ toolName: 'lookUpVendor', input: { name: 'Harbor Light Trading' } }]);
    expect(output.vendorId).toBe('V-20417');
  });

  test('never makes sense of the smudged invoice until a person tells the price', async () => {
    const feedback = 'The lines do not add up to /total.';
    const stuck = [
      await extract(smudgedInvoice.mail, feedback),
      await extract(smudgedInvoice.mail, feedback, feedback),
    ];
    expect(stuck.map((text) => JSON.parse(text).lines[0].unitPrice)).toEqual([158.5, 138.5]);
    const advised = Invoice.parse(JSON.parse(await extract(smudgedInvoice.mail, feedback, 'A carton is 128.50.')));
    expect(advised.total).toBe(advised.lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0));
  });

  test('fills any schema, wrongly at first when it is told to be fallible', async () => {
    const schema = z.object({ city: z.string(), day: z.iso.date(), high: z.int().min(3) });
    const settings = { model: model(), output: ai7.Output.object({ schema }) };
    expect(await ai7.generateText({ ...settings, prompt: 'Forecast' })).toMatchObject({ output: { high: 3 } });
    await expect(ai7.generateText({ ...settings, prompt: 'Forecast. practice: fallible' })).rejects.toThrow('schema');
  });

  test('streams in several chunks with usage, and remembers what it said', async () => {
    const first = ai7.streamText({ model: model(), prompt: 'Hello' });
    let deltas = 0;
    for await (const _text of first.textStream) deltas++;
    expect(deltas).toBeGreaterThan(5);
    expect((await first.usage).totalTokens).toBeGreaterThan(10);
    const messages: ai7.ModelMessage[] = [
      { role: 'user', content: 'Hello' },
      ...(await first.response).messages,
      { role: 'user', content: 'And now?' },
    ];
    expect((await ai7.generateText({ model: model(), messages })).text).toContain('And now?');
  });

  test('runs an agent: it calls the tool the words name and tells what the tool said', async () => {
    const getWeather = ai7.tool({
      inputSchema: z.object({ city: z.string() }),
      execute: ({ city }) => `Sunny in ${city}`,
    });
    const agent = new ai7.ToolLoopAgent({ model: model(), tools: { getWeather } });
    const { text, steps } = await agent.generate({ prompt: 'What is the weather in New York?' });
    expect(steps).toHaveLength(2);
    expect(text).toContain('Sunny in New York');
  });
});

test.each([
  { api: 'Responses', model: () => openai6()('practice-model') },
  { api: 'Chat Completions', model: () => openai6().chat('practice-model') },
])('the practice model works with ai@6 over $api', async ({ model }) => {
  const output = ai6.Output.object({ schema: Invoice });
  const streamed = ai6.streamText({ model: model(), output, prompt: unnumberedInvoice.mail });
  expect(await streamed.output).toMatchObject({ vendor: 'Harbor Light Trading', total: 790 });
  expect(await ai6.generateText({ model: model(), output, prompt: unnumberedInvoice.mail })).toMatchObject({
    output: { total: 790 },
  });
});

describe('the practice server refuses, as OpenAI does,', () => {
  const post = async (path: string, body: object) => {
    const response = await fetch(server.url + path, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, error: await response.json() };
  };
  const user = { role: 'user', content: 'Hi' };

  test('a tool call without its result', async () => {
    const call = { id: 'c1', type: 'function', function: { name: 'lookUp', arguments: '{}' } };
    const messages = [user, { role: 'assistant', tool_calls: [call] }, user];
    expect(await post('/chat/completions', { messages })).toMatchObject({ status: 400 });
  });

  test('a result without its tool call', async () => {
    const input = [user, { type: 'function_call_output', call_id: 'c1', output: 'found' }];
    expect(await post('/responses', { input })).toMatchObject({ status: 400 });
  });

  test('a reference to an item it never sent', async () => {
    const input = [user, { type: 'item_reference', id: 'msg_unknown' }];
    expect(await post('/responses', { input })).toMatchObject({ status: 404 });
  });
});
