import type { Store } from '../../src/index.ts';

/** A store each of whose operations goes through a function, which may delay it, fail it or lose its reply. */
export function storeThrough(store: Store, through: <VALUE>(operate: () => Promise<VALUE>) => Promise<VALUE>): Store {
  return {
    get: (key) => through(() => store.get(key)),
    set: (key, value, options) => through(() => store.set(key, value, options)),
    delete: (key) => through(() => store.delete(key)),
    index: (name) => {
      const index = store.index(name);
      return {
        add: (member, score) => through(() => index.add(member, score)),
        remove: (member) => through(() => index.remove(member)),
        page: (options) => through(() => index.page(options)),
      };
    },
  };
}
