import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/errors/store-error.ts';
import { durablePrefix } from '../../src/stores/durable.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { storeContract } from '../../src/testing/store-contract.ts';

const mebibyte = 1024 * 1024;

describe('the memory store keeps the contract of a store', () => {
  for (const { title, run } of storeContract(() => memoryStore())) it.concurrent(title, run);
});

describe('the memory store', () => {
  it('evicts what was used longest ago when the entries are too many', async () => {
    const store = memoryStore({ maxEntries: 3 });
    for (const key of ['a', 'b', 'c']) await store.set(key, key);
    await store.get('a');
    await store.set('b', 'again');
    await store.set('d', 'd');

    expect(await reads(store, ['a', 'b', 'c', 'd'])).toEqual(['a', 'again', undefined, 'd']);
  });

  it('evicts as many as it takes when the bytes are too many, and no more', async () => {
    const store = memoryStore({ maxBytes: 10_000 });
    for (const key of ['a', 'b', 'c', 'd']) await store.set(key, 'x'.repeat(1000));
    await store.set('e', 'x'.repeat(2000));

    const found = await reads(store, ['a', 'b', 'c', 'd', 'e']);
    expect(found.map((value) => value?.length)).toEqual([undefined, undefined, 1000, 1000, 2000]);
  });

  it('evicts no escalation and no member of an index, whatever else is written', async () => {
    const store = memoryStore({ maxBytes: 20_000, maxEntries: 50 });
    for (let number = 0; number < 5; number += 1) {
      await store.set(`${durablePrefix}${number}`, 'kept');
      await store.index('waiting').add(String(number), number);
    }
    for (let number = 0; number < 1000; number += 1) await store.set(`cache:${number}`, 'x'.repeat(500));

    const escalations = [0, 1, 2, 3, 4].map((number) => `${durablePrefix}${number}`);
    expect(await reads(store, escalations)).toEqual(['kept', 'kept', 'kept', 'kept', 'kept']);
    expect((await store.index('waiting').page({ limit: 10 })).members).toEqual(['0', '1', '2', '3', '4']);
    expect(await store.get('cache:999')).toHaveLength(500);
    expect(await store.get('cache:0')).toBeUndefined();
  });

  it('fails to file an escalation at its limit, loses nothing, and files it once there is room', async () => {
    const store = memoryStore({ maxEntries: 2 });
    await store.set(`${durablePrefix}1`, 'first');
    await store.set(`${durablePrefix}2`, 'second');
    const third = () => store.set(`${durablePrefix}3`, 'third', { onlyIf: 'absent' });

    await expect(third()).rejects.toSatisfy(StoreError.isInstance);
    await expect(store.index('waiting').add('3', 3)).rejects.toMatchObject({ operation: 'index.add', key: 'waiting' });
    expect(await reads(store, [`${durablePrefix}1`, `${durablePrefix}2`])).toEqual(['first', 'second']);

    await store.delete(`${durablePrefix}1`);
    expect(await third()).toBe(true);
  });

  it('decides an escalation at the limit, since that takes no more room', async () => {
    const store = memoryStore({ maxEntries: 1 });
    await store.set(`${durablePrefix}1`, 'pending');

    expect(await store.set(`${durablePrefix}1`, 'decided', { onlyIf: { equals: 'pending' } })).toBe(true);
  });

  it('makes room of escalations that expired', async () => {
    let now = 0;
    const store = memoryStore({ maxEntries: 2, now: () => now });
    await store.set(`${durablePrefix}1`, 'old', { ttlMs: 1000 });
    await store.set(`${durablePrefix}2`, 'old', { ttlMs: 1000 });
    now = 1000;

    expect(await store.set('cache', 'value')).toBe(true);
    expect(await store.set(`${durablePrefix}3`, 'new')).toBe(true);
  });

  it('keeps what is there when a value is too large for it, and says so', async () => {
    const store = memoryStore({ maxBytes: 2000 });
    await store.set('a', 'small');
    await store.set('b', 'small');

    await expect(store.set('a', 'x'.repeat(2000))).rejects.toThrow(/^The store failed at set of a: .*maxBytes 2000/);
    expect(await reads(store, ['a', 'b'])).toEqual(['small', 'small']);
  });

  it('expires by its clock, without a timer', async () => {
    let now = 5000;
    const store = memoryStore({ now: () => now });
    await store.set('a', 'value', { ttlMs: 100 });

    now = 5099;
    expect(await store.get('a')).toBe('value');
    now = 5100;
    expect(await store.get('a')).toBeUndefined();
  });

  it('stays within its bytes over many different entries', async () => {
    const store = memoryStore({ maxBytes: 8 * mebibyte });
    const before = heapBytes();
    for (let number = 0; number < 20_000; number += 1) await store.set(`key ${number}`, `${number}`.padEnd(5000, '漢'));

    expect(heapBytes() - before).toBeLessThan(10 * mebibyte);
    expect(await store.get('key 19999')).toHaveLength(5000);
  });

  it('refuses limits below 1, naming them', () => {
    expect(() => memoryStore({ maxBytes: 0 })).toThrow(/maxBytes/);
    expect(() => memoryStore({ maxEntries: Number.NaN })).toThrow(/maxEntries/);
  });
});

function reads(store: ReturnType<typeof memoryStore>, keys: readonly string[]): Promise<(string | undefined)[]> {
  return Promise.all(keys.map((key) => store.get(key)));
}

/** What is in use once the garbage is gone. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
