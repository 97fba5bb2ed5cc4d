import { AISDKError } from '@ai-sdk/provider';
import { type Attempt, countAttempts, type History } from '../trace/history.ts';
import { findError } from './find.ts';

const name = 'StagedRetry_StagesExhaustedError';
const marker = `ai-staged-retry.error.${name}`;
const symbol = Symbol.for(marker);

/** Every stage of the ladder is used up, or a person rejected the answer. */
export class StagesExhaustedError extends AISDKError {
  protected readonly [symbol] = true;

  readonly history: History;
  readonly reason: 'exhausted' | 'rejected';
  /** The attempt with the fewest issues; of equals the latest. */
  readonly bestAttempt: Attempt | undefined;

  constructor(options: {
    history: History;
    reason: 'exhausted' | 'rejected';
    bestAttempt: Attempt | undefined;
    cause?: unknown;
  }) {
    super({ name, message: describe(options), cause: options.cause });
    this.history = options.history;
    this.reason = options.reason;
    this.bestAttempt = options.bestAttempt;
  }

  static override isInstance(error: unknown): error is StagesExhaustedError {
    return AISDKError.hasMarker(error, marker);
  }

  /** Finds it in an error that wraps it, the SDK's `RetryError` for one. */
  static find(error: unknown): StagesExhaustedError | undefined {
    return findError(error, StagesExhaustedError.isInstance);
  }
}

function describe({
  history,
  reason,
  bestAttempt,
}: {
  history: History;
  reason: string;
  bestAttempt?: Attempt | undefined;
}) {
  if (reason === 'rejected')
    return 'A person rejected the answer. Send the request with a new resumeKey to start afresh.';
  const attempts = countAttempts(history);
  const issues = bestAttempt?.verdict.type === 'fail' ? bestAttempt.verdict.issues.length : 0;
  return (
    `No answer passed the checks in ${attempts} attempt${attempts === 1 ? '' : 's'}; the best one has ${issues} ` +
    `issue${issues === 1 ? '' : 's'} (see bestAttempt and history). Add a stage to the ladder, or relax a check.`
  );
}
