import { expectSame } from './expect.ts';
import type { ContractCase } from './space.ts';

const contenders = Array.from({ length: 100 }, (_, number) => `contender ${number}`);

export const conditionCases: readonly ContractCase[] = [
  {
    title: "'absent' writes where nothing is, and only there",
    prove: async ({ store, name }) => {
      expectSame(await store.set(name('a'), 'first', { onlyIf: 'absent' }), true, 'the first set');
      expectSame(await store.set(name('a'), 'second', { onlyIf: 'absent' }), false, 'the second set');
      expectSame(await store.get(name('a')), 'first', 'get');
    },
  },
  {
    title: "'absent' writes again after a delete",
    prove: async ({ store, name }) => {
      await store.set(name('a'), 'first', { onlyIf: 'absent' });
      await store.delete(name('a'));
      expectSame(await store.set(name('a'), 'second', { onlyIf: 'absent' }), true, 'set');
      expectSame(await store.get(name('a')), 'second', 'get');
    },
  },
  {
    title: "'absent' knows an empty value from none",
    prove: async ({ store, name }) => {
      await store.set(name('a'), '');
      expectSame(await store.set(name('a'), 'value', { onlyIf: 'absent' }), false, 'set');
      expectSame(await store.get(name('a')), '', 'get');
    },
  },
  {
    title: "'equals' writes over the expected value, and over no other",
    prove: async ({ store, name }) => {
      await store.set(name('a'), 'first');
      expectSame(await store.set(name('a'), 'second', { onlyIf: { equals: 'other' } }), false, 'set over another');
      expectSame(await store.get(name('a')), 'first', 'get');
      expectSame(await store.set(name('a'), 'second', { onlyIf: { equals: 'first' } }), true, 'set over it');
      expectSame(await store.get(name('a')), 'second', 'get');
    },
  },
  {
    title: "'equals' writes nothing where nothing is",
    prove: async ({ store, name }) => {
      expectSame(await store.set(name('a'), 'value', { onlyIf: { equals: '' } }), false, 'set');
      expectSame(await store.set(name('a'), 'value', { onlyIf: { equals: 'value' } }), false, 'set of the same');
      expectSame(await store.get(name('a')), undefined, 'get');
    },
  },
  {
    title: "'equals' compares characters, not what they look like",
    prove: async ({ store, name }) => {
      for (const [value, other] of [
        ['1', '1.0'],
        ['{"a":1}', '{"a": 1}'],
        ['é', 'e\u0301'],
        ['\uD83D', '\uFFFD'],
      ] as const) {
        await store.set(name('a'), value);
        expectSame(await store.set(name('a'), 'new', { onlyIf: { equals: other } }), false, `${other} for ${value}`);
        expectSame(await store.set(name('a'), 'new', { onlyIf: { equals: value } }), true, `${value} for itself`);
      }
    },
  },
  {
    title: 'a conditional write sent again after its reply was lost is answered as done',
    prove: async ({ store, name }) => {
      const taken = () => store.set(name('a'), 'mine', { onlyIf: 'absent' });
      expectSame([await taken(), await taken()], [true, true], 'both sets');
      const renewed = () => store.set(name('a'), 'renewed', { onlyIf: { equals: 'mine' } });
      expectSame([await renewed(), await renewed()], [true, true], 'both sets over it');
      expectSame(await taken(), false, 'the first one, sent again too late');
    },
  },
  {
    title: 'one of 100 concurrent writers finds the key absent',
    prove: async ({ store, name }) => {
      const won = await Promise.all(contenders.map((value) => store.set(name('a'), value, { onlyIf: 'absent' })));
      const winners = contenders.filter((_, index) => won[index]);
      expectSame(winners.length, 1, 'the number of winners');
      expectSame(await store.get(name('a')), winners[0], 'get');
    },
  },
  {
    title: 'one of 100 concurrent writers replaces the value it read',
    prove: async ({ store, name }) => {
      await store.set(name('a'), 'start');
      const onlyIf = { equals: 'start' };
      const won = await Promise.all(contenders.map((value) => store.set(name('a'), value, { onlyIf })));
      const winners = contenders.filter((_, index) => won[index]);
      expectSame(winners.length, 1, 'the number of winners');
      expectSame(await store.get(name('a')), winners[0], 'get');
    },
  },
];
