import type { StoreIndex } from '../../stores/store.ts';
import { expectRejection, expectSame } from './expect.ts';
import type { ContractCase } from './space.ts';

/** In the order that an index must have: by score, then by code point, which for `\uFFFF` and 😀 is not JavaScript's. */
const ordered: readonly (readonly [member: string, score: number])[] = [
  ['least', -Number.MAX_VALUE],
  ['negative', -1.5],
  ['', 0],
  ['123', 0],
  ['B', 0],
  ['a', 0],
  ['a\u0000', 0],
  ['aa', 0],
  ['null', 0],
  ['é', 0],
  ['\uFFFF', 0],
  ['😀', 0],
  ['smallest', Number.MIN_VALUE],
  ['third', 0.1 + 0.2],
  ['now', 1_763_883_576_123],
  ['now and a little', 1_763_883_576_123.25],
  ['integer', Number.MAX_SAFE_INTEGER],
  ['most', Number.MAX_VALUE],
];
const members = ordered.map(([member]) => member);

export const indexCases: readonly ContractCase[] = [
  {
    title: 'an index without members has an empty page without a cursor',
    prove: async ({ store, name }) => {
      expectSame(await store.index(name('a')).page({ limit: 10 }), { members: [] }, 'page');
    },
  },
  {
    title: 'members come by score, equal scores by code point, and in the exact reverse',
    prove: async ({ store, name }) => {
      const index = store.index(name('a'));
      for (const [member, score] of shuffled(ordered)) await index.add(member, score);
      expectSame(await index.page({ limit: 100 }), { members }, 'ascending');
      expectSame(await index.page({ limit: 100, order: 'desc' }), { members: [...members].reverse() }, 'descending');
    },
  },
  {
    title: 'adding a member again moves it',
    prove: async ({ store, name }) => {
      const index = await filled(store.index(name('a')), ['a', 'b', 'c']);
      await index.add('a', 10);
      await index.add('c', -10);
      expectSame(await index.page({ limit: 10 }), { members: ['c', 'b', 'a'] }, 'page');
    },
  },
  {
    title: 'removes a member, and one that is not there',
    prove: async ({ store, name }) => {
      const index = await filled(store.index(name('a')), ['a', 'b']);
      await index.remove('a');
      await index.remove('a');
      await store.index(name('none')).remove('a');
      expectSame(await index.page({ limit: 10 }), { members: ['b'] }, 'page');
    },
  },
  {
    title: 'an index is found by its name',
    prove: async ({ store, name }) => {
      await store.index(name('a')).add('in a', 1);
      await store.index(name('b')).add('in b', 1);
      expectSame(await store.index(name('a')).page({ limit: 10 }), { members: ['in a'] }, 'page of a');
      expectSame(await store.index(name('b')).page({ limit: 10 }), { members: ['in b'] }, 'page of b');
    },
  },
  {
    title: 'an index and an entry of one name leave each other alone',
    prove: async ({ store, name }) => {
      for (const same of ['a', 'a~index', 'a~key']) {
        await store.index(name(same)).add(`member of ${same}`, 1);
        await store.set(name(same), `value of ${same}`);
        await store.set(name(`${same}~index`), `value of ${same}~index`);
      }
      for (const same of ['a', 'a~index', 'a~key']) {
        expectSame(await store.index(name(same)).page({ limit: 10 }), { members: [`member of ${same}`] }, 'page');
        expectSame(await store.get(name(same)), `value of ${same}`, 'get');
        await store.delete(name(same));
        expectSame(await store.index(name(same)).page({ limit: 10 }), { members: [`member of ${same}`] }, 'page');
      }
    },
  },
  {
    title: 'keeps members of any characters and length',
    prove: async ({ store, name }) => {
      const index = store.index(name('*?[]: 漢'));
      const odd = [
        'true',
        '{"a": 1}',
        '"a"',
        '*',
        'a:b c',
        '\uD83D',
        '\uDE00\uD83D',
        '~"\\ud83d"',
        '\uFEFF',
        'x'.repeat(5000),
      ];
      for (const [score, member] of odd.entries()) await index.add(member, score);
      expectSame(await index.page({ limit: 100 }), { members: odd }, 'page');
      for (const member of odd) await index.remove(member);
      expectSame(await index.page({ limit: 100 }), { members: [] }, 'page after removing');
    },
  },
  {
    title: 'loses none of 100 members that are added at once',
    prove: async ({ store, name }) => {
      const index = store.index(name('a'));
      const all = Array.from({ length: 100 }, (_, number) => String(number).padStart(3, '0'));
      await Promise.all(shuffled(all).map((member) => index.add(member, 7)));
      expectSame(await index.page({ limit: 1000 }), { members: all }, 'page');
    },
  },
  {
    title: 'refuses a score that is no finite number',
    prove: async ({ store, name }) => {
      const index = store.index(name('a'));
      for (const score of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        await expectRejection(index.add('a', score), 'AI_InvalidArgumentError', `score: ${score}`);
      }
      expectSame(await index.page({ limit: 10 }), { members: [] }, 'page');
    },
  },
];

async function filled(index: StoreIndex, contents: readonly string[]): Promise<StoreIndex> {
  for (const [score, member] of contents.entries()) await index.add(member, score);
  return index;
}

/** Another order, the same on every run. */
function shuffled<ITEM>(items: readonly ITEM[]): ITEM[] {
  const place = (index: number) => (index * 7919 + 31) % 104_729;
  return items
    .map((item, index) => ({ item, place: place(index) }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
