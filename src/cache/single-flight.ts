import { deferred } from '../effects/deferred.ts';
import type { Effects } from '../effects/effects.ts';
import { raced, sleep } from '../effects/waiting.ts';
import { readDeadlineMs } from '../stores/guarded-store.ts';
import { type Lease, lead } from './lead.ts';
import { entryOf, makeAndKeep, missReason } from './serve-alone.ts';
import type { CacheCall, Make, Served } from './served.ts';
import { sharedError } from './shared-failure.ts';
import type { Found, Shelf } from './shelf.ts';
import { asSeen, turnStateOf } from './turn-state.ts';

export interface SingleFlight {
  serve<RESULT>(call: CacheCall, make: Make<RESULT>): Promise<Served<RESULT>>;
}

export interface SingleFlightTimes {
  readonly leaseMs: number;
  readonly followMs: number;
  readonly effects: Effects;
}

/**
 * Serves identical concurrent calls by one run. The lease and the entry share one key and every write is conditional on
 * what was read, so a holder that stalled past its lease cannot write, and one that died is replaced when the lease
 * expires.
 */
export function singleFlight(shelf: Shelf, { leaseMs, followMs, effects }: SingleFlightTimes): SingleFlight {
  /** Runs in this process. Only a hint for waiters in the same process; the record at the key decides. */
  const flights = new Map<string, Promise<void>>();
  /** Reads in flight: concurrent callers in this process share one. */
  const looks = new Map<string, Promise<Found>>();

  function look({ key, signal, ...call }: CacheCall): Promise<Found> {
    const looking = looks.get(key) ?? shelf.find({ ...call, key, signal: undefined }).finally(() => looks.delete(key));
    looks.set(key, looking);
    return raced(looking, { signal });
  }

  async function serve<RESULT>(call: CacheCall, make: Make<RESULT>): Promise<Served<RESULT>> {
    const { key } = call;
    const followUntil = effects.now() + followMs;
    /** A lease that may be ours: the store did not confirm the write. */
    let claimed: Lease | undefined;
    let isDoubtful = false;
    for (let poll = 0; ; poll += 1) {
      const found = await look(call);
      const entry = entryOf(found);
      const grade = entry === undefined ? undefined : shelf.gradeOf(entry, call);
      if (entry !== undefined && grade === 'fresh') return shelf.serve(poll === 0 ? 'hit' : 'follower', entry);
      const stale = grade === 'stale' ? entry : undefined;
      const state = turnStateOf(found, effects.now());
      const isOver = effects.now() >= followUntil;
      const alone = (onlyIf?: ReturnType<typeof asSeen>) => {
        call.onMiss(missReason(found));
        return makeAndKeep(shelf, call, make, { found, stale, ...(onlyIf && { onlyIf }) });
      };

      switch (state.type) {
        case 'unknown':
          // Looked at once more: a slow moment of the store should not cost a run.
          if (found.type === 'skipped' || isDoubtful) return await alone();
          isDoubtful = true;
          continue;
        case 'uncached':
          return await alone(asSeen(found));
        case 'failed':
          if (stale !== undefined) return shelf.serveStale(stale, sharedError(state.failure));
          throw sharedError(state.failure);
        case 'held':
          if (claimed !== undefined && found.type === 'found' && found.text === claimed.text) {
            const lease = claimed;
            return await boarding(key, () => lead(shelf, call, make, { lease, leaseMs, stale, effects }));
          }
          if (isOver) return await alone(asSeen(found));
          break;
        case 'free': {
          if (flights.has(key) && !isOver) break;
          const served = await boarding(key, async () => {
            const { lease, isTaken } = await take(call, found, { failures: state.failures, previous: entry });
            claimed = isTaken === false ? undefined : lease;
            if (isTaken === false || (isTaken === undefined && !isDoubtful)) return undefined;
            call.onMiss(missReason(found));
            // Not knowing is as good as holding it: every later write is conditional.
            return await lead(shelf, call, make, { lease, leaseMs, stale, effects });
          });
          if (served !== undefined) return served;
          if (claimed === undefined && isOver) return await alone(asSeen(found));
          if (claimed === undefined) break;
          isDoubtful = true;
          continue;
        }
      }
      await waitForWord(call, poll, followUntil);
    }
  }

  /** Wakes the waiters in this process when the run ends. */
  async function boarding<RESULT>(key: string, fly: () => Promise<RESULT>): Promise<RESULT> {
    const flight = deferred<void>();
    flights.set(key, flight.promise);
    try {
      return await fly();
    } finally {
      if (flights.get(key) === flight.promise) flights.delete(key);
      flight.resolve();
    }
  }

  async function take(
    { key, signal }: CacheCall,
    found: Found,
    turn: Omit<Lease, 'text'>,
  ): Promise<{ lease: Lease; isTaken: boolean | undefined }> {
    const text = await shelf.textOf(key, { type: 'lease', token: effects.createId(), ...turn });
    const options = { ttlMs: leaseMs, onlyIf: asSeen(found), deadlineMs: readDeadlineMs };
    return { lease: { text, ...turn }, isTaken: await shelf.write(key, text, options, signal) };
  }

  /** Waits for a run in this process, or for 100 ms to 1 s with jitter. */
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
