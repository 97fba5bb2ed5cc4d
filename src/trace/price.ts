import { InvalidArgumentError } from '@ai-sdk/provider';
import { counted, inputTotal, outputTotal, type Usage } from './usage.ts';

/** What a model costs, in USD per million tokens. */
export interface Price {
  /** The price of input. */
  readonly input: number;
  /** The price of output. */
  readonly output: number;
  /** The price of input read from the provider's prompt cache. @default the price of input */
  readonly cachedInput?: number;
  /** The price of input written to the provider's prompt cache. @default the price of input */
  readonly cacheWrite?: number;
  /** The price of output that is reasoning. @default the price of output */
  readonly reasoning?: number;
}

/** One price for all models, or a function that returns the price of a model and `undefined` if it is unknown. */
export type Pricing = Price | ((model: { readonly provider: string; readonly model: string }) => Price | undefined);

/** @throws InvalidArgumentError if it is neither a price nor a function that returns one. */
export function refuseNoPrice(pricing: Pricing): void {
  if (typeof pricing === 'function' ? pricing.constructor.name !== 'AsyncFunction' : isPrice(pricing)) return;
  const message =
    'price must be { input, output, cachedInput?, cacheWrite?, reasoning? } in USD per million tokens, or a function that returns it for a model at once: ({ model }) => prices[model].';
  throw new InvalidArgumentError({ argument: 'price', message });
}

export function isPrice(price: Partial<Price> | null | undefined): price is Price {
  if (typeof price !== 'object' || price === null) return false;
  const { input, output, cachedInput = 0, cacheWrite = 0, reasoning = 0, ...unknown } = price;
  const prices = [input, output, cachedInput, cacheWrite, reasoning];
  return Object.keys(unknown).length === 0 && prices.every((usd) => counted(usd) !== undefined);
}

const tokensPerUnit = 1_000_000;

/** The cost of a usage in USD. Tokens that are not reported cost nothing. */
export function usdOf({ inputTokens, outputTokens }: Usage, price: Price): number {
  const { input, output, cachedInput = input, cacheWrite = input, reasoning = output } = price;
  const cached = counted(inputTokens.cacheRead) ?? 0;
  const written = counted(inputTokens.cacheWrite) ?? 0;
  const thought = counted(outputTokens.reasoning) ?? 0;
  const fresh = Math.max(0, (inputTotal({ inputTokens }) ?? 0) - cached - written);
  const said = Math.max(0, (outputTotal({ outputTokens }) ?? 0) - thought);
  const units = fresh * input + cached * cachedInput + written * cacheWrite + said * output + thought * reasoning;
  return units / tokensPerUnit;
}

/** Rounds away the error of binary fractions. A ten-billionth of a dollar is less than any token costs. */
export function rounded(usd: number): number {
  return Math.round(usd * 1e10) / 1e10;
}
