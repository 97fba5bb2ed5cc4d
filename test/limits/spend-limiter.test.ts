import { InvalidArgumentError } from '@ai-sdk/provider';
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
import { clock } from './clock.ts';

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

  it.each([
    ['day', '2026-11-26T23:59:00Z', '2026-11-27T00:00:00.000Z', ':2026-11-26'],
    ['month', '2026-12-31T23:59:00Z', '2027-01-01T00:00:00.000Z', ':2026-12'],
  ] as const)('begins anew each %s, and settles a call where it was reserved', async (period, now, next, key) => {
    const effects = clock(now);
    const store = memoryStore();
    const limit = spendLimiter({ usd: 0.15, price, store, period }, effects);
    await limit.reserve(cost, {});
    const error = BudgetExceededError.find(await errorOf(limit.reserve({ ...cost }, {})));
    expect(error?.spend?.resetsAt).toBe(next);
    expect(error?.message).toContain(`Call again after ${next}, raise usd of the spendLimiter`);
    await effects.advance(120_000);
    await limit.reserve({ ...cost }, {});
    await limit.settle(outcome({ type: 'refused' }));
    expect(await limit.spent()).toBeCloseTo(0.1);
    expect(JSON.parse((await store.get(`sr:spend:default${key}`)) ?? '{}')).toMatchObject({ state: { usd: 0 } });
  });

  it('spends exactly its sum, whatever binary fractions leave over', async () => {
    const limit = spendLimiter({ usd: 0.3, price });
    for (let call = 0; call < 3; call += 1) await limit.reserve({ ...cost }, {});
    expect(await limit.spent()).toBe(0.3);
    await errorOf(limit.reserve({ ...cost }, {}));
  });

  it('does not advise to wait with a call that costs more than the whole sum', async () => {
    const limit = spendLimiter({ usd: 0.05, price, period: 'day' });
    const error = BudgetExceededError.find(await errorOf(limit.reserve({ ...cost }, {})));
    expect(error?.spend).toEqual({ name: 'default', usd: 0.05, spent: 0, estimated: 0.1 });
    expect(error?.message).toContain('The call alone may cost more: lower its maxOutputTokens, raise usd');
  });

  it('counts a call once if it is named twice', async () => {
    const limit = spendLimiter({ usd: 1, price });
    await generateText({ model: withStagedRetry(says('a'), { limits: [limit, limit] }), prompt: 'Hi' });
    expect(await limit.spent()).toBeCloseTo(0.02);
  });

  it('is for each scope', async () => {
    const limit = spendLimiter({ usd: 0.15, price, perScope: true });
    await limit.reserve({ ...cost, scope: 'acme' }, {});
    await limit.reserve({ ...cost, scope: 'other' }, {});
    const error = BudgetExceededError.find(await errorOf(limit.reserve({ ...cost, scope: 'acme' }, {})));
    expect(error?.message).toContain(
      'The spend limit "default" of the scope "acme" of 0.15 USD leaves too little for this call',
    );
    expect(await limit.spent({ scope: 'acme' })).toBeCloseTo(0.1);
  });

  it('knows the scope of a run', async () => {
    const limits = [spendLimiter({ usd: 1, price, perScope: true })];
    const model = withStagedRetry(says('a'), { limits, scope: 'acme' });
    await generateText({ model, prompt: 'Hi' });
    await generateText({ model, prompt: 'Hi', providerOptions: { stagedRetry: { scope: 'other' } } });
    expect(await limits[0]?.spent({ scope: 'acme' })).toBeCloseTo(0.02);
    expect(await limits[0]?.spent({ scope: 'other' })).toBeCloseTo(0.02);
  });

  it('refuses a call without a scope before it is made, if it is for each scope', async () => {
    const model = says('a');
    const limit = spendLimiter({ usd: 1, price, perScope: true });
    const wrapped = withStagedRetry(model, { limits: [limit] });
    const refusals = [generateText({ model: wrapped, prompt: 'Hi', maxRetries: 0 }), limit.spent()].map(errorOf);
    for (const refusal of await Promise.all(refusals)) {
      expect(refusal).toBeInstanceOf(InvalidArgumentError);
      expect(String(refusal)).toContain('set the option scope, or providerOptions.stagedRetry.scope of the call');
    }
    expect(model.calls).toHaveLength(0);
  });

  it('refuses a second sum on a store without a name of its own', () => {
    const store = memoryStore();
    spendLimiter({ usd: 1, price, store });
    expect(() => spendLimiter({ usd: 5, price, store })).toThrow('A spendLimiter() of 1 USD without a name');
    for (const other of [{}, { period: 'day' }, { name: 'chat' }, { perScope: true }] as const)
      spendLimiter({ usd: 'name' in other ? 5 : 1, price, store, ...other });
    expect(() => spendLimiter({ usd: 5, price, store, perScope: true })).toThrow('without a name');
    spendLimiter({ usd: 5, price, store: memoryStore() });
  });

  it('settles a call at the price it was reserved with', async () => {
    let isKnown = true;
    const limit = spendLimiter({ usd: 1, price: () => (isKnown ? price : (undefined as never)) });
    await limit.reserve(cost, {});
    isKnown = false;
    await limit.settle(outcome({ type: 'refused' }));
    expect(await limit.spent()).toBeCloseTo(0);
  });

  it('refuses a sum or a price that is none', () => {
    expect(() => spendLimiter({ usd: 0, price })).toThrow('usd must be above 0');
    expect(() => spendLimiter({ usd: 1, price: {} as never })).toThrow('price must be');
    expect(() => spendLimiter({ usd: 1, price, period: 'week' as never })).toThrow('must be day or month');
  });
});
