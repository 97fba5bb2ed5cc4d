import type { Decision } from 'ai-staged-retry';

/** What a person said with it: the advice, or the reason. */
export function saidWith(decision: Decision): string {
  return 'advice' in decision ? decision.advice : ('reason' in decision && decision.reason) || '';
}
