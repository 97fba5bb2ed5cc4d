/** What the cache had to do with an answer. */
export interface CacheReport {
  /**
   * `hit`: accepted for an equal call before. `follower`: another call was making it at the same time. `stale`: older than
   * the cache would take, in place of an error. `miss`, `refresh` and `bypass`: made for this call.
   */
  readonly status: 'hit' | 'follower' | 'stale' | 'miss' | 'refresh' | 'bypass';
  /** Of an answer from the cache, in milliseconds. */
  readonly ageMs?: number;
}
