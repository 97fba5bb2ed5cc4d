import type { Candidate } from './candidate.ts';

/** What of an answer is read: `syntax` for text that is no JSON, `values` for values that do not fit the schema. */
export interface Reading {
  readonly syntax: boolean;
  readonly values: boolean;
}

/** Answers that did not come to their end say less than they were going to. */
const unfinished = new Set(['length', 'content-filter', 'error']);

export function mayBeRead({ answer }: Candidate, { syntax, values }: Reading): boolean {
  return (syntax || values) && !unfinished.has(answer.finishReason);
}
