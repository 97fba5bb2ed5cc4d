/** The small key-value interface behind everything durable: strings in, strings out, every write can be conditional. */
export interface Store {
  get(key: string): Promise<string | undefined>;
  /**
   * Writes and answers whether it did. With `onlyIf` the comparison and the write are one atomic step, and a write whose
   * reply was lost is recognised as done when it is sent again.
   */
  set(key: string, value: string, options?: StoreSetOptions): Promise<boolean>;
  delete(key: string): Promise<void>;
  /** An ordered set of members; a page costs O(page), never a key scan. */
  index(name: string): StoreIndex;
  /** The store's own clock, in milliseconds since the epoch. Without it the clocks of processes that share a rate limit have to agree. */
  now?(): Promise<number>;
}

/** When a value ends, and on which condition it is written. */
export interface StoreSetOptions {
  /** Milliseconds after which the key is gone. */
  readonly ttlMs?: number;
  /**
   * What must be there for the write to happen. Write a value that nobody else writes, with a random id in it: an equal
   * one that is there already counts as your own write, whose reply was lost.
   */
  readonly onlyIf?: 'absent' | { readonly equals: string };
}

/** Members ordered by score, equal scores by member; `desc` is the exact reverse of `asc`. */
export interface StoreIndex {
  /** Adds the member, or moves it to the new score. */
  add(member: string, score: number): Promise<void>;
  remove(member: string): Promise<void>;
  /** The next `limit` members after `cursor`; the result has a `cursor` while there may be more. */
  page(options: {
    readonly limit: number;
    readonly cursor?: string;
    /** @default 'asc' */
    readonly order?: 'asc' | 'desc';
  }): Promise<{ readonly members: string[]; readonly cursor?: string }>;
}
