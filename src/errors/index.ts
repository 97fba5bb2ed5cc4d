export { BudgetExceededError } from './budget-exceeded-error.ts';
export { CheckCrashedError } from './check-crashed-error.ts';
export { EscalationPendingError } from './escalation-pending-error.ts';
export { LimitReachedError } from './limit-reached-error.ts';
export { PackageMissingError } from './package-missing-error.ts';
export { ProviderFailedError } from './provider-failed-error.ts';
export { StagesExhaustedError } from './stages-exhausted-error.ts';
export { StoreError } from './store-error.ts';
