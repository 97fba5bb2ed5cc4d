/** The quotes that models write, each with the one that closes it. */
export const closingQuotes: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '“': '”', '‘': '’' };

export function isQuote(character: string): boolean {
  return Object.hasOwn(closingQuotes, character);
}
