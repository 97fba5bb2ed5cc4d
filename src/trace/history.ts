import type { RecordedDecision } from './decision.ts';
import type { Fix } from './fix.ts';
import type { Issue, Verdict } from './issue.ts';
import type { ProviderFailure } from './provider-failure.ts';
import type { StageEnd } from './stage-end.ts';
import type { Usage } from './usage.ts';

/** One proposal and its judgement. */
export interface Attempt {
  readonly type: 'attempt';
  /** Counts from 1 across the run. */
  readonly number: number;
  /** The stage that proposed it; `call` when the ladder does not begin with `retry`. */
  readonly stage: string;
  readonly model: string;
  readonly text: string;
  readonly verdict: Verdict;
  /** What checks of severity `warning` found in an answer that passed, and which checks crashed and were let go. */
  readonly warnings?: readonly Issue[];
  /** How the answer was read, where it did not fit as it stood. */
  readonly fixes?: readonly Fix[];
  readonly usage: Usage;
  /** Output tokens of a stream that was aborted before the provider reported its usage. */
  readonly estimatedTokens?: number;
  /** What it cost in USD, its lent steps and the calls of its checks included; where the option `price` is given. */
  readonly usd?: number;
  /** The part of it that no provider reported: of streams that were aborted, say. */
  readonly estimatedUsd?: number;
  /** Models that were called and have no price; `usd` is without them. */
  readonly unpriced?: readonly string[];
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
}

/** A person's decision, applied to the run. */
export interface AppliedDecision {
  readonly type: 'decision';
  readonly stage: string;
  readonly escalationId: string;
  readonly decision: RecordedDecision;
}

/** One thing that happened in a run; `type` tells which. */
export type HistoryEntry = Attempt | ProviderFailure | AppliedDecision | StageEnd;

/** What happened in a run so far, oldest first; plain JSON. */
export type History = readonly HistoryEntry[];

export function countAttempts(history: History): number {
  let count = 0;
  for (const { type } of history) if (type === 'attempt') count += 1;
  return count;
}
