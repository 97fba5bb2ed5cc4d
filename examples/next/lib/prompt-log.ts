import { AsyncLocalStorage } from 'node:async_hooks';
import type { LanguageModelMiddleware } from 'ai';

/** The messages that a model is about to be sent. */
export type SentPrompt = Parameters<NonNullable<LanguageModelMiddleware['transformParams']>>[0]['params']['prompt'];

const listeners = new AsyncLocalStorage<(prompt: SentPrompt) => void>();

/** Tells `listener` of every prompt that is sent to a model within `code`. */
export function withPrompts<RESULT>(listener: (prompt: SentPrompt) => void, code: () => RESULT): RESULT {
  return listeners.run(listener, code);
}

/** Below the wrapped model, so that the feedback of the library is seen as it is sent. */
export const promptLog: LanguageModelMiddleware = {
  specificationVersion: 'v4',
  transformParams: async ({ params }) => {
    listeners.getStore()?.(params.prompt);
    return params;
  },
};

/** The text of the last message, where the user's side said it. */
export function lastWords(prompt: SentPrompt): string | undefined {
  const last = prompt.at(-1);
  if (last?.role !== 'user') return undefined;
  return last.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
}
