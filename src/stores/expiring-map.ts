/** An entry of the map. */
export interface ExpiringEntry {
  readonly value: string;
  readonly bytes: number;
  /** By the map's clock; infinite for entries that never expire. */
  readonly expiresAt: number;
}

/** Entries in insertion order, with their size in bytes. Expired entries are removed when they are found. */
export interface ExpiringMap {
  readonly size: number;
  readonly bytes: number;
  get(key: string): ExpiringEntry | undefined;
  /** Adds the entry at the end. */
  put(key: string, entry: ExpiringEntry): void;
  delete(key: string): void;
  /** Deletes the oldest entry. */
  deleteFirst(): void;
  deleteExpired(): void;
}

export function expiringMap(now: () => number): ExpiringMap {
  const entries = new Map<string, ExpiringEntry>();
  let bytes = 0;

  function remove(key: string): void {
    bytes -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  }

  return {
    get size() {
      return entries.size;
    },
    get bytes() {
      return bytes;
    },
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined || entry.expiresAt > now()) return entry;
      remove(key);
      return undefined;
    },
    put(key, entry) {
      remove(key);
      entries.set(key, entry);
      bytes += entry.bytes;
    },
    delete: remove,
    deleteFirst() {
      for (const key of entries.keys()) return remove(key);
    },
    deleteExpired() {
      const time = now();
      for (const [key, entry] of entries) if (entry.expiresAt <= time) remove(key);
    },
  };
}
