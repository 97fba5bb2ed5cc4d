import type { Store } from '../../stores/store.ts';
import type { Escalation } from '../../trace/escalation.ts';
import { type ListMember, memberText, readMember } from './list-member.ts';
import { type ScopedIndex, type ScopedPageOptions, scopedIndex } from './scoped-index.ts';

/** What a list of a state is ordered by: filing (or decision), expiry, or priority. */
export type ListOrder = 'time' | 'expiry' | 'priority';

/** Where an escalation is listed. */
export interface Place {
  readonly state: Escalation['state'];
  readonly member: ListMember;
  readonly claimedBy: string | undefined;
}

export interface ListPage {
  readonly members: readonly ListMember[];
  readonly cursor?: string;
}

/** A list of a state: all of it in an order, or by time those that somebody works on. */
export interface ListChoice {
  readonly state: Escalation['state'];
  readonly by: ListOrder | { readonly claimedBy: string };
}

/** The lists that escalations are on. */
export interface Lists {
  add(place: Place): Promise<void>;
  remove(place: Place): Promise<void>;
  /** Puts it on the lists of `to` before it leaves those of `from` alone. */
  move(from: Place, to: Place): Promise<void>;
  page(choice: ListChoice, options: ScopedPageOptions): Promise<ListPage>;
}

const orders = ['time', 'expiry', 'priority'] as const;

export function escalationLists(store: Store): Lists {
  const listOf = (name: string): ScopedIndex => scopedIndex(store, name);

  async function addTo(names: readonly string[], { member }: Place): Promise<void> {
    const entry = { member: memberText(member), scope: member.scope };
    await Promise.all(names.map((name) => listOf(name).add({ ...entry, score: scoreOf(member, orderOf(name)) })));
  }

  /** The list by expiry is left last: it is the one that is swept. */
  async function removeFrom(names: readonly string[], { state, member }: Place): Promise<void> {
    const entry = { member: memberText(member), scope: member.scope };
    const swept = listName(state, 'expiry');
    await Promise.all(names.filter((name) => name !== swept).map((name) => listOf(name).remove(entry)));
    if (names.includes(swept)) await listOf(swept).remove(entry);
  }

  return {
    add: (place) => addTo(namesOf(place), place),
    remove: (place) => removeFrom(namesOf(place), place),

    async move(from, to) {
      const [left, entered] = [namesOf(from), namesOf(to)];
      await addTo(
        entered.filter((name) => !left.includes(name)),
        to,
      );
      await removeFrom(
        left.filter((name) => !entered.includes(name)),
        from,
      );
    },

    async page({ state, by }, options) {
      const page = await listOf(listName(state, by)).page(options);
      const members = page.members.map(readMember);
      return page.cursor === undefined ? { members } : { members, cursor: page.cursor };
    },
  };
}

/** What a list of that order puts a member at. */
export function scoreOf({ at, expiresAt, priority }: ListMember, order: ListOrder): number {
  switch (order) {
    case 'time':
      return at;
    case 'expiry':
      return expiresAt;
    case 'priority':
      return priority === 0 ? 0 : -priority;
  }
}

function namesOf({ state, claimedBy }: Place): string[] {
  const choices = claimedBy === undefined ? orders : [...orders, { claimedBy }];
  return choices.map((by) => listName(state, by));
}

function listName(state: Escalation['state'], by: ListChoice['by']): string {
  return `${state}.${typeof by === 'string' ? by : JSON.stringify(by)}`;
}

function orderOf(name: string): ListOrder {
  return orders.find((order) => name.endsWith(`.${order}`)) ?? 'time';
}
