import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Effects } from '../effects/effects.ts';
import { durablePrefix } from '../stores/durable.ts';
import type { Store } from '../stores/store.ts';
import type { Escalation } from '../trace/escalation.ts';
import { changedMember, createdMember, type ListMember } from './list-member.ts';
import type { Lists } from './lists.ts';
import { type EscalationRecord, forgottenAt, parseRecord, type StoredRecord, toEscalation } from './record.ts';
import type { Wakers } from './wakers.ts';

/** What a change makes of a record; `undefined` leaves it as it is. */
export type Change = (
  record: EscalationRecord,
  escalation: Escalation,
) => Omit<EscalationRecord, 'revision' | 'changedAt'> | undefined;

export interface ChangeResult {
  /** Whether this call changed it. */
  readonly won: boolean;
  readonly escalation: Escalation;
}

/** The records of an inbox, the lists they are on, and who waits for them. */
export interface Records {
  read(id: string): Promise<StoredRecord | undefined>;
  /** Writes a record unless there is one, or in place of one that is over. */
  create(
    record: Omit<EscalationRecord, 'revision' | 'changedAt'>,
    replaced: StoredRecord | undefined,
  ): Promise<boolean>;
  /**
   * Changes a record in one atomic step: when it was changed meanwhile, the change is asked again.
   *
   * @throws InvalidArgumentError for an unknown id.
   */
  change(id: string, change: Change): Promise<ChangeResult>;
  /** Puts an escalation on the list of its state, where a dead process or the clock left it on another. */
  settle(member: ListMember, listed: Escalation['state'], record: EscalationRecord | undefined): Promise<void>;
}

/** Longer than a filing may take: a member whose record is not there yet is left alone until then. */
const filingMs = 60_000;

interface RecordsOptions {
  readonly store: Store;
  readonly lists: Lists;
  readonly wakers: Wakers;
  readonly effects: Effects;
}

export function escalationRecords({ store, lists, wakers, effects }: RecordsOptions): Records {
  const stamped = (record: Omit<EscalationRecord, 'revision' | 'changedAt'>): EscalationRecord => ({
    ...record,
    revision: effects.createId(),
    changedAt: effects.now(),
  });

  function write(record: EscalationRecord, replaced: StoredRecord | undefined): Promise<boolean> {
    return store.set(recordKey(record.escalation.id), JSON.stringify(record), {
      ttlMs: Math.max(1, forgottenAt(record.escalation) - effects.now()),
      onlyIf: replaced === undefined ? 'absent' : { equals: replaced.text },
    });
  }

  function wake(id: string): void {
    wakers.wake(id);
    wakers.wake('');
  }

  async function move(record: EscalationRecord, from: Escalation['state']): Promise<void> {
    const { state } = toEscalation(record, effects.now());
    if (state === from) return;
    const member = createdMember(record);
    await lists.add(state, member);
    await lists.remove(from, member);
  }

  return {
    async read(id) {
      return parseRecord(await store.get(recordKey(id)));
    },

    async create(given, replaced) {
      const record = stamped(given);
      const member = createdMember(record);
      // On the list first: a process that dies in between leaves a stale member and never a lost escalation.
      await lists.add('pending', member);
      if (!(await write(record, replaced))) return false;
      // A reader that found the member without its record may have taken it off.
      await Promise.all([lists.add('pending', member), lists.add('changes', changedMember(record))]).catch(() => {});
      wake(record.escalation.id);
      return true;
    },

    async change(id, change) {
      for (;;) {
        const stored = parseRecord(await store.get(recordKey(id)));
        if (stored === undefined) throw unknown(id);
        const escalation = toEscalation(stored.record, effects.now());
        const changed = change(stored.record, escalation);
        if (changed === undefined) return { won: false, escalation };
        const record = stamped(changed);
        if (!(await write(record, stored))) continue;
        wake(id);
        // The change is made; lists that could not be told mend themselves when they are read.
        await Promise.all([
          move(record, escalation.state),
          lists.add('changes', changedMember(record)),
          lists.remove('changes', changedMember(stored.record)),
        ]).catch(() => {});
        return { won: true, escalation: toEscalation(record, effects.now()) };
      }
    },

    async settle(member, listed, record) {
      if (record === undefined) {
        if (effects.now() - member.at > filingMs) await lists.remove(listed, member);
        return;
      }
      if (createdMember(record).at === member.at) await move(record, listed);
      else await lists.remove(listed, member);
    },
  };
}

function recordKey(id: string): string {
  return `${durablePrefix}${id}`;
}

function unknown(id: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'id', message: `There is no escalation ${id}.` });
}
