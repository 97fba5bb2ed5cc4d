import { createOpenAI } from '@ai-sdk/openai';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { startPracticeServer } from '../../practice-server/server.ts';

/** The model the demo runs on. */
export interface DemoModel {
  readonly model: LanguageModelV4;
  readonly description: string;
  close(): Promise<void>;
}

/**
 * `OPENAI_API_KEY` chooses a real model, with `OPENAI_MODEL` and `OPENAI_BASE_URL` for others than OpenAI's own; without
 * a key a practice server on this machine answers.
 */
export async function chooseModel(): Promise<DemoModel> {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL = 'gpt-5-mini' } = process.env;
  if (OPENAI_API_KEY === undefined) return practiceModel();
  const openai = createOpenAI();
  const close = async () => {};
  if (OPENAI_BASE_URL === undefined) {
    return { model: openai(OPENAI_MODEL), description: `${OPENAI_MODEL} of OpenAI`, close };
  }
  // Chat Completions is what Ollama and the like speak.
  return { model: openai.chat(OPENAI_MODEL), description: `${OPENAI_MODEL} at ${OPENAI_BASE_URL}`, close };
}

async function practiceModel(): Promise<DemoModel> {
  const server = await startPracticeServer();
  const openai = createOpenAI({ baseURL: server.url, apiKey: 'practice' });
  return {
    model: openai('practice-model'),
    description: `the practice model at ${server.url} (set OPENAI_API_KEY for a real one)`,
    close: server.close,
  };
}
