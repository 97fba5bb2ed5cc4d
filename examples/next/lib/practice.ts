/** Without a key, a practice model answers in place of OpenAI's. */
export function isPractice(): boolean {
  return !process.env.OPENAI_API_KEY;
}
