import { expect, test } from 'vitest';
import { reachedLimit } from '../../src/policy/budget.ts';

const spent = { attempts: 2, outputTokens: 100, totalTokens: 300, elapsedMs: 4000, usd: 0.5 };

test('a limit is reached when as much is spent', () => {
  expect(reachedLimit({ attempts: 2 }, spent)).toBe('attempts');
  expect(reachedLimit({ outputTokens: 100 }, spent)).toBe('outputTokens');
  expect(reachedLimit({ totalTokens: 299 }, spent)).toBe('totalTokens');
  expect(reachedLimit({ elapsedMs: 4000 }, spent)).toBe('elapsedMs');
  expect(reachedLimit({ usd: 0.5 }, spent)).toBe('usd');
});

test('a budget with room, or without limits, is not reached', () => {
  expect(reachedLimit({ attempts: 3, outputTokens: 101, totalTokens: 301, elapsedMs: 4001 }, spent)).toBeUndefined();
  expect(reachedLimit({}, spent)).toBeUndefined();
});

test('of several that are reached the first is named', () => {
  expect(reachedLimit({ usd: 0.1, totalTokens: 1, attempts: 1 }, spent)).toBe('attempts');
});
