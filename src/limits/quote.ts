import { errorName } from '../errors/error-name.ts';
import { wrongUse } from '../errors/wrong-use.ts';
import { isPrice, type Price, type Pricing } from '../trace/price.ts';

interface PricedModel {
  readonly provider: string;
  readonly model: string;
}

/** The price of a model, or why there is none; neither if it is unknown. */
interface Quote {
  readonly price?: Price;
  /** What the caller's function did wrong, without the words of its error. */
  readonly fault?: string;
  readonly error?: unknown;
}

/** Asks what a model costs. A function that fails must not end a run that would only have shown the cost. */
export function quote(pricing: Pricing, { provider, model }: PricedModel): Quote {
  if (typeof pricing !== 'function') return { price: pricing };
  const of = `for the model "${model}" of "${provider}"`;
  try {
    const price: unknown = pricing({ provider, model });
    if (price === undefined || price === null) return {};
    return isPrice(price) ? { price } : { fault: `price returned ${described(price)} ${of}` };
  } catch (error) {
    return { fault: `price threw ${errorName(error) ?? 'an error'} ${of}`, error };
  }
}

/**
 * The price of a model whose calls a limit in USD counts.
 *
 * @throws InvalidArgumentError when there is none.
 */
export function priceOf(pricing: Pricing, model: PricedModel): Price {
  const { price, fault, error } = quote(pricing, model);
  if (price !== undefined) return price;
  const why = fault ?? `price returned nothing for the model "${model.model}" of "${model.provider}"`;
  const message = `${why}, and a limit in USD cannot count its calls: return USD per million tokens, or { input: 0, output: 0 }.`;
  throw wrongUse('price', message, error);
}

/** What was returned in place of a price. */
function described(price: unknown): string {
  if (price instanceof Promise) return 'a promise';
  if (typeof price !== 'object' || price === null) return `a ${typeof price}`;
  const members = Object.entries(price).map(([name, usd]) => `${name}: ${typeof usd === 'number' ? usd : typeof usd}`);
  return `{ ${members.join(', ')} }`;
}
