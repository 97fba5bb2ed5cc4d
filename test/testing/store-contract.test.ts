import { expect, test } from 'vitest';
import { memoryStore, type Store } from '../../src/index.ts';
import { storeContract } from '../../src/testing/index.ts';

/** What the contract says of a store that does some things in another way. */
async function broken(change: (store: Store) => Partial<Store>): Promise<readonly string[]> {
  const found: string[] = [];
  const cases = storeContract(() => {
    const store = memoryStore();
    return { ...store, ...change(store) };
  });
  for (const { title, run } of cases.filter(({ title }) => !/time|expire/.test(title)))
    await run().catch((error: Error) => found.push(`${title}: ${error.message}`));
  return found;
}

test.each<[string, (store: Store) => Partial<Store>, RegExp]>([
  [
    'loses what it is given',
    ({ set }) => ({ set: (key, value, options) => set(key, options === undefined ? '' : value, options) }),
    /expected ".+", got ""/,
  ],
  ['finds nothing', () => ({ get: async () => undefined }), /expected ".+", got undefined\./],
  ['reads something long', () => ({ get: async () => 'x'.repeat(1000) }), /got "x{299}… \(1002 characters\)\./],
  [
    'takes any limit of a page',
    ({ index }) => ({
      index: (name) => {
        const { page, ...rest } = index(name);
        return { ...rest, page: (options) => page({ ...options, limit: 1 }) };
      },
    }),
    /limit: 0: expected a rejection with AI_InvalidArgumentError, got none\./,
  ],
  [
    'fills pages beyond their limit',
    ({ index }) => ({
      index: (name) => {
        const { page, ...rest } = index(name);
        return { ...rest, page: (options) => page({ ...options, limit: 1000 }) };
      },
    }),
    /A page of 1 holds \d+\./,
  ],
  [
    'never ends its pages',
    ({ index }) => ({
      index: (name) => {
        const { page, ...rest } = index(name);
        return {
          ...rest,
          page: async (options) => {
            const { cursor: _, ...first } = options ?? {};
            return page(first as Parameters<typeof page>[0]);
          },
        };
      },
    }),
    /The pages do not end\./,
  ],
  [
    'fails with an error of its own',
    ({ index }) => ({
      index: (name) => {
        const { page, ...rest } = index(name);
        return { ...rest, page: (options) => page(options).catch(() => Promise.reject('out of order')) };
      },
    }),
    /expected "AI_InvalidArgumentError", got "out of order"/,
  ],
])('a store that %s is told so', async (_, change, said) => {
  expect((await broken(change)).join('\n')).toMatch(said);
});
