import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Effects } from '../effects/effects.ts';
import { raced } from '../effects/waiting.ts';
import { StoreError } from '../errors/store-error.ts';
import { durablePrefix } from '../stores/durable.ts';
import type { Store } from '../stores/store.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { Journals } from './history/journals.ts';
import type { Lists } from './lists/lists.ts';
import { placeOf } from './lists/place-of-record.ts';
import {
  type EscalationRecord,
  forgottenAt,
  isForeign,
  parseRecord,
  type StoredRecord,
  toEscalation,
} from './record.ts';
import type { Wakers } from './wakers.ts';

/** What a change makes of a record; `undefined` leaves it as it is. */
export type Change = (
  record: EscalationRecord,
  escalation: Escalation,
) => Omit<EscalationRecord, 'revision' | 'changedAt'> | undefined;

/** The result of a change that several people may make at once. */
export interface ChangeResult {
  /** Whether this call made the change. */
  readonly won: boolean;
  /** The escalation as it is now. */
  readonly escalation: Escalation;
}

interface Abortable {
  readonly abortSignal?: AbortSignal | undefined;
}

/** The records of an inbox, the lists they are on, and who waits for them. */
export interface Records {
  /** Ends with the signal's reason as soon as it is aborted, also while the store does not answer. */
  read(id: string, options?: Abortable): Promise<StoredRecord | undefined>;
  /** Writes a record unless there is one, or in place of one that is over. */
  create(
    record: Omit<EscalationRecord, 'revision' | 'changedAt'>,
    replaced: StoredRecord | undefined,
  ): Promise<boolean>;
  /**
   * Changes a record in one atomic step: when it was changed meanwhile, the change is asked again. Nothing is written
   * once the signal is aborted, and what is only read is not waited for.
   *
   * @throws InvalidArgumentError for an unknown id.
   */
  change(id: string, change: Change, options?: Abortable): Promise<ChangeResult>;
  /** Keeps a record until then (milliseconds since the epoch), if there is one that would be forgotten before. */
  keep(id: string, until: number): Promise<void>;
}

interface RecordsOptions {
  readonly store: Store;
  readonly lists: Lists;
  readonly journals: Journals;
  readonly wakers: Wakers;
  readonly effects: Effects;
}

export function escalationRecords({ store, lists, journals, wakers, effects }: RecordsOptions): Records {
  const stamped = (record: Omit<EscalationRecord, 'revision' | 'changedAt'>): EscalationRecord => ({
    ...record,
    revision: effects.createId(),
    changedAt: effects.now(),
  });

  function write(record: EscalationRecord, replaced: Pick<StoredRecord, 'text'> | undefined): Promise<boolean> {
    return store.set(recordKey(record.escalation.id), JSON.stringify(record), {
      ttlMs: Math.max(1, forgottenAt(record) - effects.now()),
      onlyIf: replaced === undefined ? 'absent' : { equals: replaced.text },
    });
  }

  /** Writes over what stands at the key and is no record, nor one of a later version. */
  async function replacesForeign(record: EscalationRecord): Promise<boolean> {
    const text = await store.get(recordKey(record.escalation.id));
    return text !== undefined && isForeign(text) && (await write(record, { text }));
  }

  async function read(id: string, { abortSignal }: Abortable = {}): Promise<StoredRecord | undefined> {
    return parseRecord(id, await raced(store.get(recordKey(id)), { signal: abortSignal }));
  }

  function wake(id: string): void {
    wakers.wake(id);
    wakers.wake('');
  }

  return {
    read,

    async create(given, replaced) {
      const record = stamped(given);
      const place = placeOf(record, effects.now());
      // On the lists first: a process that dies in between leaves a stale member and never a lost escalation.
      await lists.add(place);
      if (!(await write(record, replaced)) && !(await replacesForeign(record))) return false;
      // A reader that found the member without its record may have taken it off.
      await Promise.all([lists.add(place), journals.changes.add(record)]).catch(() => {});
      wake(record.escalation.id);
      return true;
    },

    async change(id, change, { abortSignal } = {}) {
      for (let tries = 0; tries < maxTries; tries += 1) {
        const stored = await read(id, { abortSignal });
        if (stored === undefined) throw unknown(id);
        const now = effects.now();
        const escalation = toEscalation(stored.record, now);
        const changed = change(stored.record, escalation);
        if (changed === undefined) return { won: false, escalation };
        abortSignal?.throwIfAborted();
        const record = stamped(changed);
        if (!(await write(record, stored))) continue;
        wake(id);
        // The change is made; lists that could not be told mend themselves when they are read.
        await Promise.all([
          lists.move(placeOf(stored.record, now), placeOf(record, effects.now())),
          journals.changes.replace(stored.record, record),
          journals.decisions.replace(stored.record, record),
        ]).catch(() => {});
        return { won: true, escalation: toEscalation(record, effects.now()) };
      }
      throw new StoreError({ operation: 'set', key: recordKey(id), reason: 'it was changed by others at every try' });
    },

    async keep(id, until) {
      for (let tries = 0; tries < maxTries; tries += 1) {
        const stored = await read(id);
        if (stored === undefined || forgottenAt(stored.record) >= until) return;
        if (await write({ ...stored.record, keptUntil: until }, stored)) return;
      }
    },
  };
}

/** Each try that fails is a change that somebody else made. */
const maxTries = 200;

function recordKey(id: string): string {
  return `${durablePrefix}${id}`;
}

function unknown(id: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'id', message: `There is no escalation ${id}.` });
}
