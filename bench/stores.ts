/** What a hit costs through a store, as a ratio to the client's bare GET of the same bytes. */
import { Redis as UpstashRedis } from '@upstash/redis';
import { Redis as IoRedis } from 'ioredis';
import { createClient } from 'redis';
import { redisStore } from '../src/stores/redis.ts';
import type { Store } from '../src/stores/store.ts';
import { upstashStore } from '../src/stores/upstash.ts';
import { startRedis } from '../test/servers/redis-server.ts';
import { startUpstash } from '../test/servers/upstash-server.ts';
import { median, timed } from './measure.ts';

interface Contestant {
  readonly title: string;
  readonly store: Store;
  readonly get: (key: string) => PromiseLike<unknown>;
}

const server = await startRedis();
const service = await startUpstash({ redisPort: server.port });
const nodeRedis = await createClient({ url: server.url }).connect();
const ioRedis = new IoRedis(server.port);
const connection = { url: service.url, token: service.token };
const upstash = new UpstashRedis(connection);
const lean = new UpstashRedis({
  ...connection,
  automaticDeserialization: false,
  enableAutoPipelining: false,
  enableTelemetry: false,
  readYourWrites: false,
});

const contestants: readonly Contestant[] = [
  { title: 'ioredis', store: redisStore(ioRedis), get: (key) => ioRedis.get(key) },
  { title: 'node-redis', store: redisStore(nodeRedis), get: (key) => nodeRedis.get(key) },
  { title: '@upstash/redis, default options', store: upstashStore(upstash), get: (key) => upstash.get(key) },
  { title: '@upstash/redis, recommended options', store: upstashStore(lean), get: (key) => lean.get(key) },
];

const rows = [];
for (const { title, store, get } of contestants) {
  for (const length of [1000, 50_000]) {
    const key = `bench:${length}`;
    await store.set(key, JSON.stringify({ text: 'é'.padEnd(length, 'answer ') }));
    rows.push({
      client: title,
      characters: length,
      ...(await compared(
        () => store.get(key),
        () => get(key),
      )),
    });
  }
}
console.table(rows);

nodeRedis.destroy();
ioRedis.disconnect();
await service.stop();
await server.stop();

/** Takes turns, so that a busy moment of the machine falls on both. */
async function compared(through: () => PromiseLike<unknown>, bare: () => PromiseLike<unknown>) {
  const times: { readonly through: number[]; readonly bare: number[] } = { through: [], bare: [] };
  for (let turn = 0; turn < 2000; turn += 1) {
    times.bare.push(await timed(bare));
    times.through.push(await timed(through));
  }
  const [store, client] = [median(times.through.slice(200)), median(times.bare.slice(200))];
  return { 'store ms': store.toFixed(3), 'GET ms': client.toFixed(3), ratio: (store / client).toFixed(2) };
}
