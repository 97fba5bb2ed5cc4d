import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redisStore } from '../../src/stores/redis.ts';
import type { Store } from '../../src/stores/store.ts';
import { describeWithRedis } from '../servers/describe-with-redis.ts';
import { type LossyProxy, lossyProxy } from '../servers/lossy-proxy.ts';
import { type RedisServer, startRedis } from '../servers/redis-server.ts';
import { type OpenStore, tcpClients } from './clients.ts';
import { failureOf, secret } from './failure.ts';

describeWithRedis('redisStore when Redis fails', () => {
  let redis: RedisServer;
  let admin: Redis;
  beforeAll(async () => {
    redis = await startRedis();
    admin = new Redis(redis.port).on('error', () => {});
  });
  beforeEach(() => admin.flushall());
  afterAll(async () => {
    admin.disconnect();
    await redis.stop();
  });

  describe.each(Object.entries(tcpClients))('on %s', (title, open) => {
    const prefix = title.includes('prefix') ? 'prefix:' : '';
    let opened: OpenStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open(redis);
      store = opened.store;
    });
    afterEach(async () => {
      opened.close();
      await admin.replicaof('NO', 'ONE');
      await admin.config('SET', 'maxmemory', '0');
    });

    it('tells no value and no command when another type is at the key', async () => {
      await admin.lpush(`${prefix}key`, 'a list');
      await admin.set(`${prefix}index~index`, 'a string');
      const index = store.index('index');

      for (const call of [
        store.get('key'),
        store.set('key', secret, { onlyIf: 'absent' }),
        store.set('key', secret, { onlyIf: { equals: secret } }),
        index.add(secret, 1),
        index.remove(secret),
        index.page({ limit: 1, cursor: JSON.stringify([1, secret]) }),
      ]) {
        expect((await failureOf(call)).message).toMatch(/WRONGTYPE/);
      }
      expect(await store.set('key', 'anything')).toBe(true);
      expect(await store.get('key')).toBe('anything');
    });

    it('reads and deletes when memory is full, and tells why it cannot write', async () => {
      await store.set('key', 'value');
      await admin.config('SET', 'maxmemory', '1');

      expect((await failureOf(store.set('other', secret))).message).toContain('OOM');
      expect(await store.get('key')).toBe('value');
      await store.delete('key');
      expect(await store.get('key')).toBeUndefined();
    });

    it('reads from a replica, and tells that it cannot write', async () => {
      await store.set('key', 'value');
      await store.index('index').add('member', 1);
      await admin.replicaof('127.0.0.1', 1);

      expect((await failureOf(store.set('key', secret))).message).toContain('READONLY');
      expect(await store.get('key')).toBe('value');
      expect((await store.index('index').page({ limit: 1 })).members).toEqual(['member']);
    });

    it('works again after Redis hung', async () => {
      await store.set('key', 'value');
      redis.pause();
      const read = store.get('key');
      const first = await Promise.race([read, new Promise((resolve) => setTimeout(resolve, 50, 'nothing yet'))]);
      expect(first).toBe('nothing yet');

      redis.resume();
      expect(await read).toBe('value');
    });

    it('works again after Redis died and came back', async () => {
      await store.set('key', 'value');
      await redis.restart();

      expect(await eventually(() => store.set('key', 'after'))).toBe(true);
      expect(await store.get('key')).toBe('after');
    });
  });

  describe('over a connection that loses replies', () => {
    let proxy: LossyProxy;
    beforeEach(async () => {
      proxy = await lossyProxy(redis.port);
    });
    afterEach(() => proxy.stop());

    it('ioredis sends the write again, and it is known as done', async () => {
      const client = new Redis(proxy.port).on('error', () => {});
      const store = redisStore(client);
      await store.set('key', 'mine');

      proxy.loseNextReply();
      expect(await store.set('lease', 'mine', { onlyIf: 'absent' })).toBe(true);
      proxy.loseNextReply();
      expect(await store.set('lease', 'renewed', { onlyIf: { equals: 'mine' } })).toBe(true);
      expect(await admin.get('lease')).toBe('=renewed');
      client.disconnect();
    });

    it('node-redis fails, and the caller who sends it again finds it done', async () => {
      const client = createClient({ socket: { port: proxy.port } }).on('error', () => {});
      const store = redisStore(await client.connect());

      proxy.loseNextReply();
      await failureOf(store.set('lease', secret, { onlyIf: 'absent' }));
      expect(await eventually(() => store.set('lease', secret, { onlyIf: 'absent' }))).toBe(true);
      client.destroy();
    });
  });

  it('tells no value and no command when the client is closed', async () => {
    for (const open of Object.values(tcpClients)) {
      const { store, close } = await open(redis);
      close();
      await failureOf(store.set('key', secret));
    }
  });
});

/** Tries until the client has its connection back. */
async function eventually<VALUE>(call: () => Promise<VALUE>): Promise<VALUE> {
  const end = Date.now() + 10_000;
  while (true) {
    try {
      return await call();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
