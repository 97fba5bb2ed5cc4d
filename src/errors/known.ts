import type { BudgetExceededError } from './budget-exceeded-error.ts';
import type { EscalationPendingError } from './escalation-pending-error.ts';
import { isMarked } from './mark.ts';
import type { ProviderFailedError } from './provider-failed-error.ts';
import type { StagesExhaustedError } from './stages-exhausted-error.ts';

// The same as `isInstance` of these errors, for code that is not to load their messages.

export function isBudgetExceeded(error: unknown): error is BudgetExceededError {
  return isMarked(error, 'StagedRetry_BudgetExceededError');
}

export function isEscalationPending(error: unknown): error is EscalationPendingError {
  return isMarked(error, 'StagedRetry_EscalationPendingError');
}

export function isProviderFailed(error: unknown): error is ProviderFailedError {
  return isMarked(error, 'StagedRetry_ProviderFailedError');
}

export function isStagesExhausted(error: unknown): error is StagesExhaustedError {
  return isMarked(error, 'StagedRetry_StagesExhaustedError');
}
