import { durablePrefix } from '../../stores/durable.ts';
import type { Store, StoreIndex } from '../../stores/store.ts';

/** An ordered list twice: over all scopes, and for each scope. */
export interface ScopedIndex {
  add(entry: ScopedEntry): Promise<void>;
  /** Leaves the list over all scopes last, which sweeps read: what a dead process left halfway is met again. */
  remove(entry: Omit<ScopedEntry, 'score'>): Promise<void>;
  page(options: ScopedPageOptions): ReturnType<StoreIndex['page']>;
}

export interface ScopedEntry {
  readonly member: string;
  readonly scope: string;
  readonly score: number;
}

export interface ScopedPageOptions {
  readonly scope: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly order: 'asc' | 'desc';
}

export function scopedIndex(store: Store, name: string): ScopedIndex {
  const indexOf = (scope: string | undefined): StoreIndex =>
    store.index(scope === undefined ? `${durablePrefix}${name}` : `${durablePrefix}${name}:${scope}`);

  return {
    async add({ member, scope, score }) {
      await Promise.all([undefined, scope].map((either) => indexOf(either).add(member, score)));
    },

    async remove({ member, scope }) {
      await indexOf(scope).remove(member);
      await indexOf(undefined).remove(member);
    },

    page: ({ scope, limit, cursor, order }) =>
      indexOf(scope).page({ limit, order, ...(cursor === undefined ? {} : { cursor }) }),
  };
}
