import type { JSONObject } from '@ai-sdk/provider';
import { costSince } from '../context/bill.ts';
import type { CacheReport } from '../context/cache-report.ts';
import type { Run } from '../context/run.ts';
import { spentInAll } from '../context/spent.ts';
import type { GenerateResult, ProviderMetadata, Warning } from '../model/language-model.ts';
import { plainCall } from '../policy/rung.ts';
import type { Fix } from '../trace/fix.ts';
import { type Attempt, countAttempts, type History } from '../trace/history.ts';
import type { Issue } from '../trace/issue.ts';
import { type FailureSummary, summaryOf } from '../trace/provider-failure.ts';
import { noUsage, type Usage } from '../trace/usage.ts';
import type { Observed, Outcome } from './outcome.ts';

/** What a run says of itself in `providerMetadata.stagedRetry`. */
export interface Report {
  readonly runId: string;
  /**
   * `unchanged`: only the call's own schemas found fault with the last answer, which is the SDK's to judge. `not-accepted`:
   * what `whenExhausted` gave. `pending`: a person is waited for. With `mode: 'observe'`, what would have come of the answer:
   * `accepted`, `not-accepted`, or `failed` where a check crashed.
   */
  readonly outcome: Outcome['type'];
  readonly attempts: number;
  /** The stage whose answer this is. */
  readonly stage: string;
  /** What the checks found in the answer that is delivered, where they found something. */
  readonly issues?: readonly Issue[];
  /** What checks of severity `warning` found, and the provider's warnings of the calls after the first, each once. */
  readonly warnings: readonly (Warning | CheckWarning)[];
  /** `checks`: of the model calls that checks made, where there were any; it is in neither of the others. */
  readonly usage: { readonly accepted: Usage; readonly total: Usage; readonly checks?: Usage };
  /** Estimated output tokens of streams that were aborted; not in `usage`. */
  readonly discardedTokens: number;
  /** Provider calls that failed for good, so that the run went on without them. */
  readonly failures?: readonly (FailureSummary & { readonly stage: string })[];
  /** What the whole run cost in USD, that of earlier calls which it goes on from too; where the option `price` is given. */
  readonly usd?: number;
  /** The part of it that no provider reported: of streams that were aborted, say. */
  readonly estimatedUsd?: number;
  /** Models that were called and have no price; `usd` is without them. */
  readonly unpriced?: readonly string[];
  /** How the answer was read, where it did not fit as it stood. */
  readonly fixes: readonly Fix[];
  /** With `mode: 'observe'`: what would have come next. */
  readonly observed?: Observed;
  /** What the cache had to do with it, where there is one. */
  readonly cache?: CacheReport;
  /** The text comes of more than one answer, because a live stream was continued. */
  readonly spliced?: boolean;
  /** The person's decision, where one made this answer. */
  readonly decision?: {
    readonly escalationId: string;
    readonly type: string;
    readonly by?: string;
    readonly force?: boolean;
  };
  /** The call's `metadata`. */
  readonly metadata?: JSONObject;
}

/** What a check of severity `warning` found. */
export interface CheckWarning extends Issue {
  readonly type: 'check';
}

/**
 * The report of a result.
 *
 * @example
 * const { providerMetadata } = await generateText({ model, prompt });
 * console.log(reportOf(providerMetadata)?.attempts);
 */
export function reportOf(providerMetadata: Readonly<Record<string, unknown>> | undefined): Report | undefined {
  // Written by `metadataWith` below, and only there.
  return providerMetadata?.stagedRetry as Report | undefined;
}

/** A result's provider metadata with the report beside the provider's own. */
export function metadataWith(run: Run, outcome: Outcome): ProviderMetadata {
  const { providerMetadata } = outcome.candidate.result;
  return { ...providerMetadata, stagedRetry: createReport(run, outcome) };
}

function createReport(run: Run, { type: outcome, attempt, waitsAt, history, observed }: Outcome): JSONObject {
  const { usage, estimatedTokens, bill } = spentInAll(run);
  const decision = history.findLast((entry) => entry.type === 'decision');
  return {
    runId: run.id,
    outcome,
    attempts: countAttempts(history),
    stage:
      attempt?.stage ??
      waitsAt ??
      decision?.stage ??
      history.findLast(({ type }) => type === 'attempt')?.stage ??
      plainCall,
    ...(attempt?.verdict.type === 'fail' ? { issues: attempt.verdict.issues as never } : {}), // plain JSON
    warnings: [...checkWarnings(attempt), ...laterWarnings(run)] as never, // JSON by the SDK's own definition and ours
    usage: {
      accepted: plainUsage(attempt?.usage ?? noUsage),
      total: plainUsage(usage),
      ...(run.state.checksUsage === undefined ? {} : { checks: plainUsage(run.state.checksUsage) }),
    },
    discardedTokens: estimatedTokens,
    ...failuresOf(history),
    ...costSince({ settings: run.settings, state: { bill } }),
    fixes: (attempt?.fixes ?? []) as never, // plain JSON
    ...(observed === undefined ? {} : { observed: { ...observed } }),
    ...(run.state.cache === undefined ? {} : { cache: { ...run.state.cache } }),
    ...(run.live?.text.isSpliced() === true ? { spliced: true } : {}),
    ...(decision === undefined ? {} : { decision: plainDecision(decision) }),
    ...(run.callOptions.metadata === undefined ? {} : { metadata: run.callOptions.metadata }),
  };
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

function checkWarnings(attempt: Attempt | undefined): CheckWarning[] {
  return (attempt?.warnings ?? []).map((issue) => ({ type: 'check', ...issue }));
}

function laterWarnings({ state }: Run): Warning[] {
  const [first = [], ...later] = state.warnings;
  return later.length === 0 ? [] : distinct([...first, ...later.flat()]).slice(distinct(first).length);
}

/** The warnings of all calls, each once. */
export function allWarnings({ state }: Run): readonly Warning[] {
  const [first = [], ...later] = state.warnings;
  return later.length === 0 ? first : distinct([...first, ...later.flat()]);
}

function distinct(warnings: readonly Warning[]): Warning[] {
  if (warnings.length === 0) return [];
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}

/** Metadata has to be JSON, which knows no `undefined`. */
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

/** The usage a result reports: what an earlier call of the request used too, unless that call had a result itself. */
export function usageOf(run: Run, { candidate, attempt }: Outcome): Usage {
  if (run.settings.usage === 'accepted') return attempt?.usage ?? noUsage;
  const { usage } = run.state.earlier?.isReported === true ? run.state : spentInAll(run);
  const { raw } = candidate.result.usage as GenerateResult['usage'] & { raw?: unknown };
  return raw === undefined ? usage : ({ ...usage, raw } as Usage);
}
