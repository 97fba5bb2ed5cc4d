import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Store } from '../stores/store.ts';
import { conditionCases } from './store-contract/conditions.ts';
import { expiryCases } from './store-contract/expiry.ts';
import { indexCases } from './store-contract/indexes.ts';
import { pagingCases } from './store-contract/paging.ts';
import { type ContractCase, openSpace } from './store-contract/space.ts';
import { valueCases } from './store-contract/values.ts';

/** One requirement for a store, for a test of any runner. */
export interface StoreContractCase {
  readonly title: string;
  /** Rejects with an error that says what was wrong. */
  readonly run: () => Promise<void>;
}

/**
 * Creates tests of what every `Store` must do. Each test creates its own store, uses its own keys and deletes them, so
 * the stores may share a server, even one in use.
 *
 * @example
 * for (const { title, run } of storeContract(() => myStore())) it(title, run);
 */
export function storeContract(createStore: () => Store | PromiseLike<Store>): StoreContractCase[] {
  if (typeof createStore !== 'function')
    throw new InvalidArgumentError({
      argument: 'createStore',
      message: 'storeContract() takes a function that creates a store: storeContract(() => myStore()).',
    });
  const cases: ContractCase[] = [...valueCases, ...conditionCases, ...expiryCases, ...indexCases, ...pagingCases];
  return cases.map(({ title, prove }) => ({
    title,
    run: async () => {
      const space = openSpace(await createStore());
      try {
        await prove(space);
      } finally {
        await space.clear();
      }
    },
  }));
}
