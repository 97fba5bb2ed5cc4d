import type { JSONObject } from '@ai-sdk/provider';
import { EventEmitter } from 'eventemitter3';
import type { BudgetLimit } from './trace/budget-limit.ts';
import type { CacheReport } from './trace/cache-report.ts';
import type { Decision, RecordedDecision } from './trace/decision.ts';
import type { Escalation } from './trace/escalation.ts';
import type { Attempt } from './trace/history.ts';
import type { Observed } from './trace/observed.ts';
import type { FailureSummary } from './trace/provider-failure.ts';
import type { StageEnd } from './trace/stage-end.ts';
import type { Usage } from './trace/usage.ts';

interface RunEvent {
  readonly runId: string;
  /** The call's `metadata`. */
  readonly metadata?: JSONObject;
}

/** What an event says beyond whose it is. */
export type EventDetail<NAME extends StagedRetryEventName> = Omit<StagedRetryEvents[NAME], keyof RunEvent>;

/** Every event of a run, by name. */
export interface StagedRetryEvents {
  /** A call of the wrapped model begins. */
  'run-start': RunEvent & { readonly provider: string; readonly model: string; readonly type: 'generate' | 'stream' };
  /** A stream that will be judged begins: whether it is released or held, and the checks that hold it under `auto`. */
  'delivery-start': RunEvent & { readonly delivery: 'live' | 'buffer'; readonly heldBy: readonly string[] };
  /** A stage begins. */
  'stage-start': RunEvent & { readonly stage: string };
  /** A stage ended or was skipped, and why. */
  'stage-end': RunEvent & Omit<StageEnd, 'type'>;
  /** An attempt begins. `attempt` counts from 1. */
  'attempt-start': RunEvent & { readonly attempt: number; readonly stage: string };
  /** The answer of an attempt was judged. */
  'attempt-end': RunEvent & { readonly attempt: Attempt };
  /** An attempt produced no answer to judge. Each `attempt-start` is followed by either `attempt-end` or this event. */
  'attempt-failed': RunEvent & {
    readonly attempt: number;
    readonly stage: string;
    /** `error`: anything else that ended the attempt, such as an abort; `run-end` has that error. */
    readonly reason: 'provider-failed' | 'budget' | 'skipped' | 'error';
    readonly error?: FailureSummary;
    /** The cost of the attempt's calls in USD; only with the option `price`. */
    readonly usd?: number;
    /** The part of `usd` that is estimated because no provider reported it. */
    readonly estimatedUsd?: number;
    /** Models that were called and have no price. `usd` does not include them. */
    readonly unpriced?: readonly string[];
  };
  /** A lent tool was executed inside the run. */
  'tool-call': RunEvent & {
    readonly attempt: number;
    /** Counts from 1 in each attempt. A model may give two calls the same id, so use this to tell them apart. */
    readonly call: number;
    readonly toolCallId: string;
    readonly toolName: string;
    readonly input: unknown;
    readonly durationMs: number;
  } & ({ readonly output: unknown } | { readonly error: unknown });
  /** A source of lent tools could not connect, or one of its tools cannot be lent. The stage goes on without it. */
  'tool-source-error': RunEvent & { readonly stage: string; readonly source?: string; readonly error: unknown };
  /** A check such as `judge` called a model. */
  'check-call': RunEvent & {
    readonly check: string;
    /** The attempt that is judged; 0 before the first. */
    readonly attempt: number;
    /** Counts from 1 for each check of an attempt. Several calls may run at a time. */
    readonly call: number;
    readonly provider: string;
    readonly model: string;
    readonly durationMs: number;
    /** The cost of this call in USD, also of one that failed; only with the option `price`. */
    readonly usd?: number;
    /** The part of `usd` that is estimated. */
    readonly estimatedUsd?: number;
  } & (
      | { readonly usage: Usage }
      /** The usage is that of a failed call whose provider reported one. */
      | { readonly error: unknown; readonly usage?: Usage }
    );
  /** A failed provider call is about to be repeated, after `delayMs` milliseconds. */
  'transport-retry': RunEvent & {
    readonly provider: string;
    readonly model: string;
    /** Counts from 1 for each provider call. */
    readonly retry: number;
    readonly delayMs: number;
    readonly error: unknown;
  };
  /** The cache had an answer, `ageMs` milliseconds old. */
  'cache-hit': RunEvent & { readonly ageMs: number; readonly status: 'hit' | 'follower' | 'stale' };
  /** The cache had no answer: `absent`, `expired`, `refresh`, `no-key`, `store-failed` or `store-skipped`. */
  'cache-miss': RunEvent & { readonly reason?: string };
  /** A person is asked: the run filed the escalation, or repeated an `onFiled` that had failed. */
  'escalation-request': RunEvent & { readonly escalation: Escalation };
  /** Another run asked a person about the same request, who has not decided yet; this run asks nobody. */
  'escalation-pending': RunEvent & { readonly escalation: Escalation };
  /** A person's decision is applied. */
  'escalation-response': RunEvent & { readonly escalation: Escalation; readonly decision: RecordedDecision };
  /** A call of the wrapped model ended. */
  'run-end': RunEvent & {
    /** How the run ended; `failed` and `aborted` runs have an `error`. */
    readonly outcome: 'accepted' | 'unchanged' | 'not-accepted' | 'pending' | 'failed' | 'aborted';
    /** Attempts of the whole run, including those of an earlier call that it continues. */
    readonly attempts: number;
    readonly stage?: string;
    readonly durationMs: number;
    /** Tokens of the answers of this call, including attempts that produced no answer. */
    readonly usage?: Usage;
    /** Estimated output tokens of streams that were aborted or broke off; not part of `usage`. */
    readonly discardedTokens?: number;
    /** Tokens of the model calls of checks. */
    readonly checksUsage?: Usage;
    /** The cost of this call in USD; only with the option `price`. */
    readonly usd?: number;
    /** The part of `usd` that is estimated. */
    readonly estimatedUsd?: number;
    /** Models that were called and have no price. `usd` does not include them. */
    readonly unpriced?: readonly string[];
    /** What went wrong in `price`, if it threw or returned something other than a price, each once. */
    readonly priceFaults?: readonly string[];
    /** What the cache did for the answer; absent without a cache. */
    readonly cache?: CacheReport;
    /** The limit that ended the run. */
    readonly limit?: BudgetLimit;
    /** The escalation that a pending run waits for. */
    readonly escalationId?: string;
    /** What a person decided, if that ended the run. */
    readonly decision?: Decision['type'];
    /** With `mode: 'observe'`: what the run would have done. */
    readonly observed?: Observed;
    readonly error?: unknown;
  };
}

/** The name of an event. */
export type StagedRetryEventName = keyof StagedRetryEvents;

/**
 * Anything that receives events: an emitter of `createEmitter()`, Node's `EventEmitter`, an object with a function
 * `emit`. If `emit` throws, the run is not affected.
 */
export interface EventSink {
  emit<NAME extends StagedRetryEventName>(name: NAME, event: StagedRetryEvents[NAME]): unknown;
}

type Listeners = { [NAME in StagedRetryEventName]: (event: StagedRetryEvents[NAME]) => void };

/**
 * Creates an emitter with typed events.
 *
 * @example
 * const events = createEmitter();
 * events.on('escalation-request', ({ escalation }) => post(escalation.id));
 * const model = withStagedRetry(openai('gpt-5-mini'), { events });
 */
export function createEmitter(): EventEmitter<Listeners> & EventSink {
  return new EventEmitter<Listeners>() as EventEmitter<Listeners> & EventSink; // the same emit, typed by name
}
