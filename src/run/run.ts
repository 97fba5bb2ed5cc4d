import { type CheckPlan, isEmptyPlan } from '../checks/plan.ts';
import type { BudgetLimit } from '../errors/budget-exceeded-error.ts';
import type { StagedRetryEventName, StagedRetryEvents } from '../events.ts';
import type { CallOptions, LanguageModel, StreamResult, Warning } from '../model/language-model.ts';
import { reachedLimit, unlimited } from '../policy/budget.ts';
import { countAttempts, type History } from '../trace/history.ts';
import { addUsage, noUsage, type Usage } from '../trace/usage.ts';
import type { CacheReport } from './cache-report.ts';
import type { StagedRetryCallOptions } from './call-options.ts';
import type { Candidate } from './candidate.ts';
import type { LiveDelivery } from './live-delivery.ts';
import type { Settings } from './settings.ts';

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
  readonly startedAt: number;
  /** The answers that were judged, by the number of their attempt. */
  readonly candidates: Map<number, Candidate>;
  /** What a stage made once for all its attempts, by stage. */
  readonly shared: Map<string, unknown>;
  /** Released when the run ends. */
  readonly releases: (() => PromiseLike<void> | void)[];
  /** Told of the first stream that opens and of its warnings. */
  readonly onOpen: ((result: StreamResult) => void) | undefined;
  readonly onStart: ((warnings: readonly Warning[]) => void) | undefined;
  /** What goes out before the answer is accepted, where that is live. */
  readonly live: LiveDelivery | undefined;
  /** Whether nothing is to be judged or kept, so that streams go out as the model gives them. */
  readonly passesStreams: boolean;
  readonly state: {
    usage: Usage;
    estimatedTokens: number;
    providerCalls: number;
    /** The id of the model the latest call of the attempt went to. */
    calledModel: string;
    /** Whether anything came back from the provider yet. */
    hasHeard: boolean;
    /** The last failure as it was thrown, which the history does not keep. */
    lastError: unknown;
    requestKey: Promise<string> | undefined;
    /** What the cache had to do with the answer. */
    cache: CacheReport | undefined;
    /** Of each call that came back. */
    warnings: (readonly Warning[])[];
  };
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
  readonly onOpen?: Run['onOpen'];
  readonly onStart?: Run['onStart'];
}

export function startRun(start: RunStart): Run {
  const { settings, callOptions, params } = start;
  return {
    ...start,
    id: callOptions.runId ?? settings.effects.createId(),
    scope: callOptions.scope ?? settings.scope,
    abortSignal: start.abortSignal ?? params.abortSignal,
    startedAt: settings.effects.now(),
    candidates: new Map(),
    shared: new Map(),
    releases: [],
    onOpen: start.onOpen,
    onStart: start.onStart,
    live: start.live,
    passesStreams: passesStreams(start),
    state: {
      usage: noUsage,
      estimatedTokens: 0,
      providerCalls: 0,
      calledModel: start.model.modelId,
      hasHeard: false,
      lastError: undefined,
      requestKey: undefined,
      cache: undefined,
      warnings: [],
    },
  };
}

/** Whether nothing is to be judged or kept, so that a stream goes out as the model gives it. */
export function passesStreams(call: Pick<RunStart, 'plan' | 'settings' | 'callOptions'>): boolean {
  return isEmptyPlan(call.plan) && !usesCache(call);
}

/** Whether a call has to do with the cache. */
export function usesCache({ settings, callOptions }: Pick<RunStart, 'settings' | 'callOptions'>): boolean {
  return settings.cache !== undefined && callOptions.cache !== 'bypass';
}

/** Tells the caller's event sink; what it throws, or rejects with, does not harm the run. */
export function emit<NAME extends StagedRetryEventName>(
  { id, settings: { events } }: Run,
  name: NAME,
  event: Omit<StagedRetryEvents[NAME], 'runId'>,
): void {
  if (events === undefined) return;
  try {
    const returned: unknown = events.emit(name, { runId: id, ...event } as unknown as StagedRetryEvents[NAME]);
    if (returned instanceof Promise) returned.catch(() => {});
  } catch {
    // Listening is the caller's affair.
  }
}

export function addRunUsage({ state }: Run, usage: Usage): void {
  state.usage = addUsage(state.usage, usage);
}

/** The limit of the budget that a run has reached. */
export function budgetReached({ settings, state, startedAt }: Run, history: History): BudgetLimit | undefined {
  if (settings.budget === unlimited) return undefined;
  const { outputTokens, inputTokens } = state.usage;
  const output = (outputTokens.total ?? 0) + state.estimatedTokens;
  return reachedLimit(settings.budget, {
    attempts: countAttempts(history),
    outputTokens: output,
    totalTokens: output + (inputTokens.total ?? 0),
    elapsedMs: settings.effects.now() - startedAt,
  });
}
