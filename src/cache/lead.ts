import type { Effects } from '../effects/effects.ts';
import { EscalationPendingError } from '../errors/escalation-pending-error.ts';
import { readDeadlineMs } from '../stores/guarded-store.ts';
import type { CacheRecord } from './cache-record.ts';
import type { Entry } from './entry.ts';
import { renewing } from './lease.ts';
import type { CacheCall, Make, Served } from './served.ts';
import { mayServeStale, sharedFailure } from './shared-failure.ts';
import { type Shelf, ttl } from './shelf.ts';
import { wordMs } from './turn-state.ts';

/** A turn that this call has taken. */
export interface Lease {
  readonly text: string;
  readonly failures: number;
  readonly previous: Entry | undefined;
}

export interface LeadOptions {
  readonly lease: Lease;
  readonly leaseMs: number;
  readonly stale: Entry | undefined;
  readonly effects: Effects;
}

/** Makes the answer while holding the lease, then replaces the lease with the answer or with the outcome. */
export async function lead<RESULT>(
  shelf: Shelf,
  call: CacheCall,
  make: Make<RESULT>,
  { lease, leaseMs, stale, effects }: LeadOptions,
): Promise<Served<RESULT>> {
  const { key, signal } = call;
  const onlyIf = { equals: lease.text };
  const renewal = renewing(shelf, { key, text: lease.text, leaseMs, effects });
  try {
    const { result, entry } = await make();
    renewal.stop();
    if (entry !== undefined) return { type: 'miss', result, isLost: await shelf.keep(key, entry, { onlyIf }) };
    await leaveWord(shelf, key, lease, { type: 'uncached', token: effects.createId(), at: effects.now() });
    return { type: 'miss', result };
  } catch (error) {
    renewal.stop();
    const leaving = leaveWord(shelf, key, lease, wordOf(error, signal, effects));
    // A caller that left does not wait for it.
    if (signal?.aborted !== true) await leaving;
    if (stale === undefined || !mayServeStale(error, signal)) throw error;
    return shelf.serveStale(stale, error);
  }
}

type Word = WithoutTurn<Extract<CacheRecord, { type: 'failure' | 'uncached' | 'released' }>>;

type WithoutTurn<RECORD> = RECORD extends unknown ? Omit<RECORD, 'failures' | 'previous'> : never;

function wordOf(error: unknown, signal: AbortSignal | undefined, effects: Effects): Word {
  const token = effects.createId();
  if (EscalationPendingError.isInstance(error)) return { type: 'uncached', token, at: effects.now() };
  const failure = signal?.aborted === true ? undefined : sharedFailure(error);
  return failure === undefined ? { type: 'released', token } : { type: 'failure', token, at: effects.now(), failure };
}

/** Gives up the lease and says why; keeps the older answer for callers that may still use it. */
async function leaveWord(shelf: Shelf, key: string, lease: Lease, word: Word): Promise<void> {
  const { text, previous } = lease;
  const failures = word.type === 'failure' ? lease.failures + 1 : 0;
  const leftMs = previous === undefined ? wordMs : shelf.leftMs(previous);
  try {
    const options = { ...ttl(leftMs), onlyIf: { equals: text }, deadlineMs: readDeadlineMs };
    await shelf.write(key, await shelf.textOf(key, { ...word, failures, previous }), options);
  } catch {
    // The lease expires on its own.
  }
}
