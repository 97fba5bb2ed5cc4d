/**
 * The main entry: wraps a model, and has the stages, the inbox, limits, events and errors.
 *
 * @module ai-staged-retry
 */

export type { CacheOptions, SingleFlightOptions } from './cache/cache-options.ts';
export type { EncryptionKey, EncryptOptions } from './cache/cipher.ts';
export {
  type Check,
  type CheckContext,
  type CheckInput,
  type CheckTest,
  check,
  type Found,
  type FoundIssue,
  type ToolOutcome,
} from './checks/check.ts';
export * from './errors/index.ts';
export type { Describe, DescribeRequest, Description } from './escalation/actions/describing.ts';
export { createInbox } from './escalation/create-inbox.ts';
export type {
  BulkResult,
  ChangeResult,
  ChangesOptions,
  DecisionStats,
  EscalationChange,
  EscalationPage,
  EscalationSummary,
  ExportOptions,
  Inbox,
  InboxOptions,
  InboxStats,
  ListOptions,
  StatsOptions,
  SummaryOption,
  WaitOptions,
} from './escalation/inbox.ts';
export {
  createEmitter,
  type EventSink,
  type StagedRetryEventName,
  type StagedRetryEvents,
} from './events.ts';
export { type FeedbackContext, type FeedbackWriter, writeFeedback } from './feedback/feedback.ts';
export { type CircuitBreakerOptions, circuitBreaker } from './limits/circuit-breaker.ts';
export type { CallCost, CallOutcome, Limiter } from './limits/limiter.ts';
export { type RateLimiterOptions, rateLimiter } from './limits/rate-limiter.ts';
export { createBudget, type SharedBudget } from './limits/shared-budget.ts';
export { type SpendLimiter, type SpendLimiterOptions, spendLimiter } from './limits/spend-limiter.ts';
export { stagedRetryMiddleware } from './middleware.ts';
export type { Answer } from './model/answer.ts';
export type { ContentPart, LanguageModel } from './model/language-model.ts';
export type { ModelInput } from './model/resolve-model.ts';
export type { StagedRetryCallOptions } from './options/call-options.ts';
export type { StagedRetryOptions } from './options/settings.ts';
export type { TransportOptions } from './options/transport.ts';
export type { ExhaustedContext, ExhaustedError, WhenExhausted } from './options/when-exhausted.ts';
export { type Backoff, type ExponentialOptions, exponential } from './policy/backoff.ts';
export type { Budget } from './policy/budget.ts';
export type { CheckWarning, Report } from './run/report/report.ts';
export { reportOf } from './run/report/report-of.ts';
export type { CallOverrides } from './stages/call-overrides.ts';
export { type FallbackOptions, fallback } from './stages/fallback.ts';
export { type HumanOptions, human } from './stages/human.ts';
export { type LendToolsOptions, lendTools } from './stages/lend-tools.ts';
export type { ConnectedTools, ToolSource, ToolsInput } from './stages/lent/tool-source.ts';
export { type RepairOptions, repair } from './stages/repair.ts';
export { type RetryOptions, retry } from './stages/retry.ts';
export type { FeedbackOptions, ModelAnswer, Stage, StageContext } from './stages/stage.ts';
export { stagesFromThresholds, type Thresholds } from './stages/thresholds.ts';
export { type MemoryStoreOptions, memoryStore } from './stores/memory.ts';
export type { Store, StoreIndex, StoreSetOptions } from './stores/store.ts';
export { type LogOptions, logEvents } from './telemetry/log-events.ts';
export { withRunEvents } from './telemetry/with-run-events.ts';
export type { BudgetLimit } from './trace/budget-limit.ts';
export type { CacheReport } from './trace/cache-report.ts';
export type { Decision, RecordedDecision } from './trace/decision.ts';
export type { AuditEntry, Claim, Escalation, EscalationOutcome, FieldValue, Note } from './trace/escalation.ts';
export type { Fix, FixRule } from './trace/fix.ts';
export type { AppliedDecision, Attempt, History, HistoryEntry } from './trace/history.ts';
export type { Issue, IssueKind, IssuePath, Verdict } from './trace/issue.ts';
export type { Observed } from './trace/observed.ts';
export type { Price, Pricing } from './trace/price.ts';
export type { FailureSummary, ProviderFailure } from './trace/provider-failure.ts';
export type { Repetition, StageEnd, StageEndReason } from './trace/stage-end.ts';
export type { Usage } from './trace/usage.ts';
export { type WrappedModel, withStagedRetry } from './with-staged-retry.ts';
