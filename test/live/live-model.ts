import { createOpenAI } from '@ai-sdk/openai';
import { describe } from 'vitest';

const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL = 'gpt-5-mini' } = process.env;

/** A suite that asks a real model: without a key, skipped with the reason in its name. */
export function describeLive(title: string, body: () => void): void {
  if (OPENAI_API_KEY === undefined) describe.skip(`${title} (skipped: OPENAI_API_KEY is not set)`, body);
  else describe(`${title} with ${OPENAI_MODEL}`, body);
}

/** The model of the environment; other servers than OpenAI's are spoken to by Chat Completions. */
export function liveModel() {
  const openai = createOpenAI();
  return OPENAI_BASE_URL === undefined ? openai(OPENAI_MODEL) : openai.chat(OPENAI_MODEL);
}
