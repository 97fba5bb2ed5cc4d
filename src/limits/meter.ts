import { inputTotal, knownPrice, outputTotal, type Pricing, priceOf, usdOf } from '../trace/price.ts';
import { billedUsage } from './billed.ts';
import type { Limiter } from './limiter.ts';

/** What one provider call cost. */
export interface Charge {
  readonly model: string;
  readonly outputTokens: number;
  readonly totalTokens: number;
  /** `undefined` where the model has no price. */
  readonly usd: number | undefined;
  /** Some of it is estimated, since the provider did not report it. */
  readonly isEstimated: boolean;
}

export interface MeterOptions {
  readonly price: Pricing | undefined;
  /** A call of a model without a price is refused, since a budget in USD could not count it. */
  readonly needsPrice: boolean;
  readonly charge: (charge: Charge) => void;
}

/** A limiter that lets every call through, and tells what each cost: those of stages, lent steps and checks, aborted ones too. */
export function meter({ price, needsPrice, charge }: MeterOptions): Limiter {
  return {
    async reserve(cost) {
      if (needsPrice && price !== undefined) priceOf(price, cost);
    },
    async settle(outcome) {
      const charged = chargeOf(outcome, price);
      if (charged !== undefined) charge(charged);
    },
  };
}

type Ended = Parameters<typeof billedUsage>[0];

/** What a call cost that has ended; `undefined` for one that costs nothing. */
export function chargeOf(outcome: Ended, price: Pricing | undefined): Charge | undefined {
  const billed = billedUsage(asWritten(outcome));
  if (billed === undefined) return undefined;
  const { usage, cost } = outcome;
  const modelPrice = price === undefined ? undefined : knownPrice(price, cost);
  const outputTokens = outputTotal(billed) ?? 0;
  return {
    model: cost.model,
    outputTokens,
    totalTokens: outputTokens + (inputTotal(billed) ?? 0),
    usd: modelPrice === undefined ? undefined : usdOf(billed, modelPrice),
    isEstimated: billed.inputTokens !== usage?.inputTokens || billed.outputTokens !== usage?.outputTokens,
  };
}

/** Without what the call might have written: a bill is an estimate, not a bound. */
function asWritten(outcome: Ended): Ended {
  const { cost } = outcome;
  const estimatedTokens = cost.estimatedTokens - (cost.maxOutputTokens ?? 0);
  return { ...outcome, cost: { ...cost, estimatedTokens, maxOutputTokens: undefined } };
}
