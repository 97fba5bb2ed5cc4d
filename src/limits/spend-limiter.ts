import { InvalidArgumentError } from '@ai-sdk/provider';
import { type Effects, systemEffects } from '../effects/effects.ts';
import { lazily } from '../effects/lazily.ts';
import { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { refuseItself } from '../errors/refuse-itself.ts';
import { wrongUse } from '../errors/wrong-use.ts';
import type { Store } from '../stores/store.ts';
import { type Price, type Pricing, refuseNoPrice, rounded, usdOf } from '../trace/price.ts';
import { wellFormed } from '../trace/well-formed.ts';
import { billedUsage } from './billed.ts';
import type { CallCost, CallOutcome, Limiter } from './limiter.ts';
import { type Ahead, sharedState } from './shared-state.ts';

/** How much may be spent, over which period, and at which prices. */
export interface SpendLimiterOptions {
  /** The sum that may be spent, in USD. */
  readonly usd: number;
  /** One price for every model, or a function of provider and model. */
  readonly price: Pricing;
  /** Where processes share the sum. @default this process's memory */
  readonly store?: Store;
  /** Separates several sums on one store. Required for a second sum on a store. @default 'default' */
  readonly name?: string;
  /** Counts each UTC day or month separately. @default no period: one sum, forgotten 30 days after its last call */
  readonly period?: 'day' | 'month';
  /** Counts each scope separately. A call without a scope is refused. @default false */
  readonly perScope?: boolean;
}

/** A limiter that also reports what was spent. */
export interface SpendLimiter extends Limiter {
  /** What was spent so far in this period, in USD, including the estimates of calls under way. */
  spent(options?: { readonly scope?: string }): Promise<number>;
}

const pricing = /* @__PURE__ */ lazily(() => import('./quote.ts'));

const dayMs = 24 * 3_600_000;
/** As long as a call may be under way after its period, and a batch pauses. */
const ledgerDays = { day: 2, month: 33, batch: 30 };
const tokensPerUnit = 1_000_000;

/**
 * Allows calls until a sum is spent: one sum for a whole batch, or one for each day, month or scope. Before a call it
 * reserves the estimated cost: the prompt, plus the output if `maxOutputTokens` is set. After the call it settles what
 * the provider reports. Without a report it keeps the estimate, or what was written if that is more. If it refuses a
 * call, the run goes to the person of its ladder, or ends with `BudgetExceededError`.
 *
 * @throws InvalidArgumentError without a sum or a price, if the store is invalid, or if another sum without a name is on
 * the store.
 * @example
 * const spend = spendLimiter({ usd: 5, price: { input: 0.25, output: 2 } });
 * const model = withStagedRetry(openai('gpt-5-mini'), { limits: [spend] });
 * @example spendLimiter({ usd: 2, price, store, period: 'day', perScope: true }) // two dollars a tenant a day
 */
export function spendLimiter(options: SpendLimiterOptions, effects: Effects = systemEffects): SpendLimiter {
  refuseItself('store', options, 'spendLimiter({ usd: 5, price, store })');
  refuseBadOptions('spendLimiter', options, {
    usd: 'number',
    price: true,
    store: true,
    name: 'string',
    period: true,
    perScope: 'boolean',
  });
  refuseBadSums(options);
  const { usd, price, store, name = 'default', period, perScope = false } = options;
  const ttlMs = ledgerDays[period ?? 'batch'] * dayMs;
  const ledger = sharedState<Ledger>({ store, ttlMs, effects, isState: isLedger, merge: withOutage });
  if (store !== undefined && options.name === undefined) refuseMixedSums(store, options);
  /** The ledger and the price that a call was reserved with. The call may end in the next period. */
  const reserved = new WeakMap<CallCost, { readonly key: string; readonly modelPrice: Price }>();

  /** @throws InvalidArgumentError for no scope, if each scope has a sum. */
  function keyOf(scope: string | undefined): string {
    if (perScope && scope === undefined) throw noScope();
    const parts = ['sr:spend', encodeURIComponent(wellFormed(name))];
    if (period !== undefined) parts.push(startOf(period, effects.now()).slice(0, period === 'day' ? 10 : 7));
    if (perScope && scope !== undefined) parts.push(`scope=${encodeURIComponent(wellFormed(scope))}`);
    return parts.join(':');
  }

  return {
    async reserve(cost) {
      const key = keyOf(cost.scope);
      const modelPrice = (await pricing()).priceOf(price, cost);
      const estimate = estimatedUsd(cost, modelPrice);
      reserved.set(cost, { key, modelPrice });
      const { isAllowed, spent } = await ledger.update(key, (state) => {
        const spent = state?.usd ?? 0;
        const sum = rounded(spent + estimate);
        const isAllowed = spent < usd && sum <= usd;
        return { state: isAllowed ? { usd: sum } : undefined, result: { isAllowed, spent } };
      });
      if (isAllowed) return;
      const scope = perScope && cost.scope !== undefined ? { scope: cost.scope } : {};
      // A call that costs more than the whole sum is refused in the next period too.
      const resets = period === undefined || estimate > usd ? {} : { resetsAt: startOf(period, effects.now(), 1) };
      const spend = { name, usd, spent, estimated: estimate, ...scope, ...resets };
      const exceeded = { history: [], limit: 'usd', spend } as const;
      const { budgetMessage } = await import('../errors/messages.ts');
      throw new BudgetExceededError({ ...exceeded, message: budgetMessage(exceeded) });
    },

    async settle(outcome: CallOutcome) {
      const { cost } = outcome;
      const modelPrice = reserved.get(cost)?.modelPrice ?? (await pricing()).priceOf(price, cost);
      const billed = billedUsage(outcome);
      const more = (billed === undefined ? 0 : usdOf(billed, modelPrice)) - estimatedUsd(cost, modelPrice);
      await ledger.update(reserved.get(cost)?.key ?? keyOf(cost.scope), (state) => ({
        state: { usd: rounded(Math.max(0, (state?.usd ?? 0) + more)) },
        result: undefined,
      }));
    },

    async spent(given = {}) {
      refuseBadOptions('spent', given, { scope: 'string' });
      const { scope } = given;
      return await ledger.update(keyOf(scope), (state) => ({ state: undefined, result: state?.usd ?? 0 }));
    },
  };
}

/** The start of the day or month that contains a time (UTC), or of the one `later` periods after it. */
function startOf(period: 'day' | 'month', ms: number, later = 0): string {
  const date = new Date(ms);
  const isDay = period === 'day';
  const month = date.getUTCMonth() + (isDay ? 0 : later);
  return new Date(Date.UTC(date.getUTCFullYear(), month, isDay ? date.getUTCDate() + later : 1)).toISOString();
}

interface Ledger {
  readonly usd: number;
}

function isLedger(value: unknown): value is Ledger {
  const { usd } = (value ?? {}) as { usd?: unknown };
  return typeof usd === 'number' && usd >= 0;
}

/** Amounts spent while the store was down count too. If in doubt, they count twice. */
function withOutage(there: Ledger, { before, sent, here }: Ahead<Ledger>): Ledger {
  const counted = Math.min(before?.usd ?? 0, sent?.usd ?? Number.POSITIVE_INFINITY);
  return { usd: Math.max(0, there.usd + here.usd - counted) };
}

function estimatedUsd({ estimatedTokens, maxOutputTokens = 0 }: CallCost, { input, output }: Price): number {
  return ((estimatedTokens - maxOutputTokens) * input + maxOutputTokens * output) / tokensPerUnit;
}

/** The sums on each store that have no name. */
const unnamed = new WeakMap<Store, Map<string, number>>();

/** @throws InvalidArgumentError if another sum on the store would count the same calls under the same default name. */
function refuseMixedSums(store: Store, { usd, period, perScope = false }: SpendLimiterOptions): void {
  const sums = unnamed.get(store) ?? new Map<string, number>();
  unnamed.set(store, sums);
  const whose = `${period} ${perScope}`;
  const other = sums.get(whose) ?? usd;
  sums.set(whose, other);
  if (other === usd) return;
  const message = `A spendLimiter() of ${other} USD without a name is on this store already, and the two would count into one sum: give each a name, as in spendLimiter({ name: 'chat', … }).`;
  throw new InvalidArgumentError({ argument: 'name', message });
}

function noScope(): InvalidArgumentError {
  const message =
    "spendLimiter({ perScope: true }) counts each scope separately and needs one: set the option scope, or providerOptions.stagedRetry.scope of the call; spent({ scope }) takes it too. 'public' is one sum for all.";
  return wrongUse('scope', message);
}

function refuseBadSums({ usd, price, period, name }: SpendLimiterOptions): void {
  const invalid = (argument: string, message: string) => new InvalidArgumentError({ argument, message });
  if (name === '') throw invalid('name', 'name of spendLimiter() must not be empty.');
  if (!(usd > 0)) throw invalid('usd', 'usd must be above 0: what spendLimiter() lets calls spend.');
  refuseNoPrice(price);
  if (period !== undefined && period !== 'day' && period !== 'month')
    throw invalid('period', 'period of spendLimiter() must be day or month.');
}
