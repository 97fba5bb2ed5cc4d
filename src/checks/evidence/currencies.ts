export interface FoundCurrency {
  /** ISO 4217, in small letters. */
  readonly code: string;
  readonly text: string;
  readonly start: number;
}

const nouns =
  '(?:dollars?|francs?|pounds?|kron(?:er?|or|a|ur)|krón(?:a|ur)|pesos?|rupees?|rupiahs?|dinars?|dirhams?|riyals?|rials?|reals?|won|yen|yuan|zlotys?|forints?|korunas?|lev[as]?|le[iu]|liras?|shillings?|rand|bahts?|ringgits?)';
const named = new RegExp(String.raw`(?<![\p{L}\p{N}])\p{Lu}[\p{L}.]{1,15} ${nouns}(?!\p{L})`, 'gu');

let codes: ReadonlyMap<string, string> | undefined;

/** The currencies of a text that go by a country: "Swiss francs", "Norwegian kroner". */
export function currenciesIn(text: string): FoundCurrency[] {
  const found: FoundCurrency[] = [];
  for (const { 0: written, index } of text.matchAll(named)) {
    codes ??= codesByName();
    const code = codes.get(written.toLowerCase());
    if (code !== undefined) found.push({ code, text: written, start: index });
  }
  return found;
}

function codesByName(): Map<string, string> {
  const known = new Map<string, string>();
  for (const currency of Intl.supportedValuesOf('currency')) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'name' });
    for (const count of [1, 2]) {
      for (const { type, value } of format.formatToParts(count)) {
        const name = value.toLowerCase();
        if (type === 'currency' && !known.has(name)) known.set(name, currency.toLowerCase());
      }
    }
  }
  return known;
}
