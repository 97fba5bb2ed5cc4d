import type { Effects } from '../effects/effects.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { Journal, JournalEntry } from './history/journal.ts';
import type { Journals } from './history/journals.ts';
import { type ListMember, memberOf } from './lists/list-member.ts';
import type { Lists } from './lists/lists.ts';
import { placeOf } from './lists/place-of-record.ts';
import { type EscalationRecord, stateOf } from './record.ts';
import type { Records } from './records.ts';

/** A member of a list, and the record it is about. */
export interface Listed {
  readonly member: ListMember;
  readonly record: EscalationRecord | undefined;
}

/** Longer than a filing may take: a member whose record is not there yet is left alone until then. */
const filingMs = 60_000;

/** The most that one reader puts right before it goes on. */
const maxSettled = 1000;
const pageSize = 100;
const states = ['pending', 'decided', 'expired'] as const;

interface SettlingOptions {
  readonly lists: Lists;
  readonly journals: Journals;
  readonly records: Records;
  readonly effects: Pick<Effects, 'now'>;
}

/** Puts right what the clock or a dead process left on the wrong list: members never expire by themselves. */
export function settling({ lists, journals, records, effects }: SettlingOptions) {
  async function readAll(members: readonly ListMember[]): Promise<Listed[]> {
    return Promise.all(members.map(async (member) => ({ member, record: (await records.read(member.id))?.record })));
  }

  /** Whether the record is the one that was put on the list, and still belongs there. */
  function belongs({ member, record }: Listed, state: Escalation['state']): boolean {
    if (record === undefined || memberOf(record, state).at !== member.at) return false;
    return stateOf(record.escalation, effects.now()) === state;
  }

  async function settle({ member, record }: Listed, state: Escalation['state']): Promise<void> {
    if (record === undefined) {
      if (effects.now() - member.at > filingMs) await lists.remove({ state, member, claimedBy: undefined });
      return;
    }
    const from = { state, member, claimedBy: record.escalation.claimed?.by };
    if (memberOf(record, state).at !== member.at) return void (await lists.remove(from));
    const to = placeOf(record, effects.now());
    if (to.state === 'decided') await journals.decisions.add(record);
    await lists.move(from, to);
  }

  async function settleAll(listed: readonly Listed[], state: Escalation['state']): Promise<void> {
    await Promise.all(listed.filter((item) => !belongs(item, state)).map((item) => settle(item, state)));
  }

  /** Takes out what the records no longer say; resolves to what no record says anything of. */
  async function sweepJournal<ENTRY extends JournalEntry>(journal: Journal<ENTRY>, limit: number): Promise<ENTRY[]> {
    const { entries } = await journal.page({ scope: undefined, limit, order: 'asc' });
    const gone = await Promise.all(
      entries.map(async (entry) => {
        const record = (await records.read(entry.id))?.record;
        const current = record === undefined ? undefined : journal.entryOf(record);
        if (current !== undefined && journal.textOf(current) === journal.textOf(entry)) return [];
        if (record !== undefined) await journal.add(record);
        await journal.remove(entry);
        return current?.at === entry.at ? [] : [entry];
      }),
    );
    return gone.flat();
  }

  return {
    readAll,
    belongs,
    settleAll,

    /** Takes those whose claim is over off the list of whom they were claimed by; a fresh claim may not be listed yet. */
    async settleClaims(listed: readonly Listed[], claimedBy: string | undefined): Promise<void> {
      if (claimedBy === undefined) return;
      const now = effects.now();
      const over = listed.filter(({ member, record }) => {
        if ((record?.changedAt ?? member.at) > now - filingMs) return false;
        const claimed = record?.escalation.claimed;
        return claimed?.by !== claimedBy || Date.parse(claimed.until) <= now;
      });
      const place = (member: ListMember) => ({ state: 'pending', member }) as const;
      await Promise.all(
        over.map(({ member }) =>
          lists.move({ ...place(member), claimedBy }, { ...place(member), claimedBy: undefined }),
        ),
      );
    },

    /** An escalation expires by the clock alone: until somebody looks it is listed as pending, first by expiry. */
    async settleExpired(scope: string | undefined): Promise<void> {
      let cursor: string | undefined;
      for (let settled = 0; settled < maxSettled; settled += pageSize) {
        const choice = { state: 'pending', by: 'expiry' } as const;
        const page = await lists.page(choice, { scope, limit: pageSize, cursor, order: 'asc' });
        const overdue = page.members.filter(({ expiresAt }) => expiresAt <= effects.now());
        await settleAll(await readAll(overdue), 'pending');
        cursor = page.cursor;
        if (overdue.length < page.members.length || cursor === undefined) return;
      }
    },

    /** Takes what is gone off every list, a little more than one filing adds. */
    async sweep(limit = 2): Promise<void> {
      await Promise.all([
        ...states.map(async (state) => {
          const { members } = await lists.page({ state, by: 'expiry' }, { scope: undefined, limit, order: 'asc' });
          await settleAll(await readAll(members), state);
        }),
        sweepJournal(journals.changes, limit),
        sweepJournal(journals.decisions, limit).then(journals.forgotten.add),
      ]);
    },
  };
}
