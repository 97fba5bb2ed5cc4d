import type { Store } from '../../stores/store.ts';
import { expectRejection, expectSame } from './expect.ts';
import type { ContractCase } from './space.ts';

/** Time enough for a few round trips on a busy machine, since the entry must not be gone before. */
const ttlMs = 1000;

export const expiryCases: readonly ContractCase[] = [
  {
    title: 'an entry is there until its time is over',
    prove: async ({ store, name }) => {
      await store.set(name('long'), 'value', { ttlMs: 60_000 });
      await store.set(name('short'), 'value', { ttlMs: 30 });
      await untilGone(store, name('short'));
      expectSame(await store.get(name('long')), 'value', 'get of the longer one');
    },
  },
  {
    title: 'an entry that expired is absent',
    prove: async ({ store, name }) => {
      await store.set(name('a'), 'first', { ttlMs: 20 });
      await untilGone(store, name('a'));
      expectSame(await store.set(name('a'), 'x', { onlyIf: { equals: 'first' } }), false, "set 'equals'");
      expectSame(await store.set(name('a'), 'second', { onlyIf: 'absent' }), true, "set 'absent'");
    },
  },
  {
    title: 'a write sets the time anew, and a write without one makes the entry stay',
    prove: async ({ store, name }) => {
      for (const key of ['a', 'b']) await store.set(name(key), 'value', { ttlMs });
      await store.set(name('a'), 'value');
      await store.set(name('b'), 'value', { ttlMs: 60_000, onlyIf: { equals: 'value' } });
      await store.set(name('last'), 'value', { ttlMs });
      await untilGone(store, name('last'));
      expectSame(await store.get(name('a')), 'value', 'get of the one written without');
      expectSame(await store.get(name('b')), 'value', 'get of the one renewed');
    },
  },
  {
    title: 'a write that is refused leaves the time as it was',
    prove: async ({ store, name }) => {
      await store.set(name('a'), 'value', { ttlMs });
      expectSame(await store.set(name('a'), 'other', { ttlMs: 60_000, onlyIf: 'absent' }), false, 'set');
      await untilGone(store, name('a'));
    },
  },
  {
    title: 'takes fractions of a millisecond and very long times',
    prove: async ({ store, name }) => {
      for (const long of [10_000.5, 7 * 24 * 3_600_000, 100 * 365 * 24 * 3_600_000]) {
        await store.set(name('a'), 'value', { ttlMs: long });
        expectSame(await store.get(name('a')), 'value', `get with ${long} ms`);
      }
      await store.set(name('a'), 'value', { ttlMs: 0.1 });
      await untilGone(store, name('a'));
    },
  },
  {
    title: 'refuses a time that is no positive number',
    prove: async ({ store, name }) => {
      for (const no of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
        await expectRejection(store.set(name('a'), 'value', { ttlMs: no }), 'AI_InvalidArgumentError', `ttlMs: ${no}`);
      }
      expectSame(await store.get(name('a')), undefined, 'get');
    },
  },
];

async function untilGone(store: Store, key: string): Promise<void> {
  const end = Date.now() + 5_000;
  while ((await store.get(key)) !== undefined) {
    if (Date.now() > end) throw new Error('The entry outlived its time by seconds.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
