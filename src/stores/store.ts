/**
 * The key-value interface behind the cache, the inbox and shared limits. Keys and values are strings, and every write
 * can be conditional.
 */
export interface Store {
  /** Resolves to the value at the key; `undefined` if there is none. */
  get(key: string): Promise<string | undefined>;
  /**
   * Writes the value and resolves to whether it was written. With `onlyIf`, the comparison and the write are one atomic
   * step. If a write is repeated because its reply was lost, it must count as written.
   */
  set(key: string, value: string, options?: StoreSetOptions): Promise<boolean>;
  /** Removes the value, if there is one. */
  delete(key: string): Promise<void>;
  /** A set of members, ordered by score. Reading a page costs O(page) and scans no keys. */
  index(name: string): StoreIndex;
  /**
   * The store's own clock, in milliseconds since the epoch. Without it, the clocks of processes that share a rate limit
   * must agree.
   */
  now?(): Promise<number>;
}

/** When a value expires, and under which condition it is written. */
export interface StoreSetOptions {
  /** After how many milliseconds the key expires. @default never */
  readonly ttlMs?: number;
  /**
   * What must be at the key for the write to happen. Write a value that nobody else writes, for example with a random
   * id: an equal value that is already there counts as your own write whose reply was lost.
   */
  readonly onlyIf?: 'absent' | { readonly equals: string };
}

/** Members ordered by score, and by member if scores are equal. `desc` is the exact reverse of `asc`. */
export interface StoreIndex {
  /** Adds the member, or moves it to the new score. */
  add(member: string, score: number): Promise<void>;
  /** Removes the member, if it is there. */
  remove(member: string): Promise<void>;
  /** Resolves to the next `limit` members after `cursor`. The result has a `cursor` if there may be more. */
  page(options: {
    readonly limit: number;
    readonly cursor?: string;
    /** @default 'asc' */
    readonly order?: 'asc' | 'desc';
  }): Promise<{ readonly members: string[]; readonly cursor?: string }>;
}
