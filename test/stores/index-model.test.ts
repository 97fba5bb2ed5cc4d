import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memoryStore } from '../../src/stores/memory.ts';
import type { StoreIndex } from '../../src/stores/store.ts';
import { describeWithRedis } from '../servers/describe-with-redis.ts';
import { type RedisServer, startRedis } from '../servers/redis-server.ts';
import { type OpenStore, tcpClients } from './clients.ts';

const member = fc.string({ unit: 'grapheme', maxLength: 3 });
const score = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
const order = fc.constantFrom('asc' as const, 'desc' as const);

type Step =
  | { readonly type: 'add'; readonly member: string; readonly score: number }
  | { readonly type: 'remove'; readonly member: string }
  | { readonly type: 'page'; readonly limit: number; readonly order: 'asc' | 'desc' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ type: fc.constant('add' as const), member, score }),
  fc.record({ type: fc.constant('remove' as const), member }),
  fc.record({ type: fc.constant('page' as const), limit: fc.integer({ min: 1, max: 5 }), order }),
);

describeWithRedis('an index in memory and an index in Redis', () => {
  let redis: RedisServer;
  let opened: OpenStore;
  beforeAll(async () => {
    redis = await startRedis();
    opened = await (tcpClients['node-redis']?.(redis) ?? Promise.reject(new Error('There is no such client.')));
  });
  afterAll(async () => {
    opened.close();
    await redis.stop();
  });

  it('give the same pages and cursors after the same changes, made between the pages too', async () => {
    let runs = 0;
    const sameness = fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      runs += 1;
      const indexes = [memoryStore(), opened.store].map((store) => store.index(`run ${runs}`));
      let cursor: string | undefined;
      for (const action of steps) {
        const results = await Promise.all(indexes.map((index) => take(index, action, cursor)));
        expect(results[1]).toEqual(results[0]);
        if (action.type === 'page') cursor = results[0]?.cursor;
      }
    });
    await fc.assert(sameness, { numRuns: 200 });
  });
});

async function take(index: StoreIndex, action: Step, cursor: string | undefined) {
  switch (action.type) {
    case 'add':
      await index.add(action.member, action.score);
      return undefined;
    case 'remove':
      await index.remove(action.member);
      return undefined;
    case 'page':
      return index.page({ ...action, ...(cursor === undefined ? {} : { cursor }) });
  }
}
