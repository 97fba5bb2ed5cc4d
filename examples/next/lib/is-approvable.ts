import type { Attempt } from 'ai-staged-retry';

/** Whether an attempt can go out as it is: it has a text, and was not cancelled before that was complete. */
export function isApprovable({ text, estimatedTokens }: Attempt): boolean {
  return text !== '' && estimatedTokens === undefined;
}
