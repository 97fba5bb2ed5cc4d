import { generateText } from 'ai';
import { describe, expect, it } from 'vitest';
import {
  BudgetExceededError,
  type CallCost,
  type CallOutcome,
  memoryStore,
  spendLimiter,
  withStagedRetry,
} from '../../src/index.ts';
import { errorOf, failsWith, says } from '../fixtures.ts';

/** One USD a thousand tokens, in and out. */
const price = { input: 1000, output: 1000 };
const cost: CallCost = { provider: 'p', model: 'm', estimatedTokens: 100, maxOutputTokens: 50 };

function outcome(more: Partial<CallOutcome> = {}): CallOutcome {
  return { type: 'answered', cost, usage: undefined, error: undefined, headers: undefined, durationMs: 1, ...more };
}

describe('a spend limiter', () => {
  it('lets a batch spend its sum and no more', async () => {
    const limits = [spendLimiter({ usd: 0.1, price })];
    const models = [says('a'), says('b')];
    const errors: unknown[] = [];
    // Each call of a scripted model is billed 10 tokens in and 10 out: two cents.
    for (let call = 0; call < 10; call += 1) {
      const bare = models[call % 2];
      if (bare === undefined) continue;
      await generateText({ model: withStagedRetry(bare, { limits }), prompt: 'Hi' }).catch((error) =>
        errors.push(error),
      );
    }
    expect(models.map(({ calls }) => calls.length)).toEqual([3, 2]);
    expect(errors).toHaveLength(5);
    expect(BudgetExceededError.find(errors[0])?.limit).toBe('usd');
    expect(await limits[0]?.spent()).toBeCloseTo(0.1);
  });

  it('takes what calls at the same time may cost', async () => {
    const limit = spendLimiter({ usd: 0.25, price });
    const reserved = await Promise.allSettled(Array.from({ length: 5 }, () => limit.reserve(cost, {})));
    expect(reserved.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  });

  it('gives back what was not spent', async () => {
    const limit = spendLimiter({ usd: 1, price });
    for (const type of ['failed', 'refused'] as const) {
      await limit.reserve(cost, {});
      await limit.settle(outcome({ type, error: failsWith(503) }));
    }
    expect(await limit.spent()).toBeCloseTo(0);
    await limit.reserve(cost, {});
    await limit.settle(outcome({ type: 'aborted', error: new Error('left') }));
    expect(await limit.spent()).toBeCloseTo(0.1);
  });

  it('knows the price of each model, and of cached input', async () => {
    const limit = spendLimiter({
      usd: 100,
      price: ({ model }) => (model === 'm' ? { input: 2, output: 10, cachedInput: 1 } : price),
    });
    const usage = {
      inputTokens: { total: 3_000_000, noCache: 1_000_000, cacheRead: 2_000_000, cacheWrite: undefined },
      outputTokens: { total: 500_000, text: undefined, reasoning: undefined },
    };
    await limit.reserve(cost, {});
    await limit.settle(outcome({ usage }));
    expect(await limit.spent()).toBeCloseTo(2 + 2 + 5);
  });

  it('is shared by processes on a store, by its name', async () => {
    const store = memoryStore();
    const one = spendLimiter({ usd: 0.15, price, store, name: 'batch' });
    await one.reserve(cost, {});
    await errorOf(spendLimiter({ usd: 0.15, price, store, name: 'batch' }).reserve(cost, {}));
    await spendLimiter({ usd: 0.15, price, store, name: 'another batch' }).reserve(cost, {});
  });

  it('refuses a sum or a price that is none', () => {
    expect(() => spendLimiter({ usd: 0, price })).toThrow('usd must be above 0');
    expect(() => spendLimiter({ usd: 1, price: {} as never })).toThrow('price must be');
  });
});
