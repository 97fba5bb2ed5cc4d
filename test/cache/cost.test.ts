import { Redis as UpstashRedis } from '@upstash/redis';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type CacheOptions, type Store, withStagedRetry } from '../../src/index.ts';
import { redisStore } from '../../src/stores/redis.ts';
import { upstashStore } from '../../src/stores/upstash.ts';
import { ask, callTypes } from '../faults/ask.ts';
import { says } from '../fixtures.ts';
import { describeWithRedis } from '../servers/describe-with-redis.ts';
import { type RedisServer, startRedis } from '../servers/redis-server.ts';
import { startUpstash, type UpstashServer } from '../servers/upstash-server.ts';

describeWithRedis('round trips to the store, counted on the server', () => {
  let redis: RedisServer;
  let upstash: UpstashServer;
  let admin: Redis;
  let monitor: Redis;
  beforeAll(async () => {
    redis = await startRedis();
    admin = new Redis(redis.port);
    // Quiet until it listens: ioredis takes a command seen in one packet with the reply to MONITOR for a reply, and fails.
    await admin.ping();
    monitor = await admin.monitor();
    upstash = await startUpstash({ redisPort: redis.port });
    monitor.on('monitor', (_time: string, [command = '']: string[], source: string) => {
      if (source !== 'lua' && ['get', 'eval', 'evalsha', 'set'].includes(command.toLowerCase())) sent += 1;
    });
  });
  beforeEach(() => admin.flushall());
  afterAll(async () => {
    monitor.disconnect();
    admin.disconnect();
    await upstash.stop();
    await redis.stop();
  });

  const counted: Readonly<
    Record<string, () => Promise<{ store: Store; count: () => Promise<number>; close: () => void }>>
  > = {
    async 'node-redis'() {
      const client = await createClient({ url: redis.url })
        .on('error', () => {})
        .connect();
      return { store: redisStore(client), count: commands, close: () => client.destroy() };
    },
    async ioredis() {
      const client = new Redis(redis.port);
      return { store: redisStore(client), count: commands, close: () => client.disconnect() };
    },
    async upstash() {
      const client = new UpstashRedis({ url: upstash.url, token: upstash.token });
      return { store: upstashStore(client), count: async () => upstash.requestCount, close: () => {} };
    },
  };

  /** What clients sent; what a script does inside Redis is no trip. */
  let sent = 0;
  async function commands(): Promise<number> {
    await admin.ping();
    return sent;
  }

  it.each(Object.keys(counted).flatMap((client) => callTypes.map((type) => [client, type] as const)))(
    'over %s, %s: a hit one, a miss two, with single-flight three',
    async (client, type) => {
      const { store, count, close } = (await counted[client]?.()) ?? { store: undefined, count: undefined, close() {} };
      if (store === undefined) throw new Error('There is no such client.');
      const costOf = async (cache: Partial<CacheOptions>, prompt: string) => {
        const model = withStagedRetry(says('the answer'), { scope: 'public', cache: { store, ...cache } });
        const before = await count();
        await ask(type, { model, prompt });
        return (await count()) - before;
      };

      expect(await costOf({}, 'alone')).toBe(2);
      expect(await costOf({}, 'alone')).toBe(1);
      expect(await costOf({ singleFlight: true }, 'joined')).toBe(3);
      expect(await costOf({ singleFlight: true }, 'joined')).toBe(1);
      close();
    },
  );
});
