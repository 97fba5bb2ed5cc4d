import { generateText } from 'ai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check, createInbox, human, memoryStore, retry, type Store, withStagedRetry } from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { describeWithRedis } from '../servers/describe-with-redis.ts';
import { type RedisServer, startRedis } from '../servers/redis-server.ts';
import { startUpstash, type UpstashServer } from '../servers/upstash-server.ts';
import { openUpstash, tcpClients } from '../stores/clients.ts';
import { practiceInbox } from './practice-inbox.ts';

/** A hundred people, each with an inbox of their own as in processes of their own. */
async function decideAtOnce(openStore: () => Store) {
  const { id } = await practiceInbox({ store: openStore() }).file('answer', { key: crypto.randomUUID() });
  const inboxes = Array.from({ length: 100 }, () => createInbox({ store: openStore() }));

  const results = await Promise.all(
    inboxes.map((inbox, index) => inbox.decide(id, { type: 'edit', text: `${index}` }, { by: `person ${index}` })),
  );

  const winners = results.filter(({ won }) => won).map(({ escalation }) => escalation.decision?.by);
  expect(winners).toHaveLength(1);
  expect(new Set(results.map(({ escalation }) => escalation.decision?.by))).toEqual(new Set(winners));
}

describe('a hundred people who decide at once', () => {
  it('are told who was first', async () => {
    const store = memoryStore();

    await decideAtOnce(() => store);
  });
});

describeWithRedis('a hundred people who decide at once on a real Redis', () => {
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

  it('are told who was first, through node-redis', async () => {
    const opened = await tcpClients['node-redis']?.(redis);
    if (opened === undefined) throw new Error('There is no node-redis.');

    await decideAtOnce(() => opened.store);

    opened.close();
  });

  it('are told who was first, through Upstash', async () => {
    const store = openUpstash(upstash, {});

    await decideAtOnce(() => store);
  });
});

describe('two processes that run the same request at once', () => {
  it('deliver the answer the person approved, not the one each of them had', async () => {
    const store = memoryStore();
    const run = (answer: string) => {
      const inbox = createInbox({ store });
      const model = withStagedRetry(scriptedModel([answer]), {
        checks: [check('good', ({ text }) => text === 'good' || 'Say good.')],
        stages: [retry({ attempts: 1 }), human({ inbox, wait: { timeoutMs: 5000, pollMs: 10 } })],
        scope: 'acme',
      });
      return generateText({ model, prompt: 'Say good.', maxRetries: 0 });
    };
    const running = Promise.all([run('bad one'), run('bad two')]);

    const inbox = createInbox({ store });
    let shown: string | undefined;
    while (shown === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      const { escalations } = await inbox.list();
      shown = escalations[0]?.proposal;
      if (escalations[0] !== undefined) await inbox.decide(escalations[0].id, { type: 'approve' });
    }

    expect((await running).map(({ text }) => text)).toEqual([shown, shown]);
  });
});
