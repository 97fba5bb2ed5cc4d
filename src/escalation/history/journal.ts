import type { Store } from '../../stores/store.ts';
import { type ScopedPageOptions, scopedIndex } from '../lists/scoped-index.ts';
import type { EscalationRecord } from '../record.ts';

/** An entry of a journal: what happened to an escalation, and when (milliseconds since the epoch). */
export interface JournalEntry {
  readonly at: number;
  readonly id: string;
  readonly scope: string;
}

/** What happened, by time, without a record being read. */
export interface Journal<ENTRY extends JournalEntry> {
  add(record: EscalationRecord): Promise<void>;
  /** Puts what is said of the record now in the place of what was said before. */
  replace(before: EscalationRecord, record: EscalationRecord): Promise<void>;
  remove(entry: ENTRY): Promise<void>;
  page(options: ScopedPageOptions): Promise<{ readonly entries: readonly ENTRY[]; readonly cursor?: string }>;
  /** What the journal says of a record, if it says anything. */
  entryOf(record: EscalationRecord): ENTRY | undefined;
  /** The entry as text, which `read` reads; `undefined` for any other text. */
  textOf(entry: ENTRY): string;
  read(text: string): ENTRY | undefined;
}

export interface JournalOptions<ENTRY extends JournalEntry> {
  readonly store: Store;
  readonly name: string;
  readonly entryOf: (record: EscalationRecord) => ENTRY | undefined;
  readonly write: (entry: ENTRY) => readonly unknown[];
  readonly read: (members: readonly unknown[]) => ENTRY;
}

export function journal<ENTRY extends JournalEntry>(options: JournalOptions<ENTRY>): Journal<ENTRY> {
  const { store, name, entryOf, write, read } = options;
  const index = scopedIndex(store, name);
  const textOf = (entry: ENTRY) => JSON.stringify(write(entry));

  function readText(text: string): ENTRY | undefined {
    try {
      const members: unknown = JSON.parse(text);
      return Array.isArray(members) ? read(members) : undefined;
    } catch {
      return undefined;
    }
  }

  async function add(record: EscalationRecord): Promise<void> {
    const entry = entryOf(record);
    if (entry !== undefined) await index.add({ member: textOf(entry), scope: entry.scope, score: entry.at });
  }

  function remove(entry: ENTRY): Promise<void> {
    return index.remove({ member: textOf(entry), scope: entry.scope });
  }

  return {
    textOf,
    entryOf,
    read: readText,
    add,
    remove,

    async replace(before, record) {
      const [left, entered] = [entryOf(before), entryOf(record)];
      if (left !== undefined && entered !== undefined && textOf(left) === textOf(entered)) return;
      await Promise.all([add(record), left === undefined ? undefined : remove(left)]);
    },

    async page(request) {
      const { members, cursor } = await index.page(request);
      const entries = members.map(readText).filter((entry) => entry !== undefined);
      return cursor === undefined ? { entries } : { entries, cursor };
    },
  };
}
