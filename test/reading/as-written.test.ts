import { generateText, jsonSchema, Output, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import { memoryStore, reportOf, type StagedRetryOptions, withStagedRetry } from '../../src/index.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { noUsage } from '../../src/trace/usage.ts';

const schema = jsonSchema({
  type: 'object',
  properties: { id: { type: 'number' }, t: { type: 'string' }, list: { type: 'array' } },
  required: ['id'],
});
const output = Output.object({ schema });

/** JSON that fits, written as nobody would write it anew. */
const texts: readonly (readonly [string, string])[] = [
  ['a big integer', '{"id":2512292042121000001}'],
  ['digits that say the same', '{"id":1.10,"t":"1.10"}'],
  ['a number out of range', '{"id":1e400}'],
  ['minus zero', '{"id":-0.0}'],
  ['white space', '{\r\n\t"id" : 1 ,\n "list":[ ] }\n\n'],
  ['escapes that need not be', '{"id":1,"t":"\\u0061\\/\\u00e9"}'],
  ['half a surrogate pair', '{"id":1,"t":"\\ud800"}'],
  ['quotes, backslashes and brackets', '{"id":1,"t":"the \\"old\\" }],\\\\d // # `"}'],
  ['what looks like another value', '{"id":1,"t":"12","list":["True",{"a":"{}"}]}'],
  ['a name that objects have', '{"id":1,"toString":{"a":1}}'],
];

/** A model that answers once, three characters at a time. */
function writes(text: string) {
  const deltas = text.match(/.{1,3}/gsu) ?? [];
  const parts: StreamPart[] = [
    { type: 'text-start', id: '1' },
    ...deltas.map((delta): StreamPart => ({ type: 'text-delta', id: '1', delta })),
    { type: 'text-end', id: '1' },
    { type: 'finish', usage: noUsage, finishReason: { unified: 'stop', raw: undefined } },
  ];
  return scriptedModel([{ content: [{ type: 'text', text }], parts }]);
}

describe.each(texts)('%s is delivered as it was written', (_, text) => {
  test('in an answer, and again from the cache', async () => {
    const options: StagedRetryOptions = { scope: 'public', cache: { store: memoryStore() } };
    const model = writes(text);
    const first = await generateText({ model: withStagedRetry(model, options), prompt: 'x', output });
    const again = await generateText({ model: withStagedRetry(model, options), prompt: 'x', output });
    expect([first.text, again.text]).toEqual([text, text]);
    expect(model.calls).toHaveLength(1);
    expect(reportOf(first.finalStep.providerMetadata)?.fixes ?? []).toEqual([]);
  });

  test.each(['live', 'buffer'] as const)('in a stream (%s), and again from the cache', async (delivery) => {
    const options: StagedRetryOptions = { scope: 'public', delivery, cache: { store: memoryStore() } };
    const model = writes(text);
    const first = streamText({ model: withStagedRetry(model, options), prompt: 'x', output });
    expect(await first.text).toBe(text);
    const again = streamText({ model: withStagedRetry(model, options), prompt: 'x', output });
    expect(await again.text).toBe(text);
    expect(model.calls).toHaveLength(1);
  });

  test('in the input of a tool', async () => {
    const input = text;
    const call = { type: 'tool-call' as const, toolCallId: '1', toolName: 'note', input };
    const model = withStagedRetry(scriptedModel([{ content: [call], finishReason: 'tool-calls' }]));
    const inputSchema = { type: 'object', properties: { id: { type: 'number' } } } as const;
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'x' }] }];
    const result = await model.doGenerate({ prompt, tools: [{ type: 'function', name: 'note', inputSchema }] });
    expect(result.content).toContainEqual(expect.objectContaining({ input }));
  });
});

test('a kept answer that the schema of today would have read is delivered as it was kept', async () => {
  const store = memoryStore();
  const text = '{"id":"12"}';
  const model = writes(text);
  const cached = (read: boolean) => withStagedRetry(model, { fix: read, scope: 'public', cache: { store } });
  const loose = Output.object({ schema: jsonSchema({ type: 'object' }) });
  const first = await generateText({ model: cached(false), prompt: 'x', output: loose });
  const again = await generateText({ model: cached(true), prompt: 'x', output: loose });
  expect([first.text, again.text]).toEqual([text, text]);
  expect(model.calls).toHaveLength(1);
});
