import { lazily } from '../effects/lazily.ts';
import type { Limiter } from '../limits/limiter.ts';
import { isSharedBudget, type SharedBudget } from '../limits/shared-budget.ts';
import type { StagedRetryCallOptions } from '../options/call-options.ts';
import type { Settings } from '../options/settings.ts';
import { type Budget, unlimited } from '../policy/budget.ts';
import { rounded } from '../trace/price.ts';
import type { Bill, ChargingOptions } from './charging.ts';

export type { Bill } from './charging.ts';

const charging = /* @__PURE__ */ lazily(() => import('./charging.ts'));

export const nothingSpent: Readonly<Bill> = {
  outputTokens: 0,
  totalTokens: 0,
  usd: 0,
  estimatedUsd: 0,
  unpriced: [],
  priceFaults: [],
};

/** A cost as attempts, events and reports show it; empty without a price. */
export interface Cost {
  readonly usd?: number;
  readonly estimatedUsd?: number;
  readonly unpriced?: string[];
}

/** What a run may spend: its own budget, and one shared with other runs. */
export interface RunBudget {
  readonly own: Budget;
  readonly shared: SharedBudget | undefined;
}

/** The run's budget. Limits of the call replace those of the model. */
export function budgetOf({ budget }: Settings, callOptions: StagedRetryCallOptions): RunBudget {
  const shared = isSharedBudget(budget) ? budget : undefined;
  const own = isSharedBudget(budget) ? unlimited : budget;
  return { own: callOptions.budget === undefined ? own : { ...own, ...callOptions.budget }, shared };
}

/** The limiters of a run, plus one that keeps the bill if there is a price, or a budget that is shared or counts tokens. */
export function limitsOf({ limits, price }: Settings, { own, shared }: RunBudget, bill: Bill): readonly Limiter[] {
  if ([price, shared, own.outputTokens, own.totalTokens].every((given) => given === undefined)) return limits;
  const needsPrice = own.usd !== undefined || shared?.limits.usd !== undefined;
  return [...limits, lazyMeter({ price, needsPrice, bill, shared })];
}

function lazyMeter(options: ChargingOptions): Limiter {
  let loaded: Limiter | undefined;
  return {
    async reserve(cost, waiting) {
      loaded = (await charging()).chargingMeter(options);
      await loaded.reserve(cost, waiting);
    },
    async settle(outcome) {
      await loaded?.settle(outcome);
    },
  };
}

/** The cost since the bill was `before`. */
export function costSince(
  { settings: { price }, state: { bill } }: { readonly settings: Settings; readonly state: { readonly bill: Bill } },
  before: Bill = nothingSpent,
): Cost {
  if (price === undefined) return {};
  const estimatedUsd = rounded(bill.estimatedUsd - before.estimatedUsd);
  const unpriced = bill.unpriced.slice(before.unpriced.length);
  const usd = rounded(bill.usd - before.usd);
  // A sum of nothing would hide that `price` failed.
  const isKnown = usd > 0 || unpriced.length * bill.priceFaults.length === 0;
  return {
    ...(isKnown ? { usd } : {}),
    ...(estimatedUsd === 0 ? {} : { estimatedUsd }),
    ...(unpriced.length === 0 ? {} : { unpriced: [...new Set(unpriced)] }),
  };
}

/** Why `price` gave no price. */
export function priceFaultsOf({ priceFaults }: Bill): { readonly priceFaults?: string[] } {
  return priceFaults.length === 0 ? {} : { priceFaults: [...priceFaults] };
}
