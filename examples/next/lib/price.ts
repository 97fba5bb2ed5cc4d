/** USD per million tokens, of gpt-5-mini. */
const price = { input: 0.25, output: 2 };

export function usdOf(inputTokens = 0, outputTokens = 0): number {
  return (inputTokens * price.input + outputTokens * price.output) / 1_000_000;
}
