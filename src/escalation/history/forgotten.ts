import { durablePrefix } from '../../stores/durable.ts';
import type { Store } from '../../stores/store.ts';
import type { JournalEntry } from './journal.ts';

/** Until when decisions are missing from the numbers, because their records are gone. */
export interface Forgotten {
  /** The time of the latest decision that is missing, in milliseconds since the epoch, if any is. */
  until(scope: string | undefined): Promise<number | undefined>;
  add(entries: readonly JournalEntry[]): Promise<void>;
}

export function forgottenDecisions(store: Store): Forgotten {
  async function until(scope: string | undefined): Promise<number | undefined> {
    const text = await store.get(keyOf(scope));
    return text === undefined ? undefined : Number(text);
  }

  return {
    until,

    async add(entries) {
      for (const { at, scope } of entries) {
        for (const either of [undefined, scope]) {
          const known = await until(either);
          if (known === undefined || known < at) await store.set(keyOf(either), String(at));
        }
      }
    },
  };
}

function keyOf(scope: string | undefined): string {
  return scope === undefined ? `${durablePrefix}forgotten` : `${durablePrefix}forgotten:${scope}`;
}
