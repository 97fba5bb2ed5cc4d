import { describe, expect, test } from 'vitest';
import { createCache } from '../../src/cache/cache.ts';
import type { CacheOptions } from '../../src/cache/cache-options.ts';
import { cachedResult } from '../../src/cache/entry.ts';
import type { CacheCall, Make } from '../../src/cache/served.ts';
import { deferred } from '../../src/effects/deferred.ts';
import { memoryStore, type Store, type StoreSetOptions } from '../../src/index.ts';
import type { ContentPart } from '../../src/model/language-model.ts';
import { noUsage } from '../../src/trace/usage.ts';
import { clock } from '../limits/clock.ts';

const attempt = { number: 1, stage: 'retry', model: 'm', startedAt: '2026-01-01T00:00:00Z', durationMs: 1 };

function making(text: string, more: readonly ContentPart[] = []): Make<string> {
  const content = [{ type: 'text' as const, text }, ...more];
  const result = cachedResult({
    content,
    finishReason: { unified: 'stop', raw: 'stop' },
    usage: noUsage,
    warnings: [],
  });
  return async () => ({ result: text, entry: { result, attempt } });
}

const failing = () => Promise.reject(new Error('down'));
/** Does not end before its caller leaves. */
const untilLeft = (signal: AbortSignal) => () =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
const untilToldTo = (make: Make<string>) => {
  const { promise, resolve } = deferred<void>();
  return { end: resolve, make: () => promise.then(make) };
};

/** A cache over a store, whose writes and misses are noted, and in whose time nothing passes by itself. */
function shelved(options: Partial<CacheOptions> = {}, from?: Pick<Store, 'get'>) {
  const time = clock();
  const memory = memoryStore({ now: time.now });
  const writes: (StoreSetOptions & { readonly type: string })[] = [];
  const misses: string[] = [];
  const store: Store = {
    ...memory,
    ...from,
    set(key, value, given = {}) {
      writes.push({ ...given, type: JSON.parse(value).type });
      return memory.set(key, value, given);
    },
  };
  const cache = createCache({ store, ...options }, () => [], time);
  const serve = async (make: Make<string>, call: Partial<CacheCall> = {}) => {
    const onMiss = (reason: string) => void misses.push(reason);
    const whole = {
      key: 'k',
      maxAgeMs: undefined,
      signal: undefined,
      specificationVersion: 'v4',
      onMiss,
      ...call,
    } as const;
    const served = await cache.serve(whole, make);
    return [
      served.type,
      served.type === 'miss' ? served.result : (served.entry.result.content[0] as { text: string }).text,
    ];
  };
  return { time, memory, writes, misses, serve };
}

const both: [string, Partial<CacheOptions>][] = [
  ['alone', {}],
  ['that share a run', { singleFlight: true }],
];

describe.each(both)('calls %s', (_, options) => {
  test('keep an answer for as long as it may be served, an old one for errors alone', async () => {
    const { time, writes, misses, serve } = shelved({ ...options, ttlMs: 1000, staleIfErrorMs: 500 });
    await serve(making('old'));
    expect(writes.at(-1)).toMatchObject({ type: 'entry', ttlMs: 1500 });
    await time.advance(1000);
    expect(await serve(making('new'))).toEqual(['hit', 'old']);
    await time.advance(1);
    expect(await serve(failing)).toEqual(['stale', 'old']);
    await time.advance(499);
    await expect(serve(failing)).rejects.toThrow('down');
    expect(misses.slice(0, 2)).toEqual(['absent', 'expired']);
  });

  test('keep an answer for ever if it never grows old', async () => {
    const { writes, serve } = shelved(options);
    await serve(making('old'));
    expect(writes.at(-1)).not.toHaveProperty('ttlMs');
    expect(await serve(making('new'), { maxAgeMs: 0 })).toEqual(['hit', 'old']);
  });

  test('serve no answer that is too old, though the store has it still', async () => {
    const { time, memory, serve } = shelved({ ...options, ttlMs: 1000, staleIfErrorMs: 500 });
    await serve(making('old'));
    const text = (await memory.get('k')) ?? '';
    await time.advance(1501);
    await memory.set('k', text);
    await expect(serve(failing)).rejects.toThrow('down');
  });

  test('serve a file only in the form that the caller knows', async () => {
    const { serve } = shelved(options);
    const file = { type: 'file', mediaType: 'image/png' } as const;
    for (const [version, other, data] of [
      ['v4', 'v3', { type: 'data', data: 'aGk=' }],
      ['v3', 'v4', 'aGk='],
      ['v3', 'v4', Uint8Array.of(1)],
    ] as const) {
      const key = `${version} ${typeof data} ${data.constructor.name}`;
      await serve(making('old', [{ ...file, data } as ContentPart]), { key, specificationVersion: version });
      expect(await serve(failing, { key, specificationVersion: version })).toEqual(['hit', 'old']);
      const call = { key, specificationVersion: other };
      expect(await serve(making('new'), call)).toEqual(['miss', 'new']);
    }
  });

  test('replace what somebody else has put at the key', async () => {
    const { memory, misses, serve } = shelved(options);
    await memory.set('k', 'not ours');
    expect(await serve(making('new'))).toEqual(['miss', 'new']);
    expect(await serve(failing)).toEqual(['hit', 'new']);
    expect(misses).toEqual(['absent']);
  });

  test('leave as their callers do, though the store does not answer', async () => {
    const { serve, misses } = shelved(options, { get: () => new Promise(() => {}) });
    await expect(serve(making('new'), { signal: AbortSignal.abort(new Error('left')) })).rejects.toThrow('left');
    expect(misses).toEqual([]);
  });

  test('make an answer of their own if the store fails, and say why', async () => {
    const { serve, misses } = shelved(options, { get: () => Promise.reject(new Error('down')) });
    for (let call = 0; call < 4; call += 1) expect(await serve(making('new'))).toEqual(['miss', 'new']);
    expect(misses[0]).toBe('store-failed');
    expect(misses[3]).toBe('store-skipped');
  });
});

describe('calls that share a run', () => {
  const options = { singleFlight: { leaseMs: 900, followMs: 60_000 } };

  test('take one lease together, and are served when the run ends', async () => {
    const { time, writes, serve } = shelved(options);
    const { end, make } = untilToldTo(making('one'));
    const calls = [serve(make), serve(making('two')), serve(making('three'))];
    await time.advance(100);
    end();
    await time.advance(0);
    expect(await Promise.all(calls)).toEqual([['miss', 'one'], ...Array(2).fill(['follower', 'one'])]);
    expect(writes.map(({ type }) => type)).toEqual(['lease', 'entry']);
  });

  test('make one of their own when they have waited long enough, which is kept', async () => {
    const { time, misses, serve } = shelved({ singleFlight: { leaseMs: 900, followMs: 500 } });
    const { end, make } = untilToldTo(making('late'));
    const holder = serve(make);
    await time.advance(10);
    const follower = serve(making('own'));
    await time.advance(400);
    expect(misses).toEqual(['absent']);
    await time.advance(100);
    expect(await follower).toEqual(['miss', 'own']);
    end();
    expect(await holder).toEqual(['miss', 'late']);
    expect(await serve(failing)).toEqual(['hit', 'own']);
  });

  test('make one each after one that may not be kept, and share again later', async () => {
    const { time, writes, serve } = shelved(options);
    const unkept = async () => ({ result: 'unkept', entry: undefined });
    for (let call = 0; call < 3; call += 1) expect(await serve(unkept)).toEqual(['miss', 'unkept']);
    expect(writes.map(({ type }) => type)).toEqual(['lease', 'uncached']);
    await time.advance(2000);
    await serve(unkept);
    expect(writes.map(({ type }) => type)).toEqual(['lease', 'uncached', 'lease', 'uncached']);
  });

  test('look once more at a store that failed', async () => {
    const memory = memoryStore();
    let reads = 0;
    const get = (key: string) => (reads++ === 1 ? Promise.reject(new Error('slow')) : memory.get(key));
    const { writes, serve } = shelved(options, { get });
    await serve(making('old'), { key: 'other' });
    expect(await serve(making('new'))).toEqual(['miss', 'new']);
    expect(writes.map(({ type }) => type)).toEqual(['lease', 'entry', 'lease', 'entry']);
  });

  test('do not fail because others left', async () => {
    const { time, serve } = shelved(options);
    for (let left = 0; left < 3; left += 1) {
      const abort = new AbortController();
      const leaving = serve(untilLeft(abort.signal), { signal: abort.signal }).catch((error) => error);
      await time.advance(10);
      abort.abort(new Error('left'));
      expect(await leaving).toMatchObject({ message: 'left' });
      await time.advance(10);
    }
    expect(await serve(making('new'))).toEqual(['miss', 'new']);
  });

  test('fail after two that failed, until some time has passed', async () => {
    const { time, serve } = shelved(options);
    for (let run = 0; run < 2; run += 1) await expect(serve(failing)).rejects.toThrow('down');
    await expect(serve(making('new'))).rejects.toThrow('waited for failed');
    await time.advance(2000);
    expect(await serve(making('new'))).toEqual(['miss', 'new']);
  });

  test('renew the lease while the run lasts, and no longer', async () => {
    const { time, writes, serve } = shelved(options);
    const { end, make } = untilToldTo(making('one'));
    const call = serve(make);
    await time.advance(1000);
    end();
    await call;
    await time.advance(10_000);
    expect(writes.map(({ type }) => type)).toEqual([...Array(4).fill('lease'), 'entry']);
    expect(writes[1]).toMatchObject({ ttlMs: 900, onlyIf: { equals: expect.stringContaining('"lease"') } });
  });

  test('renew no lease that another has taken, and write nothing over it', async () => {
    const { time, memory, writes, serve } = shelved(options);
    const { end, make } = untilToldTo(making('one'));
    const call = serve(make);
    await time.advance(100);
    await memory.set('k', 'taken');
    await time.advance(5000);
    expect(writes).toHaveLength(2);
    end();
    expect(await call).toEqual(['miss', 'one']);
    expect(await memory.get('k')).toBe('taken');
  });
});
