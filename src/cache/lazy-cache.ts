import type { Effects } from '../effects/effects.ts';
import type { Cache } from './cache.ts';
import { type CacheOptions, refuseBadCacheOptions } from './cache-options.ts';

export interface LazyCache extends Cache {
  /** Whether identical calls wait for the one that makes the answer. */
  readonly isShared: boolean;
}

/**
 * A cache that loads when it is first used.
 *
 * @throws InvalidArgumentError naming the option that is wrong.
 */
export function lazyCache(options: CacheOptions, wrapping: () => unknown, effects: Effects): LazyCache {
  refuseBadCacheOptions(options);
  let loading: Promise<Cache> | undefined;
  const load = () => {
    loading ??= import('./cache.ts').then(({ createCache }) => createCache(options, wrapping, effects));
    return loading;
  };
  return {
    isShared: (options.singleFlight ?? false) !== false,
    keyOf: async (identity) => (await load()).keyOf(identity),
    serve: async (call, make) => (await load()).serve(call, make),
    refresh: async (call, make) => (await load()).refresh(call, make),
  };
}
