import { deferred } from '../effects/deferred.ts';
import type { Effects } from '../effects/effects.ts';
import { sleep } from '../effects/waiting.ts';
import { EscalationPendingError } from '../errors/escalation-pending-error.ts';
import { readDeadlineMs } from '../stores/guarded-store.ts';
import type { Entry } from './entry.ts';
import { renewing } from './lease.ts';
import type { CacheRecord } from './record.ts';
import { entryOf, makeAndKeep, missReason } from './serve-alone.ts';
import type { CacheCall, Make, Served } from './served.ts';
import { mayServeStale, sharedError, sharedFailure } from './shared-failure.ts';
import { type Found, type Shelf, ttl } from './shelf.ts';

/** How long word of a failed or uncached run stands, in milliseconds. */
const wordMs = 2000;

/** After the first failure one of those who wait takes over; after the second all of them fail. */
const failuresToShare = 2;

export interface SingleFlight {
  serve<RESULT>(call: CacheCall, make: Make<RESULT>): Promise<Served<RESULT>>;
}

/**
 * Serves identical concurrent calls by one run. The lease and the entry share one key and every write is conditional on
 * what was read, so a holder that stalled past its lease cannot write, and one that died is replaced when the lease
 * expires.
 */
export function singleFlight(
  shelf: Shelf,
  { leaseMs, followMs, effects }: { leaseMs: number; followMs: number; effects: Effects },
): SingleFlight {
  /** The runs of this process: a hint for those who wait in it, the key says what is true. */
  const flights = new Map<string, Promise<void>>();

  async function serve<RESULT>(call: CacheCall, make: Make<RESULT>): Promise<Served<RESULT>> {
    const followUntil = effects.now() + followMs;
    for (let poll = 0; ; poll += 1) {
      const found = await shelf.find(call);
      const entry = entryOf(found);
      const grade = entry === undefined ? undefined : shelf.gradeOf(entry, call);
      if (entry !== undefined && grade === 'fresh') return shelf.serve(poll === 0 ? 'hit' : 'follower', entry);
      const stale = grade === 'stale' ? entry : undefined;
      const state = stateOf(found, effects.now());

      if (state.type === 'failed') {
        if (stale !== undefined) return shelf.serve('stale', stale);
        throw sharedError(state.failure);
      }
      if (state.type === 'unknown' || state.type === 'uncached' || (state.type === 'held' && isOver(followUntil))) {
        call.onMiss(missReason(found));
        const seen = state.type === 'unknown' ? {} : { onlyIf: asSeen(found) };
        return await makeAndKeep(shelf, call, make, { found, stale, ...seen });
      }
      if (state.type === 'free') {
        const lease = await take(call, found, { failures: state.failures, previous: entry });
        if (lease !== undefined) {
          call.onMiss(missReason(found));
          return await lead(call, make, { ...lease, stale });
        }
      }
      await waitForWord(call, poll, followUntil);
    }
  }

  function isOver(time: number): boolean {
    return effects.now() >= time;
  }

  /** Takes the lease; `undefined` when somebody else was faster. */
  async function take(
    { key, signal }: CacheCall,
    found: Found,
    { failures, previous }: { failures: number; previous: Entry | undefined },
  ): Promise<Lease | undefined> {
    const token = effects.createId();
    const text = await shelf.textOf(key, { type: 'lease', token, failures, previous });
    const options = { ttlMs: leaseMs, onlyIf: asSeen(found), deadlineMs: readDeadlineMs };
    const isTaken = await shelf.write(key, text, options, signal);
    // Not knowing is as good as holding it: every later write is conditional.
    return isTaken === false ? undefined : { text, failures, previous };
  }

  async function lead<RESULT>(
    call: CacheCall,
    make: Make<RESULT>,
    { stale, ...lease }: Lease & { stale: Entry | undefined },
  ): Promise<Served<RESULT>> {
    const { key } = call;
    const onlyIf = { equals: lease.text };
    const renewal = renewing(shelf, { key, text: lease.text, leaseMs, effects });
    const flight = deferred<void>();
    flights.set(key, flight.promise);
    try {
      const { result, entry } = await make();
      renewal.stop();
      if (entry !== undefined) await shelf.keep(key, entry, { onlyIf });
      else await leaveWord(key, lease, { type: 'uncached', at: effects.now() });
      return { type: 'miss', result };
    } catch (error) {
      renewal.stop();
      const word = leaveWord(key, lease, wordOf(error, call));
      if (call.signal?.aborted !== true) await word;
      if (stale === undefined || !mayServeStale(error, call.signal)) throw error;
      return shelf.serve('stale', stale);
    } finally {
      if (flights.get(key) === flight.promise) flights.delete(key);
      flight.resolve();
    }
  }

  function wordOf(error: unknown, { signal }: CacheCall): Word {
    if (EscalationPendingError.isInstance(error)) return { type: 'uncached', at: effects.now() };
    const failure = signal?.aborted === true ? undefined : sharedFailure(error);
    return failure === undefined ? { type: 'released' } : { type: 'failure', at: effects.now(), failure };
  }

  /** Gives the lease up and says why, with the older answer still there for whom it serves. */
  async function leaveWord(key: string, { text, failures, previous }: Lease, word: Word): Promise<void> {
    const count = word.type === 'failure' ? failures + 1 : 0;
    const record: CacheRecord = { ...word, token: effects.createId(), failures: count, previous };
    const leftMs = previous === undefined ? wordMs : shelf.leftMs(previous);
    try {
      const options = { ...ttl(leftMs), onlyIf: { equals: text }, deadlineMs: readDeadlineMs };
      await shelf.write(key, await shelf.textOf(key, record), options);
    } catch {
      // The lease expires by itself.
    }
  }

  /** Waits for a run of this process, or a while: from 100 ms to a second, with jitter. */
  async function waitForWord({ key, signal }: CacheCall, poll: number, until: number): Promise<void> {
    const flight = flights.get(key);
    const longestMs = Math.min(1000, leaseMs / 5);
    const steadyMs = flight === undefined ? Math.min(longestMs, 100 * 1.6 ** poll) : longestMs;
    const pollMs = Math.max(1, Math.min(steadyMs * (0.5 + effects.random() / 2), until - effects.now()));
    const woken = new AbortController();
    const wake = () => woken.abort();
    flight?.then(wake);
    signal?.addEventListener('abort', wake, { once: true });
    if (signal?.aborted === true) wake();
    await sleep(pollMs, effects, woken.signal).catch(() => {});
    signal?.removeEventListener('abort', wake);
    signal?.throwIfAborted();
  }

  return { serve };
}

interface Lease {
  readonly text: string;
  readonly failures: number;
  readonly previous: Entry | undefined;
}

type Word = DistributiveOmit<
  Extract<CacheRecord, { type: 'failure' | 'uncached' | 'released' }>,
  'token' | 'failures' | 'previous'
>;

type DistributiveOmit<UNION, NAMES extends string> = UNION extends unknown ? Omit<UNION, NAMES> : never;

type State =
  /** The store does not tell. */
  | { readonly type: 'unknown' }
  | { readonly type: 'held' }
  | { readonly type: 'uncached' }
  | { readonly type: 'failed'; readonly failure: Extract<CacheRecord, { type: 'failure' }>['failure'] }
  | { readonly type: 'free'; readonly failures: number };

function stateOf(found: Found, now: number): State {
  if (found.type === 'absent') return { type: 'free', failures: 0 };
  if (found.type !== 'found') return { type: 'unknown' };
  const { record } = found;
  switch (record.type) {
    case 'entry':
    case 'released':
      return { type: 'free', failures: 0 };
    case 'lease':
      return { type: 'held' };
    case 'uncached':
      return isRecent(record.at, now) ? { type: 'uncached' } : { type: 'free', failures: 0 };
    case 'failure': {
      const { at, failure, failures } = record;
      if (!isRecent(at, now)) return { type: 'free', failures: 0 };
      return failures >= failuresToShare ? { type: 'failed', failure } : { type: 'free', failures };
    }
  }
}

function isRecent(at: number, now: number): boolean {
  return now - at < wordMs;
}

function asSeen(found: Found): 'absent' | { readonly equals: string } {
  const text = found.type === 'found' || found.type === 'absent' ? found.text : undefined;
  return text === undefined ? 'absent' : { equals: text };
}
