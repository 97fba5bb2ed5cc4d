import { expect, test } from 'vitest';
import { createInbox, rateLimiter, type Store, spendLimiter, withStagedRetry } from '../../src/index.ts';
import { says } from '../fixtures.ts';

/** What a Redis client looks like to somebody who wants `get` and `set` of it. */
const client = { get: async () => null, set: async () => 'OK', del: async () => 0 } as unknown as Store;

test.each<[string, string, () => unknown]>([
  ['a cache', 'cache.store', () => withStagedRetry(says(''), { cache: { store: client } })],
  ['an inbox', 'store', () => createInbox({ store: client })],
  ['a rate limiter', 'store', () => rateLimiter({ store: client, requestsPerMinute: 1 })],
  ['a spend limiter', 'store', () => spendLimiter({ store: client, usd: 1, price: { input: 1, output: 1 } })],
])('%s refuses a Redis client in place of a store', (_, argument, create) => {
  expect(create).toThrow(expect.objectContaining({ name: 'AI_InvalidArgumentError', argument }));
});
