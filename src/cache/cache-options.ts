import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { isStore, refuseNoStore } from '../stores/arguments.ts';
import type { Store } from '../stores/store.ts';
import type { EncryptionKey, EncryptOptions } from './cipher.ts';

/** Where accepted answers are cached, and for how long. Only accepted answers are cached. */
export interface CacheOptions {
  /** Where entries are kept: `memoryStore()`, `redisStore()`, `upstashStore()` or your own. */
  readonly store: Store;
  /**
   * How long an answer may be served, in milliseconds. A shorter value also applies to existing entries.
   * @default no limit
   */
  readonly ttlMs?: number;
  /** Part of the key. Change it to start with an empty cache. */
  readonly version?: string;
  /**
   * Provider options that do not affect the answer and are left out of the key: `'openai.user'`, or `'openai'` for all
   * of them.
   * @default []
   */
  readonly ignoreProviderOptions?: readonly string[];
  /** How long an expired answer may still be served when the run fails, in milliseconds after it expired. @default 0 */
  readonly staleIfErrorMs?: number;
  /** Whether identical concurrent calls, in any process, share one upstream run. @default false */
  readonly singleFlight?: boolean | SingleFlightOptions;
  /**
   * Receives the write that would otherwise be awaited before the answer is returned: `waitUntil` of a serverless
   * platform.
   */
  readonly waitUntil?: (write: Promise<unknown>) => void;
  /** Encrypts entries with AES-GCM and binds them to their key. An entry that cannot be decrypted counts as a miss. */
  readonly encrypt?: EncryptOptions;
}

/** How long identical calls wait for the one that makes the answer. */
export interface SingleFlightOptions {
  /** How long the others wait for a process that died, in milliseconds after its last sign of life. @default 15_000 */
  readonly leaseMs?: number;
  /** How long a call waits for another call's answer before it makes its own, in milliseconds. @default 60_000 */
  readonly followMs?: number;
}

const known: Readonly<Record<keyof CacheOptions, true>> = {
  store: true,
  ttlMs: true,
  version: true,
  ignoreProviderOptions: true,
  staleIfErrorMs: true,
  singleFlight: true,
  waitUntil: true,
  encrypt: true,
};

/** @throws InvalidArgumentError naming the option that is wrong. */
export function refuseBadCacheOptions(options: CacheOptions): void {
  if (isStore(options)) throw invalid('cache', 'cache takes options, not the store itself: cache: { store }.');
  refuseUnknown('cache', options, Object.keys(known));
  const { version, ignoreProviderOptions: ignored = [], waitUntil, singleFlight, encrypt } = options;
  refuseNoStore('cache.store', options.store);
  positive('cache.ttlMs', options.ttlMs);
  positive('cache.staleIfErrorMs', options.staleIfErrorMs, 0);
  if (version !== undefined && typeof version !== 'string')
    throw invalid('cache.version', 'cache.version is a string.');
  if (!(Array.isArray(ignored) && ignored.every((name) => typeof name === 'string'))) {
    throw invalid('cache.ignoreProviderOptions', "cache.ignoreProviderOptions lists names as 'openai.user'.");
  }
  if (waitUntil !== undefined && typeof waitUntil !== 'function') {
    throw invalid('cache.waitUntil', 'cache.waitUntil is a function.');
  }
  refuseBadSingleFlight(singleFlight);
  if (encrypt !== undefined) refuseBadKeys(encrypt);
}

function refuseBadSingleFlight(singleFlight: CacheOptions['singleFlight']): void {
  if (singleFlight === undefined || typeof singleFlight === 'boolean') return;
  if (typeof singleFlight !== 'object' || singleFlight === null || Array.isArray(singleFlight))
    throw invalid('cache.singleFlight', 'cache.singleFlight must be true, false or { leaseMs, followMs }.');
  refuseUnknown('cache.singleFlight', singleFlight, ['leaseMs', 'followMs']);
  positive('cache.singleFlight.leaseMs', singleFlight.leaseMs);
  positive('cache.singleFlight.followMs', singleFlight.followMs, 0);
}

function refuseBadKeys(encrypt: EncryptOptions): void {
  const given = Object(encrypt);
  const keys: readonly EncryptionKey[] = 'key' in given ? [given.key] : [given.current, given.previous];
  const isGood = (key: EncryptionKey) =>
    typeof key === 'string' ? key.length >= 16 : key?.algorithm?.name === 'AES-GCM';
  if (keys.every(isGood)) return;
  throw invalid(
    'cache.encrypt',
    'cache.encrypt needs a secret of at least 16 characters, or an AES-GCM CryptoKey, for each key.',
  );
}

function positive(argument: string, value: number | undefined, least = Number.MIN_VALUE): void {
  if (value === undefined || (Number.isFinite(value) && value >= least)) return;
  throw invalid(argument, `${argument} must be ${least === 0 ? '0 or more' : 'above 0'}.`);
}

function invalid(argument: string, message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument, message });
}
