import { InvalidArgumentError } from '@ai-sdk/provider';
import { type Cache, createCache } from '../cache/cache.ts';
import type { CacheOptions } from '../cache/options.ts';
import { wrappingOf } from '../cache/wrapping.ts';
import type { CheckInput } from '../checks/check.ts';
import { type CheckPlan, planChecks } from '../checks/plan.ts';
import { type Effects, systemEffects } from '../effects/effects.ts';
import type { EventSink } from '../events.ts';
import { type FeedbackWriter, writeFeedback } from '../feedback/feedback.ts';
import type { Limiter } from '../limits/limiter.ts';
import type { Budget } from '../policy/budget.ts';
import { plainCall } from '../policy/rung.ts';
import { retry } from '../stages/retry.ts';
import type { Stage } from '../stages/stage.ts';
import { type IssueKind, issueKinds } from '../trace/issue.ts';
import { type Transport, type TransportOptions, transportOf } from './transport-options.ts';

export interface StagedRetryOptions {
  /** What an answer must pass. @default the call's own JSON Schema and tool schemas */
  readonly checks?: readonly CheckInput[];
  /** The ladder, lowest stage first. @default [retry({ attempts: 2 })] */
  readonly stages?: readonly Stage[];
  /** Cuts the JSON out of fences and prose and mends its syntax before it is judged. @default true */
  readonly fix?: boolean;
  /** Keeps accepted answers, and only those. */
  readonly cache?: CacheOptions;
  /** Who may share answers and decisions: a tenant's id, or `'public'`. */
  readonly scope?: string;
  /**
   * Whether streams are held until the answer is accepted, or released while they are judged. `auto` releases JSON with
   * a schema, and text, when nothing has to see the whole answer first.
   * @default 'auto'
   */
  readonly delivery?: 'auto' | 'buffer' | 'live';
  /** Retries of failed provider calls; given, they cover the first call of a run too. */
  readonly transport?: TransportOptions;
  /** What a run may spend, checked before each further attempt. */
  readonly budget?: Budget;
  /** What stands between a run and each provider call. */
  readonly limits?: readonly Limiter[];
  /** Leaves a stage whose answers or issues repeat themselves. @default 'strict' */
  readonly convergence?: 'strict' | 'off';
  /** Replaces the wording of the feedback. */
  readonly feedback?: FeedbackWriter;
  /** @default 'throw' */
  readonly whenCheckCrashes?: 'throw' | 'pass';
  /** Whether the result's usage is the sum over all attempts or that of the accepted one. @default 'sum' */
  readonly usage?: 'sum' | 'accepted';
  readonly events?: EventSink;
}

/** The options of a model, checked and filled in. */
export interface Settings {
  readonly plan: CheckPlan;
  readonly ladder: readonly Stage[];
  readonly fix: boolean;
  readonly cache: Cache | undefined;
  readonly scope: string | undefined;
  readonly delivery: 'auto' | 'buffer' | 'live';
  readonly transport: Transport;
  readonly budget: Budget;
  readonly limits: readonly Limiter[];
  readonly convergence: 'strict' | 'off';
  readonly feedback: FeedbackWriter;
  readonly whenCheckCrashes: 'throw' | 'pass';
  readonly usage: 'sum' | 'accepted';
  readonly events: EventSink | undefined;
  readonly effects: Effects;
}

const defaultLadder: readonly Stage[] = [retry({ attempts: 2 })];

/** @throws InvalidArgumentError naming the option that is wrong. */
export function settingsOf(options: StagedRetryOptions = {}, effects: Effects = systemEffects): Settings {
  const ladder = options.stages ?? defaultLadder;
  refuseUnknown(options);
  refuseBadLadder(ladder);
  refuseBadBudget(options.budget ?? {});
  refuseBadScope(options.scope);
  oneOf('delivery', options.delivery, ['auto', 'buffer', 'live']);
  oneOf('convergence', options.convergence, ['strict', 'off']);
  oneOf('whenCheckCrashes', options.whenCheckCrashes, ['throw', 'pass']);
  oneOf('usage', options.usage, ['sum', 'accepted']);
  if (options.checks !== undefined && !Array.isArray(options.checks)) throw invalid('checks', 'checks must be a list.');
  if (options.limits?.some(({ reserve, settle }) => typeof reserve !== 'function' || typeof settle !== 'function')) {
    throw invalid('limits', 'A limiter has reserve() and settle().');
  }
  if (options.events !== undefined && typeof options.events.emit !== 'function') {
    throw invalid('events', 'events must have emit(name, event), as createEmitter() has.');
  }
  const plan = planChecks(options.checks ?? []);
  return {
    plan,
    ladder,
    fix: options.fix ?? true,
    cache: options.cache && createCache(options.cache, () => wrappingOf(plan, ladder), effects),
    scope: options.scope,
    delivery: options.delivery ?? 'auto',
    transport: transportOf(
      options.transport,
      ladder.some(({ usesModel }) => usesModel !== undefined),
    ),
    budget: options.budget ?? {},
    limits: options.limits ?? [],
    convergence: options.convergence ?? 'strict',
    feedback: options.feedback ?? writeFeedback,
    whenCheckCrashes: options.whenCheckCrashes ?? 'throw',
    usage: options.usage ?? 'sum',
    events: options.events,
    effects,
  };
}

const known: Readonly<Record<keyof StagedRetryOptions, true>> = {
  checks: true,
  stages: true,
  fix: true,
  cache: true,
  scope: true,
  delivery: true,
  transport: true,
  budget: true,
  limits: true,
  convergence: true,
  feedback: true,
  whenCheckCrashes: true,
  usage: true,
  events: true,
};

function refuseUnknown(options: StagedRetryOptions): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) throw invalid(unknown, `There is no option "${unknown}".`);
}

function refuseBadLadder(ladder: readonly Stage[]): void {
  if (!Array.isArray(ladder)) throw invalid('stages', 'stages must be a list.');
  const names = new Set<string>();
  for (const stage of ladder) {
    if (typeof stage?.propose !== 'function' || typeof stage.name !== 'string' || stage.name === '') {
      throw invalid(
        'stages',
        'A stage has a name, attempts and propose(): use retry(), fallback(), human() and the like.',
      );
    }
    if (!Number.isInteger(stage.attempts) || stage.attempts < 0) {
      throw invalid('stages', `The stage "${stage.name}" needs attempts: a whole number.`);
    }
    if (stage.name === plainCall)
      throw invalid('stages', `"${plainCall}" names the plain call; give the stage another name.`);
    const unknown = stage.handles?.find((kind: IssueKind) => !issueKinds.includes(kind));
    if (unknown !== undefined)
      throw invalid('stages', `The stage "${stage.name}" handles "${unknown}", which is no issue kind.`);
    if (typeof stage.delay === 'number' && !(stage.delay >= 0)) {
      throw invalid('stages', `The delay of the stage "${stage.name}" must not be negative.`);
    }
    if (names.has(stage.name)) throw invalid('stages', `Two stages are named "${stage.name}"; give one another name.`);
    names.add(stage.name);
  }
}

function refuseBadBudget(budget: Budget): void {
  for (const [name, limit] of Object.entries(budget)) {
    if (!['attempts', 'outputTokens', 'totalTokens', 'elapsedMs'].includes(name)) {
      throw invalid('budget', `There is no budget.${name}.`);
    }
    if (limit !== undefined && !(limit > 0)) throw invalid('budget', `budget.${name} must be above 0.`);
  }
}

export function refuseBadScope(scope: unknown): void {
  if (scope === undefined || (typeof scope === 'string' && scope !== '')) return;
  throw invalid('scope', "scope must be a tenant's id or 'public'.");
}

function oneOf(option: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  throw invalid(option, `${option} must be one of ${allowed.join(', ')}.`);
}

function invalid(argument: string, message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument, message });
}
