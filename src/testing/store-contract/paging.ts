import type { StoreIndex } from '../../stores/store.ts';
import { expectRejection, expectSame } from './expect.ts';
import type { ContractCase, ContractSpace } from './space.ts';

type Order = 'asc' | 'desc';

/** Scores with runs of ties at the beginning, in the middle and at the end. */
const scores = [1, 1, 1, 2, 3, 3, 3, 3, 3, 4, 5.5, 5.5];
const members = scores.map((_, index) => String.fromCharCode(97 + index));
const orders: readonly Order[] = ['asc', 'desc'];

export const pagingCases: readonly ContractCase[] = [
  {
    title: 'pages of any length give every member once, in order, ties included',
    prove: async (space) => {
      const index = await letters(space);
      for (const order of orders) {
        for (const limit of [1, 2, 3, 4, 5, 11, 12, 13]) {
          expectSame(await all(index, order, limit), inOrder(order), `pages of ${limit}, ${order}`);
        }
      }
    },
  },
  {
    title: 'a page has a cursor exactly while there is more',
    prove: async (space) => {
      const index = await letters(space);
      for (const order of orders) {
        const whole = await index.page({ limit: members.length, order });
        expectSame(whole, { members: inOrder(order) }, `the whole, ${order}`);
        const { cursor } = await index.page({ limit: members.length - 1, order });
        expectSame(typeof cursor, 'string', `the type of the cursor before the last one, ${order}`);
      }
    },
  },
  {
    title: 'what is removed, the last member of the page too, shifts nothing',
    prove: async (space) => {
      for (const order of orders) {
        const index = await letters(space, order);
        const first = await index.page({ limit: 6, order });
        for (const member of first.members) await index.remove(member);
        expectSame(await all(index, order, 2, first.cursor), inOrder(order).slice(6), order);
      }
    },
  },
  {
    title: 'what is added before the cursor is not given, what is added behind it is',
    prove: async (space) => {
      const rest = {
        asc: ['g', 'g!', 'h', 'i', 'j', 'k', 'l', 'Z'],
        desc: ['f', 'e!', 'e', 'd', 'c', 'b', 'a', 'A'],
      };
      for (const order of orders) {
        const index = await letters(space, order);
        const { cursor } = await index.page({ limit: 6, order });
        await index.add('A', 0);
        await index.add('Z', 9);
        await index.add('e!', 3);
        await index.add('g!', 3);
        expectSame(await all(index, order, 3, cursor), rest[order], order);
      }
    },
  },
  {
    title: 'a member that moves behind the cursor is given again, the others once',
    prove: async (space) => {
      const index = await letters(space);
      const { cursor } = await index.page({ limit: 3 });
      await index.add('c', 100);
      expectSame(await all(index, 'asc', 4, cursor), [...members.slice(3), 'c'], 'the rest');
    },
  },
  {
    title: 'a cursor serves any other limit, another order and another instance of the index',
    prove: async (space) => {
      const { cursor } = await (await letters(space)).page({ limit: 6 });
      const again = space.store.index(space.name('asc'));
      expectSame(await all(again, 'asc', 100, cursor), members.slice(6), 'onwards');
      expectSame(await all(again, 'desc', 2, cursor), members.slice(0, 5).reverse(), 'back');
    },
  },
  {
    title: 'pages hold members that look like cursors, patterns and numbers',
    prove: async ({ store, name }) => {
      const index = store.index(name('a'));
      const odd = ['*', '-inf', '123', '[1,"a"]', 'a b', 'null', '漢', '\uFFFF', '😀'];
      for (const member of odd) await index.add(member, -0.1);
      for (const limit of [1, 2]) {
        expectSame(await all(index, 'asc', limit), odd, `pages of ${limit}`);
        expectSame(await all(index, 'desc', limit), [...odd].reverse(), `pages of ${limit}, back`);
      }
    },
  },
  {
    title: 'scores that differ in the last bit are different',
    prove: async ({ store, name }) => {
      const index = store.index(name('a'));
      const close = [
        0.3,
        0.1 + 0.2,
        1e300,
        1e300 * (1 + Number.EPSILON),
        Number.MAX_SAFE_INTEGER - 1,
        Number.MAX_SAFE_INTEGER,
      ];
      for (const score of close) await index.add(String(score), score);
      const expected = [...close].sort((first, second) => first - second).map(String);
      expectSame(await all(index, 'asc', 1), expected, 'pages of 1');
      expectSame(await all(index, 'desc', 1), [...expected].reverse(), 'pages of 1, back');
    },
  },
  {
    title: 'refuses a limit that is no whole number from 1, and a cursor that no page gave',
    prove: async ({ store, name }) => {
      const index = store.index(name('a'));
      for (const limit of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
        await expectRejection(index.page({ limit }), 'AI_InvalidArgumentError', `limit: ${limit}`);
      }
      for (const cursor of ['', 'x', '0', '{}', '[]', '["a",1]', '[1,"a"', 'null']) {
        await expectRejection(index.page({ limit: 1, cursor }), 'AI_InvalidArgumentError', `cursor: ${cursor}`);
      }
    },
  },
];

/** An index of the letters, named after the order. */
async function letters({ store, name }: ContractSpace, order: Order = 'asc'): Promise<StoreIndex> {
  const index = store.index(name(order));
  await Promise.all(members.map((member, place) => index.add(member, scores[place] ?? 0)));
  return index;
}

function inOrder(order: Order): string[] {
  return order === 'asc' ? members : [...members].reverse();
}

/** Every member past the cursor, page by page; no page may hold more than asked for. */
async function all(index: StoreIndex, order: Order, limit: number, start?: string): Promise<string[]> {
  const found: string[] = [];
  let cursor = start;
  do {
    const page = await index.page({ limit, order, ...(cursor === undefined ? {} : { cursor }) });
    if (page.members.length > limit) throw new Error(`A page of ${limit} holds ${page.members.length}.`);
    found.push(...page.members);
    cursor = page.cursor;
    if (found.length > 1000) throw new Error('The pages do not end.');
  } while (cursor !== undefined);
  return found;
}
