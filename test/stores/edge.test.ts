import { afterAll, beforeAll, expect, it } from 'vitest';
import { inEdgeRuntime } from '../edge-runtime.ts';
import { describeWithRedis } from '../servers/describe-with-redis.ts';
import { type RedisServer, startRedis } from '../servers/redis-server.ts';
import { startUpstash, type UpstashServer } from '../servers/upstash-server.ts';

const program = `
  import { Redis } from '@upstash/redis/cloudflare';
  import { memoryStore } from './src/stores/memory.ts';
  import { upstashStore } from './src/stores/upstash.ts';

  globalThis.run = async (url, token) => {
    const found = [];
    for (const store of [memoryStore(), upstashStore(new Redis({ url, token }))]) {
      await store.set('key', 'é', { onlyIf: 'absent', ttlMs: 60_000 });
      await store.index('index').add('member', 1);
      const { members } = await store.index('index').page({ limit: 1 });
      found.push(await store.get('key'), ...members);
    }
    return found.join();
  };
`;

describeWithRedis('in an edge runtime', () => {
  let redis: RedisServer;
  let server: UpstashServer;
  beforeAll(async () => {
    redis = await startRedis();
    server = await startUpstash({ redisPort: redis.port });
  });
  afterAll(async () => {
    await server.stop();
    await redis.stop();
  });

  it('the memory store and the Upstash store load and work', async () => {
    const runtime = await inEdgeRuntime(program);

    const call = `run(${JSON.stringify(server.url)}, ${JSON.stringify(server.token)})`;
    expect(await runtime.evaluate<Promise<string>>(call)).toBe('é,member,é,member');
  });
});
