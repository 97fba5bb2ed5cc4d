import type { Effects } from '../effects/effects.ts';
import { guardedStore } from '../stores/guarded-store.ts';
import { canonicalJson } from '../trace/canonical-json.ts';
import { type CacheOptions, refuseBadCacheOptions } from './cache-options.ts';
import { createCipher } from './cipher.ts';
import { type CacheIdentity, cacheKey } from './key.ts';
import { refresh, serveAlone } from './serve-alone.ts';
import type { CacheCall, Make, Served } from './served.ts';
import { createShelf } from './shelf.ts';
import { singleFlight } from './single-flight.ts';

/** Answers that were accepted before, on a store. */
export interface Cache {
  /** Where the answer to a call is kept. Rejects with a TypeError for a call that holds what has no JSON form. */
  keyOf(identity: Pick<CacheIdentity, 'scope' | 'model' | 'params'>): Promise<string>;
  /** The kept answer to a call, or what `make` makes, which is kept when it may be. */
  serve<RESULT>(call: CacheCall, make: Make<RESULT>): Promise<Served<RESULT>>;
  /** What `make` makes, whatever is kept, which it replaces. */
  refresh<RESULT>(call: CacheCall, make: Make<RESULT>): Promise<Served<RESULT>>;
}

/**
 * `wrapping` is what a model was wrapped with that its answers depend on.
 *
 * @throws InvalidArgumentError naming the option that is wrong.
 */
export function createCache(options: CacheOptions, wrapping: () => unknown, effects: Effects): Cache {
  refuseBadCacheOptions(options);
  const { ttlMs = Number.POSITIVE_INFINITY, staleIfErrorMs = 0, ignoreProviderOptions = [], version } = options;
  const shelf = createShelf({
    store: guardedStore(options.store, effects),
    cipher: options.encrypt === undefined ? undefined : createCipher(options.encrypt),
    ttlMs,
    staleIfErrorMs,
    waitUntil: options.waitUntil,
    effects,
  });
  const flight = flightOptions(options.singleFlight);
  const joined = flight === undefined ? undefined : singleFlight(shelf, { ...flight, effects });
  let wrappingText: string | undefined;

  return {
    keyOf(identity) {
      wrappingText ??= canonicalJson([version, wrapping()]);
      return cacheKey({ ...identity, ignoreProviderOptions, wrapping: wrappingText });
    },
    serve: (call, make) => (joined === undefined ? serveAlone(shelf, call, make) : joined.serve(call, make)),
    refresh: (call, make) => refresh(shelf, call, make),
  };
}

function flightOptions(singleFlight: CacheOptions['singleFlight']): { leaseMs: number; followMs: number } | undefined {
  if (singleFlight === undefined || singleFlight === false) return undefined;
  const { leaseMs = 15_000, followMs = 60_000 } = singleFlight === true ? {} : singleFlight;
  return { leaseMs, followMs };
}
