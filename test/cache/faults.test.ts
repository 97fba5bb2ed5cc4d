import { setTimeout as sleep } from 'node:timers/promises';
import { Redis as UpstashRedis } from '@upstash/redis';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CacheOptions, type Store, withStagedRetry } from '../../src/index.ts';
import { redisStore } from '../../src/stores/redis.ts';
import { upstashStore } from '../../src/stores/upstash.ts';
import { ask, type Outcome } from '../faults/ask.ts';
import { says } from '../fixtures.ts';
import { describeWithRedis } from '../servers/describe-with-redis.ts';
import { type LossyProxy, lossyProxy } from '../servers/lossy-proxy.ts';
import { type RedisServer, startRedis } from '../servers/redis-server.ts';
import { startUpstash, type UpstashServer } from '../servers/upstash-server.ts';
import type { OpenStore } from '../stores/clients.ts';

/** Of each test its own: what an earlier one sent may still arrive. */
let scope = '';

/** What a busy machine may add to a call; one that waits for the fault to end would take longer. */
const slackMs = 1000;

describeWithRedis('a cache on a Redis that fails', () => {
  let redis: RedisServer;
  let upstash: UpstashServer;
  let proxy: LossyProxy;
  let admin: Redis;
  beforeAll(async () => {
    redis = await startRedis();
    upstash = await startUpstash({ redisPort: redis.port });
    admin = new Redis(redis.port).on('error', () => {});
  });
  beforeEach(async () => {
    proxy = await lossyProxy(redis.port);
    scope = crypto.randomUUID();
  });
  afterEach(() => proxy.stop());
  afterAll(async () => {
    admin.disconnect();
    await upstash.stop();
    await redis.stop();
  });

  const clients: Readonly<Record<string, () => Promise<OpenStore>>> = {
    async 'node-redis'() {
      const client = createClient({ socket: { port: proxy.port } }).on('error', () => {});
      await client.connect();
      return { store: redisStore(client), close: () => client.destroy() };
    },
    async ioredis() {
      const client = new Redis(proxy.port).on('error', () => {});
      await client.ping();
      return { store: redisStore(client), close: () => client.disconnect() };
    },
    async upstash() {
      const { url, token } = upstash;
      return { store: upstashStore(new UpstashRedis({ url, token, enableTelemetry: false })), close: () => {} };
    },
  };

  /** What fails, and how it is mended. */
  const faults: Readonly<Record<string, { break(): unknown; mend(): unknown }>> = {
    'was killed': { break: () => redis.kill(), mend: () => redis.restart() },
    hangs: { break: () => redis.pause(), mend: () => redis.resume() },
    'takes two seconds': {
      break() {
        proxy.delayMs = 2000;
        upstash.breakWith({ type: 'delay', ms: 2000 });
      },
      mend() {
        proxy.delayMs = 0;
        upstash.heal();
      },
    },
    'is full': {
      break: () => admin.config('SET', 'maxmemory', '1'),
      mend: () => admin.config('SET', 'maxmemory', '0'),
    },
    'is a replica': {
      break: () => admin.replicaof('127.0.0.1', 1),
      mend: () => admin.replicaof('NO', 'ONE'),
    },
  };

  describe.each(Object.entries(clients))('over %s', (_, open) => {
    let opened: OpenStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it.each(Object.entries(faults))('that %s, each call is answered in time, and the cache heals', async (_, fault) => {
      // Each its own store, so that neither learns of the failure by the other.
      const modes = [false, true].map((singleFlight) => ({ singleFlight, store: { ...opened.store } }));
      const model = says('the answer');
      for (const mode of modes) await timed(mode.store, mode, model);
      await fault.break();
      try {
        await Promise.all(modes.map((mode) => isAnsweredInTime(mode, model)));
      } finally {
        await fault.mend();
      }
      await until(async () => {
        const after = await Promise.all(modes.map((mode) => timed(mode.store, mode, model, 'after it')));
        return after.every(({ status }) => status === 'hit');
      });
    });

    it.each([false, true])('a key of another type is a miss (single-flight %s)', async (singleFlight) => {
      const { store } = opened;
      const model = says('the answer');
      await timed(store, { singleFlight }, model);
      const [key = ''] = await admin.keys(`sr:cache:${scope}:*`);
      await admin.del(key);
      await admin.lpush(key, 'a list');
      expect(await timed(store, { singleFlight }, model)).toMatchObject({ text: 'the answer', status: 'miss' });
      expect((await timed(store, { singleFlight }, model)).status).toBe('hit');
    });

    it.each([
      ['cut in half', (value: string) => value.slice(0, value.length / 2)],
      ['not ours', () => 'something else'],
      ['of another version', (value: string) => value.replace('"v":1', '"v":99')],
      ['empty', () => ''],
    ])('an entry that is %s is a miss, and replaced', async (_, damage) => {
      const { store } = opened;
      for (const singleFlight of [false, true]) {
        const model = says('old', 'new');
        scope = crypto.randomUUID();
        await timed(store, { singleFlight }, model);
        const [key = ''] = await admin.keys(`sr:cache:${scope}:*`);
        await admin.set(key, damage((await admin.get(key)) ?? ''));
        expect(await timed(store, { singleFlight }, model)).toMatchObject({ text: 'new', status: 'miss' });
        expect(await timed(store, { singleFlight }, model)).toMatchObject({ text: 'new', status: 'hit' });
      }
    });

    it('entries that were swapped are misses', async () => {
      const { store } = opened;
      const model = says('to one', 'to two', 'to one again');
      await timed(store, {}, model, 'one');
      await timed(store, {}, model, 'two');
      const [first = '', second = ''] = await admin.keys(`sr:cache:${scope}:*`);
      const [one = '', two = ''] = await admin.mget(first, second);
      await admin.mset(first, two ?? '', second, one ?? '');
      expect(await timed(store, {}, model, 'one')).toMatchObject({ text: 'to one again', status: 'miss' });
    });
  });
});

interface Mode {
  readonly singleFlight: boolean;
  readonly store: Store;
}

async function isAnsweredInTime(mode: Mode, model: ReturnType<typeof says>): Promise<void> {
  const accesses = mode.singleFlight ? 3 : 2;
  let last: Timed | undefined;
  for (let call = 0; call < 5; call += 1) {
    last = await timed(mode.store, mode, model, `call ${call} ${mode.singleFlight}`);
    expect(last.text).toBe('the answer');
    expect(last.durationMs).toBeLessThan(accesses * 250 + slackMs);
  }
  // By now the store is known to be down, or it fails at once.
  expect(last?.durationMs).toBeLessThan(250 + slackMs);
}

interface Timed {
  readonly text: string;
  readonly error: unknown;
  readonly status: string | undefined;
  readonly durationMs: number;
}

async function timed(
  store: Store,
  { singleFlight }: Pick<CacheOptions, 'singleFlight'>,
  model: ReturnType<typeof says>,
  prompt = 'Go on.',
): Promise<Timed> {
  const wrapped = withStagedRetry(model, { scope, cache: { store, singleFlight: singleFlight ?? false } });
  const start = performance.now();
  const { text, error, report }: Outcome = await ask('generate', { model: wrapped, prompt });
  return { text, error, status: report?.cache?.status, durationMs: performance.now() - start };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('It did not come about.');
    await sleep(50);
  }
}
