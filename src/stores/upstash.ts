/**
 * A store on `@upstash/redis`: fetch only, for the edge.
 *
 * @module ai-staged-retry/upstash
 */

import { refuseNoClient } from './arguments.ts';
import { redisProtocolStore } from './redis-protocol.ts';
import type { Store } from './store.ts';

/** The methods that the store uses of `Redis` from `@upstash/redis`. */
export interface UpstashClient {
  get(key: string): Promise<unknown>;
  eval(script: string, keys: string[], args: string[]): Promise<unknown>;
}

/**
 * Creates a store on Upstash over HTTP, for the edge and anywhere else. It works with any options of the client:
 * automatic deserialisation, pipelining and base64 on or off. Pass a timeout as a function, because with a plain
 * `AbortSignal` the client answers "nothing there" instead of failing.
 *
 * @example
 * const store = upstashStore(Redis.fromEnv({ signal: () => AbortSignal.timeout(5_000) }));
 */
export function upstashStore(redis: UpstashClient): Store {
  refuseNoClient('upstashStore', redis, 'new Redis({ url, token })');
  return redisProtocolStore({
    get: (key) => redis.get(key),
    evaluate: (script, key, args) => redis.eval(script, [key], args),
  });
}
