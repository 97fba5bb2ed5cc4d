import { type Pricing, usdOf } from '../trace/price.ts';
import { inputTotal, noUsage, outputTotal, type Usage } from '../trace/usage.ts';
import { billedUsage } from './billed.ts';
import type { CallCost, Limiter } from './limiter.ts';
import { priceOf, quote } from './quote.ts';

/** What one provider call cost. */
export interface Charge {
  readonly model: string;
  readonly outputTokens: number;
  readonly totalTokens: number;
  /** `undefined` if the model has no price. */
  readonly usd: number | undefined;
  /** Why the caller's `price` gave none. */
  readonly priceFault: string | undefined;
  /** The part of `usd` that is estimated because the provider did not report it. */
  readonly estimatedUsd: number;
}

export interface MeterOptions {
  readonly price: Pricing | undefined;
  /** Whether a call to a model without a price is refused, because a budget in USD cannot count it. */
  readonly needsPrice: boolean;
  readonly charge: (charge: Charge, cost: CallCost) => void;
}

/** A limiter that allows every call and reports its cost: calls of stages, lent steps and checks, including aborted ones. */
export function meter({ price, needsPrice, charge }: MeterOptions): Limiter {
  return {
    async reserve(cost) {
      if (needsPrice && price !== undefined) priceOf(price, cost);
    },
    async settle(outcome) {
      const charged = chargeOf(outcome, price);
      if (charged !== undefined) charge(charged, outcome.cost);
    },
  };
}

type Ended = Parameters<typeof billedUsage>[0];

/** The cost of a finished call; `undefined` if it costs nothing. */
export function chargeOf(outcome: Ended, price: Pricing | undefined): Charge | undefined {
  const billed = billedUsage(asWritten(outcome));
  if (billed === undefined) return undefined;
  const { usage, cost } = outcome;
  const { price: modelPrice, fault } = price === undefined ? {} : quote(price, cost);
  const outputTokens = outputTotal(billed) ?? 0;
  return {
    model: cost.model,
    outputTokens,
    totalTokens: outputTokens + (inputTotal(billed) ?? 0),
    usd: modelPrice === undefined ? undefined : usdOf(billed, modelPrice),
    priceFault: fault,
    estimatedUsd: modelPrice === undefined ? 0 : usdOf(unreported(billed, usage), modelPrice),
  };
}

/** What is billed without having been reported. */
function unreported(billed: Usage, usage: Usage | undefined): Usage {
  return {
    inputTokens: billed.inputTokens === usage?.inputTokens ? noUsage.inputTokens : billed.inputTokens,
    outputTokens: billed.outputTokens === usage?.outputTokens ? noUsage.outputTokens : billed.outputTokens,
  };
}

/** Without the tokens that the call might have written: a bill is an estimate, not an upper bound. */
function asWritten(outcome: Ended): Ended {
  const { cost } = outcome;
  const estimatedTokens = cost.estimatedTokens - (cost.maxOutputTokens ?? 0);
  return { ...outcome, cost: { ...cost, estimatedTokens, maxOutputTokens: undefined } };
}
