import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Usage } from './usage.ts';

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

/**
 * The price of one model.
 *
 * @throws InvalidArgumentError when the function gives none.
 */
export function priceOf(pricing: Pricing, model: { readonly provider: string; readonly model: string }): Price {
  if (typeof pricing !== 'function') return pricing;
  const price = pricing({ provider: model.provider, model: model.model });
  if (price !== undefined && isPrice(price)) return price;
  const message = `price returned no { input, output } for the model "${model.model}" of "${model.provider}", and a limit in USD cannot count its calls: return USD per million tokens, or { input: 0, output: 0 }.`;
  throw new InvalidArgumentError({ argument: 'price', message });
}

/** The price of a model; `undefined` if it has none. */
export function knownPrice(
  pricing: Pricing,
  model: { readonly provider: string; readonly model: string },
): Price | undefined {
  try {
    return priceOf(pricing, model);
  } catch {
    return undefined;
  }
}

/** @throws InvalidArgumentError if it is neither a price nor a function that returns one. */
export function refuseNoPrice(pricing: Pricing): void {
  if (typeof pricing === 'function' || isPrice(pricing)) return;
  const message =
    'price must be { input, output, cachedInput?, cacheWrite?, reasoning? } in USD per million tokens, or a function that tells it for a model: ({ model }) => prices[model].';
  throw new InvalidArgumentError({ argument: 'price', message });
}

function isPrice(price: Partial<Price> | null | undefined): boolean {
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

/** The input tokens that a provider reported: the total, or the sum of the parts. */
export function inputTotal({ inputTokens }: Pick<Usage, 'inputTokens'>): number | undefined {
  const { total, noCache, cacheRead, cacheWrite } = inputTokens;
  return counted(total) ?? sum([noCache, cacheRead, cacheWrite]);
}

/** The output tokens that a provider reported: the total, or the sum of the parts. */
export function outputTotal({ outputTokens }: Pick<Usage, 'outputTokens'>): number | undefined {
  const { total, text, reasoning } = outputTokens;
  return counted(total) ?? sum([text, reasoning]);
}

function sum(counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.map(counted).filter((count) => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, count) => total + count, 0);
}

/** A number that is NaN or negative counts as not reported: providers and proxies miscalculate. */
function counted(count: number | undefined): number | undefined {
  return typeof count === 'number' && count >= 0 && Number.isFinite(count) ? count : undefined;
}
