import { durablePrefix } from '../stores/durable.ts';
import type { Store, StoreIndex } from '../stores/store.ts';
import { type ListMember, memberText, readMember } from './list-member.ts';

/** One list for each state, ordered by creation, and one of changes, ordered by time. */
export type ListName = 'pending' | 'decided' | 'expired' | 'changes';

export interface ListPage {
  readonly members: readonly ListMember[];
  readonly cursor?: string;
}

/** The lists that escalations are on: each of them over all scopes, and for each scope. */
export interface Lists {
  add(name: ListName, member: ListMember): Promise<void>;
  /** Leaves the list over all scopes last, which the sweep reads: what a dead process left halfway is met again. */
  remove(name: ListName, member: ListMember): Promise<void>;
  page(name: ListName, options: PageOptions): Promise<ListPage>;
}

export interface PageOptions {
  readonly scope: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly order: 'asc' | 'desc';
}

export function escalationLists(store: Store): Lists {
  const listOf = (name: ListName, scope: string | undefined): StoreIndex =>
    store.index(scope === undefined ? `${durablePrefix}${name}` : `${durablePrefix}${name}:${scope}`);

  return {
    async add(name, member) {
      const text = memberText(member);
      await Promise.all([undefined, member.scope].map((scope) => listOf(name, scope).add(text, member.at)));
    },

    async remove(name, member) {
      const text = memberText(member);
      await listOf(name, member.scope).remove(text);
      await listOf(name, undefined).remove(text);
    },

    async page(name, { scope, limit, cursor, order }) {
      const page = await listOf(name, scope).page({ limit, order, ...(cursor === undefined ? {} : { cursor }) });
      const members = page.members.map(readMember);
      return page.cursor === undefined ? { members } : { members, cursor: page.cursor };
    },
  };
}
