import type { RecordedDecision } from './decision.ts';
import type { Fix } from './fix.ts';
import type { Issue, Verdict } from './issue.ts';
import type { ProviderFailure } from './provider-failure.ts';
import type { StageEnd } from './stage-end.ts';
import type { Usage } from './usage.ts';

/** An answer and its verdict. */
export interface Attempt {
  readonly type: 'attempt';
  /** Counts from 1 across the run. */
  readonly number: number;
  /** The stage that proposed the answer; `call` for the plain call of a ladder that does not begin with `retry`. */
  readonly stage: string;
  /** The id of the model that answered. */
  readonly model: string;
  /** The answer's text after reading. */
  readonly text: string;
  /** Whether the answer passed, and the issues if it did not. */
  readonly verdict: Verdict;
  /** Whether it could not be judged, because a check failed or its model call was refused. The first issue of the verdict says why. */
  readonly isUnjudged?: boolean;
  /**
   * What checks of severity `warning` found in an answer that passed, and checks that crashed under
   * `whenCheckCrashes: 'pass'`.
   */
  readonly warnings?: readonly Issue[];
  /** How the answer was read, if it did not fit as it was. */
  readonly fixes?: readonly Fix[];
  /** Tokens of the attempt's calls, without those of its checks. */
  readonly usage: Usage;
  /** Estimated output tokens of a stream that was aborted before the provider reported its usage. */
  readonly estimatedTokens?: number;
  /** The cost in USD, including the steps of lent tools and the calls of checks; only with the option `price`. */
  readonly usd?: number;
  /** The part of `usd` that is estimated because no provider reported it. */
  readonly estimatedUsd?: number;
  /** Models that were called and have no price. `usd` does not include them. */
  readonly unpriced?: readonly string[];
  /** When the attempt began, as ISO 8601. */
  readonly startedAt: string;
  /** How long the attempt took, in milliseconds. */
  readonly durationMs: number;
}

/** A person's decision that the run applied. */
export interface AppliedDecision {
  readonly type: 'decision';
  readonly stage: string;
  readonly escalationId: string;
  readonly decision: RecordedDecision;
  /** The answer that the model gave to a person's advice when the request was sent before, and that passed the checks. */
  readonly answer?: string;
}

/** One entry of the history; `type` tells which. */
export type HistoryEntry = Attempt | ProviderFailure | AppliedDecision | StageEnd;

/** What happened in a run so far, oldest first, as plain JSON. */
export type History = readonly HistoryEntry[];

export function countAttempts(history: History): number {
  let count = 0;
  for (const { type } of history) if (type === 'attempt') count += 1;
  return count;
}
