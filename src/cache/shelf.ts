import type { Effects } from '../effects/effects.ts';
import type { GuardedStore, WriteOptions } from '../stores/guarded-store.ts';
import { type CacheRecord, parseRecord, recordText } from './cache-record.ts';
import type { Cipher } from './cipher.ts';
import type { Entry } from './entry.ts';
import type { CacheCall, Served } from './served.ts';

/** What reading a key found. */
export type Found =
  | { readonly type: 'found'; readonly text: string; readonly record: CacheRecord }
  /** Nothing, or a text that is not ours. */
  | { readonly type: 'absent'; readonly text: string | undefined }
  /** The store failed, or is not asked for now. */
  | { readonly type: 'failed' | 'skipped' };

/** The store, seen as a set of cache records. */
export interface Shelf {
  find(call: CacheCall): Promise<Found>;
  /** The text of a record, for conditions on it. */
  textOf(key: string, record: CacheRecord): Promise<string>;
  /** Writes; `undefined` if it is unknown whether the write happened. */
  write(key: string, text: string, options: WriteOptions, signal?: AbortSignal): Promise<boolean | undefined>;
  /** Stores an answer for as long as it may be served, and resolves to whether the store failed. That fails no call. */
  keep(key: string, made: Omit<Entry, 'createdAt'>, options: Omit<WriteOptions, 'ttlMs'>): Promise<boolean>;
  /** A `fresh` entry may be served, a `stale` one only if the run fails. */
  gradeOf(entry: Entry, call: CacheCall): 'fresh' | 'stale' | 'expired';
  /** How long the entry may be served to anyone. */
  leftMs(entry: Entry): number;
  serve<RESULT>(type: 'hit' | 'follower', entry: Entry): Served<RESULT>;
  /** Serves a stale entry in place of the error that a run failed with. */
  serveStale<RESULT>(entry: Entry, error: unknown): Served<RESULT>;
}

export interface ShelfOptions {
  readonly store: GuardedStore;
  readonly cipher: Cipher | undefined;
  readonly ttlMs: number;
  readonly staleIfErrorMs: number;
  readonly waitUntil: ((write: Promise<unknown>) => void) | undefined;
  readonly effects: Effects;
}

export function createShelf({ store, cipher, ttlMs, staleIfErrorMs, waitUntil, effects }: ShelfOptions): Shelf {
  const ageOf = ({ createdAt }: Entry) => Math.max(0, effects.now() - createdAt);
  const leftMs = (entry: Entry) => ttlMs + staleIfErrorMs - ageOf(entry);

  async function parse(key: string, text: string): Promise<CacheRecord | undefined> {
    const opened = cipher === undefined ? text : await cipher.open(text, key);
    return opened === undefined ? undefined : parseRecord(key, opened);
  }

  async function textOf(key: string, record: CacheRecord): Promise<string> {
    const text = recordText(key, record);
    return cipher === undefined ? text : await cipher.seal(text, key);
  }

  return {
    textOf,
    leftMs,
    write: store.set,

    async find({ key, signal, specificationVersion }) {
      const reading = await store.get(key, signal);
      if (reading.type !== 'read') return reading;
      const { text } = reading;
      const parsed = text === undefined ? undefined : await parse(key, text);
      const record = parsed?.type === 'entry' && !fits(parsed.entry, specificationVersion) ? undefined : parsed;
      if (text === undefined || record === undefined) return { type: 'absent', text };
      return { type: 'found', text, record };
    },

    async keep(key, made, options) {
      const write = async () => {
        const entry = { ...made, createdAt: effects.now() };
        const text = await textOf(key, { type: 'entry', entry });
        return (await store.set(key, text, { ...options, ...ttl(leftMs(entry)) })) === undefined;
      };
      const writing = write().catch(() => true);
      return await handOver(writing, waitUntil);
    },

    gradeOf(entry, { maxAgeMs = Number.POSITIVE_INFINITY }) {
      const overdueMs = ageOf(entry) - Math.min(ttlMs, maxAgeMs);
      if (overdueMs <= 0) return 'fresh';
      return overdueMs <= staleIfErrorMs ? 'stale' : 'expired';
    },

    serve: (type, entry) => ({ type, entry, ageMs: ageOf(entry) }),
    serveStale: (entry, error) => ({ type: 'stale', entry, ageMs: ageOf(entry), error }),
  };
}

/** Files of `v4` name the type of their data; those of `v3` do not. */
function fits({ result }: Entry, version: CacheCall['specificationVersion']): boolean {
  return result.content.every((part) => {
    if (part.type !== 'file' && part.type !== 'reasoning-file') return true;
    const { data } = part;
    const isTagged = typeof data === 'object' && !(data instanceof Uint8Array);
    return isTagged === (version === 'v4');
  });
}

/** A time to live as stores take it; infinite means for ever. */
export function ttl(ms: number): { readonly ttlMs?: number } {
  return Number.isFinite(ms) ? { ttlMs: Math.max(1, ms) } : {};
}

/** Waits for a write, or hands it to the platform's `waitUntil`; whether it failed is not known then. */
async function handOver(write: Promise<boolean>, waitUntil: ShelfOptions['waitUntil']): Promise<boolean> {
  if (waitUntil === undefined) return await write;
  try {
    const waiting: unknown = waitUntil(write);
    Promise.resolve(waiting).catch(() => {});
    return false;
  } catch {
    return await write;
  }
}
