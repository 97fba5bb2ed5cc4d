import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInbox, type Inbox, type ListOptions, memoryStore } from '../../src/index.ts';
import { redisStore } from '../../src/stores/redis.ts';
import { type CountingProxy, countingProxy } from '../servers/counting-proxy.ts';
import { describeWithRedis } from '../servers/describe-with-redis.ts';
import { type RedisServer, startRedis } from '../servers/redis-server.ts';
import { startUpstash, type UpstashServer } from '../servers/upstash-server.ts';
import { openUpstash } from '../stores/clients.ts';
import { practiceInbox, turnableClock } from './practice-inbox.ts';

const count = 10_000;

describeWithRedis('ten thousand pending escalations', () => {
  let redis: RedisServer;
  let upstash: UpstashServer;
  let proxy: CountingProxy;
  let client: ReturnType<typeof createClient>;

  beforeAll(async () => {
    redis = await startRedis();
    upstash = await startUpstash({ redisPort: redis.port });
    proxy = await countingProxy(redis.port);
    client = createClient({ url: proxy.url });
    await client.connect();
    const { file } = practiceInbox({ store: redisStore(client) });
    for (let filed = 0; filed < count; filed += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, index) => file(`${filed + index}`, described(filed + index))));
    }
  }, 120_000);
  afterAll(async () => {
    client.destroy();
    proxy.stop();
    await upstash.stop();
    await redis.stop();
  });

  it('are paged by fifty in two round trips, through node-redis', async () => {
    const inbox = createInbox({ store: redisStore(client) });
    const before = proxy.roundTrips;

    const { escalations, cursor } = await inbox.list({ scope: 'acme' });

    expect([escalations.length, cursor]).toEqual([50, expect.any(String)]);
    expect(proxy.roundTrips - before).toBeLessThanOrEqual(2);
  });

  it('are paged by fifty in two requests, through Upstash', async () => {
    const inbox = createInbox({ store: openUpstash(upstash, {}) });
    const first = await inbox.list();
    const before = upstash.requestCount;

    const { escalations } = await inbox.list(first.cursor === undefined ? {} : { cursor: first.cursor });

    expect(escalations).toHaveLength(50);
    expect(upstash.requestCount - before).toBeLessThanOrEqual(2);
  });

  const requests: readonly ListOptions[] = [
    ...(['newest', 'oldest', 'expiring', 'priority'] as const).map((order) => ({ order })),
    { order: 'priority', stage: 'human' },
    { order: 'newest', stage: 'human', metadata: { tier: 'gold' } },
    { order: 'expiring', metadata: { customer: 'c-7' } },
    { claimedBy: 'ann' },
  ];

  it.each(requests)('are paged in two round trips, and so is the next page: %o', async (request) => {
    const overTcp = createInbox({ store: redisStore(client) });
    const overHttp = createInbox({ store: openUpstash(upstash, {}) });
    const [first] = (await overTcp.list({ metadata: { customer: 'c-7' } })).escalations;
    await overTcp.claim(first?.id ?? '', { by: 'ann' });
    let cursor: string | undefined;

    for (let page = 0; page < 2; page += 1) {
      const [tripsBefore, requestsBefore] = [proxy.roundTrips, upstash.requestCount];
      const tcp = await overTcp.list({ scope: 'acme', ...request, cursor });
      const http = await overHttp.list({ scope: 'acme', ...request, cursor });

      expect(proxy.roundTrips - tripsBefore).toBeLessThanOrEqual(2);
      expect(upstash.requestCount - requestsBefore).toBeLessThanOrEqual(2);
      expect(http).toEqual(tcp);
      if (tcp.cursor === undefined) break;
      cursor = tcp.cursor;
    }
  });

  it('have the most urgent first', async () => {
    const { escalations } = await createInbox({ store: redisStore(client) }).list({ order: 'priority', limit: 200 });

    expect(new Set(escalations.map(({ priority }) => priority))).toEqual(new Set([9]));
  });

  it('are searched a thousand records at a time', async () => {
    const page = await createInbox({ store: redisStore(client) }).list({ search: 'case 4321', order: 'oldest' });

    expect(page).toMatchObject({ searched: 1000, cursor: expect.any(String) });
  });

  it('are counted in a handful of requests, through Upstash', async () => {
    const inbox = createInbox({ store: openUpstash(upstash, {}) });
    const before = upstash.requestCount;

    expect(await inbox.stats({ scope: 'acme' })).toMatchObject({ pending: count, decided: 0 });
    expect(upstash.requestCount - before).toBeLessThanOrEqual(5);
  });

  it('are each on one page, once', async () => {
    const inbox = createInbox({ store: redisStore(client) });
    const proposals = new Set<string>();
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await inbox.list({ limit: 500, cursor });
      for (const { proposal } of page.escalations) proposals.add(proposal);
      cursor = page.cursor;
      pages += 1;
    } while (cursor !== undefined);

    expect([proposals.size, pages]).toEqual([count, count / 500]);
  });
});

function described(number: number) {
  return {
    metadata: { tier: number % 3 === 0 ? 'gold' : 'basic', customer: `c-${number % 500}` },
    describe: () => ({ title: `Case ${number}`, priority: number % 10 }),
  };
}

describe('the lists', () => {
  it('are newest first, by state and scope', async () => {
    const clock = turnableClock();
    const { inbox, file } = practiceInbox({}, clock);
    for (const [answer, scope] of [
      ['a', 'acme'],
      ['b', 'globex'],
      ['c', 'acme'],
      ['d', 'acme'],
    ] as const) {
      clock.turn(1000);
      const { id } = await file(answer, { scope });
      if (answer === 'c') await inbox.decide(id, { type: 'approve' });
    }

    expect(await proposals(inbox, {})).toEqual(['d', 'b', 'a']);
    expect(await proposals(inbox, { scope: 'acme' })).toEqual(['d', 'a']);
    expect(await proposals(inbox, { scope: 'acme', state: 'decided' })).toEqual(['c']);
    expect(await proposals(inbox, { scope: 'nobody' })).toEqual([]);
  });

  const others: readonly ListOptions[] = [
    { order: 'priority' },
    { order: 'expiring' },
    { state: 'decided' },
    { scope: 'acme' },
    { claimedBy: 'ann' },
    { stage: 'human' },
    { metadata: { tier: 'gold' } },
    { search: 'invoice' },
  ];

  it.each(others)('refuse the cursor of another request: %o', async (other) => {
    const { inbox, file } = practiceInbox();
    for (let filed = 0; filed < 3; filed += 1) await file();
    const { cursor } = await inbox.list({ limit: 1 });

    const refused = await inbox.list({ ...other, limit: 1, cursor }).catch((error: unknown) => error);

    expect(refused).toMatchObject({ name: 'AI_InvalidArgumentError', argument: 'cursor' });
    expect(
      (await inbox.list({ state: 'pending', order: 'newest', search: ' ', limit: 2, cursor })).escalations,
    ).toHaveLength(2);
  });

  it('move what has expired from pending to expired', async () => {
    const clock = turnableClock();
    const { inbox, file } = practiceInbox({ ttlMs: 60_000 }, clock);
    await file('old');
    clock.turn(30_000);
    await file('young');
    clock.turn(31_000);

    expect(await proposals(inbox, {})).toEqual(['young']);
    expect(await proposals(inbox, { state: 'expired' })).toEqual(['old']);
    expect(await inbox.stats()).toMatchObject({ pending: 1, expired: 1 });
  });

  it('of more expired ones than a page are all found', async () => {
    const clock = turnableClock();
    const { inbox, file } = practiceInbox({ ttlMs: 60_000 }, clock);
    for (let filed = 0; filed < 250; filed += 1) await file();
    clock.turn(61_000);

    const { escalations } = await inbox.list({ state: 'expired', limit: 300 });

    expect(escalations).toHaveLength(250);
  });

  it.each([{}, { scope: 'acme' }])('find what has expired behind older ones that wait longer: %o', async (options) => {
    const clock = turnableClock();
    const { file, store } = practiceInbox({ store: memoryStore({ now: clock.now }) }, clock);
    for (let filed = 0; filed < 150; filed += 1) {
      await file(`old ${filed}`);
      clock.turn(10);
    }
    const brief = practiceInbox({ store, ttlMs: 60_000 }, clock);
    for (let filed = 0; filed < 3; filed += 1) await brief.file('brief', { key: `brief ${filed}` });
    clock.turn(61_000);

    const { inbox } = brief;
    expect(await inbox.stats(options)).toMatchObject({ pending: 150, expired: 3 });
    expect(await proposals(inbox, { ...options, state: 'expired' })).toEqual(['brief', 'brief', 'brief']);
    expect(await proposals(inbox, { ...options, limit: 1 })).toEqual(['old 149']);
    expect(await inbox.stats(options)).toMatchObject({ pending: 150, expired: 3 });
  });

  it('do not keep what the store has forgotten', async () => {
    const clock = turnableClock();
    const { inbox, file, store } = practiceInbox({ ttlMs: 60_000 }, clock);
    for (let filed = 0; filed < 40; filed += 1) {
      const { id } = await file(`${filed}`, { metadata: { tier: 'gold' } });
      if (filed % 2 === 0) await inbox.decide(id, { type: 'approve' });
      if (filed % 5 === 0) await inbox.claim(id, { by: 'ann' });
    }
    clock.turn(180_000);

    for (let filed = 0; filed < 20; filed += 1) await file(`new ${filed}`, { metadata: { tier: 'gold' } });
    for (const scope of [undefined, 'acme']) await inbox.list({ scope, claimedBy: 'ann' });

    const sizes = await Promise.all(
      listNames.map(async (name) => {
        const lists = [name, `${name}:acme`].map((list) => store.index(`sr:esc:${list}`));
        const pages = await Promise.all(lists.map((list) => list.page({ limit: 1000 })));
        return [name, ...pages.map(({ members }) => members.length)];
      }),
    );
    expect(sizes.filter(([, all, scoped]) => all !== 0 || scoped !== 0)).toEqual([
      ['pending.time', 20, 20],
      ['pending.expiry', 20, 20],
      ['pending.priority', 20, 20],
      ['changes', 20, 20],
    ]);
  });

  it('lose nothing that a process wrote and died before the lists were told', async () => {
    const { inbox, file, store } = practiceInbox();
    const { id } = await file('decided');
    const broken = createInbox({
      store: { ...store, index: () => ({ add: fail, remove: fail, page: fail }) },
    });

    expect((await broken.decide(id, { type: 'approve' })).won).toBe(true);

    expect(await proposals(inbox, {})).toEqual([]);
    expect(await proposals(inbox, { state: 'decided' })).toEqual(['decided']);
  });

  it('do not lose an escalation whose record is still being written', async () => {
    const { inbox, file, store } = practiceInbox();
    const slow = practiceInbox({
      store: {
        ...store,
        async set(...all) {
          await inbox.list();
          return await store.set(...all);
        },
      },
    });

    await slow.file('slow', { key: 'slow' });
    await file('quick');

    expect((await proposals(inbox, {})).sort()).toEqual(['quick', 'slow']);
  });
});

const kinds = ['time', 'expiry', 'priority', '{"claimedBy":"ann"}'];
const listNames = [
  ...['pending', 'decided', 'expired'].flatMap((state) => kinds.map((kind) => `${state}.${kind}`)),
  ...['changes', 'decisions'],
];

async function proposals(inbox: Inbox, options: Parameters<Inbox['list']>[0]): Promise<string[]> {
  const { escalations } = await inbox.list(options);
  return escalations.map(({ proposal }) => proposal);
}

function fail(): Promise<never> {
  return Promise.reject(new Error('the process is gone'));
}
