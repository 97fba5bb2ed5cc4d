/** About four characters a token: https://help.openai.com/en/articles/4936856 */
const charactersPerToken = 4;

/** About how many tokens a text of that many characters has. */
export function estimateTokens(characters: number): number {
  return Math.ceil(characters / charactersPerToken);
}
