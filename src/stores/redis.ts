/**
 * A store on node-redis or ioredis.
 *
 * @module ai-staged-retry/redis
 */

import { refuseNoClient } from './arguments.ts';
import { redisProtocolStore } from './redis-protocol.ts';
import type { Store } from './store.ts';

/** The methods that the store uses of a client, pool or cluster of `redis` (node-redis, version 4 or later). */
export interface NodeRedisClient {
  get(key: string): PromiseLike<unknown>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): PromiseLike<unknown>;
}

/** The methods that the store uses of a client or cluster of `ioredis` (version 5 or later). */
export interface IoRedisClient {
  get(key: string): PromiseLike<unknown>;
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): PromiseLike<unknown>;
  /** Distinguishes it from node-redis. */
  defineCommand(name: string, definition: { lua: string }): void;
}

/**
 * Creates a store on Redis over TCP, with a client of yours. You connect the client, handle its errors and close it.
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
