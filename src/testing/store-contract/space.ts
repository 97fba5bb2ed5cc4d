import type { Store } from '../../stores/store.ts';

/** A sentence of the contract and its proof. */
export interface ContractCase {
  readonly title: string;
  readonly prove: (space: ContractSpace) => Promise<void>;
}

/** A store, and names in it that nobody else uses. */
export interface ContractSpace {
  readonly store: Store;
  /** A key, or an index, of this case alone; the same `suffix` gives the same one. */
  name(suffix: string): string;
  /** Deletes all that was named. */
  clear(): Promise<void>;
}

export function openSpace(store: Store): ContractSpace {
  const prefix = `store-contract:${crypto.randomUUID()}:`;
  const names = new Set<string>();

  return {
    store,
    name(suffix) {
      const name = prefix + suffix;
      names.add(name);
      return name;
    },
    async clear() {
      for (const name of names) {
        await store.delete(name);
        const index = store.index(name);
        const { members } = await index.page({ limit: 1000 });
        for (const member of members) await index.remove(member);
      }
    },
  };
}
