/** What the map keeps of an entry. */
export interface ExpiringEntry {
  readonly value: string;
  readonly bytes: number;
  /** On the map's clock; infinite for what stays. */
  readonly expiresAt: number;
}

/** Entries in the order they were put, their bytes counted; what has expired goes when it is met. */
export interface ExpiringMap {
  readonly size: number;
  readonly bytes: number;
  get(key: string): ExpiringEntry | undefined;
  /** Puts the entry last. */
  put(key: string, entry: ExpiringEntry): void;
  delete(key: string): void;
  /** Deletes the entry put longest ago. */
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
