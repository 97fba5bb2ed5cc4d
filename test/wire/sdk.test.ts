import { createOpenAI } from '@ai-sdk/openai';
import {
  APICallError,
  generateText,
  isStepCount,
  jsonSchema,
  RetryError,
  streamText,
  ToolLoopAgent,
  type ToolSet,
  tool,
} from 'ai';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type PracticeServer, startPracticeServer } from '../../examples/practice-server/server.ts';
import { toolInputs } from '../../src/checks/index.ts';
import {
  check,
  fallback,
  lendTools,
  ProviderFailedError,
  reportOf,
  retry,
  StagesExhaustedError,
  withStagedRetry,
} from '../../src/index.ts';
import { ask, callTypes, chatModel } from '../faults/ask.ts';
import { calls, fails, says } from '../servers/replay-reply.ts';
import { type ReplayServer, startReplayServer } from '../servers/replay-server.ts';

let server: ReplayServer | PracticeServer;
afterEach(() => server.close());

const checks = [check('right', ({ text }) => text === 'Right.' || 'Look again.')];
const atOnce = { initialMs: 0, jitter: 'none' } as const;
const now = { 'retry-after-ms': '0' };

describe.each(callTypes)('%s: the retries of the SDK and ours do not multiply', (type) => {
  test.each([429, 500, 503])('a first call that fails with %i is retried by the SDK alone', async (status) => {
    server = await startReplayServer(() => fails(status, now));
    const { error } = await ask(type, { model: withStagedRetry(chatModel(server), { checks }), maxRetries: 2 });

    expect(server.requests).toHaveLength(3);
    expect(RetryError.isInstance(error) && error.reason).toBe('maxRetriesExceeded');
  });

  test.each([429, 500, 503])('a later call that fails with %i is retried by the run alone', async (status) => {
    server = await startReplayServer((_, index) => (index === 0 ? says('Wrong.') : fails(status, now)));
    const { error } = await ask(type, { model: withStagedRetry(chatModel(server), { checks }), maxRetries: 2 });

    expect(server.requests).toHaveLength(4);
    expect(ProviderFailedError.isInstance(error) && APICallError.isInstance(error.cause)).toBe(true);
  });

  test('a first call that the run owns is retried by the run alone', async () => {
    server = await startReplayServer(() => fails(500));
    const options = { checks, transport: { ...atOnce, attempts: 2 } };
    const { error } = await ask(type, { model: withStagedRetry(chatModel(server), options), maxRetries: 2 });

    expect(server.requests).toHaveLength(2);
    expect(error).toBeInstanceOf(ProviderFailedError);
  });

  test('a run that ends without an answer is not begun again', async () => {
    server = await startReplayServer(() => says('Wrong.'));
    const { error } = await ask(type, { model: withStagedRetry(chatModel(server), { checks }), maxRetries: 2 });

    expect(server.requests).toHaveLength(2);
    expect(error).toBeInstanceOf(StagesExhaustedError);
  });
});

describe.each(callTypes)('%s: a provider that refuses', (type) => {
  const other = () => fallback({ model: chatModel(server, 'other'), attempts: 1 });

  test.each([401, 403, 404])('with %i is left for another model at once', async (status) => {
    server = await startReplayServer(({ body }) => (body.model === 'other' ? says('Right.') : fails(status)));
    const options = { checks, stages: [retry({ attempts: 2 }), other()] };
    const { text, report } = await ask(type, { model: withStagedRetry(chatModel(server), options) });

    expect(text).toBe('Right.');
    expect(report?.stage).toBe('fallback');
    expect(server.requests).toHaveLength(2);
  });

  test.each([400, 413, 422])('the first call with %i ends the run with its own error', async (status) => {
    server = await startReplayServer(() => fails(status));
    const options = { checks, stages: [retry({ attempts: 2 })] };
    const { error } = await ask(type, { model: withStagedRetry(chatModel(server), options), maxRetries: 2 });

    expect(APICallError.isInstance(error) && error.statusCode).toBe(status);
    expect(server.requests).toHaveLength(1);
  });

  test.each([400, 413, 422])('the first call with %i is left for another model, where there is one', async (status) => {
    server = await startReplayServer(({ body }) => (body.model === 'other' ? says('Right.') : fails(status)));
    const options = { checks, stages: [retry({ attempts: 2 }), other()] };
    const { text } = await ask(type, { model: withStagedRetry(chatModel(server), options) });

    expect(text).toBe('Right.');
    expect(server.requests).toHaveLength(2);
  });

  test.each([400, 413, 422])('a call that we wrote with %i goes on to the next stage', async (status) => {
    server = await startReplayServer([says('Wrong.'), fails(status), says('Right.')]);
    const options = { checks, stages: [retry({ attempts: 2 }), other()] };
    const { text, report } = await ask(type, { model: withStagedRetry(chatModel(server), options) });

    expect(text).toBe('Right.');
    expect(report?.stage).toBe('fallback');
  });

  test.each([400, 413, 422])(
    'a call that we wrote with %i, and nothing after it, ends with our error',
    async (status) => {
      server = await startReplayServer([says('Wrong.'), fails(status)]);
      const options = { checks, stages: [retry({ attempts: 2 })] };
      const { error } = await ask(type, { model: withStagedRetry(chatModel(server), options) });

      expect(ProviderFailedError.isInstance(error) && error.cause).toMatchObject({ statusCode: status });
      expect(server.requests).toHaveLength(2);
    },
  );

  test('for longer than a run may wait is not called again, and the caller is told how long', async () => {
    server = await startReplayServer([says('Wrong.'), fails(429, { 'retry-after': '120' })]);
    const { error } = await ask(type, { model: withStagedRetry(chatModel(server), { checks }) });

    expect(ProviderFailedError.isInstance(error) && error.retryAfterMs).toBe(120_000);
    expect(server.requests).toHaveLength(2);
  });
});

describe('streamRetries', () => {
  test('do not climb the ladder again', async () => {
    server = await startReplayServer(() => says('Wrong.'));
    const errors: unknown[] = [];
    const result = streamText({
      model: withStagedRetry(chatModel(server), { checks }),
      prompt: 'Go on.',
      streamRetries: 3,
      onError: ({ error }) => void errors.push(error),
    });
    await result.consumeStream();

    expect(server.requests).toHaveLength(2);
    expect(StagesExhaustedError.find(errors.at(-1))).toBeInstanceOf(StagesExhaustedError);
  });

  test('that a caller asks for do not either', async () => {
    server = await startReplayServer(() => says('Wrong.'));
    const result = streamText({
      model: withStagedRetry(chatModel(server), { checks }),
      prompt: 'Go on.',
      streamRetries: 0,
      onError: () => ({ retry: true }),
    });
    await result.consumeStream();

    expect(server.requests).toHaveLength(2);
  });

  test('leave a fresh call of the same request alone', async () => {
    server = await startReplayServer((_, index) => says(index < 2 ? 'Wrong.' : 'Right.'));
    const model = withStagedRetry(chatModel(server), { checks });
    const settings = { model, prompt: 'Go on.', streamRetries: 0, onError: () => {} };
    await streamText(settings).consumeStream();

    expect((await ask('stream', { model })).text).toBe('Right.');
  });
});

describe('timeout', () => {
  test.each(callTypes)('%s: ends a run that takes too long, and closes its request', async (type) => {
    server = await startReplayServer([says('Wrong.'), { type: 'stall' }]);
    const replay = server as ReplayServer;
    const model = withStagedRetry(chatModel(server), { checks });
    const settings = { model, prompt: 'Go on.', maxRetries: 0, timeout: 300 };
    if (type === 'generate') await expect(generateText(settings)).rejects.toMatchObject({ name: 'TimeoutError' });
    else await streamText({ ...settings, onError: () => {} }).consumeStream();

    expect(server.requests).toHaveLength(2);
    await replay.requests[1]?.ended;
    expect(replay.requests[1]?.isClosedEarly).toBe(true);
  });

  test('for chunks covers the whole run', async () => {
    server = await startReplayServer([says('Wrong.'), { type: 'stall' }]);
    const replay = server as ReplayServer;
    const errors: unknown[] = [];
    const result = streamText({
      model: withStagedRetry(chatModel(server), { checks }),
      prompt: 'Go on.',
      timeout: { firstChunkMs: 300 },
      onError: ({ error }) => void errors.push(error),
    });
    await result.consumeStream();

    await replay.requests[1]?.ended;
    expect(replay.requests[1]?.isClosedEarly).toBe(true);
  });
});

describe.each(callTypes)('%s: a tool choice', (type) => {
  const tools: ToolSet = {
    lookUp: tool({ inputSchema: z.object({ query: z.string() }) }),
    other: tool({ inputSchema: z.object({}) }),
  };
  const choose = async (
    toolChoice: 'required' | 'none' | { type: 'tool'; toolName: 'lookUp' },
    stages = [retry({ attempts: 2 })],
  ) => {
    const model = withStagedRetry(chatModel(server), { stages, ...(toolChoice === 'none' ? { checks } : {}) });
    const settings = { model, prompt: 'Go on.', tools, toolChoice, maxRetries: 0 };
    const result = type === 'generate' ? await generateText(settings) : streamText(settings);
    return { text: await result.text, toolCalls: await result.toolCalls, finishReason: await result.finishReason };
  };

  test('that demands a call gets one after a text', async () => {
    server = await startReplayServer([says('No.'), calls('lookUp', { query: 'x' })]);

    expect(await choose('required')).toMatchObject({ toolCalls: [{ toolName: 'lookUp' }], finishReason: 'tool-calls' });
  });

  test('that names a tool gets that one after another', async () => {
    server = await startReplayServer([calls('other', {}), calls('lookUp', { query: 'x' })]);

    expect(await choose({ type: 'tool', toolName: 'lookUp' })).toMatchObject({ toolCalls: [{ toolName: 'lookUp' }] });
  });

  test.each(['required', { type: 'tool', toolName: 'lookUp' }] as const)(
    '%o is met beside lent tools',
    async (toolChoice) => {
      server = await startReplayServer([says('No.'), calls('find', {}), calls('lookUp', { query: 'x' })]);
      const tools: ToolSet = { find: tool({ inputSchema: z.object({}), execute: () => 'found' }) };
      const { toolCalls } = await choose(toolChoice, [retry({ attempts: 1 }), lendTools({ attempts: 1, tools })]);

      expect(toolCalls).toMatchObject([{ toolName: 'lookUp', input: { query: 'x' } }]);
    },
  );

  test('of none is kept beside lent tools', async () => {
    server = await startReplayServer([says('Wrong.'), calls('find', {}), says('Right.')]);
    const tools: ToolSet = { find: tool({ inputSchema: z.object({}), execute: () => 'found' }) };
    const stages = [retry({ attempts: 1 }), lendTools({ attempts: 1, tools, show: true })];

    expect(await choose('none', stages)).toMatchObject({ text: 'Right.', toolCalls: [], finishReason: 'stop' });
  });
});

test('a call that was aborted goes back without the item ids of its response, which OpenAI does not keep', async () => {
  const input = JSON.stringify({ city: { name: 'York' }, note: 'It is a long way to the end of this. '.repeat(20) });
  const wrong = { reasoning: 'They want the weather.', toolCalls: [{ name: 'getWeather', input }] };
  server = await startReplayServer([{ type: 'answer', answer: wrong }, calls('getWeather', { city: 'York' })]);
  const inputSchema = z.object({ city: z.string(), note: z.string().optional() });
  const model = createOpenAI({ baseURL: server.url, apiKey: 'replay' }).responses('gpt-5-mini');
  const result = streamText({
    model: withStagedRetry(model, { checks: [toolInputs()] }),
    prompt: 'Go on.',
    tools: { getWeather: tool({ inputSchema }) },
  });

  expect(await result.toolCalls).toMatchObject([{ input: { city: 'York' } }]);
  expect(server.requests[1]?.body?.input).toMatchObject([
    { role: 'user' },
    { type: 'function_call', name: 'getWeather' },
    { type: 'function_call_output', output: expect.stringContaining('At /city: ') },
  ]);
});

describe.each(['responses', 'chat'] as const)('an agent over the %s API', (api) => {
  const weather = () => {
    const asked: unknown[] = [];
    const getWeather = tool({
      inputSchema: jsonSchema<{ city: string }>({
        type: 'object',
        properties: { city: { type: 'string' } },
        required: ['city'],
      }),
      execute: (input) => {
        asked.push(input);
        return `Sunny in ${input.city}`;
      },
    });
    return { asked, getWeather };
  };

  test.each(callTypes)('%s: calls its tool with input that fits, and answers', async (type) => {
    const practice = await startPracticeServer();
    server = practice;
    const { asked, getWeather } = weather();
    const model = withStagedRetry(createOpenAI({ baseURL: practice.url, apiKey: 'practice' })[api]('practice-model'));
    const agent = new ToolLoopAgent({ model, tools: { getWeather }, stopWhen: isStepCount(5) });
    const prompt = 'What is the weather in New York? practice: fallible';
    const result = type === 'generate' ? await agent.generate({ prompt }) : await agent.stream({ prompt });

    expect(await result.text).toContain('Sunny in New York');
    expect(asked).toEqual([{ city: 'New York' }]);
    const steps = await result.steps;
    expect(steps.map(({ providerMetadata }) => reportOf(providerMetadata)?.attempts)).toEqual([2, 1]);
    expect(practice.requests).toHaveLength(3);
  });
});
