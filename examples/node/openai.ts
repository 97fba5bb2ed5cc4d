import { createOpenAI } from '@ai-sdk/openai';
import { createPracticeHandler } from '../practice-server/handler.ts';

/** The OpenAI provider with your key, as `@ai-sdk/openai` exports it; without one, a practice model in this process. */
export const openai = process.env.OPENAI_API_KEY === undefined ? practiceProvider() : createOpenAI();

function practiceProvider() {
  const handle = createPracticeHandler();
  return createOpenAI({ apiKey: 'practice', fetch: (input, init) => handle(new Request(input, init)) });
}
