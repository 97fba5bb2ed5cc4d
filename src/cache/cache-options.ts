import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { isStore, refuseNoStore } from '../stores/arguments.ts';
import type { Store } from '../stores/store.ts';
import type { EncryptionKey, EncryptOptions } from './cipher.ts';

/** Where accepted answers are kept, for how long, and for whom. */
export interface CacheOptions {
  readonly store: Store;
  /** How long an answer is taken from the cache, in milliseconds. @default as long as the store keeps it */
  readonly ttlMs?: number;
  /** Part of the key: another version is another cache. */
  readonly version?: string;
  /** Provider options that make no difference to an answer: `'openai'`, or `'openai.user'`. */
  readonly ignoreProviderOptions?: readonly string[];
  /** How long after its time an answer still serves when the run fails, in milliseconds. @default 0 */
  readonly staleIfErrorMs?: number;
  /** Identical concurrent calls, in any process, make one upstream run. @default false */
  readonly singleFlight?: boolean | SingleFlightOptions;
  /** Takes the writes that would be awaited before an answer goes out: `waitUntil` of a serverless platform. */
  readonly waitUntil?: (write: Promise<unknown>) => void;
  /** Encrypts what is stored (AES-GCM, bound to its key). */
  readonly encrypt?: EncryptOptions;
}

/** How long equal calls wait for the one that makes the answer. */
export interface SingleFlightOptions {
  /** How long a process that died holds the others up, in milliseconds. @default 15_000 */
  readonly leaseMs?: number;
  /** How long a call waits for another's answer before it makes its own, in milliseconds. @default 60_000 */
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
  if (typeof options !== 'object' || options === null) throw invalid('cache', 'cache must be { store, … }.');
  if (isStore(options)) throw invalid('cache', 'cache takes options, not the store itself: cache: { store }.');
  refuseUnknown('cache', options, Object.keys(known));
  const { version, ignoreProviderOptions, waitUntil, singleFlight, encrypt } = options;
  refuseNoStore('cache.store', options.store);
  positive('cache.ttlMs', options.ttlMs);
  positive('cache.staleIfErrorMs', options.staleIfErrorMs, 0);
  if (version !== undefined && typeof version !== 'string')
    throw invalid('cache.version', 'cache.version is a string.');
  if (ignoreProviderOptions?.some((name) => typeof name !== 'string')) {
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
  refuseUnknown('cache.singleFlight', singleFlight, ['leaseMs', 'followMs']);
  positive('cache.singleFlight.leaseMs', singleFlight.leaseMs);
  positive('cache.singleFlight.followMs', singleFlight.followMs, 0);
}

function refuseBadKeys(encrypt: EncryptOptions): void {
  const keys: readonly EncryptionKey[] = 'key' in encrypt ? [encrypt.key] : [encrypt.current, encrypt.previous];
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
