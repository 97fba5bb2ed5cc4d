import { AISDKError } from '@ai-sdk/provider';
import type { Attempt, History } from '../trace/history.ts';
import { explainAttempts, explainIssues, explainStages, sentences } from './explain-run.ts';
import { findError } from './find.ts';
import { isMarked, mark } from './mark.ts';

const name = 'StagedRetry_StagesExhaustedError';

/** Every stage of the ladder is used up, or a person rejected the answer. */
export class StagesExhaustedError extends AISDKError {
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
    mark(this, name);
    this.history = options.history;
    this.reason = options.reason;
    this.bestAttempt = options.bestAttempt;
  }

  static override isInstance(error: unknown): error is StagesExhaustedError {
    return isMarked(error, name);
  }

  /** Finds it in an error that wraps it, the SDK's `RetryError` for one. */
  static find(error: unknown): StagesExhaustedError | undefined {
    return findError(error, StagesExhaustedError.isInstance);
  }
}

function describe({ history, reason }: { history: History; reason: 'exhausted' | 'rejected' }): string {
  if (reason === 'rejected') {
    return sentences(
      `A person rejected the answer ${explainAttempts(history)}.`,
      explainIssues(history),
      'Send the request with a new resumeKey to start afresh.',
    );
  }
  const asked = history.findLast((entry) => entry.type === 'decision');
  if (asked?.decision.type === 'escalate') {
    return sentences(
      `A person passed the request on (escalate) at the stage "${asked.stage}", and the ladder has no further person.`,
      explainIssues(history),
      `Put another human({ name, inbox }) behind "${asked.stage}".`,
    );
  }
  const stages = explainStages(history);
  return sentences(
    `No answer passed the checks ${explainAttempts(history)}${stages === '' ? '' : `: ${stages}`}.`,
    explainIssues(history),
    advice(history),
  );
}

function advice(history: History): string {
  const stoppedEarly = history.some((entry) => entry.type === 'stage-end' && entry.reason === 'no-progress');
  const more = stoppedEarly ? "set convergence: 'off', " : '';
  return `To go on from here, ${more}add a stage to the ladder, or relax a check. See history and bestAttempt.`;
}
