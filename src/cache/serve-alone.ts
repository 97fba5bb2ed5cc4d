import { readDeadlineMs } from '../stores/guarded-store.ts';
import type { StoreSetOptions } from '../stores/store.ts';
import type { Entry } from './entry.ts';
import type { CacheCall, Make, Served } from './served.ts';
import { mayServeStale } from './shared-failure.ts';
import type { Found, Shelf } from './shelf.ts';

/** Serves each call on its own: one read, and one write after a run. */
export async function serveAlone<RESULT>(shelf: Shelf, call: CacheCall, make: Make<RESULT>): Promise<Served<RESULT>> {
  const found = await shelf.find(call);
  const entry = entryOf(found);
  const grade = entry === undefined ? undefined : shelf.gradeOf(entry, call);
  if (entry !== undefined && grade === 'fresh') return shelf.serve('hit', entry);
  call.onMiss(missReason(found));
  return await makeAndKeep(shelf, call, make, { found, stale: grade === 'stale' ? entry : undefined });
}

/** Makes a new answer and replaces the entry. */
export async function refresh<RESULT>(shelf: Shelf, call: CacheCall, make: Make<RESULT>): Promise<Served<RESULT>> {
  call.onMiss('refresh');
  return await makeAndKeep(shelf, call, make, {});
}

/** Makes an answer and stores it if it may. If the run fails, serves a stale entry where that is allowed. */
export async function makeAndKeep<RESULT>(
  shelf: Shelf,
  call: CacheCall,
  make: Make<RESULT>,
  {
    found,
    stale,
    onlyIf,
  }: {
    readonly found?: Found;
    readonly stale?: Entry | undefined;
    readonly onlyIf?: StoreSetOptions['onlyIf'];
  },
): Promise<Served<RESULT>> {
  try {
    const { result, entry } = await make();
    if (entry === undefined) return { type: 'miss', result };
    if (found?.type === 'skipped') return { type: 'miss', result, isLost: true };
    const deadline = found?.type === 'failed' ? { deadlineMs: readDeadlineMs } : {};
    const options = { ...deadline, ...(onlyIf === undefined ? {} : { onlyIf }) };
    return { type: 'miss', result, isLost: await shelf.keep(call.key, entry, options) };
  } catch (error) {
    if (stale === undefined || !mayServeStale(error, call.signal)) throw error;
    return shelf.serveStale(stale, error);
  }
}

/** The entry at a key, or the older one kept by another caller's turn. */
export function entryOf(found: Found): Entry | undefined {
  if (found.type !== 'found') return undefined;
  return found.record.type === 'entry' ? found.record.entry : found.record.previous;
}

export function missReason(found: Found) {
  switch (found.type) {
    case 'failed':
      return 'store-failed';
    case 'skipped':
      return 'store-skipped';
    case 'absent':
      return 'absent';
    case 'found':
      return entryOf(found) === undefined ? 'absent' : 'expired';
  }
}
