import type { Store } from '../../../src/stores/store.ts';
import { storeThrough } from '../../support/store-through.ts';
import type { Chaos } from './chaos.ts';

/** A store whose every operation may be slow, fail before or after it was done, or hang. */
export function faultyStore(store: Store, chaos: Chaos): Store {
  async function through<VALUE>(operation: () => Promise<VALUE>): Promise<VALUE> {
    await chaos.moment('store', { hangs: 'bounded' });
    const value = await operation();
    await chaos.moment('store reply', { hangs: 'bounded' });
    return value;
  }
  return storeThrough(store, through);
}
