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
