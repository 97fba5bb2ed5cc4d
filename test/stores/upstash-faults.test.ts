import { Redis } from '@upstash/redis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/stores/store.ts';
import { upstashStore } from '../../src/stores/upstash.ts';
import { describeWithRedis } from '../servers/describe-with-redis.ts';
import { type RedisServer, startRedis } from '../servers/redis-server.ts';
import { startUpstash, type UpstashServer } from '../servers/upstash-server.ts';
import { openUpstash, upstashClients } from './clients.ts';
import { failureOf, secret } from './failure.ts';

const quickRetry = { retry: { retries: 2, backoff: () => 1 } };
const noRetry = { retry: { retries: 0 } };
const deadline = { signal: () => AbortSignal.timeout(100) };

describeWithRedis('upstashStore when the service fails', () => {
  let redis: RedisServer;
  let server: UpstashServer;
  beforeAll(async () => {
    redis = await startRedis({ maxmemory: '30mb', 'maxmemory-policy': 'noeviction' });
    server = await startUpstash({ redisPort: redis.port });
  });
  afterEach(async () => {
    server.heal();
    await server.listen();
    await new Redis({ url: server.url, token: server.token }).flushall();
  });
  afterAll(async () => {
    await server.stop();
    await redis.stop();
  });

  describe.each(Object.entries(upstashClients))('with %s', (_, options) => {
    it.each(['drop-reply', 'reset'] as const)('knows its own conditional writes again after: %s', async (type) => {
      const store = openUpstash(server, { ...options, ...quickRetry });
      const before = server.requestCount;

      server.breakWith({ type, times: 1 });
      expect(await store.set('lease', 'mine', { onlyIf: 'absent', ttlMs: 60_000 })).toBe(true);
      server.breakWith({ type, times: 1 });
      expect(await store.set('lease', 'renewed', { onlyIf: { equals: 'mine' } })).toBe(true);

      expect(server.requestCount - before).toBe(4);
      expect(await store.set('lease', 'theirs', { onlyIf: 'absent' })).toBe(false);
      expect(await store.get('lease')).toBe('renewed');
    });

    it.each([
      ['unavailable', 'UpstashJSONParseError'],
      ['too-many-requests', 'UpstashError'],
      ['garbage', 'UpstashJSONParseError'],
      ['truncated', 'UpstashJSONParseError'],
      ['reset', 'TypeError'],
      ['drop-reply', 'TypeError'],
      ['hang', 'TimeoutError'],
    ] as const)('tells no value and no command after: %s', async (type, name) => {
      const store = openUpstash(server, { ...options, ...noRetry, ...(type === 'hang' ? deadline : {}) });
      const healthy = openUpstash(server, options);
      await healthy.set('key', secret);
      await healthy.index('index').add(secret, 1);

      server.breakWith({ type });
      for (const [operation, call] of operations(store)) {
        const error = await failureOf(call());
        expect(error.operation).toBe(operation);
        expect(error.message).toContain(name);
      }
      server.heal();
      await expect.poll(() => store.set('key', 'after').catch(() => false)).toBe(true);
    });

    it('tells no value and no command of what Redis refuses', async () => {
      const store = openUpstash(server, { ...options, ...noRetry });
      await new Redis({ url: server.url, token: server.token }).lpush('key', 'a list');

      expect((await failureOf(store.get('key'))).message).toContain('WRONGTYPE');
      expect((await failureOf(store.set('key', secret, { onlyIf: 'absent' }))).message).toContain('WRONGTYPE');
      const big = secret.repeat(500_000);
      expect((await failureOf(store.set('big', big))).message).toBe(
        'The store failed at set of big: UpstashError ERR.',
      );
    });
  });

  describe('in the middle of a pipeline', () => {
    const keys = Array.from({ length: 12 }, (_, index) => `key ${index}`);

    /** What became of one operation for each key, all in one request. */
    async function pipelined<VALUE>(server: UpstashServer, act: (key: string) => Promise<VALUE>) {
      const before = server.requestCount;
      const outcomes = await Promise.allSettled(keys.map(act));
      expect(server.requestCount - before).toBe(1);
      return outcomes;
    }

    it.each(['part-refused', 'part-unanswered'] as const)('fails alone, and says so: %s', async (type) => {
      const store = openUpstash(server, noRetry);
      server.breakWith({ type });
      const written = await pipelined(server, (key) => store.set(key, secret, { onlyIf: 'absent' }));
      server.heal();

      const failed = written.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      expect(failed).toHaveLength(6);
      for (const { operation, message } of failed) {
        expect(operation).toBe('set');
        expect(message).not.toContain(secret);
      }
      const there = await Promise.all(keys.map((key) => store.get(key)));
      for (const [index, { status }] of written.entries()) {
        const isThere = status === 'fulfilled' || type === 'part-unanswered';
        expect(there[index]).toBe(isThere ? secret : undefined);
      }
    });

    it('takes no read that failed for one that found nothing', async () => {
      const store = openUpstash(server, noRetry);
      await Promise.all(keys.map((key) => store.set(key, key)));
      server.breakWith({ type: 'part-refused' });
      const read = await pipelined(server, (key) => store.get(key));
      for (const [index, outcome] of read.entries())
        if (outcome.status === 'fulfilled') expect(outcome.value).toBe(keys[index]);
      expect(read.filter(({ status }) => status === 'rejected')).toHaveLength(6);
    });

    it('takes no reply that is missing for one that found nothing', async () => {
      const store = openUpstash(server, noRetry);
      server.breakWith({ type: 'part-missing' });
      const written = await pipelined(server, (key) => store.set(key, secret));
      expect(written.filter(({ status }) => status === 'rejected')).toHaveLength(6);
    });
  });

  it('fails at once when nobody listens, and works again when somebody does', async () => {
    const store = openUpstash(server, quickRetry);
    await store.set('key', 'value');

    await server.refuse();
    const error = await failureOf(store.get('key'));
    expect(error.message).toBe('The store failed at get of key: TypeError ECONNREFUSED.');
    expect(error.cause).toMatchObject({ name: 'TypeError', code: 'ECONNREFUSED' });

    await server.listen();
    expect(await store.get('key')).toBe('value');
  });

  it('tells no token when it is the wrong one', async () => {
    const store = upstashStore(new Redis({ url: server.url, token: secret }));

    expect((await failureOf(store.get('key'))).message).toBe('The store failed at get of key: UpstashError WRONGPASS.');
  });

  it('does not take an aborted request for a lost condition', async () => {
    const store = openUpstash(server, { signal: AbortSignal.abort() });

    const error = await failureOf(store.set('key', secret, { onlyIf: 'absent' }));
    expect(error.message).toMatch(/a reply that Redis did not give|TypeError/);
  });

  it('does not take nothing for a lost condition either', async () => {
    const store = upstashStore({ get: async () => null, eval: async () => null });

    expect((await failureOf(store.set('key', secret))).message).toContain('a reply that Redis did not give');
    expect((await failureOf(store.index('index').page({ limit: 1 }))).message).toContain('a reply that Redis did not');
  });

  it('waits as long as the service takes', async () => {
    const store = openUpstash(server, {});
    server.breakWith({ type: 'delay', ms: 100 });
    const start = performance.now();

    expect(await store.set('key', 'value')).toBe(true);
    expect(performance.now() - start).toBeGreaterThan(95);
  });

  it('makes one request for each operation', async () => {
    const store = openUpstash(server, {});
    for (const [, call] of operations(store)) {
      const before = server.requestCount;
      await call();
      expect(server.requestCount - before).toBe(1);
    }
  });

  it('reads a string that it did not write as absent, and writes over it', async () => {
    const store = openUpstash(server, {});
    await new Redis({ url: server.url, token: server.token }).set('key', 'of another program');

    expect(await store.get('key')).toBeUndefined();
    expect(await store.set('key', 'ours', { onlyIf: 'absent' })).toBe(true);
    expect(await store.get('key')).toBe('ours');
  });
});

function operations(store: Store): readonly (readonly [operation: string, call: () => Promise<unknown>])[] {
  const index = store.index('index');
  return [
    ['get', () => store.get('key')],
    ['set', () => store.set('key', secret, { onlyIf: { equals: secret } })],
    ['index.add', () => index.add(secret, 1)],
    ['index.page', () => index.page({ limit: 1, cursor: JSON.stringify([0, secret]) })],
    ['index.remove', () => index.remove(secret)],
    ['delete', () => store.delete('key')],
  ];
}
