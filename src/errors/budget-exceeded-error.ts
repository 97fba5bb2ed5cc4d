import { AISDKError } from '@ai-sdk/provider';
import type { BudgetLimit } from '../trace/budget-limit.ts';
import type { History } from '../trace/history.ts';
import { findError } from './find.ts';
import { hide, isMarked, mark } from './mark.ts';

const name = 'StagedRetry_BudgetExceededError';

/** The limit of a `spendLimiter` that was reached. */
export interface SpendLimit {
  /** The limiter's name. */
  readonly name: string;
  /** What may be spent, in USD. */
  readonly usd: number;
  /** What was spent, in USD, including the estimates of calls under way. */
  readonly spent: number;
  /** What the refused call was estimated to cost at most, in USD. */
  readonly estimated: number;
  /** The scope that the sum belongs to, with `perScope`. */
  readonly scope?: string;
  /** When the limit resets, as ISO 8601; with `period`, and if the call may be made then. */
  readonly resetsAt?: string;
}

export interface BudgetExceeded {
  readonly history: History;
  readonly limit: BudgetLimit;
  readonly spent?: number | undefined;
  readonly spend?: SpendLimit | undefined;
  readonly cause?: unknown;
  /** @default a sentence that names the limit */
  readonly message?: string;
}

/**
 * The run's budget was used up, or a `spendLimiter` refused a call, before an answer passed the checks.
 *
 * @example const { limit, history } = BudgetExceededError.find(error) ?? {};
 */
export class BudgetExceededError extends AISDKError {
  /** What was tried, oldest first. Not printed with the error. */
  readonly history: History;
  /** The limit that was reached. */
  readonly limit: BudgetLimit;
  /** What was spent of that limit: attempts, tokens, milliseconds or USD. */
  readonly spent: number | undefined;
  /** The limit of the `spendLimiter` that refused the call; `undefined` for the run's own budget. */
  readonly spend: SpendLimit | undefined;

  constructor({
    history,
    limit,
    cause,
    spend,
    spent = spend?.spent,
    message = `The budget (${limit}) is used up.`,
  }: BudgetExceeded) {
    super({ name, message, cause });
    mark(this, name);
    this.history = history;
    this.limit = limit;
    this.spent = spent;
    this.spend = spend;
    hide(this, 'history');
  }

  /** Whether the error is one of these, also if another copy of this package threw it. */
  static override isInstance(error: unknown): error is BudgetExceededError {
    return isMarked(error, name);
  }

  /** Finds this error inside another one, such as the SDK's `RetryError`. */
  static find(error: unknown): BudgetExceededError | undefined {
    return findError(error, BudgetExceededError.isInstance);
  }
}
