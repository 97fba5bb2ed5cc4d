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

/** Accepted answers, kept in a store. */
export interface Cache {
  /** The key of a call's answer. Rejects with a TypeError for a call that contains a value without a JSON form. */
  keyOf(identity: Pick<CacheIdentity, 'scope' | 'model' | 'params'>): Promise<string>;
  /** The cached answer to a call, or the one that `make` makes, which is then cached if it may be. */
  serve<RESULT>(call: CacheCall, make: Make<RESULT>): Promise<Served<RESULT>>;
  /** The answer that `make` makes. It replaces the cached one. */
  refresh<RESULT>(call: CacheCall, make: Make<RESULT>): Promise<Served<RESULT>>;
}

/**
 * `wrapping` describes the options of the wrapped model that its answers depend on.
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
