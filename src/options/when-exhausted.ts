import type { JSONObject } from '@ai-sdk/provider';
import type { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import type { ProviderFailedError } from '../errors/provider-failed-error.ts';
import type { StagesExhaustedError } from '../errors/stages-exhausted-error.ts';
import type { CallOptions } from '../model/language-model.ts';
import type { Attempt, History } from '../trace/history.ts';

/** The error of a run that ended without an accepted answer. */
export type ExhaustedError = StagesExhaustedError | BudgetExceededError | ProviderFailedError;

/** What is known of a run that ended without an accepted answer. */
export interface ExhaustedContext {
  /** Nothing is left on the ladder, a person rejected the answer, the budget is used up, or the provider kept failing. */
  readonly reason: 'exhausted' | 'rejected' | 'budget' | 'provider';
  /** The error that the run ends with where this gives no text. */
  readonly error: ExhaustedError;
  readonly history: History;
  /** The attempt with the fewest issues; of equals the latest. */
  readonly bestAttempt: Attempt | undefined;
  /** The caller's call. */
  readonly params: CallOptions;
  /** The call's `metadata`. */
  readonly metadata: JSONObject | undefined;
}

/**
 * How a run ends that no stage can help: with its typed error, with the best attempt, or with a text of the caller's
 * (`undefined`: the error; what the function throws reaches the caller as it is).
 */
export type WhenExhausted =
  | 'throw'
  | 'deliver'
  | ((context: ExhaustedContext) => string | undefined | PromiseLike<string | undefined>);
