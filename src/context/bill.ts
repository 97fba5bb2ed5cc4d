import { lazily } from '../effects/lazily.ts';
import type { CallCost, Limiter } from '../limits/limiter.ts';
import type { Charge, MeterOptions } from '../limits/meter.ts';
import { isCountedInside, isSharedBudget, type SharedBudget, spend } from '../limits/shared-budget.ts';
import type { StagedRetryCallOptions } from '../options/call-options.ts';
import type { Settings } from '../options/settings.ts';
import { type Budget, unlimited } from '../policy/budget.ts';

const metering = /* @__PURE__ */ lazily(() => import('../limits/meter.ts'));

/** What a run has spent in USD, if there is a price. */
export interface Bill {
  usd: number;
  /** The part that is estimated because no provider reported it. */
  estimatedUsd: number;
  /** The models of calls without a price, in the order the calls ended. */
  unpriced: readonly string[];
}

export const nothingSpent: Readonly<Bill> = { usd: 0, estimatedUsd: 0, unpriced: [] };

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

/** The limiters of a run, plus one that keeps the bill if there is a price or a shared budget. */
export function limitsOf({ limits, price }: Settings, { own, shared }: RunBudget, bill: Bill): readonly Limiter[] {
  if (price === undefined && shared === undefined) return limits;
  const needsPrice = own.usd !== undefined || shared?.limits.usd !== undefined;
  const charge = (charge: Charge, cost: CallCost) => {
    const { model, outputTokens, totalTokens, usd = 0, isEstimated } = charge;
    if (charge.usd === undefined) bill.unpriced = [...bill.unpriced, model];
    bill.usd = rounded(bill.usd + usd);
    if (isEstimated) bill.estimatedUsd = rounded(bill.estimatedUsd + usd);
    if (shared !== undefined && !isCountedInside(cost)) spend(shared, { outputTokens, totalTokens, usd });
  };
  return [...limits, lazyMeter({ price, needsPrice, charge })];
}

function lazyMeter(options: MeterOptions): Limiter {
  let loaded: Limiter | undefined;
  return {
    async reserve(cost, waiting) {
      loaded = (await metering()).meter(options);
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
  return {
    usd: rounded(bill.usd - before.usd),
    ...(estimatedUsd === 0 ? {} : { estimatedUsd }),
    ...(unpriced.length === 0 ? {} : { unpriced: [...new Set(unpriced)] }),
  };
}

/** Rounds away the error of binary fractions. A ten-billionth of a dollar is less than any token costs. */
export function rounded(usd: number): number {
  return Math.round(usd * 1e10) / 1e10;
}
