/**
 * A store on node-redis or ioredis.
 *
 * @module ai-staged-retry/redis
 */

import { refuseNoClient } from './arguments.ts';
import { redisProtocolStore } from './redis-protocol.ts';
import type { Store } from './store.ts';

/** What the store uses of a client, pool or cluster from `redis` (node-redis, from version 4). */
export interface NodeRedisClient {
  get(key: string): PromiseLike<unknown>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): PromiseLike<unknown>;
}

/** What the store uses of a client or cluster from `ioredis` (from version 5). */
export interface IoRedisClient {
  get(key: string): PromiseLike<unknown>;
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): PromiseLike<unknown>;
  /** What tells it from the other. */
  defineCommand(name: string, definition: { lua: string }): void;
}

/**
 * A store on Redis over TCP, with whichever client the caller has. The client is connected, watched for errors and closed
 * by the caller.
 *
 * @example
 * const store = redisStore(await createClient().on('error', console.error).connect());
 * @example
 * const store = redisStore(new Redis('redis://localhost:6379'));
 */
export function redisStore(client: NodeRedisClient | IoRedisClient): Store {
  refuseNoClient('redisStore', client, 'await createClient({ url }).connect()');
  return redisProtocolStore({
    get: (key) => client.get(key),
    evaluate: (script, key, args) =>
      isIoRedis(client) ? client.eval(script, 1, key, ...args) : client.eval(script, { keys: [key], arguments: args }),
  });
}

function isIoRedis(client: NodeRedisClient | IoRedisClient): client is IoRedisClient {
  return 'defineCommand' in client;
}
