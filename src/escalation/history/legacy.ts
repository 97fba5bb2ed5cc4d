import type { Effects } from '../../effects/effects.ts';
import type { Store } from '../../stores/store.ts';
import type { Escalation } from '../../trace/escalation.ts';
import type { Lists } from '../lists/lists.ts';
import { placeOf } from '../lists/place-of-record.ts';
import { scopedIndex } from '../lists/scoped-index.ts';
import type { Records } from '../records.ts';
import type { Journals } from './journals.ts';

const pageSize = 100;
/** The most that one reader takes over before it goes on. */
const maxTakenOver = 1000;
/** Longer than a filing may take. */
const filingMs = 60_000;

interface LegacyOptions {
  readonly store: Store;
  readonly lists: Lists;
  readonly journals: Journals;
  readonly records: Records;
  readonly effects: Pick<Effects, 'now'>;
}

/** The lists of 0.1, whose members are `[filedAt, id, scope]`: what is on them moves to today's as they are read. */
export function legacyLists({ store, lists, journals, records, effects }: LegacyOptions) {
  async function takeOver(state: Escalation['state'], text: string): Promise<void> {
    const [at, id, scope] = readLegacy(text);
    const record = (await records.read(id))?.record;
    if (record === undefined && effects.now() - at < filingMs) return;
    if (record !== undefined) {
      const place = placeOf(record, effects.now());
      await Promise.all([lists.add(place), place.state === 'decided' ? journals.decisions.add(record) : undefined]);
    }
    await scopedIndex(store, state).remove({ member: text, scope });
  }

  return {
    /** Whether there was anything to take over, so that a page read beside it is out of date. */
    async takeOver(state: Escalation['state']): Promise<boolean> {
      let cursor: string | undefined;
      let taken = 0;
      do {
        const options = { scope: undefined, limit: pageSize, cursor, order: 'asc' } as const;
        const page = await scopedIndex(store, state).page(options);
        await Promise.all(page.members.map((text) => takeOver(state, text)));
        taken += page.members.length;
        cursor = page.cursor;
      } while (cursor !== undefined && taken < maxTakenOver);
      return taken > 0;
    },
  };
}

function readLegacy(text: string): [at: number, id: string, scope: string] {
  try {
    const [at, id, scope]: unknown[] = JSON.parse(text);
    return [Number(at), String(id), String(scope)];
  } catch {
    return [0, '', ''];
  }
}
