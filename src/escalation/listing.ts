import type { Effects } from '../effects/effects.ts';
import type { Escalation } from '../trace/escalation.ts';
import { createdMember, type ListMember } from './list-member.ts';
import type { Lists } from './lists.ts';
import { type EscalationRecord, toEscalation } from './record.ts';
import type { Records } from './records.ts';

export interface ListOptions {
  /** @default every scope */
  readonly scope?: string | undefined;
  /** @default 'pending' */
  readonly state?: Escalation['state'] | undefined;
  /** @default 50 */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface EscalationPage {
  readonly escalations: readonly Escalation[];
  readonly cursor?: string;
}

interface Listed {
  readonly member: ListMember;
  readonly record: EscalationRecord | undefined;
}

interface ListingOptions {
  readonly lists: Lists;
  readonly records: Records;
  readonly effects: Pick<Effects, 'now'>;
}

/** Reading the lists, and keeping them short: their members never expire by themselves. */
export function listing({ lists, records, effects }: ListingOptions) {
  function readAll(members: readonly ListMember[]): Promise<Listed[]> {
    return Promise.all(members.map(async (member) => ({ member, record: (await records.read(member.id))?.record })));
  }

  /** Whether the record is the one that was put on the list, and still belongs there. */
  function belongs({ member, record }: Listed, state: Escalation['state']): boolean {
    if (record === undefined || createdMember(record).at !== member.at) return false;
    return toEscalation(record, effects.now()).state === state;
  }

  async function settleAll(listed: readonly Listed[], state: Escalation['state']): Promise<number> {
    const stale = listed.filter((item) => !belongs(item, state));
    await Promise.all(stale.map(({ member, record }) => records.settle(member, state, record)));
    return stale.length;
  }

  /** An escalation expires by the clock alone: until somebody looks it is listed as pending, among the oldest. */
  async function settleExpired(scope: string | undefined): Promise<void> {
    for (;;) {
      const page = await lists.page('pending', { scope, limit: 100, order: 'asc' });
      const stale = await settleAll(await readAll(page.members), 'pending');
      if (stale < page.members.length || page.cursor === undefined) return;
    }
  }

  async function sweepChanges(limit: number): Promise<void> {
    const { members } = await lists.page('changes', { scope: undefined, limit, order: 'asc' });
    const listed = await readAll(members);
    const stale = listed.filter(({ member, record }) => record?.revision !== member.revision);
    await Promise.all(stale.map(({ member }) => lists.remove('changes', member)));
  }

  return {
    settleExpired,

    /** Newest first. */
    async list({ scope, state = 'pending', limit = 50, cursor }: ListOptions = {}): Promise<EscalationPage> {
      if (state === 'expired') await settleExpired(scope);
      const escalations: Escalation[] = [];
      let next = cursor;
      do {
        const remaining = limit - escalations.length;
        const page = await lists.page(state, { scope, limit: remaining, cursor: next, order: 'desc' });
        const listed = await readAll(page.members);
        for (const item of listed) {
          if (item.record !== undefined && belongs(item, state)) {
            escalations.push(toEscalation(item.record, effects.now()));
          }
        }
        await settleAll(listed, state);
        next = page.cursor;
      } while (escalations.length < limit && next !== undefined);
      return next === undefined ? { escalations } : { escalations, cursor: next };
    },

    /** Takes what is gone off the old end of every list, a little more than one filing adds. */
    async sweep(limit = 2): Promise<void> {
      const states = ['pending', 'decided', 'expired'] as const;
      await Promise.all([
        ...states.map(async (state) => {
          const { members } = await lists.page(state, { scope: undefined, limit, order: 'asc' });
          await settleAll(await readAll(members), state);
        }),
        sweepChanges(limit),
      ]);
    },
  };
}
