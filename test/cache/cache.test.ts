import { generateText, Output, streamText } from 'ai';
import { generateText as generateTextV6, type LanguageModel as LanguageModelV6 } from 'ai-v6';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type CacheOptions,
  check,
  createInbox,
  human,
  logEvents,
  memoryStore,
  type Report,
  reportOf,
  retry,
  type StagedRetryCallOptions,
  type StagedRetryOptions,
  type Store,
  withStagedRetry,
} from '../../src/index.ts';
import { type ScriptedAnswer, type ScriptedModel, scriptedModel } from '../../src/testing/index.ts';
import {
  atOnce,
  badInvoice,
  calls,
  clientTool,
  errorOf,
  failsWith,
  goodInvoice,
  Invoice,
  recorder,
  says,
  saysJson,
} from '../fixtures.ts';

const words = 'It is a long answer that a model would have sent in several pieces, word by word.';

/** What a call came to. */
interface Asked {
  readonly text: string;
  readonly report: Report | undefined;
  readonly deltas: readonly string[];
}

function wrapped(model: ScriptedModel, cache: Partial<CacheOptions> = {}, more: StagedRetryOptions = {}) {
  const options: CacheOptions = { store: memoryStore(), ...cache };
  return withStagedRetry(model, { scope: 'tenant', cache: options, ...more });
}

type Wrapped = ReturnType<typeof wrapped>;

async function generate(model: Wrapped, options: StagedRetryCallOptions = {}, prompt = 'Hello'): Promise<Asked> {
  const providerOptions = { stagedRetry: { ...options } };
  const { text, providerMetadata } = await generateText({ model, prompt, providerOptions, maxRetries: 0 });
  return { text, report: reportOf(providerMetadata), deltas: [] };
}

async function stream(model: Wrapped, options: StagedRetryCallOptions = {}, prompt = 'Hello'): Promise<Asked> {
  const providerOptions = { stagedRetry: { ...options } };
  const result = streamText({ model, prompt, providerOptions, maxRetries: 0, onError: () => {} });
  const deltas: string[] = [];
  for await (const delta of result.textStream) deltas.push(delta);
  return { text: deltas.join(''), report: reportOf(await result.providerMetadata), deltas };
}

/** The store's entries, by key. */
function watched(store = memoryStore()): { store: Store; values: Map<string, string>; reads: string[] } {
  const values = new Map<string, string>();
  const reads: string[] = [];
  return {
    values,
    reads,
    store: {
      ...store,
      get(key) {
        reads.push(key);
        return store.get(key);
      },
      async set(key, value, options) {
        const isWritten = await store.set(key, value, options);
        if (isWritten) values.set(key, value);
        return isWritten;
      },
    },
  };
}

describe('a cache', () => {
  it.each([
    ['generated', 'generated', generate, generate],
    ['generated', 'streamed', generate, stream],
    ['streamed', 'generated', stream, generate],
    ['streamed', 'streamed', stream, stream],
  ] as const)('answers what was %s before when it is %s', async (_, __, first, second) => {
    const bare = says(words, 'another answer');
    const model = wrapped(bare);

    expect(await first(model)).toMatchObject({ text: words, report: { attempts: 1, cache: { status: 'miss' } } });
    const { text, report } = await second(model);
    expect(text).toBe(words);
    expect(report).toMatchObject({ attempts: 0, stage: 'retry', cache: { status: 'hit', ageMs: expect.any(Number) } });
    expect(bare.calls).toHaveLength(1);
  });

  it('streams a kept answer in pieces', async () => {
    const model = wrapped(says(words));
    await generate(model);
    const { deltas } = await stream(model);
    expect(deltas.join('')).toBe(words);
    expect(deltas.length).toBeGreaterThan(2);
    expect(Math.max(...deltas.map(({ length }) => length))).toBeLessThan(40);
  });

  it('lets a stream that nothing judges flow, and keeps it at its end', async () => {
    let finish = () => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const bare = says(async () => ({ content: [{ type: 'text', text: 'first second' }] }));
    const { store, values } = watched();
    const model = wrapped({ ...bare, doStream: async () => ({ stream: slowly(held) }) } as ScriptedModel, { store });
    const result = streamText({ model, prompt: 'Hello' });
    const reader = result.textStream.getReader();

    expect(await reader.read()).toEqual({ done: false, value: 'first ' });
    expect(values.size).toBe(0);
    finish();
    expect(await reader.read()).toEqual({ done: false, value: 'second' });
    expect((await reader.read()).done).toBe(true);
    expect(values.size).toBe(1);
    expect(await generate(model)).toMatchObject({ text: 'first second', report: { cache: { status: 'hit' } } });
  });

  it('gives a kept answer its own metadata, and a timestamp that is a date', async () => {
    const response = { id: 'r1', modelId: 'm-2026', timestamp: new Date('2026-01-02T03:04:05Z'), headers: { a: 'b' } };
    const providerMetadata = { openai: { responseId: 'r1' } };
    const model = wrapped(says({ content: [{ type: 'text', text: words }], response, providerMetadata }));
    await generate(model);
    const hit = await generateText({ model, prompt: 'Hello' });

    expect(hit.response).toMatchObject({ id: 'r1', modelId: 'm-2026', timestamp: new Date('2026-01-02T03:04:05Z') });
    expect(hit.response.headers).toBeUndefined();
    expect(hit.providerMetadata).toMatchObject(providerMetadata);
  });

  it('costs no tokens, and reports those of the accepted answer', async () => {
    const model = wrapped(says(words));
    await generate(model);
    const { usage, providerMetadata } = await generateText({ model, prompt: 'Hello' });
    expect(usage).toMatchObject({ inputTokens: 0, outputTokens: 0, totalTokens: 0 });
    expect(reportOf(providerMetadata)?.usage.accepted.outputTokens.total).toBe(10);
  });

  it('keeps scopes apart', async () => {
    const model = wrapped(says('for one', 'for two'));
    expect((await generate(model, { scope: 'one' })).text).toBe('for one');
    expect((await generate(model, { scope: 'two' })).text).toBe('for two');
    expect((await generate(model, { scope: 'one' })).text).toBe('for one');
  });

  it('refuses a call without a scope, unless it passes the cache by', async () => {
    const bare = says(words);
    const model = withStagedRetry(bare, { cache: { store: memoryStore() } });
    expect(String(await errorOf(generateText({ model, prompt: 'Hello' })))).toContain('needs a scope');
    expect(bare.calls).toHaveLength(0);
    const providerOptions = { stagedRetry: { cache: 'bypass' } };
    expect((await generateText({ model, prompt: 'Hello', providerOptions })).text).toBe(words);
  });

  it('is passed by, refreshed, and asked for younger answers, call by call', async () => {
    const bare = says('one', 'two', 'three', 'four');
    const { store, reads } = watched();
    const model = wrapped(bare, { store }, { checks: [check('any', () => true)] });
    expect((await generate(model)).text).toBe('one');

    expect(await generate(model, { cache: 'bypass' })).toMatchObject({
      text: 'two',
      report: { cache: { status: 'bypass' } },
    });
    expect((await generate(model)).text).toBe('one');
    expect(reads).toHaveLength(2);

    expect(await generate(model, { cache: 'refresh' })).toMatchObject({
      text: 'three',
      report: { cache: { status: 'refresh' } },
    });
    expect(reads).toHaveLength(2);
    expect((await generate(model)).text).toBe('three');

    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await generate(model, { maxAgeMs: 10 })).text).toBe('four');
    expect(await generate(model, { maxAgeMs: 60_000 })).toMatchObject({
      text: 'four',
      report: { cache: { status: 'hit' } },
    });
  });

  it.each([undefined, true])('forgets an answer when its time is over (single-flight %s)', async (singleFlight) => {
    const model = wrapped(says('old', 'new'), { ttlMs: 20, ...(singleFlight && { singleFlight }) });
    await generate(model);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect((await generate(model)).text).toBe('new');
  });

  it.each([undefined, true])(
    'serves an answer past its time when the provider fails (single-flight %s)',
    async (singleFlight) => {
      const model = wrapped(says('old', failsWith(503), failsWith(503), 'new'), {
        ttlMs: 20,
        staleIfErrorMs: 60_000,
        ...(singleFlight && { singleFlight }),
      });
      await generate(model);
      await new Promise((resolve) => setTimeout(resolve, 30));

      expect(await generate(model)).toMatchObject({ text: 'old', report: { cache: { status: 'stale' } } });
      expect(await stream(model)).toMatchObject({ text: 'old', report: { cache: { status: 'stale' } } });
      if (singleFlight === undefined) expect((await generate(model)).text).toBe('new');
    },
  );

  it('is another one for another version, and for other checks', async () => {
    const store = memoryStore();
    const polite = (version?: string) => check({ name: 'polite', ...(version && { version }), test: () => true });
    const texts = [];
    for (const [version, checks] of [
      ['1', []],
      ['2', []],
      ['2', [polite()]],
      ['2', [polite('b')]],
      ['2', [Invoice]],
      ['2', [polite('b')]],
    ] as const) {
      const bare = says(JSON.stringify(goodInvoice));
      await generate(wrapped(bare, { store, version }, { checks }));
      texts.push(bare.calls.length);
    }
    expect(texts).toEqual([1, 1, 1, 1, 1, 0]);
  });

  it('tells of hits and misses, inside the run', async () => {
    const events = recorder();
    const model = wrapped(says(words), {}, { events });
    await generate(model);
    await generate(model);
    expect(events.names()).toEqual([
      ...['run-start', 'cache-miss', 'stage-start', 'attempt-start', 'attempt-end', 'stage-end', 'run-end'],
      ...['run-start', 'cache-hit', 'run-end'],
    ]);
    expect(events.of('cache-miss')).toMatchObject([{ reason: 'absent' }]);
    expect(events.of('cache-hit')).toMatchObject([{ status: 'hit' }]);
  });

  it('says what it failed with before it served a stale answer', async () => {
    const events = recorder();
    const checks = [check('right', ({ text }) => text === 'old' || 'Say old.')];
    const expired = async (answers: readonly ScriptedAnswer[], more: StagedRetryOptions) => {
      const model = wrapped(says('old', ...answers), { ttlMs: 5, staleIfErrorMs: 60_000 }, { checks, events, ...more });
      await generate(model);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return model;
    };

    const owned = await expired(['new', failsWith(503)], { transport: { attempts: 1 } });
    const failures = [{ stage: 'retry', statusCode: 503 }];
    const stale = { attempts: 1, cache: { status: 'stale' } };
    expect((await generate(owned)).report).toMatchObject({ ...stale, failures });
    expect(events.of('run-end').at(-1)).toMatchObject({ ...stale, outcome: 'accepted' });

    const unowned = await expired([failsWith(503)], {});
    expect((await generate(unowned)).report).toMatchObject({ attempts: 0, cache: { status: 'stale' }, failures });

    const live = await expired(['new'], { delivery: 'live' });
    expect((await stream(live)).text).toBe('new');
    expect(events.of('run-end').at(-1)).toMatchObject({ outcome: 'failed', cache: { status: 'miss' } });
  });

  it.each<[string, ScriptedAnswer, Partial<CacheOptions>]>([
    ['unfinished', { content: [{ type: 'text', text: words }], finishReason: 'length' }, {}],
    ['tool-call', calls('lookup', {}, { providerExecuted: true }), {}],
    ['store-failed', words, { store: { ...memoryStore(), set: () => Promise.reject(new Error('full')) } }],
    [
      'store-failed',
      words,
      { singleFlight: true, store: { ...memoryStore(), set: () => Promise.reject(new Error()) } },
    ],
  ])('says why it did not keep an answer: %s', async (notKept, answer, cache) => {
    const events = recorder();
    const lines: string[] = [];
    const told = { checks: [check('any', () => true)], events: [events, logEvents((line) => lines.push(line))] };
    const { report } = await generate(wrapped(says(answer), cache, told));
    expect(report?.cache).toEqual({ status: 'miss', notKept });
    expect(events.of('run-end')).toMatchObject([{ outcome: 'accepted', cache: { status: 'miss', notKept } }]);
    expect(lines.at(-1)).toContain(`, not cached (${notKept})`);
  });

  it('keeps how an answer was read', async () => {
    const model = wrapped(says('```json\n{"vendor":"Acme","total":"12"}\n```'), {}, { checks: [Invoice] });
    const { report } = await generate(model);
    expect(report?.fixes).toHaveLength(2);
    expect((await generate(model)).report).toMatchObject({ cache: { status: 'hit' }, fixes: report?.fixes });
  });

  it('hands its writes to the platform, where it may', async () => {
    const { store, values } = watched();
    const handed: Promise<unknown>[] = [];
    let write = () => {};
    const held = new Promise<void>((resolve) => {
      write = resolve;
    });
    const slow: Store = { ...store, set: (key, value, options) => held.then(() => store.set(key, value, options)) };
    await generate(wrapped(says(words), { store: slow, waitUntil: (promise) => handed.push(promise) }));

    expect([handed.length, values.size]).toEqual([1, 0]);
    write();
    await Promise.all(handed);
    expect(values.size).toBe(1);
  });

  it('hands over to a platform whose own promise rejects', async () => {
    const { store } = watched();
    const unhandled: unknown[] = [];
    const onRejection = (reason: unknown) => void unhandled.push(reason);
    process.on('unhandledRejection', onRejection);
    const waitUntil = async () => {
      throw new Error('The platform is gone.');
    };
    await generate(wrapped(says(words), { store, waitUntil }));
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', onRejection);
    expect(unhandled).toEqual([]);
  });

  it('has written before a stream ends', async () => {
    const { store, values } = watched();
    const slow: Store = {
      ...store,
      async set(key, value, options) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        return await store.set(key, value, options);
      },
    };
    await stream(wrapped(says(words), { store: slow }));
    expect(values.size).toBe(1);
  });

  it.each([false, true])('encrypts what it keeps (single-flight %s)', async (singleFlight) => {
    const { store, values } = watched();
    const encrypt = { key: 'a secret that nobody knows' };
    const model = wrapped(says(words, 'other'), { store, encrypt, singleFlight });
    await generate(model);
    expect([...values.values()].join()).not.toContain('several pieces');
    expect(await generate(model)).toMatchObject({ text: words, report: { cache: { status: 'hit' } } });
    expect((await generate(wrapped(says('other'), { store, singleFlight }))).text).toBe('other');
  });

  it('keeps the answers of ai@6 apart from those of ai@7', async () => {
    const store = memoryStore();
    const cache = { cache: { store }, scope: 'public' };
    const bare = scriptedModel(['of v3', 'another'], { specificationVersion: 'v3' });
    const model = withStagedRetry(bare, cache) as unknown as LanguageModelV6;
    expect((await generateTextV6({ model, prompt: 'Hello' })).text).toBe('of v3');
    expect((await generateTextV6({ model, prompt: 'Hello' })).text).toBe('of v3');
    const ofV4 = withStagedRetry(says('of v4'), cache);
    expect((await generateText({ model: ofV4, prompt: 'Hello' })).text).toBe('of v4');
  });

  it('is no reason to fail for a call that has no key', async () => {
    const model = wrapped(says(words));
    const { text } = await generateText({
      model,
      prompt: 'Hello',
      providerOptions: { openai: { map: new Map() as never } },
    });
    expect(text).toBe(words);
  });
});

describe('nothing is kept but an answer that was accepted', () => {
  it('on its first attempt or a later one, which never read the cache', async () => {
    const { store, reads } = watched();
    const bare = saysJson(badInvoice, goodInvoice, 'unused');
    const model = wrapped(bare, { store }, { checks: [Invoice] });
    const ask = async () =>
      (await generateText({ model, prompt: 'Invoice', output: Output.object({ schema: Invoice }) })).output;

    expect(await ask()).toEqual(goodInvoice);
    expect(reads).toHaveLength(1);
    expect(await ask()).toEqual(goodInvoice);
    expect(bare.calls).toHaveLength(2);
  });

  it.each<[string, ScriptedAnswer, StagedRetryOptions]>([
    ['one that failed its checks', 'bad', { checks: [check('never', () => 'no')] }],
    ['one that was cut off', { content: [{ type: 'text', text: 'half' }], finishReason: 'length' }, {}],
    ['one that was filtered', { content: [{ type: 'text', text: 'half' }], finishReason: 'content-filter' }, {}],
    ['one of an unknown reason', { content: [{ type: 'text', text: 'half' }], finishReason: 'other' }, {}],
    ['one that calls a tool', calls('lookup', { query: 'x' }), {}],
    [
      'one that called a tool of the provider',
      { content: [...calls('search', {}, { providerExecuted: true, dynamic: true }).content], finishReason: 'stop' },
      {},
    ],
    ['an error', failsWith(400), {}],
  ])('not %s', async (_, answer, options) => {
    const { store, values } = watched();
    const model = wrapped(says(answer), { store }, options);
    for (const type of ['generate', 'stream'] as const) {
      const settings = { model, prompt: 'Hello', tools: { lookup: clientTool() }, maxRetries: 0 };
      if (type === 'generate') await generateText(settings).catch(() => {});
      else await streamText({ ...settings, onError: () => {} }).consumeStream();
    }
    expect(values.size).toBe(0);
  });

  it('not one that only the checks of the call found fault with, which goes out unchanged', async () => {
    const { store, values } = watched();
    const model = wrapped(saysJson(badInvoice), { store });
    await errorOf(generateText({ model, prompt: 'Invoice', output: Output.object({ schema: Invoice }) }));
    expect(values.size).toBe(0);
  });

  it('not a stream that broke', async () => {
    const { store, values } = watched();
    const parts = [
      { type: 'text-start', id: '1' },
      { type: 'text-delta', id: '1', delta: 'half of ' },
      { type: 'error', error: new Error('broke') },
    ] as const;
    const model = wrapped(says({ parts }), { store }, { transport: { attempts: 1, ...atOnce } });
    await streamText({ model, prompt: 'Hello', onError: () => {} }).consumeStream();
    expect(values.size).toBe(0);
  });

  it.each([
    ['approved', { type: 'approve' }, false],
    ['forced', { type: 'edit', text: 'as a person wrote it', force: true }, false],
    ['written by a person, and passed', { type: 'edit', text: 'good enough' }, true],
  ] as const)('one that was %s', async (_, decision, isKept) => {
    const inbox = createInbox();
    const { store, values } = watched();
    const good = check('good', ({ text }) => text.startsWith('good') || 'Begin with good.');
    const model = wrapped(
      says('bad'),
      { store },
      { checks: [good], stages: [retry({ attempts: 1 }), human({ inbox })] },
    );
    await errorOf(generate(model));
    const [escalation] = (await inbox.list()).escalations;
    await inbox.decide(escalation?.id ?? '', decision);

    await generate(model);
    expect(values.size).toBe(isKept ? 1 : 0);
  });
});

describe('bad options are refused', () => {
  it.each<[string, unknown]>([
    ['cache', 'redis'],
    ['cache', memoryStore()],
    ['cache.version', { store: memoryStore(), version: 2 }],
    ['cache.ignoreProviderOptions', { store: memoryStore(), ignoreProviderOptions: [1] }],
    ['cache.encrypt', { store: memoryStore(), encrypt: { current: 'a secret of ours, long', previous: 'short' } }],
    ['cache.encrypt', { store: memoryStore(), encrypt: { key: { algorithm: { name: 'HMAC' } } } }],
    ['cache.encrypt', { store: memoryStore(), encrypt: { key: null } }],
    ['cache.store', {}],
    ['cache', { store: memoryStore(), ttl: 1 }],
    ['cache.ttlMs', { store: memoryStore(), ttlMs: 0 }],
    ['cache.staleIfErrorMs', { store: memoryStore(), staleIfErrorMs: -1 }],
    ['cache.singleFlight', { store: memoryStore(), singleFlight: { lease: 1 } }],
    ['cache.singleFlight.leaseMs', { store: memoryStore(), singleFlight: { leaseMs: 0 } }],
    ['cache.encrypt', { store: memoryStore(), encrypt: { key: 'short' } }],
    ['cache.waitUntil', { store: memoryStore(), waitUntil: true }],
  ])('%s', (argument, cache) => {
    expect(() => withStagedRetry(says(''), { cache: cache as CacheOptions })).toThrow(
      expect.objectContaining({ argument }),
    );
  });
});

it('has its statuses in its types', () => {
  expectTypeOf<NonNullable<Report['cache']>['status']>().toEqualTypeOf<
    'hit' | 'follower' | 'stale' | 'miss' | 'refresh' | 'bypass'
  >();
});

function slowly(held: Promise<void>) {
  return new ReadableStream({
    async start(controller) {
      controller.enqueue({ type: 'stream-start', warnings: [] });
      controller.enqueue({ type: 'text-start', id: '1' });
      controller.enqueue({ type: 'text-delta', id: '1', delta: 'first ' });
      await held;
      controller.enqueue({ type: 'text-delta', id: '1', delta: 'second' });
      controller.enqueue({ type: 'text-end', id: '1' });
      controller.enqueue({
        type: 'finish',
        finishReason: { unified: 'stop' },
        usage: { inputTokens: {}, outputTokens: {} },
      });
      controller.close();
    },
  });
}
