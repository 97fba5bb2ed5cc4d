import { Output, streamText } from 'ai';
import * as ai6 from 'ai-v6';
import { describe, expect, test, vi } from 'vitest';
import { excludes } from '../../src/checks/index.ts';
import {
  check,
  createEmitter,
  ProviderFailedError,
  retry,
  type StagedRetryOptions,
  StagesExhaustedError,
  withStagedRetry,
} from '../../src/index.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { type ScriptedAnswer, scriptedModel } from '../../src/testing/index.ts';
import { errorOf, failsWith, says } from '../fixtures.ts';
import { inPieces } from '../reading/first-answer.ts';

const prompt = 'Total?';
const right = check('right', ({ text }) => text === '12' || `Not ${text}.`);
const call = { prompt: [{ role: 'user', content: [{ type: 'text', text: prompt }] }] } as never;

const usage = {
  inputTokens: { total: 10, noCache: 10, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 10, text: 10, reasoning: undefined },
};
const finish: StreamPart = { type: 'finish', usage, finishReason: { unified: 'stop', raw: 'end' } };

/** A stream that says a text in the given pieces, beside whatever else a provider may send. */
const streamed = (pieces: readonly string[], more: readonly StreamPart[] = []): ScriptedAnswer => ({
  parts: [
    { type: 'stream-start', warnings: [{ type: 'other', message: pieces.join('') }] },
    { type: 'response-metadata', id: 'r', modelId: 'm' },
    ...more,
    { type: 'text-start', id: 't' },
    ...pieces.map((delta): StreamPart => ({ type: 'text-delta', id: 't', delta })),
    { type: 'text-end', id: 't' },
    finish,
  ],
});

async function partsOf(stream: ReadableStream<unknown>): Promise<StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const part of stream as unknown as AsyncIterable<StreamPart>) parts.push(part);
  return parts;
}

describe('a buffered stream', () => {
  test('delivers the accepted attempt with its own parts and chunks', async () => {
    const thinking: StreamPart[] = [
      { type: 'reasoning-start', id: 'h' },
      { type: 'reasoning-delta', id: 'h', delta: 'Hm.' },
      { type: 'reasoning-end', id: 'h', providerMetadata: { scripted: { signature: 's' } } },
      { type: 'source', sourceType: 'url', id: 's', url: 'https://a.test' } as StreamPart,
      { type: 'raw', rawValue: { a: 1 } },
    ];
    const model = withStagedRetry(says(streamed(['1', '0'], thinking), streamed(['1', '2'], thinking)), {
      checks: [right],
    });
    const parts = await partsOf((await model.doStream(call)).stream);
    expect(parts).toEqual([
      { type: 'stream-start', warnings: [{ type: 'other', message: '10' }] },
      { type: 'response-metadata', id: 'r', modelId: 'm' },
      ...thinking,
      { type: 'text-start', id: 't' },
      { type: 'text-delta', id: 't', delta: '1' },
      { type: 'text-delta', id: 't', delta: '2' },
      { type: 'text-end', id: 't' },
      {
        type: 'finish',
        usage: {
          ...usage,
          inputTokens: { ...usage.inputTokens, total: 20, noCache: 20 },
          outputTokens: { ...usage.outputTokens, total: 20, text: 20 },
        },
        finishReason: { unified: 'stop', raw: 'end' },
        providerMetadata: { stagedRetry: expect.objectContaining({ attempts: 2 }) },
      },
    ]);
  });

  test('lets doStream resolve before the answer is there, with what the first call said', async () => {
    const bare = says('12');
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = {
      ...bare,
      doStream: async () => ({
        request: { body: 'asked' },
        response: { headers: { 'x-id': '1' } },
        stream: new ReadableStream<StreamPart>({
          async start(controller) {
            controller.enqueue({ type: 'stream-start', warnings: [] });
            await held;
            for (const part of [
              { type: 'text-start', id: 't' },
              { type: 'text-delta', id: 't', delta: '12' },
              { type: 'text-end', id: 't' },
              finish,
            ] as StreamPart[])
              controller.enqueue(part);
            controller.close();
          },
        }),
      }),
    };
    const model = withStagedRetry(slow as never, { checks: [right] }) as typeof bare;
    const result = await model.doStream(call);
    expect(result).toMatchObject({ request: { body: 'asked' }, response: { headers: { 'x-id': '1' } } });
    const reader = (result.stream as ReadableStream<StreamPart>).getReader();
    expect((await reader.read()).value).toEqual({ type: 'stream-start', warnings: [] });
    release();
    expect((await reader.read()).value).toMatchObject({ type: 'text-start' });
    await reader.cancel();
  });

  test('ends at the end of the ladder with an error part and a finish', async () => {
    const model = withStagedRetry(says('10', '11'), { checks: [right] });
    const parts = await partsOf((await model.doStream(call)).stream);
    expect(parts.map(({ type }) => type)).toEqual(['stream-start', 'error', 'finish']);
    expect(parts.at(-1)).toMatchObject({ finishReason: { unified: 'error' }, usage: { inputTokens: { total: 20 } } });
  });

  test('tells the error to onError, fullStream and the UI; a text stream just ends', async () => {
    const seen: unknown[] = [];
    const result = streamText({
      model: withStagedRetry(says('10', '11'), { checks: [right] }),
      prompt,
      onError: ({ error }) => void seen.push(error),
    });
    const chunks: string[] = [];
    for await (const { type } of result.toUIMessageStream()) chunks.push(type);
    expect(chunks).toContain('error');
    expect(seen.map((error) => StagesExhaustedError.isInstance(error))).toEqual([true]);
    expect(await result.text).toBe('');
    expect(await result.finishReason).toBe('error');
  });

  test('reads alike by ai@6', async () => {
    const model = scriptedModel(['10', '12'], { specificationVersion: 'v3' });
    const result = ai6.streamText({ model: withStagedRetry(model, { checks: [right] }) as never, prompt });
    expect(await result.text).toBe('12');
    expect(await result.totalUsage).toMatchObject({ inputTokens: 20 });
  });
});

describe('a consumer that goes away', () => {
  test('cancels the stream of the provider with its reason, and no further attempt begins', async () => {
    const cancelled = vi.fn();
    const bare = says('x');
    let streams = 0;
    const endless = {
      ...bare,
      doStream: async () => {
        streams += 1;
        return {
          stream: new ReadableStream<StreamPart>({
            start: (controller) => controller.enqueue({ type: 'stream-start', warnings: [] }),
            cancel: cancelled,
          }),
        };
      },
    };
    const model = withStagedRetry(endless as never, {
      checks: [right],
      stages: [retry({ attempts: 5 })],
    }) as typeof bare;
    const { stream } = await model.doStream(call);
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel('enough');
    expect(cancelled).toHaveBeenCalledWith('enough');
    await new Promise(setImmediate);
    expect(streams).toBe(1);
  });
});

describe('an abort', () => {
  /** What `streamText` tells of an abort in the middle of a stream. */
  async function aborted(wrap: (model: never) => unknown) {
    const controller = new AbortController();
    const bare = says('x');
    const model = {
      ...bare,
      doStream: async ({ abortSignal }: { abortSignal?: AbortSignal }) => ({
        stream: new ReadableStream<StreamPart>({
          start(stream) {
            for (const part of [
              { type: 'stream-start', warnings: [] },
              { type: 'text-start', id: 't' },
              { type: 'text-delta', id: 't', delta: '1' },
            ] as StreamPart[])
              stream.enqueue(part);
            abortSignal?.addEventListener('abort', () => stream.error(abortSignal.reason));
            setImmediate(() => controller.abort());
          },
        }),
      }),
    };
    const onAbort = vi.fn();
    const onError = vi.fn();
    const result = streamText({
      model: wrap(model as never) as never,
      prompt,
      abortSignal: controller.signal,
      onAbort,
      onError,
    });
    const types: string[] = [];
    for await (const { type } of result.fullStream) types.push(type);
    return { end: types.at(-1), aborts: onAbort.mock.calls.length, errors: onError.mock.calls.length };
  }

  test('is told as the bare model tells it', async () => {
    const bare = await aborted((model) => model);
    expect(bare).toMatchObject({ end: 'abort', aborts: 1, errors: 0 });
    expect(await aborted((model) => withStagedRetry(model, { checks: [right] }))).toEqual(bare);
    expect(await aborted((model) => withStagedRetry(model))).toEqual(bare);
  });

  test('before the call asks no model', async () => {
    const model = says('12');
    const error = await errorOf(
      withStagedRetry(model, { checks: [right] }).doStream({
        ...(call as object),
        abortSignal: AbortSignal.abort('gone'),
      } as never),
    );
    expect(error).toBe('gone');
    expect(model.calls).toHaveLength(0);
  });
});

describe('streamRetries', () => {
  test('does not climb the ladder again', async () => {
    const model = says('10', '11');
    const errors: unknown[] = [];
    const result = streamText({
      model: withStagedRetry(model, { checks: [right] }),
      prompt,
      streamRetries: 3,
      onError: ({ error }) => void errors.push(error),
    } as Parameters<typeof streamText>[0]);
    await result.consumeStream();
    expect(model.calls).toHaveLength(2);
    expect(errors.some((error) => StagesExhaustedError.isInstance(error))).toBe(true);
  });

  test.each([
    ['some of it was shown', 'auto'],
    ['nothing was shown', 'buffer'],
  ] as const)('lets text reject after a stream that broke off, where %s', async (_, delivery) => {
    const model = scriptedModel([]);
    let calls = 0;
    const broken: typeof model.doStream = async () => {
      calls += 1;
      const parts = inPieces('Hello world, he').slice(0, -2);
      const stream = new ReadableStream({
        pull(controller) {
          const part = parts.shift();
          if (part === undefined) controller.error(new Error('The connection is gone.'));
          else controller.enqueue(part);
        },
      });
      return { stream };
    };
    const wrapped = withStagedRetry({ ...model, doStream: broken }, { checks: [excludes('never')], delivery });
    const call = { model: wrapped, prompt, streamRetries: 2, maxRetries: 0, onError: () => {} };
    const result = streamText(call as Parameters<typeof streamText>[0]);
    await result.consumeStream();
    expect(ProviderFailedError.isInstance(await errorOf(result.text))).toBe(true);
    expect(calls).toBe(3);
  });

  test.each<[what: string, options: StagedRetryOptions, calls: number, text: string]>([
    ['works as with the bare model where nothing is judged', {}, 2, 'Hello world'],
    ['does so whatever the transport', { transport: { attempts: 1 } }, 2, 'Hello world'],
    [
      'has no effect where something is: the transport says how often to call',
      { checks: [excludes('never')], transport: { attempts: 1 } },
      1,
      'Hello wor',
    ],
  ])('%s', async (_, options, calls, text) => {
    const whole = inPieces('Hello world');
    const failed = [...whole.slice(0, -3), { type: 'error', error: failsWith(503) } as const];
    const model = scriptedModel([{ parts: failed }, { parts: whole }]);
    const call = { model: withStagedRetry(model, options), prompt, streamRetries: 2, maxRetries: 0, onError: () => {} };
    const result = streamText(call as Parameters<typeof streamText>[0]);
    await result.consumeStream();
    expect(await result.text).toBe(text);
    expect(model.calls).toHaveLength(calls);
  });

  test('leaves the next request of the user alone', async () => {
    const model = says('10', '11', '12');
    const wrapped = withStagedRetry(model, { checks: [right] });
    const send = () =>
      streamText({ model: wrapped, prompt, streamRetries: 1, onError: () => {} } as Parameters<typeof streamText>[0]);
    await send().consumeStream();
    expect(await send().text).toBe('12');
  });

  test("is told of its own model's error, not of another one's that was wrapped", async () => {
    const one = withStagedRetry(says('10', '11'), { checks: [right] });
    const other = withStagedRetry(says('12'), { checks: [right] });
    const params = { prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Go on.' }] }] };
    const { stream } = await one.doStream(params);
    const reader = stream.getReader();
    for (;;) {
      const { value } = await reader.read();
      if (value?.type !== 'error') continue;
      await reader.cancel(value.error);
      break;
    }
    await other.doStream(params);
    expect(StagesExhaustedError.isInstance(await errorOf(one.doStream(params)))).toBe(true);
  });
});

test('a listener that throws does not break a stream', async () => {
  const events = createEmitter();
  events.on('attempt-end', () => {
    throw new Error('listener');
  });
  const result = streamText({ model: withStagedRetry(says('10', '12'), { checks: [right], events }), prompt });
  expect(await result.text).toBe('12');
});

test('partial output of a buffered answer is that of the accepted attempt alone', async () => {
  const judged = check('total', ({ value }) => (value as { total: number }).total === 12 || 'Not 12.');
  const model = withStagedRetry(says('{"total":10}', '{"total":12}'), { checks: [judged] });
  const result = streamText({ model, prompt, output: Output.json() });
  const partials: unknown[] = [];
  for await (const partial of result.partialOutputStream) partials.push(partial);
  expect(partials.at(-1)).toEqual({ total: 12 });
  expect(JSON.stringify(partials)).not.toContain('10');
});

describe('a stream that breaks off every time ends as the bare one', () => {
  const begins: StreamPart[] = [{ type: 'stream-start', warnings: [] }];
  const says12: StreamPart[] = [
    ...begins,
    { type: 'text-start', id: '0' },
    { type: 'text-delta', id: '0', delta: '12' },
  ];
  const breaks = (controller: ReadableStreamDefaultController) => controller.error(new Error('The connection broke.'));
  const closes = (controller: ReadableStreamDefaultController) => controller.close();

  /** What `text` and `finishReason` come to, and how often the model is called. */
  async function end(parts: readonly StreamPart[], ends: typeof breaks, options?: StagedRetryOptions) {
    const scripted = scriptedModel(['']);
    let asked = 0;
    const doStream = async () => {
      asked += 1;
      const left = [...parts];
      return {
        stream: new ReadableStream<StreamPart>({
          pull(controller) {
            const part = left.shift();
            if (part === undefined) ends(controller);
            else controller.enqueue(part);
          },
        }),
      };
    };
    const bare = { ...scripted, doStream } as unknown as typeof scripted;
    const model = options === undefined ? bare : withStagedRetry(bare, options);
    const result = streamText({ model, prompt, maxRetries: 0, onError: () => {} });
    await result.consumeStream({ onError: () => {} });
    const settled = await Promise.allSettled([result.text, result.finishReason]);
    return { asked, ended: settled.map((given) => (given.status === 'fulfilled' ? given.value : 'rejects')) };
  }

  test.each([
    ['breaks first thing', [], breaks, 3],
    ['breaks before its first output', begins, breaks, 3],
    ['breaks inside its text', says12, breaks, 3],
    ['ends first thing', [], closes, 3],
    ['ends before its first output', begins, closes, 3],
  ])('%s', async (_, parts, ends, calls) => {
    const { ended } = await end(parts, ends);
    for (const delivery of ['buffer', 'live', 'auto'] as const) {
      const options = { checks: [right], delivery, transport: { initialMs: 0, jitter: 'none' as const } };
      expect(await end(parts, ends, options), delivery).toEqual({ asked: calls, ended });
    }
  });
});
