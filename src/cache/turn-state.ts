import type { CacheRecord } from './record.ts';
import type { SharedFailure } from './shared-failure.ts';
import type { Found } from './shelf.ts';

/** Whose turn it is to make the answer at a key. */
export type TurnState =
  /** The store does not tell. */
  | { readonly type: 'unknown' }
  | { readonly type: 'free'; readonly failures: number }
  | { readonly type: 'held' }
  /** Everybody's: what comes of it may not be kept. */
  | { readonly type: 'uncached' }
  /** Nobody's for a while. */
  | { readonly type: 'failed'; readonly failure: SharedFailure };

/** How long word of a failed or uncached run stands, in milliseconds. */
export const wordMs = 2000;

/** After the first failure one of those who wait takes over; after the second all of them fail. */
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

/** What must still be there for a write that follows from what was read. */
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

/** A word from the future is of a clock that is ahead, or of somebody who wants it to stand for ever. */
function isRecent(at: number, now: number): boolean {
  return Math.abs(now - at) < wordMs;
}
