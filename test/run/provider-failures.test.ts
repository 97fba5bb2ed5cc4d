import { APICallError } from '@ai-sdk/provider';
import { generateText, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import {
  check,
  createInbox,
  EscalationPendingError,
  fallback,
  human,
  lendTools,
  ProviderFailedError,
  reportOf,
  retry,
  type StagedRetryOptions,
  StagesExhaustedError,
  withStagedRetry,
} from '../../src/index.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { type ScriptedAnswer, scriptedModel } from '../../src/testing/index.ts';
import { atOnce, errorOf, failsWith, lookup, losesConnection, recorder, says } from '../fixtures.ts';

const prompt = 'Total?';
const right = check('right', ({ text }) => text === '12' || `Not ${text}.`);
const overloaded = (headers = {}) => failsWith(503, headers);

/** Every test has a model of its own, and so a bucket of its own. */
let models = 0;
function running(answers: readonly ScriptedAnswer[], options: StagedRetryOptions = {}) {
  const events = recorder();
  const model = scriptedModel(answers, { modelId: `model-${models++}` });
  return { model, events, wrapped: withStagedRetry(model, { checks: [right], events, ...options }) };
}

const sends = { generateText, streamText };
async function send(kind: keyof typeof sends, options: Parameters<typeof generateText>[0]): Promise<string> {
  if (kind === 'generateText') return (await generateText(options)).text;
  const errors: unknown[] = [];
  const result = streamText({
    ...(options as Parameters<typeof streamText>[0]),
    onError: ({ error }) => void errors.push(error),
  });
  let text = '';
  for await (const delta of result.textStream) text += delta;
  if (errors.length > 0) throw errors[0];
  return text;
}

describe.each(['generateText', 'streamText'] as const)('%s: the first provider call', (kind) => {
  test.each([
    ['an overloaded provider', () => overloaded()],
    ['a rate limit', () => failsWith(429)],
    ['a lost connection', () => losesConnection()],
  ])('passes %s through, so that maxRetries does what the caller set it to', async (_, failure) => {
    const { model, wrapped } = running([failure(), '12']);
    const error = await errorOf(send(kind, { model: wrapped, prompt, maxRetries: 0 }));
    expect(APICallError.isInstance(error)).toBe(true);
    expect(model.calls).toHaveLength(1);
  });

  test('that fails for good is the error of the provider itself', async () => {
    for (const status of [400, 401, 403, 404, 422]) {
      const { model, wrapped } = running([failsWith(status)]);
      expect(await errorOf(send(kind, { model: wrapped, prompt }))).toMatchObject({ statusCode: status });
      expect(model.calls).toHaveLength(1);
    }
  });

  test('belongs to the run with transport', async () => {
    const { model, wrapped, events } = running([overloaded(), losesConnection(), '12'], { transport: atOnce });
    expect(await send(kind, { model: wrapped, prompt, maxRetries: 0 })).toBe('12');
    expect(model.calls).toHaveLength(3);
    expect(events.of('transport-retry')).toMatchObject([
      { provider: 'scripted', model: model.modelId, retry: 1, delayMs: 0, error: { statusCode: 503 } },
      { retry: 2, delayMs: 0 },
    ]);
    expect(events.of('attempt-start')).toHaveLength(1);
  });

  test('that is refused for its key says to check the key', async () => {
    const { model, wrapped } = running([failsWith(401)], { transport: atOnce });
    const error = await errorOf(send(kind, { model: wrapped, prompt }));
    expect(String(error)).toContain('The key was not accepted: check the API key');
    expect(model.calls).toHaveLength(1);
  });

  test('that fails for good with transport is a ProviderFailedError, which the SDK does not retry', async () => {
    const { model, wrapped } = running([overloaded()], { transport: atOnce });
    const error = await errorOf(send(kind, { model: wrapped, prompt, maxRetries: 5 }));
    expect(ProviderFailedError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({
      cause: { statusCode: 503 },
      history: [
        { type: 'provider-failure', statusCode: 503 },
        { type: 'stage-end', reason: 'provider-failed' },
      ],
    });
    expect(model.calls).toHaveLength(3);
  });

  test("that the provider calls wrong ends the run with the provider's error even with transport", async () => {
    const { model, wrapped } = running([failsWith(400)], { transport: atOnce });
    expect(await errorOf(send(kind, { model: wrapped, prompt }))).toMatchObject({ statusCode: 400 });
    expect(model.calls).toHaveLength(1);
  });

  test.each([400, 413, 422])('that is refused with %i goes to the fallback at once', async (status) => {
    const other = says('12');
    const stages = [
      retry({ attempts: 2 }),
      retry({ name: 'again', attempts: 1 }),
      fallback({ model: other, attempts: 1 }),
    ];
    const { model, wrapped } = running([failsWith(status)], { stages });
    expect(await send(kind, { model: wrapped, prompt })).toBe('12');
    expect([model.calls.length, other.calls.length]).toEqual([1, 1]);
  });

  test('belongs to the run with a fallback on the ladder', async () => {
    const other = says('12');
    const { model, wrapped } = running([failsWith(401)], { stages: [fallback({ model: other, attempts: 1 })] });
    expect(await send(kind, { model: wrapped, prompt })).toBe('12');
    expect([model.calls.length, other.calls.length]).toEqual([1, 1]);
  });
});

describe.each(['generateText', 'streamText'] as const)('%s: a later provider call', (kind) => {
  test('is retried inside the run, and uses up no attempt', async () => {
    const { model, wrapped, events } = running(['10', overloaded(), losesConnection(), '11', '12'], {
      stages: [retry({ attempts: 3 })],
      transport: atOnce,
    });
    expect(await send(kind, { model: wrapped, prompt, maxRetries: 5 })).toBe('12');
    expect(model.calls).toHaveLength(5);
    expect(events.of('attempt-end').map(({ attempt }) => attempt.number)).toEqual([1, 2, 3]);
  });

  test('that fails for good ends the run with a ProviderFailedError, once', async () => {
    const { model, wrapped } = running(['10', overloaded()], { transport: { ...atOnce, attempts: 2 } });
    const error = ProviderFailedError.find(await errorOf(send(kind, { model: wrapped, prompt, maxRetries: 5 })));
    expect(error?.history.map(({ type }) => type)).toEqual(['attempt', 'provider-failure', 'stage-end']);
    expect(model.calls).toHaveLength(3);
  });

  test.each([400, 401, 404])('with status %i is not retried', async (status) => {
    const { model, wrapped } = running(['10', failsWith(status)], { transport: atOnce });
    expect(ProviderFailedError.isInstance(await errorOf(send(kind, { model: wrapped, prompt })))).toBe(true);
    expect(model.calls).toHaveLength(2);
  });

  test.each([408, 409, 429, 500, 529])('with status %i is', async (status) => {
    const { model, wrapped } = running(['10', failsWith(status), '12'], { transport: atOnce });
    expect(await send(kind, { model: wrapped, prompt })).toBe('12');
    expect(model.calls).toHaveLength(3);
  });

  test('that fails for good goes to another model, or to a person', async () => {
    const other = says('12');
    const fallen = running(['10', failsWith(401)], {
      stages: [retry({ attempts: 3 }), fallback({ model: other, attempts: 1 })],
    });
    expect(await send(kind, { model: fallen.wrapped, prompt })).toBe('12');
    const inbox = createInbox();
    const asked = running(['10', failsWith(401)], {
      stages: [retry({ attempts: 3 }), human({ inbox })],
      scope: 'public',
    });
    expect(EscalationPendingError.isInstance(await errorOf(send(kind, { model: asked.wrapped, prompt })))).toBe(true);
  });

  test.each([400, 404, 413, 415, 422])(
    'that is refused with %i because of what we added goes to the next stage',
    async (status) => {
      const other = says('12');
      const fallen = running(['10', failsWith(status)], {
        stages: [retry({ attempts: 3 }), fallback({ model: other, attempts: 1 })],
      });
      expect(await send(kind, { model: fallen.wrapped, prompt })).toBe('12');
      expect(fallen.model.calls).toHaveLength(2);
      const tools = { lookup: lookup() };
      const lent = running(['10', failsWith(status), '12'], {
        stages: [retry({ attempts: 1 }), lendTools({ attempts: 2, tools }), retry({ name: 'again', attempts: 1 })],
      });
      expect(await send(kind, { model: lent.wrapped, prompt })).toBe('12');
      const asked = running(['10', failsWith(status)], {
        stages: [retry({ attempts: 3 }), human({ inbox: createInbox() })],
        scope: 'public',
      });
      expect(EscalationPendingError.isInstance(await errorOf(send(kind, { model: asked.wrapped, prompt })))).toBe(true);
    },
  );
});

describe('waits the server names', () => {
  const delays = async (headers: Record<string, string>, options: StagedRetryOptions = {}) => {
    const { wrapped, events } = running(['10', failsWith(429, headers), '12'], options);
    const error = await generateText({ model: wrapped, prompt }).then(
      () => undefined,
      (thrown) => thrown,
    );
    return { error, delays: events.of('transport-retry').map(({ delayMs }) => delayMs) };
  };

  test.each([
    [{ 'retry-after-ms': '7' }, 7],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '0.005' }, 5],
    [{ 'retry-after-ms': '3', 'retry-after': '60' }, 3],
    [{ 'retry-after-ms': 'soon', 'retry-after': '0' }, 0],
    [{ 'retry-after': new Date(0).toUTCString() }, 0],
  ])('in %j are honoured, and no call comes back before', async (headers, delayMs) => {
    const { error, delays: waited } = await delays(headers, { transport: { initialMs: 20 } });
    expect([error, waited.length]).toEqual([undefined, 1]);
    expect(waited[0]).toBeGreaterThanOrEqual(delayMs);
    expect(waited[0]).toBeLessThanOrEqual(delayMs + 20);
  });

  test.each([
    ['20 ms', { 'retry-after-ms': '20' }, 20],
    ['none', { 'retry-after': '0' }, 0],
    ['a past date', { 'retry-after': new Date(0).toUTCString() }, 0],
  ])('of %s spread those who were sent away together, unless there is to be no jitter', async (_, headers, wait) => {
    const spread = async (options: StagedRetryOptions) => {
      const all = await Promise.all(Array.from({ length: 20 }, () => delays(headers, options)));
      return new Set(all.flatMap(({ delays: waited }) => waited));
    };
    expect((await spread({ transport: { initialMs: 20 } })).size).toBe(20);
    expect(await spread({ transport: { jitter: 'none' } })).toEqual(new Set([wait]));
  });

  test('in the body of an error of Google are honoured', async () => {
    const error = {
      code: 429,
      status: 'RESOURCE_EXHAUSTED',
      details: [{ '@type': 'RetryInfo', retryDelay: '0.005s' }],
    };
    const refusal = failsWith(429, {}, { error });
    const { wrapped, events } = running(['10', refusal, '12'], { transport: { jitter: 'none' } });
    await generateText({ model: wrapped, prompt });
    expect(events.of('transport-retry')).toMatchObject([{ delayMs: 5 }]);
  });

  test.each([
    ['insufficient_quota', failsWith(429, {}, { error: { type: 'insufficient_quota', code: 'insufficient_quota' } })],
    [
      'a used up day',
      failsWith(429, {}, { error: { details: [{ violations: [{ quotaId: 'RequestsPerDayPerProject' }] }] } }),
    ],
    ['a missing payment', failsWith(402)],
    ['a missing payment told in the body', failsWith(200, {}, { error: { code: 402, message: 'Add credits.' } })],
    [
      'a balance that is too low',
      failsWith(400, {}, { error: { message: 'Your credit balance is too low to go on.' } }),
    ],
    ['a quota told without an error', failsWith(429, {}, { type: 'insufficient_quota' })],
    ['a quota told in a list', failsWith(429, {}, [{ error: { code: 'insufficient_quota' } }])],
    ['a quota told of a response', failsWith(429, {}, { response: { error: { code: 'insufficient_quota' } } })],
    ['a payment that failed', failsWith(500, {}, { error: { type: 'billing_error' } })],
  ])('are none for %s: the next stage is taken at once', async (_, failure) => {
    const other = says('12');
    const stages = [retry({ attempts: 2 }), fallback({ model: other, attempts: 1 })];
    const { model, wrapped, events } = running([failure], { stages });
    expect((await generateText({ model: wrapped, prompt })).text).toBe('12');
    expect([model.calls.length, events.of('transport-retry')]).toEqual([1, []]);
  });

  test.each([
    { type: 'response.failed', response: { error: { code: 'insufficient_quota' } } },
    { type: 'error', error: { type: 'billing_error' } },
    { type: 'insufficient_quota' },
  ])('are none for a stream that says %j', async (error) => {
    const other = says('12');
    const stages = [retry({ attempts: 2 }), fallback({ model: other, attempts: 1 })];
    const { model, wrapped } = running([{ parts: [{ type: 'error', error }] }], { stages });
    expect(await send('streamText', { model: wrapped, prompt })).toBe('12');
    expect(model.calls).toHaveLength(1);
  });

  test('are not told to be worth more tries where a quota is used up', async () => {
    const { wrapped } = running(['10', failsWith(429, {}, { type: 'insufficient_quota' })], { transport: atOnce });
    const message = String(await errorOf(generateText({ model: wrapped, prompt })));
    expect(message).toContain('A quota or a balance is used up: raise it, or add a fallback stage.');
    expect(message).not.toContain('transport.attempts');
  });

  test('that are too long end the retries at once, and are told', async () => {
    const { error, delays: waited } = await delays({ 'retry-after': '61' });
    expect(ProviderFailedError.find(error)).toMatchObject({ retryAfterMs: 61_000, cause: { statusCode: 429 } });
    expect(waited).toEqual([]);
    const short = await delays({ 'retry-after-ms': '50' }, { transport: { ...atOnce, maxRetryAfterMs: 10 } });
    expect(ProviderFailedError.find(short.error)?.retryAfterMs).toBe(50);
  });

  test('are bounded by what the budget leaves', async () => {
    const { error } = await delays({ 'retry-after': '30' }, { budget: { elapsedMs: 5000 } });
    const { retryAfterMs, message, history } = ProviderFailedError.find(error) ?? {};
    expect(retryAfterMs).toBe(30_000);
    expect(message).toContain(
      'It asks to wait 30 seconds, and the budget leaves too little time for a retry: raise elapsedMs, or',
    );
    expect(history?.find(({ type }) => type === 'provider-failure')).toMatchObject({ noRetry: 'budget' });
  });

  test('that the budget leaves no time for say so', async () => {
    const transport = { attempts: 5, initialMs: 1000, jitter: 'none' } as const;
    const { error, delays: waited } = await delays({}, { budget: { elapsedMs: 500 }, transport });
    expect(waited).toEqual([]);
    expect(ProviderFailedError.find(error)?.message).toMatch(
      /from model-\d+ \(no retry: the budget leaves too little time\) .* The budget leaves too little time for a retry: raise elapsedMs, or add/,
    );
  });

  test('that the process has used up say so', async () => {
    const { model, wrapped, events } = running(['10', overloaded()], { transport: { ...atOnce, attempts: 101 } });
    await errorOf(generateText({ model: wrapped, prompt, maxRetries: 0 }));
    const again = withStagedRetry(model, { checks: [right], transport: { ...atOnce, attempts: 5 }, events });
    const calls = model.calls.length;
    const message = String(await errorOf(generateText({ model: again, prompt, maxRetries: 0 })));
    expect(model.calls.length - calls).toBe(1);
    expect(message).toContain('(no retry: this process has used up its retries of the model)');
    expect(message).toContain(
      'Wait until the model answers again: each answer gives the process a tenth of a retry back, or add a',
    );
    expect(message).not.toContain('transport.attempts');
  });

  test('that cannot be read are as none', async () => {
    const { error, delays: waited } = await delays({ 'retry-after': 'later' }, { transport: atOnce });
    expect([error, waited]).toEqual([undefined, [0]]);
  });

  test('draw nothing from the bucket, all others do', async () => {
    const named = failsWith(429, { 'retry-after-ms': '0' });
    const answers = Array.from({ length: 300 }, (_, call) => (call % 3 === 2 ? '12' : named));
    const polite = running(answers, { transport: atOnce });
    for (let run = 0; run < 100; run += 1)
      expect((await generateText({ model: polite.wrapped, prompt })).text).toBe('12');

    const rude = running([overloaded()], { transport: { ...atOnce, attempts: 1000 } });
    await errorOf(generateText({ model: rude.wrapped, prompt }));
    expect(rude.model.calls).toHaveLength(101);
    await errorOf(generateText({ model: rude.wrapped, prompt }));
    expect(rude.model.calls).toHaveLength(102);
  });
});

describe('a stream that breaks', () => {
  const usage = {
    inputTokens: { total: 10, noCache: 10, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: 10, text: 10, reasoning: undefined },
  };
  const begins: StreamPart[] = [
    { type: 'stream-start', warnings: [] },
    { type: 'text-start', id: '0' },
    { type: 'text-delta', id: '0', delta: '1' },
  ];
  const finish = (unified: string): StreamPart => ({
    type: 'finish',
    usage,
    finishReason: { unified, raw: undefined },
  });

  const broken: StreamPart[] = [...begins, { type: 'error', error: failsWith(500) }];

  test.each<[string, StreamPart[]]>([
    ['by an error part', [...begins, { type: 'error', error: failsWith(500) }, finish('error')]],
    ['by an error that is no Error', [...begins, { type: 'error', error: 'overloaded_error' }]],
    ['without a finish', begins],
    ['before anything came', []],
    ['because it was interrupted', [...begins, { type: 'text-end', id: '0' }, finish('interrupted')]],
  ])('%s is tried again, though it is the first call', async (_, parts) => {
    const { model, wrapped } = running([{ parts }, '12'], { transport: atOnce });
    expect(await send('streamText', { model: wrapped, prompt, maxRetries: 0 })).toBe('12');
    expect(model.calls).toHaveLength(2);
  });

  test.each<[string, unknown]>([
    ['OpenAI', { type: 'error', error: { type: 'invalid_request_error', code: 'context_length_exceeded' } }],
    [
      'OpenAI, once it had begun',
      { type: 'response.failed', response: { error: { code: 'context_length_exceeded' } } },
    ],
    ['Anthropic', { type: 'request_too_large', message: 'Request exceeds the maximum size' }],
    ['Google', { error: { code: 400, status: 'INVALID_ARGUMENT' } }],
    ['OpenRouter', { code: 422, message: 'Provider returned error' }],
  ])('because it refuses what we added is not sent again: %s', async (_, error) => {
    const stages = [
      retry({ attempts: 1 }),
      lendTools({ attempts: 1, tools: { lookup: lookup() } }),
      retry({ name: 'again', attempts: 1 }),
    ];
    const { model, wrapped } = running(['10', { parts: [...begins, { type: 'error', error }] }, '12'], { stages });
    expect(await send('streamText', { model: wrapped, prompt, maxRetries: 0 })).toBe('12');
    expect(model.calls.map(({ tools = [] }) => tools.length)).toEqual([0, 1, 0]);
  });

  test('is told in one stream-start and one finish', async () => {
    const { wrapped } = running([{ parts: broken }, '10', '12'], { transport: atOnce });
    const { stream } = await wrapped.doStream({
      prompt: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
    } as never);
    const types: string[] = [];
    for await (const part of stream as unknown as AsyncIterable<StreamPart>) types.push(part.type);
    expect(types).toEqual(['stream-start', 'text-start', 'text-delta', 'text-end', 'finish']);
  });

  test('is given up when the retries are over, as an error part and a finish', async () => {
    const { wrapped } = running([{ parts: broken }], { transport: atOnce });
    const result = streamText({ model: wrapped, prompt, onError: () => {} });
    const parts: { type: string; error?: unknown }[] = [];
    for await (const part of result.fullStream) parts.push(part);
    const errors = parts.filter(({ type }) => type === 'error');
    expect(errors).toHaveLength(1);
    expect(ProviderFailedError.isInstance(errors[0]?.error)).toBe(true);
    expect(await result.finishReason).toBe('error');
  });

  test('stalls no longer than the transport allows', async () => {
    const hanging = {
      ...scriptedModel(['x'], { modelId: `model-${models++}` }),
      doStream: async () => ({
        stream: new ReadableStream<StreamPart>({
          start(controller) {
            for (const part of begins) controller.enqueue(part);
          },
        }),
      }),
    };
    const wrapped = withStagedRetry(hanging as never, {
      checks: [right],
      transport: { ...atOnce, attempts: 2, timeout: { chunkMs: 1 } },
    });
    const error = await errorOf(send('streamText', { model: wrapped, prompt }));
    expect(ProviderFailedError.find(error)).toMatchObject({ cause: { name: 'TimeoutError' } });
  });
});

test('a call that never answers is given up in callMs', async () => {
  const { model, wrapped } = running([() => new Promise(() => {}), '12'], {
    transport: { ...atOnce, timeout: { callMs: 1 } },
  });
  expect(await send('generateText', { model: wrapped, prompt })).toBe('12');
  expect(model.calls).toHaveLength(2);
  expect(model.calls[0]?.abortSignal?.aborted).toBe(true);
});

test('an answer that fails its checks is no failure of the provider', async () => {
  const { wrapped, events } = running(['10'], { transport: atOnce });
  expect(StagesExhaustedError.isInstance(await errorOf(send('generateText', { model: wrapped, prompt })))).toBe(true);
  expect(events.of('transport-retry')).toEqual([]);
});

test('the report counts attempts, not provider calls', async () => {
  const { wrapped } = running([overloaded(), '12'], { transport: atOnce });
  const { providerMetadata } = await generateText({ model: wrapped, prompt });
  expect(reportOf(providerMetadata)).toMatchObject({ attempts: 1, stage: 'retry' });
});

test('the history tells what failed without the words of the provider, which may hold secrets', async () => {
  const { wrapped } = running(['10', new Error('key sk-secret is not known')], {
    transport: { ...atOnce, attempts: 1 },
  });
  const error = ProviderFailedError.find(await errorOf(send('generateText', { model: wrapped, prompt })));
  expect(JSON.stringify(error?.history)).not.toContain('sk-secret');
});
