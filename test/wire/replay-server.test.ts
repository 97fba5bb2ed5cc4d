import { createOpenAI } from '@ai-sdk/openai';
import { generateText, streamText } from 'ai';
import { afterEach, describe, expect, test } from 'vitest';
import { calls, fails, type Reply, says } from '../servers/replay-reply.ts';
import { type ReplayServer, startReplayServer } from '../servers/replay-server.ts';

let server: ReplayServer | undefined;
afterEach(() => server?.close());

async function modelsFor(script: readonly Reply[]) {
  server = await startReplayServer(script);
  const openai = createOpenAI({ baseURL: server.url, apiKey: 'replay' });
  return { server, chat: openai.chat('replayed'), responses: openai.responses('replayed') };
}

const call = { prompt: 'Hi', maxRetries: 0, onError: () => undefined };

describe('the replay server', () => {
  test('answers in the wire format that is asked for', async () => {
    const { chat, responses } = await modelsFor([says('one'), says('two'), says('three'), says('four')]);
    expect((await generateText({ ...call, model: chat })).text).toBe('one');
    expect((await generateText({ ...call, model: responses })).text).toBe('two');
    expect(await streamText({ ...call, model: chat }).text).toBe('three');
    expect(await streamText({ ...call, model: responses }).text).toBe('four');
  });

  test('calls tools and tells reasoning, usage and a cut-off answer', async () => {
    const usage = { inputTokens: 3, outputTokens: 5 };
    const { responses } = await modelsFor([
      calls('lookUp', { name: 'Ada' }),
      says('1234', { reasoning: 'Counting.', usage, finishReason: 'length' }),
    ]);
    const called = await generateText({ ...call, model: responses });
    expect(called.toolCalls).toMatchObject([{ toolName: 'lookUp', input: { name: 'Ada' } }]);
    const cut = await generateText({ ...call, model: responses });
    expect(cut).toMatchObject({ text: '1234', reasoningText: 'Counting.', finishReason: 'length' });
    expect(cut.usage).toMatchObject(usage);
  });

  test('records what the model was sent', async () => {
    const { server, chat } = await modelsFor([says('one')]);
    await generateText({ ...call, model: chat });
    expect(server.requests).toMatchObject([
      { path: '/v1/chat/completions', body: { model: 'replayed', messages: [{ role: 'user', content: 'Hi' }] } },
    ]);
  });

  test('refuses with a status and headers, and beyond the script', async () => {
    const { chat } = await modelsFor([fails(429, { 'retry-after-ms': '5' })]);
    const refused = { statusCode: 429, responseHeaders: { 'retry-after-ms': '5' }, isRetryable: true };
    await expect(generateText({ ...call, model: chat })).rejects.toMatchObject(refused);
    await expect(generateText({ ...call, model: chat })).rejects.toThrow('no reply for request 2');
  });

  test('cuts the connection before and within a stream', async () => {
    const fault = { type: 'reset', afterChunks: 3 } as const;
    const { chat } = await modelsFor([{ type: 'reset' }, says('a text of several chunks', { fault })]);
    await expect(generateText({ ...call, model: chat })).rejects.toThrow('Cannot connect to API');
    const received: string[] = [];
    const reading = (async () => {
      for await (const text of streamText({ ...call, model: chat }).textStream) received.push(text);
    })();
    await expect(reading).rejects.toThrow('Failed to process successful response');
    expect(received).toEqual(['a text o', 'f severa']);
  });

  test('ends a stream without a finish', async () => {
    const { chat } = await modelsFor([says('a text of several chunks', { fault: { type: 'end', afterChunks: 3 } })]);
    const result = streamText({ ...call, model: chat });
    expect(await result.text).toBe('a text of severa');
    expect(await result.finishReason).toBe('interrupted');
  });

  test('notices a client that leaves early', async () => {
    const { server, chat } = await modelsFor([
      says('a text of several chunks', { fault: { type: 'stall', afterChunks: 2 } }),
    ]);
    const leaving = new AbortController();
    const result = streamText({ ...call, model: chat, abortSignal: leaving.signal });
    for await (const _text of result.textStream) leaving.abort();
    await server.requests[0]?.ended;
    expect(server.requests).toMatchObject([{ isClosedEarly: true, chunksSent: 2 }]);
  });

  test('does not blame the client for a complete reply', async () => {
    const { server, chat } = await modelsFor([says('one')]);
    await streamText({ ...call, model: chat }).text;
    await server.requests[0]?.ended;
    expect(server.requests).toMatchObject([{ isClosedEarly: false }]);
  });
});
