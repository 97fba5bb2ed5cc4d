import { type RedisConfigNodejs, Redis as UpstashRedis } from '@upstash/redis';
import { Redis as IoRedis } from 'ioredis';
import { createClient } from 'redis';
import { redisStore } from '../../src/stores/redis.ts';
import type { Store } from '../../src/stores/store.ts';
import { upstashStore } from '../../src/stores/upstash.ts';
import type { RedisServer } from '../servers/redis-server.ts';
import type { UpstashServer } from '../servers/upstash-server.ts';

/** A store on a client that is connected until `close`. */
export interface OpenStore {
  readonly store: Store;
  close(): void;
}

type TcpClient = (server: RedisServer) => Promise<OpenStore>;

export const tcpClients: Readonly<Record<string, TcpClient>> = {
  'node-redis': (server) => openNodeRedis(server, {}),
  'node-redis with RESP2': (server) => openNodeRedis(server, { RESP: 2 }),
  ioredis: async ({ port }) => openIoRedis(new IoRedis({ port })),
  'ioredis with RESP2, a key prefix and numbers as strings': async ({ port }) =>
    openIoRedis(new IoRedis({ port, protocol: 2, keyPrefix: 'prefix:', stringNumbers: true })),
  'ioredis with pipelining': async ({ port }) => openIoRedis(new IoRedis({ port, enableAutoPipelining: true })),
};

export type UpstashOptions = Omit<RedisConfigNodejs, 'url' | 'token'>;

/** Every two of the options that change a reply meet here. */
export const upstashClients: Readonly<Record<string, UpstashOptions>> = {
  'the default options': {},
  'the options we recommend': {
    automaticDeserialization: false,
    enableAutoPipelining: false,
    enableTelemetry: false,
    readYourWrites: false,
    signal: () => AbortSignal.timeout(5_000),
  },
  'neither base64 nor deserialisation': { responseEncoding: false, automaticDeserialization: false },
  'neither base64 nor pipelining': { responseEncoding: false, enableAutoPipelining: false },
};

export function openUpstash(server: UpstashServer, options: UpstashOptions): Store {
  return upstashStore(new UpstashRedis({ url: server.url, token: server.token, ...options }));
}

async function openNodeRedis(server: RedisServer, options: { RESP?: 2 | 3 }): Promise<OpenStore> {
  const client = createClient({ url: server.url, ...options });
  client.on('error', () => {});
  await client.connect();
  return { store: redisStore(client), close: () => client.destroy() };
}

function openIoRedis(client: IoRedis): OpenStore {
  client.on('error', () => {});
  return { store: redisStore(client), close: () => client.disconnect() };
}
