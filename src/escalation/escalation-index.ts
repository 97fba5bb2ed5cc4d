import { durablePrefix } from '../stores/durable.ts';
import type { Store, StoreIndex } from '../stores/store.ts';
import type { Escalation } from '../trace/escalation.ts';

type State = Escalation['state'];

interface ListRequest {
  readonly scope: string | undefined;
  readonly state: State;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/**
 * The lists of escalations: one for each state, over all scopes and for each scope. A member is added before its record
 * is written and moved after, so that a process that dies between leaves a stale member and never a lost escalation;
 * stale members are passed over, and moved, when they are read.
 */
export function escalationIndex(store: Store) {
  const indexes = (state: State, scope: string): StoreIndex[] => [
    store.index(indexName(state, undefined)),
    store.index(indexName(state, scope)),
  ];

  async function add(escalation: Escalation, state: State): Promise<void> {
    const score = Date.parse(escalation.createdAt);
    await Promise.all(indexes(state, escalation.scope).map((index) => index.add(escalation.id, score)));
  }

  async function move(escalation: Escalation, from: State): Promise<void> {
    await add(escalation, escalation.state);
    await Promise.all(indexes(from, escalation.scope).map((index) => index.remove(escalation.id)));
  }

  return {
    addPending: (escalation: Escalation) => add(escalation, 'pending'),
    move,

    async list({ scope, state, limit, cursor }: ListRequest, read: (id: string) => Promise<Escalation | undefined>) {
      const escalations: Escalation[] = [];
      // An escalation expires by the clock alone: until somebody looks it is listed as pending.
      if (state === 'expired') await sweep();
      let next = cursor;
      do {
        const page = await store.index(indexName(state, scope)).page({
          limit: limit - escalations.length,
          order: 'desc',
          ...(next === undefined ? {} : { cursor: next }),
        });
        const records = await Promise.all(page.members.map(read));
        for (const [position, escalation] of records.entries()) {
          const id = page.members[position] ?? '';
          if (escalation?.state === state) escalations.push(escalation);
          else if (escalation === undefined) await store.index(indexName(state, scope)).remove(id);
          else await move(escalation, state);
        }
        next = page.cursor;
      } while (escalations.length < limit && next !== undefined);
      return next === undefined ? { escalations } : { escalations, cursor: next };

      async function sweep(): Promise<void> {
        const { members } = await store.index(indexName('pending', scope)).page({ limit, order: 'asc' });
        for (const escalation of await Promise.all(members.map(read))) {
          if (escalation !== undefined && escalation.state !== 'pending') await move(escalation, 'pending');
        }
      }
    },
  };
}

function indexName(state: State, scope: string | undefined): string {
  return scope === undefined ? `${durablePrefix}${state}` : `${durablePrefix}${state}:${scope}`;
}
