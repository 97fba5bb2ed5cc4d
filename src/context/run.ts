import type { Candidate } from '../answers/candidate.ts';
import type { ToolOutcome } from '../checks/check.ts';
import { type CheckPlan, isEmptyPlan } from '../checks/plan/plan.ts';
import type { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import type { Inbox } from '../escalation/inbox.ts';
import type { EventSink } from '../events.ts';
import type { Limiter } from '../limits/limiter.ts';
import type { CallOptions, LanguageModel, Prompt, StreamPart, StreamResult, Warning } from '../model/language-model.ts';
import type { StagedRetryCallOptions } from '../options/call-options.ts';
import type { Settings } from '../options/settings.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import type { LiveDelivery } from '../stream/live/live-delivery.ts';
import type { RunTelemetry } from '../telemetry/telemetry.ts';
import { contextualSinks } from '../telemetry/with-run-events.ts';
import type { CacheReport } from '../trace/cache-report.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { Attempt } from '../trace/history.ts';
import type { Issue } from '../trace/issue.ts';
import type { ProviderFailure } from '../trace/provider-failure.ts';
import { noUsage, type Usage } from '../trace/usage.ts';
import { type Bill, budgetOf, limitsOf, nothingSpent, type RunBudget } from './bill.ts';

/** One call of the wrapped model, and its state so far. */
export interface Run {
  readonly id: string;
  readonly type: 'generate' | 'stream';
  readonly settings: Settings;
  readonly model: LanguageModel;
  /** The caller's options, without those under `providerOptions.stagedRetry`. */
  readonly params: CallOptions;
  readonly callOptions: StagedRetryCallOptions;
  readonly scope: string | undefined;
  /** The model's checks, and those that the call implies. */
  readonly plan: CheckPlan;
  readonly abortSignal: AbortSignal | undefined;
  readonly budget: RunBudget;
  /** The limiters that each provider call has to pass. */
  readonly limits: readonly Limiter[];
  /** The event sinks: the model's, and those of `withRunEvents` around the call. */
  readonly sinks: readonly EventSink[];
  /** The run's telemetry, which is also one of the sinks. */
  readonly telemetry: RunTelemetry | undefined;
  readonly startedAt: number;
  /** The judged answers, by attempt number. */
  readonly candidates: Map<number, Candidate>;
  /** The model of each answer, by attempt number. */
  readonly authors: Map<number, LanguageModel>;
  /** The results of tools called inside the run, oldest first. */
  readonly toolResults: ToolOutcome[];
  /** What models were sent in the run, those of stages and of checks. */
  readonly sent: Prompt[];
  /** Values that a stage creates once and shares between its attempts, by stage. */
  readonly shared: Map<string, unknown>;
  /** Called when the run ends. */
  readonly releases: (() => PromiseLike<void> | void)[];
  /** Called with the first stream that opens, and with its warnings. */
  readonly onOpen: ((result: StreamResult) => void) | undefined;
  readonly onStart: ((warnings: readonly Warning[]) => void) | undefined;
  /** Live delivery, if the stream is released before its answer is accepted. */
  readonly live: LiveDelivery | undefined;
  /** The way out for a stream that is neither judged nor cached. */
  readonly relay: Relay | undefined;
  readonly state: {
    /** The earlier calls of the same request, which led to an escalation. */
    earlier: Earlier | undefined;
    /** The usage of this call. All counters here are of this call alone. */
    usage: Usage;
    /** The usage of model calls made by checks; `undefined` if there were none. */
    checksUsage: Usage | undefined;
    estimatedTokens: number;
    readonly bill: Bill;
    /** The error of a limiter that refused a call because a budget is spent. */
    refused: BudgetExceededError | undefined;
    providerCalls: number;
    /** How long this call waited for people, in milliseconds. */
    waitedMs: number;
    /** The current stage. */
    stage: string | undefined;
    /** The model of the attempt's latest call. */
    calledModel: LanguageModel;
    /** Whether a provider has answered yet. */
    hasHeard: boolean;
    /** Whether the provider's latest stream broke off, rather than ended or reported an error. */
    brokeOff: boolean;
    /** What the latest stream had of an answer when it reported an error. */
    reported?: ModelAnswer | undefined;
    /** The same, where it goes out before the error that the run ended with. */
    held?: Candidate;
    /** The last provider failure as it was thrown. The history does not keep it. */
    lastError: unknown;
    /** What kept the checks from judging an answer that was paid for. It ends the run. */
    fault?: unknown;
    /** The provider failure that the caller handles. It ends the run. */
    unowned?: ProviderFailure;
    requestKey: Promise<string> | undefined;
    /** The latest decision that the run applied, and its inbox. */
    decided: { readonly inbox: Inbox; readonly escalation: Escalation } | undefined;
    /** What the cache did for the answer. */
    cache: CacheReport | undefined;
    /** Why sources of tools failed, in sentences. */
    toolFailures: readonly string[];
    /** What guards that only warn found in the prompt. */
    guardWarnings?: readonly Issue[];
    /** The warnings of each call that returned. */
    warnings: (readonly Warning[])[];
  };
}

/** What a resumed run continues from. */
export interface Earlier {
  readonly attempts: readonly Attempt[];
  /** Whether the caller already got a result that reported their usage. */
  readonly isReported: boolean;
  /** Adds what the earlier calls spent. */
  addTo(spent: Spending): Spending;
}

export type Spending = Pick<Run['state'], 'usage' | 'estimatedTokens' | 'bill'>;

/** The way out for a stream that is passed through unchanged. */
export interface Relay {
  /** The last part. It is sent with the run's report. */
  finish: (StreamPart & { readonly type: 'finish' }) | undefined;
  send(part: StreamPart): void;
  /** Resolves when the reader wants more; `undefined` if it already does. */
  ready(): Promise<void> | undefined;
  close(): void;
  fail(reason: unknown): void;
  failWhenRead(reason: unknown): void;
}

export interface RunStart {
  readonly type: Run['type'];
  readonly settings: Settings;
  readonly model: LanguageModel;
  readonly params: CallOptions;
  readonly plan: CheckPlan;
  readonly callOptions: StagedRetryCallOptions;
  readonly abortSignal?: AbortSignal | undefined;
  readonly live?: LiveDelivery | undefined;
  readonly relay?: Relay | undefined;
  readonly onOpen?: Run['onOpen'];
  readonly onStart?: Run['onStart'];
}

export function startRun(start: RunStart): Run {
  const { type, settings, model, params, plan, callOptions, live, relay, onOpen, onStart } = start;
  const id = callOptions.runId ?? settings.effects.createId();
  const abortSignal = start.abortSignal ?? params.abortSignal;
  const telemetry = settings.telemetry === undefined ? undefined : startTelemetry(start, id, abortSignal);
  const budget = budgetOf(settings, callOptions);
  const bill: Bill = { ...nothingSpent };
  return {
    type,
    settings,
    model,
    params,
    plan,
    callOptions,
    id,
    scope: callOptions.scope ?? settings.scope,
    abortSignal,
    budget,
    limits: limitsOf(settings, budget, bill),
    sinks: sinksOf(settings, telemetry),
    telemetry,
    startedAt: settings.effects.now(),
    candidates: new Map(),
    authors: new Map(),
    toolResults: [],
    sent: [],
    shared: new Map(),
    releases: [],
    onOpen,
    onStart,
    live,
    relay,
    state: {
      earlier: undefined,
      usage: noUsage,
      checksUsage: undefined,
      estimatedTokens: 0,
      bill,
      refused: undefined,
      providerCalls: 0,
      waitedMs: 0,
      stage: undefined,
      calledModel: model,
      hasHeard: false,
      brokeOff: false,
      lastError: undefined,
      requestKey: undefined,
      decided: undefined,
      cache: undefined,
      toolFailures: [],
      warnings: [],
    },
  };
}

/** If telemetry fails, the trace is lost, not the answer. */
function startTelemetry(
  { settings, type, model, params, callOptions }: RunStart,
  runId: string,
  abortSignal: AbortSignal | undefined,
): RunTelemetry | undefined {
  const { provider, modelId } = model;
  const { metadata } = callOptions;
  try {
    return settings.telemetry?.startRun({
      runId,
      type,
      provider,
      model: modelId,
      metadata,
      prompt: params.prompt,
      abortSignal,
    });
  } catch {
    return undefined;
  }
}

function sinksOf({ events }: Settings, telemetry: RunTelemetry | undefined): readonly EventSink[] {
  const around = contextualSinks();
  if (telemetry === undefined) return around.length === 0 ? events : [...events, ...around];
  return [telemetry, ...events, ...around];
}

/** Whether there is nothing to judge or cache, so that the model's stream is passed through. */
export function passesStreams(call: Pick<RunStart, 'plan' | 'settings' | 'callOptions'>): boolean {
  return isEmptyPlan(call.plan) && !usesCache(call);
}

/** Whether a call uses the cache. */
export function usesCache({ settings, callOptions }: Pick<RunStart, 'settings' | 'callOptions'>): boolean {
  return settings.cache !== undefined && callOptions.cache !== 'bypass';
}
