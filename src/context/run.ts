import type { Candidate } from '../answers/candidate.ts';
import type { ToolOutcome } from '../checks/check.ts';
import { type CheckPlan, isEmptyPlan } from '../checks/plan.ts';
import type { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import type { Inbox } from '../escalation/inbox.ts';
import type { EventSink } from '../events.ts';
import type { Limiter } from '../limits/limiter.ts';
import type { CallOptions, LanguageModel, StreamPart, StreamResult, Warning } from '../model/language-model.ts';
import type { StagedRetryCallOptions } from '../options/call-options.ts';
import type { Settings } from '../options/settings.ts';
import type { LiveDelivery } from '../stream/live/live-delivery.ts';
import type { RunTelemetry } from '../telemetry/telemetry.ts';
import { contextualSinks } from '../telemetry/with-run-events.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { Attempt } from '../trace/history.ts';
import { noUsage, type Usage } from '../trace/usage.ts';
import { type Bill, budgetOf, limitsOf, nothingSpent, type RunBudget } from './bill.ts';
import type { CacheReport } from './cache-report.ts';

/** One call of the wrapped model, and what it has come to so far. */
export interface Run {
  readonly id: string;
  readonly type: 'generate' | 'stream';
  readonly settings: Settings;
  readonly model: LanguageModel;
  /** The caller's call, without the options that are ours. */
  readonly params: CallOptions;
  readonly callOptions: StagedRetryCallOptions;
  readonly scope: string | undefined;
  /** The caller's checks and those the call brings along. */
  readonly plan: CheckPlan;
  readonly abortSignal: AbortSignal | undefined;
  readonly budget: RunBudget;
  /** What stands between the run and each provider call. */
  readonly limits: readonly Limiter[];
  /** Who is told what happens: the model's sinks, and those around the call. */
  readonly sinks: readonly EventSink[];
  /** What follows the run; it is one of the sinks. */
  readonly telemetry: RunTelemetry | undefined;
  readonly startedAt: number;
  /** The answers that were judged, by the number of their attempt. */
  readonly candidates: Map<number, Candidate>;
  /** The model each answer came from, by the number of its attempt. */
  readonly authors: Map<number, LanguageModel>;
  /** What tools returned inside the run, oldest first. */
  readonly toolResults: ToolOutcome[];
  /** What a stage made once for all its attempts, by stage. */
  readonly shared: Map<string, unknown>;
  /** Released when the run ends. */
  readonly releases: (() => PromiseLike<void> | void)[];
  /** Told of the first stream that opens and of its warnings. */
  readonly onOpen: ((result: StreamResult) => void) | undefined;
  readonly onStart: ((warnings: readonly Warning[]) => void) | undefined;
  /** What goes out before the answer is accepted, where that is live. */
  readonly live: LiveDelivery | undefined;
  /** Where a stream goes out by of which nothing is to be judged or kept. */
  readonly relay: Relay | undefined;
  readonly state: {
    /** What earlier calls of the same request came to, which a person was asked about. */
    earlier: Earlier | undefined;
    /** What this call used, like all that is counted here. */
    usage: Usage;
    /** Of the model calls that checks made; `undefined` while there was none. */
    checksUsage: Usage | undefined;
    estimatedTokens: number;
    readonly bill: Bill;
    /** What a limiter refused a call with, since a sum is spent. */
    refused: BudgetExceededError | undefined;
    providerCalls: number;
    /** The stage the run is at. */
    stage: string | undefined;
    /** The model the latest call of the attempt went to. */
    calledModel: LanguageModel;
    /** Whether anything came back from the provider yet. */
    hasHeard: boolean;
    /** Whether the latest stream of a provider broke off, as against one that ended or reported an error. */
    brokeOff: boolean;
    /** The last failure as it was thrown, which the history does not keep. */
    lastError: unknown;
    requestKey: Promise<string> | undefined;
    /** The latest decision the run applies, and the inbox it is from. */
    decided: { readonly inbox: Inbox; readonly escalation: Escalation } | undefined;
    /** What the cache had to do with the answer. */
    cache: CacheReport | undefined;
    /** Of each call that came back. */
    warnings: (readonly Warning[])[];
  };
}

/** What a run that resumes goes on from. */
export interface Earlier {
  readonly attempts: readonly Attempt[];
  /** The caller had a result then, with what they used. */
  readonly isReported: boolean;
  /** What is spent with theirs. */
  addTo(spent: Spending): Spending;
}

export type Spending = Pick<Run['state'], 'usage' | 'estimatedTokens' | 'bill'>;

/** A way out for a stream that is handed on as it is. */
export interface Relay {
  /** The last part, which goes out with the run's report. */
  finish: (StreamPart & { readonly type: 'finish' }) | undefined;
  send(part: StreamPart): void;
  /** Resolves when the reader wants more; `undefined` when it does already. */
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
  const { settings, callOptions, params } = start;
  const id = callOptions.runId ?? settings.effects.createId();
  const abortSignal = start.abortSignal ?? params.abortSignal;
  const telemetry = settings.telemetry === undefined ? undefined : startTelemetry(start, id, abortSignal);
  const budget = budgetOf(settings, callOptions);
  const bill: Bill = { ...nothingSpent };
  return {
    ...start,
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
    shared: new Map(),
    releases: [],
    onOpen: start.onOpen,
    onStart: start.onStart,
    live: start.live,
    relay: start.relay,
    state: {
      earlier: undefined,
      usage: noUsage,
      checksUsage: undefined,
      estimatedTokens: 0,
      bill,
      refused: undefined,
      providerCalls: 0,
      stage: undefined,
      calledModel: start.model,
      hasHeard: false,
      brokeOff: false,
      lastError: undefined,
      requestKey: undefined,
      decided: undefined,
      cache: undefined,
      warnings: [],
    },
  };
}

/** Telemetry that fails costs the trace, and not the answer. */
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

/** Whether nothing is to be judged or kept, so that a stream goes out as the model gives it. */
export function passesStreams(call: Pick<RunStart, 'plan' | 'settings' | 'callOptions'>): boolean {
  return isEmptyPlan(call.plan) && !usesCache(call);
}

/** Whether a call has to do with the cache. */
export function usesCache({ settings, callOptions }: Pick<RunStart, 'settings' | 'callOptions'>): boolean {
  return settings.cache !== undefined && callOptions.cache !== 'bypass';
}
