import type { Limiter } from '../limits/limiter.ts';
import { type MeterOptions, meter } from '../limits/meter.ts';
import { isCountedInside, type SharedBudget, spend } from '../limits/shared-budget.ts';
import { rounded } from '../trace/price.ts';

/** What a run has spent in USD, if there is a price, and in tokens, if a budget counts them. */
export interface Bill {
  /** As they are billed: estimated where no provider reported them. */
  outputTokens: number;
  totalTokens: number;
  usd: number;
  /** The part that is estimated because no provider reported it. */
  estimatedUsd: number;
  /** The models of calls without a price, in the order the calls ended. */
  unpriced: readonly string[];
  /** Why the caller's `price` gave no price, each reason once. */
  priceFaults: readonly string[];
}

export interface ChargingOptions extends Omit<MeterOptions, 'charge'> {
  readonly bill: Bill;
  readonly shared: SharedBudget | undefined;
}

/** A limiter that allows every call and puts its cost on the run's bill, and on a budget shared with other runs. */
export function chargingMeter({ bill, shared, ...options }: ChargingOptions): Limiter {
  return meter({
    ...options,
    charge({ model, outputTokens, totalTokens, usd, estimatedUsd, priceFault }, cost) {
      if (usd === undefined) bill.unpriced = [...bill.unpriced, model];
      if (priceFault !== undefined) bill.priceFaults = [...new Set([...bill.priceFaults, priceFault])];
      bill.outputTokens += outputTokens;
      bill.totalTokens += totalTokens;
      bill.usd = rounded(bill.usd + (usd ?? 0));
      bill.estimatedUsd = rounded(bill.estimatedUsd + estimatedUsd);
      if (shared !== undefined && !isCountedInside(cost)) spend(shared, { outputTokens, totalTokens, usd: usd ?? 0 });
    },
  });
}
