import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exponential } from '../../src/index.ts';

test('waits 500 ms, then twice as long each time, up to 30 s', () => {
  const wait = exponential({ jitter: 'none' });
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((retry) => wait(retry, 0))).toEqual([
    ...[500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000],
  ]);
});

test('draws from the whole interval unless told otherwise', () => {
  const wait = exponential({ initialMs: 100 });
  expect([wait(1, 0), wait(1, 0.5), wait(2, 0.5)]).toEqual([0, 50, 100]);
});

test('never waits longer than the maximum, nor less than nothing', () => {
  const options = fc.record({
    initialMs: fc.nat(10_000),
    factor: fc.double({ min: 1, max: 10, noNaN: true }),
    maxMs: fc.nat(60_000),
  });
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(options, fc.integer({ min: 1, max: 2000 }), random, (given, retry, drawn) => {
      const wait = exponential(given)(retry, drawn);
      return wait >= 0 && wait <= given.maxMs;
    }),
  );
});
