import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWithRedis } from '../servers/describe-with-redis.ts';
import { type RedisServer, startRedis } from '../servers/redis-server.ts';
import { startUpstash, type UpstashServer } from '../servers/upstash-server.ts';
import { askInProcess } from './ask-in-process.ts';
import type { Assignment } from './programs/ask-many.ts';
import { startUpstream, type Upstream } from './upstream.ts';

const leaseMs = 1500;

describeWithRedis('four processes on one store', () => {
  let redis: RedisServer;
  let upstash: UpstashServer;
  let upstream: Upstream;
  beforeAll(async () => {
    redis = await startRedis();
    upstash = await startUpstash({ redisPort: redis.port });
  });
  beforeEach(async () => {
    upstream?.stop();
    upstream = await startUpstream();
  });
  afterAll(async () => {
    upstream.stop();
    await upstash.stop();
    await redis.stop();
  });

  function assign(client: Assignment['client'], more: Partial<Assignment>): Assignment {
    const connection = client === 'upstash' ? { url: upstash.url, token: upstash.token } : { url: redis.url };
    const cache = { singleFlight: { leaseMs } };
    return { client, ...connection, upstreamUrl: upstream.url, cache, calls: [], concurrency: 1, ...more };
  }

  it.each(['node-redis', 'ioredis', 'upstash'] as const)(
    'make one upstream call of 200 identical concurrent ones, over %s',
    async (client) => {
      upstream.delayMs = 1000;
      const calls = Array.from({ length: 50 }, () => ({ prompt: `the same over ${client}`, scope: 'public' }));
      const askings = Array.from({ length: 4 }, () => askInProcess(assign(client, { calls, concurrency: 50 })));
      const results = (await Promise.all(askings.map((asking) => asking.results))).flat();

      expect(upstream.asked).toHaveLength(1);
      expect(results).toHaveLength(200);
      expect(new Set(results.map(({ text }) => text))).toEqual(new Set([`answer 1 to the same over ${client}`]));
    },
  );

  it('replace a holder that was killed, within a lease and by one upstream call', async () => {
    upstream.delayMs = 60_000;
    const calls = [{ prompt: 'of a killed holder', scope: 'public' }];
    const holder = askInProcess(assign('ioredis', { calls }));
    await until(() => upstream.asked.length === 1);
    const followers = Array.from({ length: 3 }, () =>
      askInProcess(assign('ioredis', { calls: Array.from({ length: 20 }, () => calls).flat(), concurrency: 20 })),
    );
    await sleep(1500);

    upstream.delayMs = 100;
    holder.process.kill('SIGKILL');
    const killedAt = performance.now();
    const results = (await Promise.all(followers.map((follower) => follower.results))).flat();

    // A busy machine may take its time; a holder that is never replaced would take a minute.
    expect(performance.now() - killedAt).toBeLessThan(leaseMs + 40_000);
    expect(upstream.asked).toHaveLength(2);
    expect(new Set(results.map(({ text }) => text))).toEqual(new Set(['answer 2 to of a killed holder']));
    expect(await holder.results).toEqual([]);
  });

  it('refuse the late write of a holder that was stopped past its lease', async () => {
    upstream.delayMs = 700;
    const calls = [{ prompt: 'of a stopped holder', scope: 'public' }];
    const holder = askInProcess(assign('node-redis', { calls }));
    await until(() => upstream.asked.length === 1);
    holder.process.kill('SIGSTOP');
    await sleep(leaseMs + 200);
    const [other] = await askInProcess(assign('node-redis', { calls })).results;
    const kept = await allValues(redis);

    holder.process.kill('SIGCONT');
    const [late] = await holder.results;

    expect(other).toMatchObject({ text: 'answer 2 to of a stopped holder', status: 'miss' });
    expect(late).toMatchObject({ text: 'answer 1 to of a stopped holder', status: 'miss' });
    expect(kept).toContainEqual(expect.stringContaining('answer 2 to of a stopped holder'));
    expect(await allValues(redis)).toEqual(kept);
  });

  it('answer 10,000 calls over 1,000 requests from the cache, each with its own answer', async () => {
    const requests = ['one', 'two'].flatMap((scope) =>
      Array.from({ length: 500 }, (_, index) => ({ prompt: `question ${index}`, scope })),
    );
    const calls = shuffled(Array.from({ length: 10 }, () => requests).flat());
    const askings = Array.from({ length: 4 }, (_, part) =>
      askInProcess(assign('ioredis', { calls: calls.slice(part * 2500, (part + 1) * 2500), concurrency: 20 })),
    );
    const results = (await Promise.all(askings.map((asking) => asking.results))).flat();

    const texts = new Map<string, Set<string | undefined>>();
    for (const { scope, prompt, text } of results) {
      expect(text).toMatch(new RegExp(`^answer \\d+ to ${prompt}$`));
      const key = `${scope}: ${prompt}`;
      texts.set(key, (texts.get(key) ?? new Set()).add(text));
    }
    const shared = results.filter(({ status }) => status !== 'miss').length;
    expect(results).toHaveLength(10_000);
    expect(shared).toBeGreaterThanOrEqual(8_900);
    expect(upstream.asked.length).toBeLessThanOrEqual(1_100);
    // One answer for each request and scope, and none for two.
    const answers = [...texts.values()].flatMap((all) => [...all]);
    expect(new Set(answers).size).toBe(answers.length);
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

async function allValues({ port }: RedisServer): Promise<(string | null)[]> {
  const client = new Redis(port);
  const keys = await client.keys('sr:cache:*');
  const values = keys.length === 0 ? [] : await client.mget(keys.sort());
  client.disconnect();
  return values;
}

function shuffled<VALUE>(values: readonly VALUE[]): VALUE[] {
  return values
    .map((value) => ({ value, rank: Math.random() }))
    .sort((first, second) => first.rank - second.rank)
    .map(({ value }) => value);
}
