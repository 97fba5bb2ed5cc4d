import type { JSONObject } from '@ai-sdk/provider';
import type { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import type { CallbackFailedError } from '../errors/callback-failed-error.ts';
import type { LimitReachedError } from '../errors/limit-reached-error.ts';
import type { ProviderFailedError } from '../errors/provider-failed-error.ts';
import type { StagesExhaustedError } from '../errors/stages-exhausted-error.ts';
import type { CallOptions } from '../model/language-model.ts';
import type { Attempt, History } from '../trace/history.ts';

/** The error of a run that ended without an accepted answer. */
export type ExhaustedError =
  | StagesExhaustedError
  | BudgetExceededError
  | ProviderFailedError
  | LimitReachedError
  | CallbackFailedError;

/** What a `whenExhausted` function gets: a run that ended without an accepted answer. */
export interface ExhaustedContext {
  /**
   * `exhausted`: no stage is left. `rejected`: a person rejected the answer. `budget`: the budget is used up.
   * `provider`: the provider kept failing. `limit`: a limiter refused the model call of a check, or `price` or a
   * limiter of the caller's failed.
   */
  readonly reason: 'exhausted' | 'rejected' | 'budget' | 'provider' | 'limit';
  /** The error that the run ends with if the function returns `undefined`. */
  readonly error: ExhaustedError;
  /** The attempts, failures, decisions and stage ends of the run, oldest first. */
  readonly history: History;
  /** The attempt with the fewest issues; the latest among equals. `undefined` if every answer was cancelled early. */
  readonly bestAttempt: Attempt | undefined;
  /** The caller's call. */
  readonly params: CallOptions;
  /** The call's `metadata`. */
  readonly metadata: JSONObject | undefined;
}

/**
 * What a run returns when no stage can help: `throw` for its typed error, `deliver` for the best attempt, or a function
 * that returns a text. If the function returns `undefined`, the run throws its error; if it throws, `CallbackFailedError`.
 */
export type WhenExhausted =
  | 'throw'
  | 'deliver'
  | ((context: ExhaustedContext) => string | undefined | PromiseLike<string | undefined>);
