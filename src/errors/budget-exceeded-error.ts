import { AISDKError } from '@ai-sdk/provider';
import type { BudgetLimit } from '../trace/budget-limit.ts';
import { countAttempts, type History } from '../trace/history.ts';
import { explainAttempts, explainIssues, sentences } from './explain-run.ts';
import { findError } from './find.ts';
import { isMarked, mark } from './mark.ts';

const name = 'StagedRetry_BudgetExceededError';

/** A limit of a `spendLimiter` that is reached. */
export interface SpendLimit {
  /** The limiter's name. */
  readonly name: string;
  /** What may be spent, in USD. */
  readonly usd: number;
  /** What was spent, with the estimates of the calls under way. */
  readonly spent: number;
  /** Whose it is, where each scope has its own. */
  readonly scope?: string;
  /** When it begins anew, ISO 8601; where it is for a day or a month. */
  readonly resetsAt?: string;
}

export interface BudgetExceeded {
  readonly history: History;
  readonly limit: BudgetLimit;
  readonly spend?: SpendLimit | undefined;
  readonly cause?: unknown;
}

/** The run's budget is used up before an answer passed the checks. */
export class BudgetExceededError extends AISDKError {
  readonly history: History;
  readonly limit: BudgetLimit;
  /** The limit of a `spendLimiter`, where it was that one. */
  readonly spend: SpendLimit | undefined;

  constructor({ history, limit, cause, spend }: BudgetExceeded) {
    // A run's own budget lasts for one call at least.
    const isShared = spend === undefined && history.every(({ type }) => type === 'stage-end');
    const budget = `The ${isShared ? 'shared budget' : 'budget'} (${limit}) is used up`;
    const what = spend === undefined ? budget : explainSpend(spend);
    const soFar =
      countAttempts(history) === 0
        ? 'before the first answer'
        : `and no answer has passed the checks ${explainAttempts(history)}`;
    const own = `Raise budget.${limit}${isShared ? ', make a budget for each job' : ''}`;
    const advice = spend === undefined ? own : adviceOn(spend);
    const message = sentences(
      `${what} ${soFar}.`,
      explainIssues(history),
      `${advice}, or put a human stage on the ladder.`,
    );
    super({ name, message, cause });
    mark(this, name);
    this.history = history;
    this.limit = limit;
    this.spend = spend;
  }

  static override isInstance(error: unknown): error is BudgetExceededError {
    return isMarked(error, name);
  }

  /** Finds it in an error that wraps it, the SDK's `RetryError` for one. */
  static find(error: unknown): BudgetExceededError | undefined {
    return findError(error, BudgetExceededError.isInstance);
  }
}

function explainSpend({ name, usd, spent, scope }: SpendLimit): string {
  const whose = scope === undefined ? '' : ` of the scope "${scope}"`;
  return `The spend limit "${name}"${whose} of ${usd} USD is reached (${spent.toFixed(4)} spent or reserved)`;
}

function adviceOn({ resetsAt }: SpendLimit): string {
  return resetsAt === undefined
    ? 'Raise usd of the spendLimiter'
    : `Call again after ${resetsAt}, raise usd of the spendLimiter`;
}
