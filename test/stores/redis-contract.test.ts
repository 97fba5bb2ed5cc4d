import { afterAll, beforeAll, describe, it } from 'vitest';
import { storeContract } from '../../src/testing/store-contract.ts';
import { describeWithRedis } from '../servers/describe-with-redis.ts';
import { type RedisServer, startRedis } from '../servers/redis-server.ts';
import { startUpstash, type UpstashServer } from '../servers/upstash-server.ts';
import { type OpenStore, openUpstash, tcpClients, upstashClients } from './clients.ts';

describeWithRedis('the contract of a store is kept', () => {
  let redis: RedisServer;
  let upstash: UpstashServer;
  beforeAll(async () => {
    redis = await startRedis();
    upstash = await startUpstash({ redisPort: redis.port });
  });
  afterAll(async () => {
    await upstash.stop();
    await redis.stop();
  });

  for (const [title, open] of Object.entries(tcpClients)) {
    describe(`by redisStore on ${title}`, () => {
      let opened: OpenStore;
      beforeAll(async () => {
        opened = await open(redis);
      });
      afterAll(() => opened.close());

      for (const { title, run } of storeContract(() => opened.store)) it.concurrent(title, run);
    });
  }

  for (const [title, options] of Object.entries(upstashClients)) {
    describe(`by upstashStore with ${title}`, () => {
      for (const { title, run } of storeContract(() => openUpstash(upstash, options))) it.concurrent(title, run);
    });
  }
});
