/** What the cache did for an answer. */
export interface CacheReport {
  /**
   * - `hit`: the answer was accepted for an identical call earlier.
   * - `follower`: an identical call was already making the answer, and this call shared it.
   * - `stale`: an expired answer, served because the run failed.
   * - `miss`, `refresh`, `bypass`: the answer was made for this call.
   */
  readonly status: 'hit' | 'follower' | 'stale' | 'miss' | 'refresh' | 'bypass';
  /** The age of a cached answer, in milliseconds. */
  readonly ageMs?: number;
  /**
   * Why an accepted answer was not kept:
   * - `unfinished`: it was cut off, or ended for a reason other than `stop`.
   * - `tool-call`: it calls tools.
   * - `forced`: a person accepted what the checks reject.
   * - `store-failed`: the store did not write it. Unknown, and not told, with `waitUntil`.
   */
  readonly notKept?: 'unfinished' | 'tool-call' | 'forced' | 'store-failed';
}
