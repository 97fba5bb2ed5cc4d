import type { Effects } from '../effects/effects.ts';
import { raced } from '../effects/waiting.ts';
import { type Fuse, fuse } from './fuse.ts';
import { patience } from './patience.ts';
import type { Store, StoreSetOptions } from './store.ts';

/** The result of a read. A store that fails, or is known to be failing, does not fail the call. */
export type Reading =
  | { readonly type: 'read'; readonly text: string | undefined }
  | { readonly type: 'failed' }
  | { readonly type: 'skipped' };

export interface WriteOptions extends StoreSetOptions {
  /** @default 1000 */
  readonly deadlineMs?: number;
}

/** A store with a time limit. It throws nothing but the caller's own abort. */
export interface GuardedStore {
  get(key: string, signal: AbortSignal | undefined): Promise<Reading>;
  /** `undefined` if it is unknown whether the write happened. */
  set(key: string, value: string, options: WriteOptions, signal?: AbortSignal): Promise<boolean | undefined>;
}

export const readDeadlineMs = 250;
const writeDeadlineMs = 1000;

/** What this process knows about the health of its stores. */
const fuses = new WeakMap<Store, { readonly reads: Fuse; readonly writes: Fuse }>();

export function guardedStore(store: Store, effects: Effects): GuardedStore {
  const { reads, writes } = fuses.get(store) ?? { reads: fuse(), writes: fuse() };
  fuses.set(store, { reads, writes });

  return {
    async get(key, signal) {
      const access = reads.begin(effects.now());
      if (access === undefined) return { type: 'skipped' };
      try {
        const text = await raced(patience(store.get(key), readDeadlineMs, effects), { signal });
        access.succeed();
        return { type: 'read', text };
      } catch {
        signal?.throwIfAborted();
        access.fail(effects.now());
        return { type: 'failed' };
      }
    },

    async set(key, value, { deadlineMs = writeDeadlineMs, ...options }, signal) {
      const access = writes.begin(effects.now());
      if (access === undefined) return undefined;
      try {
        const isWritten = await raced(patience(store.set(key, value, options), deadlineMs, effects), { signal });
        access.succeed();
        return isWritten;
      } catch {
        signal?.throwIfAborted();
        access.fail(effects.now());
        return undefined;
      }
    },
  };
}
