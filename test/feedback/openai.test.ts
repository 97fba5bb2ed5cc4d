import { generateText, isStepCount, Output } from 'ai';
import { describe, expect, test } from 'vitest';
import { check, fallback, lendTools, retry, withStagedRetry } from '../../src/index.ts';
import { badInvoice, goodInvoice, Invoice, lookup, says } from '../fixtures.ts';
import { functionCall, message, openaiAnswering, type RequestBody, reasoning } from '../support/openai.ts';

const prompt = 'Extract the invoice.';
const asked = { role: 'user', content: [{ type: 'input_text', text: prompt }] };
const right = JSON.stringify(goodInvoice);
const wrong = JSON.stringify(badInvoice);

const references = ({ input }: RequestBody) =>
  input.filter(({ type }) => type === 'item_reference').map(({ id }) => id);

describe('a rejected text goes back to the Responses API', () => {
  test.each(['gpt-5-mini', 'gpt-4o'])('of %s in its own words, without item ids', async (id) => {
    const { openai, requests } = openaiAnswering(
      [reasoning('rs_1'), message('msg_1', wrong)],
      [reasoning('rs_2'), message('msg_2', right)],
    );
    await generateText({ model: withStagedRetry(openai(id)), output: Output.object({ schema: Invoice }), prompt });
    const [first, second] = requests;
    expect(second?.input).toEqual([
      ...(first?.input ?? []),
      { role: 'assistant', content: wrong },
      { role: 'user', content: [{ type: 'input_text', text: expect.stringContaining('At /total: ') }] },
    ]);
    expect(first?.input).toEqual([asked]);
  });
});

test('an answer that was mended comes back in the next turn as it was delivered', async () => {
  const { openai, requests } = openaiAnswering(
    [reasoning('rs_1'), message('msg_1', `Sure!\n${right}`)],
    [message('msg_2', right)],
  );
  const model = withStagedRetry(openai('gpt-5-mini'));
  const output = Output.object({ schema: Invoice });
  const { responseMessages } = await generateText({ model, output, prompt });
  await generateText({
    model,
    output,
    messages: [{ role: 'user', content: prompt }, ...responseMessages, { role: 'user', content: 'Again.' }],
  });
  expect(references(requests[1] as RequestBody)).toEqual([]);
  expect(requests[1]?.input).toContainEqual({ role: 'assistant', content: right });
});

test('an answer that was not touched keeps its items', async () => {
  const { openai, requests } = openaiAnswering([reasoning('rs_1'), message('msg_1', right)]);
  const model = withStagedRetry(openai('gpt-5-mini'));
  const output = Output.object({ schema: Invoice });
  const { responseMessages } = await generateText({ model, output, prompt });
  await generateText({
    model,
    output,
    messages: [{ role: 'user', content: prompt }, ...responseMessages, { role: 'user', content: 'Again.' }],
  });
  expect(references(requests[1] as RequestBody)).toEqual(['rs_1', 'msg_1']);
});

test('rejected tool calls go back with the reasoning before them, each with a result', async () => {
  const { openai, requests } = openaiAnswering(
    [
      reasoning('rs_1'),
      functionCall('fc_1', 'lookup', { query: ['a', 'b'] }),
      functionCall('fc_2', 'lookup', { query: 'b' }),
    ],
    [message('msg_1', 'done')],
  );
  await generateText({ model: withStagedRetry(openai('gpt-5-mini')), tools: { lookup: lookup() }, prompt });
  expect(requests[1]?.input.slice(1)).toEqual([
    { type: 'item_reference', id: 'rs_1' },
    { type: 'function_call', call_id: 'call_fc_1', name: 'lookup', arguments: '{"query":["a","b"]}' },
    { type: 'function_call', call_id: 'call_fc_2', name: 'lookup', arguments: '{"query":"b"}' },
    { type: 'function_call_output', call_id: 'call_fc_1', output: expect.stringContaining('At /query: ') },
    { type: 'function_call_output', call_id: 'call_fc_2', output: expect.stringContaining('Not executed') },
  ]);
});

test('lent calls are answered, and nothing of them comes back in the next turn', async () => {
  const { openai, requests } = openaiAnswering(
    [message('msg_1', 'I guess Acme.')],
    [reasoning('rs_2'), functionCall('fc_2', 'lookup', { query: 'vendor' })],
    [reasoning('rs_3'), message('msg_3', 'Acme Inc.')],
    [message('msg_4', 'Acme Inc.')],
  );
  const checks = [check('sure', ({ text }) => !text.includes('guess') || 'Look it up.')];
  for (const show of [false, true]) {
    requests.length = 0;
    const stages = [retry({ attempts: 1 }), lendTools({ attempts: 1, show, tools: { lookup: lookup() } })];
    const model = withStagedRetry(openai('gpt-5-mini'), { checks, stages });
    const { text, responseMessages, toolCalls } = await generateText({ model, prompt, stopWhen: isStepCount(5) });
    expect(text).toBe('Acme Inc.');
    expect(toolCalls).toHaveLength(show ? 1 : 0);
    expect(requests[2]?.input.slice(-3)).toEqual([
      { type: 'item_reference', id: 'rs_2' },
      { type: 'function_call', call_id: 'call_fc_2', name: 'lookup', arguments: '{"query":"vendor"}' },
      { type: 'function_call_output', call_id: 'call_fc_2', output: 'found vendor' },
    ]);
    await generateText({
      model,
      messages: [{ role: 'user', content: prompt }, ...responseMessages, { role: 'user', content: 'Sure?' }],
    });
    expect(requests[3]?.input.slice(1, -1)).toEqual([
      { type: 'item_reference', id: 'rs_3' },
      { type: 'item_reference', id: 'msg_3' },
    ]);
  }
});

test('a fallback is sent no item of the model before it', async () => {
  const { openai, requests } = openaiAnswering([message('msg_9', 'Acme Inc.')]);
  const providerMetadata = { openai: { itemId: 'msg_of_another_account' } };
  const model = withStagedRetry(says({ content: [{ type: 'text', text: 'I guess.', providerMetadata }] }), {
    checks: [check('sure', ({ text }) => !text.includes('guess') || 'Be sure.')],
    stages: [retry({ attempts: 1 }), fallback({ model: openai('gpt-4o'), attempts: 1 })],
  });
  await generateText({
    model,
    messages: [
      { role: 'user', content: prompt },
      {
        role: 'assistant',
        content: [{ type: 'reasoning', text: 'Hm.', providerOptions: { openai: { itemId: 'rs_old' } } }],
      },
      {
        role: 'assistant',
        content: [{ type: 'text', text: 'Hello.', providerOptions: { openai: { itemId: 'msg_old' } } }],
      },
      { role: 'user', content: 'Who?' },
    ],
  });
  expect(references(requests[0] as RequestBody)).toEqual([]);
  expect(requests[0]?.input).toEqual([
    asked,
    { role: 'assistant', content: 'Hello.' },
    { role: 'user', content: [{ type: 'input_text', text: 'Who?' }] },
    { role: 'assistant', content: 'I guess.' },
    { role: 'user', content: [{ type: 'input_text', text: expect.stringContaining('Be sure.') }] },
  ]);
});
