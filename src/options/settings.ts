import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Reading } from '../answers/may-be-read.ts';
import type { CacheOptions } from '../cache/cache-options.ts';
import { type LazyCache, lazyCache } from '../cache/lazy-cache.ts';
import { wrappingOf } from '../cache/wrapping.ts';
import type { Check, CheckInput } from '../checks/check.ts';
import { type CheckPlan, planChecks } from '../checks/plan/plan.ts';
import { type Effects, systemEffects } from '../effects/effects.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import type { EventSink } from '../events.ts';
import type { FeedbackWriter } from '../feedback/feedback.ts';
import type { Limiter } from '../limits/limiter.ts';
import { isSharedBudget, type SharedBudget } from '../limits/shared-budget.ts';
import { type Budget, unlimited } from '../policy/budget.ts';
import { refuseBadBudget } from '../policy/refuse-bad-budget.ts';
import { retry } from '../stages/retry.ts';
import type { Stage } from '../stages/stage.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { type Pricing, refuseNoPrice } from '../trace/price.ts';
import {
  oneOf,
  refuseBadEvents,
  refuseBadLadder,
  refuseBadLimits,
  refuseBadScope,
  refuseBadTelemetry,
  refuseUnpricedBudget,
} from './refuse-options.ts';
import { type Transport, type TransportOptions, transportOf } from './transport.ts';
import type { WhenExhausted } from './when-exhausted.ts';

/** The options of `withStagedRetry`. Each has a default. */
export interface StagedRetryOptions {
  /** What an answer must pass: checks and schemas. @default the call's own JSON Schema and tool schemas */
  readonly checks?: readonly CheckInput[];
  /**
   * Checks of the prompt, run before the first call and before the cache. If one finds an issue, the call rejects with
   * `PromptRefusedError`.
   * @default []
   */
  readonly guards?: readonly Check[];
  /** The ladder: the stages in the order they are tried. @default [retry({ attempts: 2 })] */
  readonly stages?: readonly Stage[];
  /**
   * Whether an answer that does not fit is read for what it says and corrected in form: `syntax` for text that is not
   * quite JSON, `values` for JSON that does not quite fit the schema. No value is added or guessed.
   * @default true
   */
  readonly fix?: boolean | { readonly syntax?: boolean; readonly values?: boolean };
  /** Caches accepted answers, and only those. Requires a `scope`. @default no cache */
  readonly cache?: CacheOptions;
  /** Who may share answers and decisions: a tenant's id, or `'public'`. Required with a cache or a `human` stage. */
  readonly scope?: string;
  /**
   * Whether a stream is held until its answer is accepted (`buffer`) or released while it is judged (`live`). `auto`
   * releases JSON with a schema, and text, if no check has to see the whole answer first.
   * @default 'auto'
   */
  readonly delivery?: 'auto' | 'buffer' | 'live';
  /** Retries of failed provider calls. If set, they also cover the first call of a run. @default 3 calls */
  readonly transport?: TransportOptions;
  /**
   * What a run may spend, checked before each further attempt. With a budget of `createBudget`, several runs share it.
   * @default no limit
   */
  readonly budget?: Budget | SharedBudget;
  /**
   * What models cost in USD per million tokens: one price for all, or a function of provider and model.
   * @default unknown, and costs are not reported
   */
  readonly price?: Pricing;
  /** Limiters that run before each provider call, in this order. @default [] */
  readonly limits?: readonly Limiter[];
  /** `strict` ends a stage when its answers or its issues repeat; `off` never does. @default 'strict' */
  readonly convergence?: 'strict' | 'off';
  /** Writes the feedback that the model gets on a wrong answer. @default writeFeedback */
  readonly feedback?: FeedbackWriter;
  /**
   * What happens when a check itself throws or times out: `throw` ends the run with `CheckCrashedError`, `pass` accepts
   * the answer and reports the crash in `warnings`.
   * @default 'throw'
   */
  readonly whenCheckCrashes?: 'throw' | 'pass';
  /**
   * What the caller gets when no stage can help: `throw` for the typed error, `deliver` for the best attempt, or a
   * function for a text of your own. The last two are not cached, and `outcome` of the report is `not-accepted`.
   * @default 'throw'
   */
  readonly whenExhausted?: WhenExhausted;
  /**
   * `observe` delivers the bare model's answer, judges it and reports what would have happened. Nothing is retried,
   * held, cached, limited or filed.
   * @default 'run'
   */
  readonly mode?: 'run' | 'observe';
  /** Whether the result's usage is the sum over all attempts or only that of the accepted attempt. @default 'sum' */
  readonly usage?: 'sum' | 'accepted';
  /** Who receives the events of each run: an event sink, or a list. @default none */
  readonly events?: EventSink | readonly EventSink[];
  /** Records each run as traces and metrics: `otelTelemetry()` of `ai-staged-retry/otel`. @default none */
  readonly telemetry?: Telemetry;
}

/** The options of a model, checked and filled in. */
export interface Settings {
  readonly plan: CheckPlan;
  /** What judges the prompt. */
  readonly guards: CheckPlan;
  readonly ladder: readonly Stage[];
  readonly fix: Reading;
  readonly cache: LazyCache | undefined;
  readonly scope: string | undefined;
  readonly delivery: 'auto' | 'buffer' | 'live';
  readonly transport: Transport;
  readonly budget: Budget | SharedBudget;
  readonly price: Pricing | undefined;
  readonly limits: readonly Limiter[];
  readonly convergence: 'strict' | 'off';
  readonly feedback: FeedbackWriter | undefined;
  readonly whenCheckCrashes: 'throw' | 'pass';
  readonly whenExhausted: WhenExhausted;
  readonly mode: 'run' | 'observe';
  readonly usage: 'sum' | 'accepted';
  readonly events: readonly EventSink[];
  readonly telemetry: Telemetry | undefined;
  readonly effects: Effects;
}

const defaultLadder: readonly Stage[] = [retry({ attempts: 2 })];

/** @throws InvalidArgumentError naming the option that is wrong. */
export function settingsOf(options: StagedRetryOptions = {}, effects: Effects = systemEffects): Settings {
  if ('doGenerate' in Object(options))
    throw invalid('options', 'The model comes first: withStagedRetry(model, { checks, … }).');
  refuseUnknown('', options, Object.keys(known));
  const { stages: ladder = defaultLadder } = options;
  refuseBadLadder(ladder);
  if (options.price !== undefined) refuseNoPrice(options.price);
  const { budget: given = unlimited } = options;
  const budget = isSharedBudget(given) ? given.limits : given;
  refuseBadBudget(budget);
  refuseUnpricedBudget(budget, options.price);
  refuseBadScope(options.scope);
  oneOf('delivery', options.delivery, ['auto', 'buffer', 'live']);
  oneOf('convergence', options.convergence, ['strict', 'off']);
  oneOf('whenCheckCrashes', options.whenCheckCrashes, ['throw', 'pass']);
  if (typeof options.whenExhausted !== 'function') oneOf('whenExhausted', options.whenExhausted, ['throw', 'deliver']);
  oneOf('mode', options.mode, ['run', 'observe']);
  oneOf('usage', options.usage, ['sum', 'accepted']);
  if (options.checks !== undefined && !Array.isArray(options.checks))
    throw invalid('checks', 'checks must be a list: checks: [check(…)].');
  refuseBadLimits(options.limits);
  refuseBadEvents(options.events);
  refuseBadTelemetry(options.telemetry);
  if (options.feedback !== undefined && typeof options.feedback !== 'function') {
    throw invalid('feedback', 'feedback must be a function that words it: (context) => string.');
  }
  const plan = planChecks(options.checks ?? []);
  return {
    plan,
    guards: planGuards(options.guards),
    ladder,
    fix: fixOf(options.fix),
    cache: options.cache === undefined ? undefined : lazyCache(options.cache, () => wrappingOf(plan, ladder), effects),
    scope: options.scope,
    delivery: options.delivery ?? 'auto',
    transport: transportOf(
      options.transport,
      ladder.some(({ usesModel }) => usesModel !== undefined),
    ),
    budget: given,
    price: options.price,
    limits: options.limits ?? [],
    convergence: options.convergence ?? 'strict',
    feedback: options.feedback,
    whenCheckCrashes: options.whenCheckCrashes ?? 'throw',
    whenExhausted: options.whenExhausted ?? 'throw',
    mode: options.mode ?? 'run',
    usage: options.usage ?? 'sum',
    events: listOf(options.events),
    telemetry: options.telemetry,
    effects,
  };
}

/** @throws InvalidArgumentError for what cannot judge a prompt. */
function planGuards(guards: readonly Check[] = []): CheckPlan {
  if (!Array.isArray(guards)) throw invalid('guards', 'guards must be a list.');
  const plan = planChecks(guards);
  if (plan.structure.length + plan.toolInput.length > 0)
    throw invalid('guards', 'A guard judges a text: it has a test, and neither a schema nor tool inputs.');
  return plan;
}

function listOf(events: StagedRetryOptions['events'] = []): readonly EventSink[] {
  return Array.isArray(events) ? events : [events as EventSink]; // `isArray` does not narrow a readonly list
}

/** @throws InvalidArgumentError for what says nothing of how to read. */
function fixOf(fix: StagedRetryOptions['fix'] = true): Reading {
  if (typeof fix === 'boolean') return { syntax: fix, values: fix };
  if (typeof fix !== 'object' || fix === null || Array.isArray(fix))
    throw invalid('fix', 'fix must be true, false or { syntax, values }.');
  const { syntax = true, values = true, ...others } = fix;
  refuseUnknown('fix', others, ['syntax', 'values']);
  if (typeof syntax !== 'boolean' || typeof values !== 'boolean')
    throw invalid('fix', 'fix.syntax and fix.values must be true or false.');
  return { syntax, values };
}

const known: Readonly<Record<keyof StagedRetryOptions, true>> = {
  checks: true,
  guards: true,
  stages: true,
  fix: true,
  cache: true,
  scope: true,
  delivery: true,
  transport: true,
  budget: true,
  price: true,
  limits: true,
  convergence: true,
  feedback: true,
  whenCheckCrashes: true,
  whenExhausted: true,
  mode: true,
  usage: true,
  events: true,
  telemetry: true,
};

function invalid(argument: string, message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument, message });
}
