import { expect, test } from 'vitest';
import { RecentMap } from '../../src/incremental/schema/recent-map.ts';

const keys = (count: number, length: number) =>
  Array.from({ length: count }, (_, index) => String(index).padEnd(length, '.'));

function keptOf(all: readonly string[]): number {
  const map = new RecentMap<string>(256);
  for (const key of all) map.set(key, key);
  return all.filter((key) => map.get(key) !== undefined).length;
}

test('keeps the latest by their number, and fewer of those that are long', () => {
  expect(keptOf(keys(128, 100))).toBe(128);
  expect(keptOf(keys(1000, 100))).toBeLessThanOrEqual(256);
  expect(keptOf(keys(20, 500_000))).toBeLessThanOrEqual(4);
});

test('keeps the latest, however long it is', () => {
  const map = new RecentMap<number>(256);
  for (const key of keys(3, 2_000_000)) {
    map.set(key, 1);
    expect(map.get(key)).toBe(1);
  }
});

test('keeps twice the half that is recent, and what is asked for stays', () => {
  const map = new RecentMap<number>(4);
  for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) map.set(key, index);
  expect(['d', 'c', 'b', 'a'].map((key) => map.get(key))).toEqual([3, 2, 1, undefined]);
  const asked = new RecentMap<number>(4);
  asked.set('a', 0);
  asked.set('b', 1);
  asked.set('c', 2);
  expect(asked.get('a')).toBe(0);
  asked.set('d', 3);
  expect(['a', 'b', 'c', 'd'].map((key) => asked.get(key))).toEqual([0, undefined, 2, 3]);
});
