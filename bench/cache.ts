/** What the cache costs: the key, and a hit from call to answer beside the client's bare GET of the same bytes. */
import { Redis as UpstashRedis } from '@upstash/redis';
import { Redis as IoRedis } from 'ioredis';
import { createClient } from 'redis';
import { cacheKey } from '../src/cache/key.ts';
import { withStagedRetry } from '../src/index.ts';
import type { CallOptions, LanguageModel } from '../src/model/language-model.ts';
import { redisStore } from '../src/stores/redis.ts';
import type { Store } from '../src/stores/store.ts';
import { upstashStore } from '../src/stores/upstash.ts';
import { scriptedModel } from '../src/testing/index.ts';
import { startRedis } from '../test/servers/redis-server.ts';
import { startUpstash } from '../test/servers/upstash-server.ts';
import { median, timed } from './measure.ts';

await benchKeys();
await benchHits();

async function benchKeys(): Promise<void> {
  const rows = [];
  for (const length of [1_000, 10_000, 100_000, 1_000_000]) {
    const identity = {
      scope: 'tenant',
      model: scriptedModel([]),
      params: callOf('A sentence of a prompt, "quoted", with a line break.\n'.repeat(length / 50).slice(0, length)),
      ignoreProviderOptions: [],
      wrapping: '',
    };
    const times = await timesOf(500, () => cacheKey(identity));
    rows.push({ characters: length, 'key ms (median)': median(times).toFixed(3) });
  }
  console.table(rows);
}

async function benchHits(): Promise<void> {
  const server = await startRedis();
  const service = await startUpstash({ redisPort: server.port });
  const nodeRedis = await createClient({ url: server.url }).connect();
  const ioRedis = new IoRedis(server.port);
  const upstash = new UpstashRedis({ url: service.url, token: service.token });
  const contestants: readonly { title: string; store: Store; get: (key: string) => PromiseLike<unknown> }[] = [
    { title: 'ioredis', store: redisStore(ioRedis), get: (key) => ioRedis.get(key) },
    { title: 'node-redis', store: redisStore(nodeRedis), get: (key) => nodeRedis.get(key) },
    { title: '@upstash/redis', store: upstashStore(upstash), get: (key) => upstash.get(key) },
  ];
  const rows = [];
  for (const { title, store, get } of contestants) {
    await ioRedis.flushall();
    const model = wrapped(store);
    const call = callOf('A question of usual length. '.repeat(40));
    await model.doGenerate(call);
    const [key = ''] = await ioRedis.keys('*');
    const bare: number[] = [];
    const hits: number[] = [];
    for (let turn = 0; turn < 2000; turn += 1) {
      bare.push(await timed(() => get(key)));
      hits.push(await timed(() => model.doGenerate(call)));
    }
    const [getMs, hitMs] = [median(bare.slice(200)), median(hits.slice(200))];
    const added = hitMs - getMs;
    rows.push({
      client: title,
      'GET ms': getMs.toFixed(3),
      'hit ms': hitMs.toFixed(3),
      'added ms': added.toFixed(3),
      ratio: (hitMs / getMs).toFixed(2),
      'ratio at 5 ms away': ((hitMs + 5) / (getMs + 5)).toFixed(2),
    });
  }
  console.table(rows);
  nodeRedis.destroy();
  ioRedis.disconnect();
  await service.stop();
  await server.stop();
}

function wrapped(store: Store): LanguageModel {
  const bare = scriptedModel(['An answer of usual length. '.repeat(40)]);
  return withStagedRetry(bare, { scope: 'tenant', cache: { store } }) as unknown as LanguageModel; // by structure
}

function callOf(text: string): CallOptions {
  return { prompt: [{ role: 'user', content: [{ type: 'text', text }] }] };
}

async function timesOf(turns: number, call: () => PromiseLike<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) times.push(await timed(call));
  return times.slice(turns / 10);
}
