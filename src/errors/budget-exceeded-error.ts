import { AISDKError } from '@ai-sdk/provider';
import type { BudgetLimit } from '../trace/budget-limit.ts';
import type { History } from '../trace/history.ts';
import { explainAttempts, explainIssues, sentences } from './explain-run.ts';
import { findError } from './find.ts';

const name = 'StagedRetry_BudgetExceededError';
const marker = `ai-staged-retry.error.${name}`;
const symbol = Symbol.for(marker);

/** The run's budget is used up before an answer passed the checks. */
export class BudgetExceededError extends AISDKError {
  protected readonly [symbol] = true;

  readonly history: History;
  readonly limit: BudgetLimit;

  constructor({ history, limit, cause }: { history: History; limit: BudgetLimit; cause?: unknown }) {
    super({
      name,
      message: sentences(
        `The budget (${limit}) is used up and no answer has passed the checks ${explainAttempts(history)}.`,
        explainIssues(history),
        `Raise budget.${limit}, or put a human stage on the ladder.`,
      ),
      cause,
    });
    this.history = history;
    this.limit = limit;
  }

  static override isInstance(error: unknown): error is BudgetExceededError {
    return AISDKError.hasMarker(error, marker);
  }

  /** Finds it in an error that wraps it, the SDK's `RetryError` for one. */
  static find(error: unknown): BudgetExceededError | undefined {
    return findError(error, BudgetExceededError.isInstance);
  }
}
