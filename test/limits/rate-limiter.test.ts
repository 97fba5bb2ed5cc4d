import { generateText } from 'ai';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type CallCost,
  type CallOutcome,
  fallback,
  type Limiter,
  LimitReachedError,
  memoryStore,
  ProviderFailedError,
  type RateLimiterOptions,
  retry,
  rateLimiter as systemRateLimiter,
  withStagedRetry,
} from '../../src/index.ts';
import { rateLimiter } from '../../src/limits/rate-limiter.ts';
import { redisStore } from '../../src/stores/redis.ts';
import { errorOf, failsWith, says } from '../fixtures.ts';
import { describeWithRedis } from '../servers/describe-with-redis.ts';
import { type RedisServer, startRedis } from '../servers/redis-server.ts';
import { type Clock, clock } from './clock.ts';

const cost: CallCost = { provider: 'openai', model: 'gpt-5-mini', estimatedTokens: 100, maxOutputTokens: undefined };

function outcome(more: Partial<CallOutcome> = {}): CallOutcome {
  return { type: 'answered', cost, usage: undefined, error: undefined, headers: undefined, durationMs: 1, ...more };
}

function usage(input: number, output: number): NonNullable<CallOutcome['usage']> {
  return {
    inputTokens: { total: input, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: output, text: undefined, reasoning: undefined },
  };
}

const places: readonly [string, () => RateLimiterOptions['store']][] = [
  ['in memory', () => undefined],
  ['on a store', () => memoryStore()],
];

describe.each(places)('a rate limiter %s', (_, createStore) => {
  let time: Clock;
  let store: RateLimiterOptions['store'];
  beforeEach(() => {
    time = clock();
    store = createStore();
  });

  function limiter(options: Omit<RateLimiterOptions, 'store'>): Limiter {
    return rateLimiter({ ...options, ...(store && { store }) }, time);
  }

  /** How many of `count` calls are let through at once, in how many milliseconds the rest. */
  async function reserveMany(limit: Limiter, count: number, given: CallCost = cost): Promise<() => number> {
    let passed = 0;
    for (let call = 0; call < count; call += 1) {
      limit.reserve(given, {}).then(
        () => {
          passed += 1;
        },
        () => {},
      );
    }
    await time.advance(0);
    return () => passed;
  }

  it('lets a minute of requests through, and the others one by one as the minute goes', async () => {
    const passed = await reserveMany(limiter({ requestsPerMinute: 60 }), 63);
    expect(passed()).toBe(60);
    await time.advance(1000);
    expect(passed()).toBe(61);
    await time.advance(2000);
    expect(passed()).toBe(63);
  });

  it('counts tokens as well, and takes both or neither', async () => {
    const limit = limiter({ requestsPerMinute: 60, tokensPerMinute: 1000, maxWaitMs: 0 });
    expect((await reserveMany(limit, 20))()).toBe(10);
    const small = { ...cost, estimatedTokens: 0 };
    expect((await reserveMany(limit, 60, small))()).toBe(50);
  });

  it('rejects at once what cannot be in time, and says when it could', async () => {
    const limit = limiter({ requestsPerMinute: 1, maxWaitMs: 1000 });
    await limit.reserve(cost, {});
    const error = await errorOf(limit.reserve(cost, {}));
    expect(error).toMatchObject({ limit: 'requestsPerMinute', retryAfterMs: 60_000 });
    expect(LimitReachedError.isInstance(error)).toBe(true);
    await time.advance(60_000);
    await limit.reserve(cost, {});
  });

  it('lets a call through that needs more than a minute has, when the minute is full', async () => {
    const limit = limiter({ tokensPerMinute: 50 });
    expect((await reserveMany(limit, 1))()).toBe(1);
  });

  it('gives the place of a caller who left to the next one', async () => {
    const limit = limiter({ requestsPerMinute: 1 });
    await limit.reserve(cost, {});
    const abort = new AbortController();
    const left = errorOf(limit.reserve(cost, { abortSignal: abort.signal }));
    await time.advance(0);
    abort.abort(new Error('left'));
    expect(String(await left)).toContain('left');

    const passed = await reserveMany(limit, 1);
    await time.advance(60_000);
    expect(passed()).toBe(1);
  });

  it('gives back the tokens that were not used, and takes those that were', async () => {
    const limit = limiter({ tokensPerMinute: 1000, maxWaitMs: 0 });
    await reserveMany(limit, 10);
    expect((await reserveMany(limit, 1))()).toBe(0);
    await limit.settle(outcome({ usage: usage(10, 40) }));
    await limit.settle(outcome({ type: 'failed', error: failsWith(503) }));
    expect((await reserveMany(limit, 2))()).toBe(1);
    await limit.settle(outcome({ usage: usage(300, 400) }));
    await time.advance(30_000);
    expect((await reserveMany(limit, 1))()).toBe(0);
  });

  it('takes nothing for a call that another limiter refused', async () => {
    const limit = limiter({ requestsPerMinute: 1, maxWaitMs: 0 });
    await limit.reserve(cost, {});
    await limit.settle(outcome({ type: 'refused', error: new Error('not today') }));
    await limit.reserve(cost, {});
  });

  it.each([
    ['x-ratelimit-remaining-requests', 'x-ratelimit-remaining-tokens'],
    ['anthropic-ratelimit-requests-remaining', 'anthropic-ratelimit-tokens-remaining'],
  ])('learns from %s and %s', async (requests, tokens) => {
    const limit = limiter({ requestsPerMinute: 100, tokensPerMinute: 100_000, maxWaitMs: 0 });
    await limit.reserve(cost, {});
    await limit.settle(outcome({ headers: { [requests]: '2', [tokens]: '90000' } }));
    expect((await reserveMany(limit, 5))()).toBe(2);
    await time.advance(60_000);
    await limit.reserve(cost, {});
    await limit.settle(outcome({ headers: { [tokens]: '100' } }));
    expect((await reserveMany(limit, 5))()).toBe(1);
  });

  it('waits as long as a 429 asks', async () => {
    const limit = limiter({ requestsPerMinute: 100 });
    await limit.reserve(cost, {});
    await limit.settle(outcome({ type: 'failed', error: failsWith(429), headers: { 'retry-after': '20' } }));
    const passed = await reserveMany(limit, 1);
    await time.advance(19_900);
    expect(passed()).toBe(0);
    await time.advance(200);
    expect(passed()).toBe(1);
  });

  it.each(['1e18', '4e9'])('waits no longer than a day (retry-after: %s)', async (seconds) => {
    const limit = limiter({ requestsPerMinute: 100 });
    await limit.reserve(cost, {});
    await limit.settle(outcome({ type: 'failed', error: failsWith(429), headers: { 'retry-after': seconds } }));
    expect(await errorOf(limit.reserve(cost, {}))).toMatchObject({ retryAfterMs: expect.closeTo(86_400_000, -6) });
  });

  it('waits as many milliseconds as a 429 asks', async () => {
    const limit = limiter({ requestsPerMinute: 100 });
    await limit.reserve(cost, {});
    await limit.settle(outcome({ type: 'failed', error: failsWith(429), headers: { 'retry-after-ms': '1500' } }));
    const passed = await reserveMany(limit, 1);
    await time.advance(1_400);
    expect(passed()).toBe(0);
    await time.advance(200);
    expect(passed()).toBe(1);
  });

  it.each([{}, { 'retry-after': '-5' }, { 'retry-after': 'Fri, 31 Dec 1999 23:59:59 GMT' }])(
    'waits for no time that a 429 does not ask for (%j)',
    async (headers) => {
      const limit = limiter({ requestsPerMinute: 100 });
      await limit.reserve(cost, {});
      await limit.settle(outcome({ type: 'failed', error: failsWith(429), headers }));
      expect((await reserveMany(limit, 1))()).toBe(1);
    },
  );

  it('counts each model by itself', async () => {
    const limit = limiter({ requestsPerMinute: 1, maxWaitMs: 0 });
    await limit.reserve(cost, {});
    await limit.reserve({ ...cost, model: 'gpt-5' }, {});
  });
});

describe('rate limiters of processes whose clocks differ', () => {
  const hour = 3_600_000;

  /** A store that tells its own time, and a process whose clock is ahead of it. */
  function shared() {
    const time = clock();
    const store = { ...memoryStore(), now: async () => time.now() };
    const process = (aheadMs: number) =>
      rateLimiter(
        { store, requestsPerMinute: 60, maxWaitMs: 0 },
        {
          ...time,
          now: () => time.now() + aheadMs,
          after: (ms: number, callback: () => void) => cancelable(ms, callback),
        },
      );
    return { time, store, process };
  }

  async function passedOf(limit: Limiter, count: number): Promise<number> {
    const calls = await Promise.allSettled(Array.from({ length: count }, () => limit.reserve(cost, {})));
    return calls.filter(({ status }) => status === 'fulfilled').length;
  }

  it.each([
    ['ahead', hour],
    ['behind', -hour],
  ])('share a minute as if they agreed (%s)', async (_, differenceMs) => {
    const { time, process } = shared();
    const [wrong, right] = [process(differenceMs), process(0)];
    expect(await passedOf(wrong, 30)).toBe(30);
    expect(await passedOf(right, 40)).toBe(30);
    expect(await passedOf(wrong, 10)).toBe(0);
    await time.advance(10_000);
    expect(await passedOf(right, 20)).toBe(10);
    expect(await passedOf(wrong, 20)).toBe(0);
    await time.advance(10_000);
    expect(await passedOf(wrong, 20)).toBe(10);
  });

  it('go by their own while the store does not say', async () => {
    const { store } = shared();
    const limit = systemRateLimiter({
      store: { ...store, now: () => Promise.reject(new Error('unknown command')) },
      requestsPerMinute: 5,
      maxWaitMs: 0,
    });
    expect(await passedOf(limit, 10)).toBe(5);
  });
});

describeWithRedis('rate limiters of many processes', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  it('let exactly as many calls through together as one would', async () => {
    const time = clock();
    const clients = Array.from({ length: 4 }, () => new Redis(redis.port));
    const real = { ...time, after: (ms: number, callback: () => void) => cancelable(ms, callback) };
    const limiters = clients.map((client) =>
      rateLimiter({ store: redisStore(client), requestsPerMinute: 50, tokensPerMinute: 1e6, maxWaitMs: 0 }, real),
    );
    const calls = Array.from({ length: 160 }, (_, index) => limiters[index % 4]?.reserve(cost, {}));
    const passed = (await Promise.allSettled(calls)).filter(({ status }) => status === 'fulfilled');
    expect(passed).toHaveLength(50);
    for (const client of clients) client.disconnect();
  });

  it('go by the clock of Redis', async () => {
    const client = new Redis(redis.port);
    const time = { ...clock(), after: (ms: number, callback: () => void) => cancelable(ms, callback) };
    const options = { store: redisStore(client), name: 'clocks', requestsPerMinute: 600, maxWaitMs: 0 };
    const [wrong, right] = [rateLimiter({ ...options }, time), systemRateLimiter(options)];
    // The clock of the one stands still in the past.
    for (const limit of [wrong, right, wrong, right]) await limit.reserve(cost, {});
    const left = await redisStore(client).get('sr:rate:clocks:openai:gpt-5-mini');
    expect(JSON.parse(left ?? '').state.requests).toBeLessThan(598);
    client.disconnect();
  });

  it('limit each process by itself while Redis is down', async () => {
    const client = new Redis(redis.port).on('error', () => {});
    const limit = systemRateLimiter({ store: redisStore(client), name: 'down', requestsPerMinute: 5, maxWaitMs: 0 });
    await limit.reserve(cost, {});
    redis.pause();
    const calls = await Promise.allSettled(Array.from({ length: 6 }, () => limit.reserve(cost, {})));
    redis.resume();
    expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
    client.disconnect();
  });
});

describe('a run whose model is at its limit', () => {
  const limits = () => [systemRateLimiter({ requestsPerMinute: 1, maxWaitMs: 0 })];

  it('goes on to another model', async () => {
    const other = says('of the other');
    Object.assign(other, { modelId: 'other' });
    const model = withStagedRetry(says('of the first'), {
      limits: limits(),
      stages: [retry({ attempts: 1 }), fallback({ model: other, attempts: 1 })],
    });
    expect((await generateText({ model, prompt: 'Hello' })).text).toBe('of the first');
    expect((await generateText({ model, prompt: 'Hello' })).text).toBe('of the other');
  });

  it('fails without one, and says when to call again', async () => {
    const model = withStagedRetry(says('the answer'), { limits: limits() });
    await generateText({ model, prompt: 'Hello' });
    const error = await errorOf(generateText({ model, prompt: 'Hello' }));
    expect(ProviderFailedError.find(error)?.retryAfterMs).toBeGreaterThan(50_000);
    expect(LimitReachedError.find(error)?.limit).toBe('requestsPerMinute');
    expect(String(error)).toMatch(
      /A limiter held the run back .* a limiter \(requestsPerMinute\) held back the call of scripted-model .* It allows a call again in \d+ seconds: call again then, or add a fallback stage/,
    );
  });
});

it.each([{}, { requestsPerMinute: 0 }, { tokensPerMinute: Number.NaN }, { requestsPerMinute: 1, maxWaitMs: -1 }])(
  'refuses %o',
  (options) => {
    expect(() => rateLimiter(options)).toThrow(expect.objectContaining({ name: 'AI_InvalidArgumentError' }));
  },
);

function cancelable(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
