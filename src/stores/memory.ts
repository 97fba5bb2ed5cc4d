import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { StoreError } from '../errors/store-error.ts';
import { finiteScore, positiveLimit, refuseBadKey, refuseBadWrite, wholeTtlMs } from './arguments.ts';
import { isDurable } from './durable.ts';
import { expiringMap } from './expiring-map.ts';
import { type MemoryIndex, memoryIndex } from './memory-index.ts';
import { readPage } from './page.ts';
import type { Store, StoreSetOptions } from './store.ts';

/** How much the store may hold. */
export interface MemoryStoreOptions {
  /** The most it may hold, in bytes: two per character and 200 per entry. @default 67_108_864 (64 MiB) */
  readonly maxBytes?: number;
  /** The most entries it may hold. @default 100_000 */
  readonly maxEntries?: number;
  /** The clock that entries expire by, in milliseconds. @default Date.now */
  readonly now?: () => number;
}

/**
 * Creates a store in this process's memory, for tests, development and a single instance. When it is full, it evicts
 * the least recently used entries. Escalations and the members of indexes are never evicted: a write that finds no room
 * fails with `StoreError`. It starts no timers.
 *
 * @throws InvalidArgumentError if a limit is below 1.
 * @example
 * const store = memoryStore({ maxBytes: 16 * 1024 * 1024 });
 */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  refuseBadOptions('memoryStore', options, { maxBytes: 'number', maxEntries: 'number', now: 'function' });
  const { maxBytes = 64 * 1024 * 1024, maxEntries = 100_000, now = Date.now } = options;
  positiveLimit('maxBytes', maxBytes);
  positiveLimit('maxEntries', maxEntries);
  const evictable = expiringMap(now);
  const durable = expiringMap(now);
  const indexes = new Map<string, MemoryIndex>();
  const members = { size: 0, bytes: 0 };

  function sectionOf(key: string) {
    refuseBadKey(key);
    return isDurable(key) ? durable : evictable;
  }

  /** Whether the entries that must not be evicted leave room for `bytes` more. */
  function canHold(bytes: number): boolean {
    return durable.bytes + members.bytes + bytes <= maxBytes && durable.size + members.size + 1 <= maxEntries;
  }

  /** Evicts entries until `bytes` fit, or throws before anything is evicted. */
  function makeRoom({ bytes, operation, key }: { bytes: number; operation: string; key: string }): void {
    if (!canHold(bytes)) durable.deleteExpired();
    if (!canHold(bytes)) {
      const reason = `no room for it beside what is never evicted (maxBytes ${maxBytes}, maxEntries ${maxEntries})`;
      throw new StoreError({ operation, key, reason });
    }
    while (
      evictable.bytes + durable.bytes + members.bytes + bytes > maxBytes ||
      evictable.size + durable.size + members.size + 1 > maxEntries
    ) {
      evictable.deleteFirst();
    }
  }

  return {
    async get(key) {
      const section = sectionOf(key);
      const entry = section.get(key);
      if (entry !== undefined) section.put(key, entry);
      return entry?.value;
    },

    async set(key, value, { ttlMs, onlyIf } = {}) {
      refuseBadWrite(value, onlyIf);
      const wholeMs = wholeTtlMs(ttlMs);
      const expiresAt = wholeMs === undefined ? Number.POSITIVE_INFINITY : now() + wholeMs;
      const section = sectionOf(key);
      const current = section.get(key);
      if (!mayWrite({ current: current?.value, value, onlyIf })) return false;
      const bytes = bytesOf(key) + 2 * value.length;
      if (section === durable) durable.deleteExpired();
      section.delete(key);
      try {
        makeRoom({ bytes, operation: 'set', key });
      } catch (error) {
        if (current !== undefined) section.put(key, current);
        throw error;
      }
      section.put(key, { value, bytes, expiresAt });
      return true;
    },

    async delete(key) {
      sectionOf(key).delete(key);
    },

    index: (name) => ({
      async add(member, score) {
        const entry = { member, score: finiteScore(score) };
        const index = indexes.get(name) ?? memoryIndex();
        if (!index.has(member)) {
          const bytes = bytesOf(member);
          makeRoom({ bytes, operation: 'index.add', key: name });
          members.size += 1;
          members.bytes += bytes;
        }
        index.add(entry);
        indexes.set(name, index);
      },

      async remove(member) {
        const index = indexes.get(name);
        if (index === undefined || !index.has(member)) return;
        members.size -= 1;
        members.bytes -= bytesOf(member);
        index.remove(member);
        if (index.size === 0) indexes.delete(name);
      },

      page: (options) => readPage(options, (request) => indexes.get(name)?.slice(request) ?? []),
    }),
  };
}

/** A repeated write counts as written: its first reply was lost. */
function mayWrite({
  current,
  value,
  onlyIf,
}: {
  current: string | undefined;
  value: string;
  onlyIf: StoreSetOptions['onlyIf'];
}): boolean {
  if (onlyIf === undefined || current === value) return true;
  return current === (onlyIf === 'absent' ? undefined : onlyIf.equals);
}

function bytesOf(name: string): number {
  return 2 * name.length + 200;
}
