import type { Entry } from './entry.ts';

/** Why an answer was not taken from the cache. */
export type MissReason = 'absent' | 'expired' | 'refresh' | 'store-failed' | 'store-skipped' | 'no-key';

export interface CacheCall {
  readonly key: string;
  readonly maxAgeMs: number | undefined;
  readonly signal: AbortSignal | undefined;
  /** How files are represented in an answer. */
  readonly specificationVersion: 'v3' | 'v4';
  /** Called before a run starts. */
  readonly onMiss: (reason: MissReason) => void;
}

/** The result of a run, and the part of it that may be cached. */
export interface Made<RESULT> {
  readonly result: RESULT;
  readonly entry: Omit<Entry, 'createdAt'> | undefined;
}

export type Make<RESULT> = () => Promise<Made<RESULT>>;

/** Whether a call was answered by a run or from the cache. */
export type Served<RESULT> =
  | {
      readonly type: 'miss';
      readonly result: RESULT;
      /** Whether the store did not write the answer, though it may be cached. */
      readonly isLost?: boolean;
    }
  | {
      readonly type: 'hit' | 'follower' | 'stale';
      readonly entry: Entry;
      readonly ageMs: number;
      /** What the run failed with, so that a stale answer is served. */
      readonly error?: unknown;
    };
