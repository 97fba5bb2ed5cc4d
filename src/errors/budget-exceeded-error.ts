import { AISDKError } from '@ai-sdk/provider';
import type { BudgetLimit } from '../trace/budget-limit.ts';
import type { History } from '../trace/history.ts';
import { findError } from './find.ts';
import { hide, isMarked, mark } from './mark.ts';

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
  /** @default a sentence that names the limit */
  readonly message?: string;
}

/**
 * The run's budget is used up before an answer passed the checks.
 *
 * @example const { limit, history } = BudgetExceededError.find(error) ?? {};
 */
export class BudgetExceededError extends AISDKError {
  readonly history: History;
  readonly limit: BudgetLimit;
  /** The limit of a `spendLimiter`, where it was that one. */
  readonly spend: SpendLimit | undefined;

  constructor({ history, limit, cause, spend, message = `The budget (${limit}) is used up.` }: BudgetExceeded) {
    super({ name, message, cause });
    mark(this, name);
    this.history = history;
    this.limit = limit;
    this.spend = spend;
    hide(this, 'history');
  }

  static override isInstance(error: unknown): error is BudgetExceededError {
    return isMarked(error, name);
  }

  /** Finds it in an error that wraps it, the SDK's `RetryError` for one. */
  static find(error: unknown): BudgetExceededError | undefined {
    return findError(error, BudgetExceededError.isInstance);
  }
}
