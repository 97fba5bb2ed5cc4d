import { InvalidArgumentError } from '@ai-sdk/provider';
import { type Effects, systemEffects } from '../effects/effects.ts';
import { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import type { Store } from '../stores/store.ts';
import { type Price, type Pricing, priceOf, refuseNoPrice, usdOf } from '../trace/price.ts';
import { billedUsage } from './billed.ts';
import type { CallCost, CallOutcome, Limiter } from './limiter.ts';
import { type Ahead, sharedState } from './shared-state.ts';

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
 * (its prompt, and its output where the call bounds it), and what it did cost is settled after it: what the provider
 * reports, else the estimate, or what was written, if that is more. Rejects with `BudgetExceededError`.
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
  const ledger = sharedState<Ledger>({ store, ttlMs: monthMs, effects, isState: isLedger, merge: withOutage });
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

    async settle(outcome: CallOutcome) {
      const { cost } = outcome;
      const modelPrice = priceOf(price, cost);
      const billed = billedUsage(outcome);
      await add((billed === undefined ? 0 : usdOf(billed, modelPrice)) - estimatedUsd(cost, modelPrice));
    },

    spent: () => ledger.update(key, (state) => ({ state: undefined, result: state?.usd ?? 0 })),
  };
}

interface Ledger {
  readonly usd: number;
}

function isLedger(value: unknown): value is Ledger {
  const { usd } = (value ?? {}) as { usd?: unknown };
  return typeof usd === 'number' && usd >= 0;
}

/** What was spent while the store was down counts too; in doubt it counts twice. */
function withOutage(there: Ledger, { before, sent, here }: Ahead<Ledger>): Ledger {
  const counted = Math.min(before?.usd ?? 0, sent?.usd ?? Number.POSITIVE_INFINITY);
  return { usd: Math.max(0, there.usd + here.usd - counted) };
}

function estimatedUsd({ estimatedTokens, maxOutputTokens = 0 }: CallCost, { input, output }: Price): number {
  return ((estimatedTokens - maxOutputTokens) * input + maxOutputTokens * output) / tokensPerUnit;
}

function refuseBadOptions({ usd, price }: Pick<SpendLimiterOptions, 'usd' | 'price'>): void {
  if (!(usd > 0)) throw new InvalidArgumentError({ argument: 'usd', message: 'usd must be above 0.' });
  refuseNoPrice(price);
}
