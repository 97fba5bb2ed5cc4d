import { InvalidArgumentError } from '@ai-sdk/provider';
import { type Effects, systemEffects } from '../effects/effects.ts';
import { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import type { Store } from '../stores/store.ts';
import { type Price, type Pricing, priceOf, refuseNoPrice, usdOf } from '../trace/price.ts';
import type { CallCost, CallOutcome, Limiter } from './limiter.ts';
import { sharedState } from './shared-state.ts';

export interface SpendLimiterOptions {
  /** What may be spent in all, in USD. */
  readonly usd: number;
  /** The price of every model, or of each. */
  readonly price: Pricing;
  /** Where the processes of a batch share what is left. @default this process's memory */
  readonly store?: Store;
  /** Tells batches apart on one store. @default 'default' */
  readonly name?: string;
}

export interface SpendLimiter extends Limiter {
  /** What was spent so far, in USD, with the estimates of the calls that are under way. */
  spent(): Promise<number>;
}

const monthMs = 30 * 24 * 3_600_000;
const tokensPerUnit = 1_000_000;

/**
 * Lets calls through until a sum is spent; one limiter serves a whole batch. What a call may cost is taken before it
 * (its prompt, and its output where the call bounds it), and what it did cost is settled after it. Rejects with
 * `BudgetExceededError`.
 *
 * @throws InvalidArgumentError without a sum or a price, and for a store that is none.
 * @example
 * const spend = spendLimiter({ usd: 5, price: { input: 0.25, output: 2 } });
 * const model = withStagedRetry(openai('gpt-5-mini'), { limits: [spend] });
 */
export function spendLimiter(
  { usd, price, store, name = 'default' }: SpendLimiterOptions,
  effects: Effects = systemEffects,
): SpendLimiter {
  refuseBadOptions({ usd, price });
  const ledger = sharedState<{ readonly usd: number }>({ store, ttlMs: monthMs, effects });
  const key = `sr:spend:${encodeURIComponent(name)}`;
  async function add(amount: number): Promise<void> {
    await ledger.update(key, (state) => ({
      state: { usd: Math.max(0, (state?.usd ?? 0) + amount) },
      result: undefined,
    }));
  }

  return {
    async reserve(cost) {
      const estimate = estimatedUsd(cost, priceOf(price, cost));
      const isAllowed = await ledger.update(key, (state) => {
        const spent = state?.usd ?? 0;
        const mayCall = spent < usd && spent + estimate <= usd;
        return { state: mayCall ? { usd: spent + estimate } : undefined, result: mayCall };
      });
      if (!isAllowed) throw new BudgetExceededError({ history: [], limit: 'usd' });
    },

    async settle({ type, cost, usage }: CallOutcome) {
      const estimate = estimatedUsd(cost, priceOf(price, cost));
      switch (type) {
        case 'answered':
          return await add(usage === undefined ? 0 : usdOf(usage, priceOf(price, cost)) - estimate);
        case 'aborted':
          // It may have been billed; the estimate stands.
          return;
        case 'failed':
        case 'refused':
          return await add(-estimate);
      }
    },

    spent: () => ledger.update(key, (state) => ({ state: undefined, result: state?.usd ?? 0 })),
  };
}

function estimatedUsd({ estimatedTokens, maxOutputTokens = 0 }: CallCost, { input, output }: Price): number {
  return ((estimatedTokens - maxOutputTokens) * input + maxOutputTokens * output) / tokensPerUnit;
}

function refuseBadOptions({ usd, price }: Pick<SpendLimiterOptions, 'usd' | 'price'>): void {
  if (!(usd > 0)) throw new InvalidArgumentError({ argument: 'usd', message: 'usd must be above 0.' });
  refuseNoPrice(price);
}
