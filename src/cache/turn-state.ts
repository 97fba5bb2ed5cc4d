import type { CacheRecord } from './cache-record.ts';
import type { SharedFailure } from './shared-failure.ts';
import type { Found } from './shelf.ts';

/** Whose turn it is to make the answer at a key. */
export type TurnState =
  /** The store did not answer. */
  | { readonly type: 'unknown' }
  | { readonly type: 'free'; readonly failures: number }
  | { readonly type: 'held' }
  /** Every caller's: the result may not be cached. */
  | { readonly type: 'uncached' }
  /** Nobody's for now. */
  | { readonly type: 'failed'; readonly failure: SharedFailure };

/** How long the record of a failed or uncached run is kept, in milliseconds. */
export const wordMs = 2000;

/** After the first failure one waiter takes over; after the second all waiters fail. */
const failuresToShare = 2;

export function turnStateOf(found: Found, now: number): TurnState {
  switch (found.type) {
    case 'failed':
    case 'skipped':
      return { type: 'unknown' };
    case 'absent':
      return free;
    case 'found':
      return stateOfRecord(found.record, now);
  }
}

/** The value that must still be at the key for a write based on what was read. */
export function asSeen(found: Found): 'absent' | { readonly equals: string } {
  const text = found.type === 'found' || found.type === 'absent' ? found.text : undefined;
  return text === undefined ? 'absent' : { equals: text };
}

const free: TurnState = { type: 'free', failures: 0 };

function stateOfRecord(record: CacheRecord, now: number): TurnState {
  switch (record.type) {
    case 'entry':
    case 'released':
      return free;
    case 'lease':
      return { type: 'held' };
    case 'uncached':
      return isRecent(record.at, now) ? { type: 'uncached' } : free;
    case 'failure': {
      const { at, failure, failures } = record;
      if (!isRecent(at, now)) return free;
      return failures >= failuresToShare ? { type: 'failed', failure } : { type: 'free', failures };
    }
  }
}

/** A time in the future comes from a clock that is ahead, or from someone who wants the record to last for ever. */
function isRecent(at: number, now: number): boolean {
  return Math.abs(now - at) < wordMs;
}
