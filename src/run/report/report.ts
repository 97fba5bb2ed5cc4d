import type { JSONObject } from '@ai-sdk/provider';
import { costSince, priceFaultsOf } from '../../context/bill.ts';
import type { Run } from '../../context/run.ts';
import { spentInAll } from '../../context/spent.ts';
import type { GenerateResult, ProviderMetadata, Warning } from '../../model/language-model.ts';
import { plainCall } from '../../policy/rung.ts';
import type { CacheReport } from '../../trace/cache-report.ts';
import type { Fix } from '../../trace/fix.ts';
import { countAttempts, type History } from '../../trace/history.ts';
import type { Issue } from '../../trace/issue.ts';
import type { Observed } from '../../trace/observed.ts';
import { type FailureSummary, summaryOf } from '../../trace/provider-failure.ts';
import { noUsage, type Usage } from '../../trace/usage.ts';
import { type Outcome, waitingFor } from '../ends/outcome.ts';

/** The report of a run, in `providerMetadata.stagedRetry`. Read it with `reportOf`. */
export interface Report {
  /** The call's `runId`, or a random id. */
  readonly runId: string;
  /**
   * - `accepted`: the checks passed, or a person accepted the answer.
   * - `unchanged`: only the call's own schema or tools objected to the last answer. It is delivered, and the SDK judges
   *   it.
   * - `not-accepted`: what `whenExhausted` delivered.
   * - `pending`: waiting for a person.
   *
   * With `mode: 'observe'`, what would have happened: `accepted`, `not-accepted`, or `failed` if a check crashed.
   */
  readonly outcome: Outcome['type'];
  /** How many answers were judged. */
  readonly attempts: number;
  /** The stage that this answer comes from; `call` for the plain call of a ladder that does not begin with `retry`. */
  readonly stage: string;
  /** The issues in the delivered answer, if there are any. */
  readonly issues?: readonly Issue[];
  /** What checks of severity `warning` found, and the provider's warnings of the calls after the first, each once. */
  readonly warnings: readonly (Warning | CheckWarning)[];
  /**
   * Tokens: `accepted` for this answer, `total` for all answers, `checks` for the model calls of checks, which neither
   * of the others includes.
   */
  readonly usage: { readonly accepted: Usage; readonly total: Usage; readonly checks?: Usage };
  /** Estimated output tokens of streams that were aborted or broke off; not part of `usage`. */
  readonly discardedTokens: number;
  /** Provider calls that failed for good, after which the run went on. */
  readonly failures?: readonly (FailureSummary & { readonly stage: string })[];
  /** The cost of the whole run in USD, including earlier calls of the same request; only with the option `price`. */
  readonly usd?: number;
  /** The part of `usd` that is estimated because no provider reported it. */
  readonly estimatedUsd?: number;
  /** Models that were called and have no price. `usd` does not include them. */
  readonly unpriced?: readonly string[];
  /** What went wrong in `price`, if it threw or returned something other than a price, each once. */
  readonly priceFaults?: readonly string[];
  /** How the answer was read, if it did not fit as it was. */
  readonly fixes: readonly Fix[];
  /** With `mode: 'observe'`: what the run would have done. */
  readonly observed?: Observed;
  /** What the cache did, if there is one. */
  readonly cache?: CacheReport;
  /** Whether the text comes from more than one answer, because a live stream was continued. */
  readonly spliced?: boolean;
  /** The escalation that a pending run waits for. */
  readonly escalationId?: string;
  /** The person's decision, if one made this answer. */
  readonly decision?: {
    readonly escalationId: string;
    readonly type: string;
    readonly by?: string;
    readonly force?: boolean;
  };
  /** The call's `metadata`. */
  readonly metadata?: JSONObject;
}

/** An issue found by a check of severity `warning`. */
export interface CheckWarning extends Issue {
  readonly type: 'check';
}

/** A result's provider metadata with the report beside the provider's own. */
export function metadataWith(run: Run, outcome: Outcome): ProviderMetadata {
  const { providerMetadata } = outcome.candidate.result;
  return { ...providerMetadata, stagedRetry: createReport(run, outcome) };
}

function createReport(run: Run, outcome: Outcome): JSONObject {
  const { type, attempt, history, observed } = outcome;
  const { usage, estimatedTokens, bill } = spentInAll(run);
  const { checksUsage, guardWarnings, cache } = run.state;
  const { metadata } = run.callOptions;
  const decision = history.findLast((entry) => entry.type === 'decision');
  const warnings = [...checkWarnings(guardWarnings), ...checkWarnings(attempt?.warnings), ...laterWarnings(run)];
  const fixes = attempt?.fixes ?? [];
  return {
    runId: run.id,
    outcome: type,
    attempts: countAttempts(history),
    stage: attempt?.stage ?? outcome.stage ?? decision?.stage ?? stageOfLast(history) ?? plainCall,
    warnings: warnings as never, // JSON by the SDK's own definition and ours
    usage: {
      accepted: plainUsage(attempt?.usage ?? noUsage),
      total: plainUsage(usage),
      ...(checksUsage === undefined ? {} : { checks: plainUsage(checksUsage) }),
    },
    discardedTokens: estimatedTokens,
    fixes: (run.live?.text.fixes(fixes) ?? fixes) as never, // plain JSON
    ...(attempt?.verdict.type === 'fail' ? { issues: attempt.verdict.issues as never } : {}), // plain JSON
    ...failuresOf(history),
    ...costSince({ settings: run.settings, state: { bill } }),
    ...priceFaultsOf(run.state.bill),
    ...(observed === undefined ? {} : { observed: { ...observed } }),
    ...(cache === undefined ? {} : { cache: { ...cache } }),
    ...(run.live?.text.isSpliced() === true ? { spliced: true } : {}),
    ...waitingFor(outcome),
    ...(decision === undefined ? {} : { decision: plainDecision(decision) }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

function stageOfLast(history: History): string | undefined {
  return history.findLast(({ type }) => type === 'attempt')?.stage;
}

function failuresOf(history: History): JSONObject {
  const failures = history.flatMap((entry) =>
    entry.type === 'provider-failure' ? [{ stage: entry.stage, ...summaryOf(entry) }] : [],
  );
  return failures.length === 0 ? {} : { failures };
}

function plainDecision({
  escalationId,
  decision,
}: {
  escalationId: string;
  decision: { type: string; by?: string };
}): JSONObject {
  const { type, by } = decision;
  const isForced = 'force' in decision && decision.force === true;
  return { escalationId, type, ...(by === undefined ? {} : { by }), ...(isForced ? { force: true } : {}) };
}

function checkWarnings(issues: readonly Issue[] = []): CheckWarning[] {
  return issues.map((issue) => ({ type: 'check', ...issue }));
}

function laterWarnings({ state: { warnings } }: Run): Warning[] {
  return warnings.length < 2 ? [] : distinct(warnings.flat()).slice(distinct(warnings[0] ?? []).length);
}

/** The warnings of all calls, each once. */
export function allWarnings({ state: { warnings } }: Run): readonly Warning[] {
  return warnings.length < 2 ? (warnings[0] ?? []) : distinct(warnings.flat());
}

function distinct(warnings: readonly Warning[]): Warning[] {
  if (warnings.length === 0) return [];
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}

/** Metadata has to be JSON, which has no `undefined`. */
function plainUsage({ inputTokens, outputTokens }: Usage): JSONObject {
  return { inputTokens: withoutUndefined(inputTokens), outputTokens: withoutUndefined(outputTokens) };
}

function withoutUndefined(counts: Readonly<Record<string, number | undefined>>): JSONObject {
  const defined: JSONObject = {};
  for (const name in counts) {
    const count = counts[name];
    if (count !== undefined) defined[name] = count;
  }
  return defined;
}

/** The usage that a result reports. It includes earlier calls of the request, unless they had a result of their own. */
export function usageOf(run: Run, { candidate, attempt }: Outcome): Usage {
  if (run.settings.usage === 'accepted') return attempt?.usage ?? noUsage;
  const { usage } = run.state.earlier?.isReported === true ? run.state : spentInAll(run);
  const { raw } = candidate.result.usage as GenerateResult['usage'] & { raw?: unknown };
  return raw === undefined ? usage : ({ ...usage, raw } as Usage);
}
