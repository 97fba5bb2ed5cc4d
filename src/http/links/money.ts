import type { Scalar } from '../../reading/index.ts';
import type { IssuePath } from '../../trace/issue.ts';
import { wordsIn } from './labels.ts';

const amountName = /\b(?:amount|balance|cost|fee|price|subtotal|total)$/;
const currencyName = /\bcurrency(?: code)?$/;

/**
 * Writes the amounts of a document as money: the numbers with a name of an amount, in the currency that stands nearest above
 * them, with two decimals where any amount of that currency has some. No digit of a number is lost, and all other numbers are
 * `undefined`.
 */
export function amountsIn(values: readonly Scalar[]): (scalar: Scalar) => string | undefined {
  const currencies = new Map<string, string>();
  for (const { path, value } of values) {
    const isCode = currencyName.test(nameOf(path)) && typeof value === 'string' && /^[A-Z]{3}$/.test(value);
    if (isCode) currencies.set(JSON.stringify(path.slice(0, -1)), value);
  }
  const amountOf = amountsWith(currencies);
  const amounts = values.map(amountOf).filter((amount) => amount !== undefined);
  const withDecimals = new Set(amounts.filter(({ decimals }) => decimals > 0).map(({ currency }) => currency));
  return (scalar) => {
    const amount = amountOf(scalar);
    if (amount === undefined) return undefined;
    const { currency, decimals } = amount;
    const digits = withDecimals.has(currency) ? Math.max(2, decimals) : 0;
    const exact = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return Number(scalar.value).toLocaleString('en', { style: 'currency', currency, ...exact });
  };
}

interface Amount {
  readonly currency: string;
  readonly decimals: number;
}

/** The currency of a number, by where the currencies stand. */
function amountsWith(currencies: ReadonlyMap<string, string>): (scalar: Scalar) => Amount | undefined {
  return ({ path, json }) => {
    const number = /^-?\d{1,12}(?:\.(?<decimals>\d{1,6}))?$/.exec(json);
    if (number === null || !amountName.test(nameOf(path))) return undefined;
    for (let end = path.length - 1; end >= 0; end -= 1) {
      const currency = currencies.get(JSON.stringify(path.slice(0, end)));
      if (currency !== undefined) return { currency, decimals: number.groups?.decimals?.length ?? 0 };
    }
    return undefined;
  };
}

function nameOf(path: IssuePath): string {
  const name = path.at(-1);
  return typeof name === 'string' ? wordsIn(name) : '';
}
