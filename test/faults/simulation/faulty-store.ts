import type { Store } from '../../../src/stores/store.ts';
import type { Chaos } from './chaos.ts';

/** A store whose every operation may be slow, fail before or after it was done, or hang. */
export function faultyStore(store: Store, chaos: Chaos): Store {
  async function through<VALUE>(operation: () => Promise<VALUE>): Promise<VALUE> {
    await chaos.moment('store', { hangs: 'bounded' });
    const value = await operation();
    await chaos.moment('store reply', { hangs: 'bounded' });
    return value;
  }
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
