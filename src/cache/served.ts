import type { Entry } from './entry.ts';

/** Why an answer was not taken from the cache. */
export type MissReason = 'absent' | 'expired' | 'refresh' | 'store-failed' | 'store-skipped' | 'no-key';

export interface CacheCall {
  readonly key: string;
  readonly maxAgeMs: number | undefined;
  readonly signal: AbortSignal | undefined;
  /** The form that files have in an answer. */
  readonly specificationVersion: 'v3' | 'v4';
  /** Told before a run is made. */
  readonly onMiss: (reason: MissReason) => void;
}

/** What a run came to, and what of it may be kept. */
export interface Made<RESULT> {
  readonly result: RESULT;
  readonly entry: Omit<Entry, 'createdAt'> | undefined;
}

export type Make<RESULT> = () => Promise<Made<RESULT>>;

/** How a call was answered: by a run of its own, or by an entry. */
export type Served<RESULT> =
  | { readonly type: 'miss'; readonly result: RESULT }
  | { readonly type: 'hit' | 'follower' | 'stale'; readonly entry: Entry; readonly ageMs: number };
