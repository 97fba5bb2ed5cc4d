import { generateText } from 'ai';
import { describe, expect, it } from 'vitest';
import { type CallCost, memoryStore, type Store, spendLimiter, withStagedRetry } from '../../src/index.ts';
import { spendLimiter as timedSpendLimiter } from '../../src/limits/spend-limiter.ts';
import { errorOf, says } from '../fixtures.ts';
import { clock } from './clock.ts';

/** A clock that is told to go on, with timers that run by themselves. */
function runningClock() {
  const after = (ms: number, callback: () => void) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  };
  return Object.assign(clock(), { after });
}

/** One USD a thousand tokens: a call of this cost takes ten cents. */
const price = { input: 1000, output: 1000 };
const cost: CallCost = { provider: 'p', model: 'm', estimatedTokens: 100, maxOutputTokens: 50 };

/** A store whose operations can be made to fail, to lose their reply, or to wait. */
function faultyStore() {
  const store = memoryStore();
  const faults = { isDown: false, losesReplies: false, gate: undefined as Promise<void> | undefined };
  const broken = new Error('connection lost');
  const faulty: Store = {
    ...store,
    async get(key) {
      await faults.gate;
      if (faults.isDown) throw broken;
      return await store.get(key);
    },
    async set(key, value, options) {
      await faults.gate;
      if (faults.isDown) throw broken;
      const isWritten = await store.set(key, value, options);
      if (faults.losesReplies) throw broken;
      return isWritten;
    },
  };
  return { store: faulty, faults };
}

describe('the ledger of a spend limiter on a store', () => {
  it('gives back what was taken for a caller who left meanwhile', async () => {
    const { store, faults } = faultyStore();
    const spend = spendLimiter({ usd: 0.05, price, store });
    const model = withStagedRetry(says('Yes.'), { limits: [spend] });
    for (let caller = 0; caller < 5; caller += 1) {
      let open = () => {};
      faults.gate = new Promise((resolve) => {
        open = resolve;
      });
      const abort = new AbortController();
      const left = errorOf(generateText({ model, prompt: 'x'.repeat(80), abortSignal: abort.signal, maxRetries: 0 }));
      setTimeout(() => abort.abort(new Error('left')), 5);
      await left;
      open();
      faults.gate = undefined;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await spend.spent()).toBeCloseTo(0);
    expect((await generateText({ model, prompt: 'x'.repeat(80) })).text).toBe('Yes.');
  });

  it('keeps what was spent during an outage of the store', async () => {
    const { store, faults } = faultyStore();
    const time = runningClock();
    const spend = timedSpendLimiter({ usd: 1, price, store }, time);
    const other = timedSpendLimiter({ usd: 1, price, store }, time);
    await spend.reserve(cost, {});
    faults.isDown = true;
    for (let call = 0; call < 4; call += 1) await spend.reserve(cost, {});
    faults.isDown = false;
    await other.reserve(cost, {});
    await time.advance(2000);
    await spend.reserve(cost, {});
    expect(await other.spent()).toBeCloseTo(0.7);
    await Promise.all([other.reserve(cost, {}), other.reserve(cost, {}), other.reserve(cost, {})]);
    await errorOf(spend.reserve(cost, {}));
  });

  it('counts what was written without a reply once', async () => {
    const { store, faults } = faultyStore();
    const time = runningClock();
    const spend = timedSpendLimiter({ usd: 1, price, store }, time);
    await spend.reserve(cost, {});
    faults.losesReplies = true;
    await spend.reserve(cost, {});
    faults.losesReplies = false;
    await time.advance(2000);
    await spend.reserve(cost, {});
    expect(await spend.spent()).toBeCloseTo(0.3);
  });

  it('is put back when the store evicted it', async () => {
    const store = memoryStore();
    const spend = spendLimiter({ usd: 0.25, price, store });
    await spend.reserve(cost, {});
    await spend.reserve(cost, {});
    await store.delete('sr:spend:default');
    await errorOf(spend.reserve(cost, {}));
    expect(await spend.spent()).toBeCloseTo(0.2);
  });

  it.each([
    '{"state":{"usd":"0"},"id":"x"}',
    '{"state":{"usd":-5},"id":"x"}',
    '{"state":{"usd":null}}',
    '{"state":[]}',
    'null',
    '[',
  ])('is not %s, whoever wrote that', async (text) => {
    const store = memoryStore();
    const spend = spendLimiter({ usd: 0.15, price, store });
    await spend.reserve(cost, {});
    await store.set('sr:spend:default', text);
    await errorOf(spend.reserve(cost, {}));
    expect(await spend.spent()).toBeCloseTo(0.1);
  });
});
