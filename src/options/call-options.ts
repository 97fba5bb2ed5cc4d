import { InvalidArgumentError, type JSONObject } from '@ai-sdk/provider';
import { lazily } from '../effects/lazily.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { isSharedBudget } from '../limits/shared-budget.ts';
import type { CallOptions, LanguageModel, Message } from '../model/language-model.ts';
import type { Budget } from '../policy/budget.ts';
import { refuseBadBudget } from '../policy/refuse-bad-budget.ts';
import { refuseBadScope, refuseUnpricedBudget } from './refuse-options.ts';

/** The options of a single call, under `providerOptions.stagedRetry`. The provider does not see them. */
export interface StagedRetryCallOptions {
  /**
   * Who may share this call's answers and decisions: a tenant's id, or `'public'`; at most 256 characters.
   * @default the model's `scope`
   */
  readonly scope?: string;
  /** Names the run in events and in the report. It has no other effect. @default a random id */
  readonly runId?: string;
  /**
   * Replaces the prompt up to the last user message when the library decides whether a request was sent before. Use it
   * for prompts that contain a date or a random id.
   */
  readonly resumeKey?: string;
  /**
   * Your own JSON, repeated in every event, the report, the spans and the escalation. It is not part of any key. What has
   * a `toJSON`, such as a `Date`, becomes what that returns, and members that are `undefined` are left out.
   */
  readonly metadata?: JSONObject;
  /**
   * What this call's run may spend. Each limit replaces the model's limit; a budget of `createBudget` applies as well.
   */
  readonly budget?: Budget;
  /** `bypass` does not use the cache; `refresh` writes but does not read. @default 'default' */
  readonly cache?: 'default' | 'bypass' | 'refresh';
  /** The maximum age of a cached answer, in milliseconds. @default `ttlMs` of the cache */
  readonly maxAgeMs?: number;
  /** Calls the bare model: nothing is judged, cached or traced. @default false */
  readonly disabled?: boolean;
}

const sharedBudget =
  'budget takes limits of this call alone, { usd: 0.5 }. Several calls share a budget of createBudget() if you wrap the model with it where the job begins: withStagedRetry(model, { budget }).';
const known = ['scope', 'runId', 'resumeKey', 'metadata', 'budget', 'cache', 'maxAgeMs', 'disabled'];
const none: StagedRetryCallOptions = {};

const plain = /* @__PURE__ */ lazily(() => import('./plain-metadata.ts'));
const cleaning = /* @__PURE__ */ lazily(() => import('../feedback/clean-prompt.ts'));

/**
 * Takes what is ours out of a call, so that the provider never sees it: the options, and marks of earlier answers.
 *
 * Rejects with InvalidArgumentError for an unknown key or a value that makes no sense.
 */
export async function takeCallOptions(
  params: CallOptions,
  { model, price }: { readonly model: LanguageModel; readonly price: unknown },
): Promise<{ params: CallOptions; options: StagedRetryCallOptions }> {
  const given = params.providerOptions?.stagedRetry;
  const cleaned = params.prompt.some(isOfModel) ? await withCleanPrompt(params, model) : params;
  if (given === undefined) return { params: cleaned, options: none };
  const { stagedRetry: _, ...providerOptions } = params.providerOptions ?? {};
  const options = validated(given, price);
  const { metadata } = options;
  return {
    params: { ...cleaned, providerOptions },
    options: metadata === undefined ? options : { ...options, metadata: (await plain()).plainMetadata(metadata) },
  };
}

function isOfModel({ role }: Message): boolean {
  return role === 'assistant' || role === 'tool';
}

async function withCleanPrompt(params: CallOptions, model: LanguageModel): Promise<CallOptions> {
  const { cleanPrompt } = await cleaning();
  const { tools, toolChoice } = params;
  const prompt = cleanPrompt(params.prompt, { model, tools, toolChoice });
  return prompt === params.prompt ? params : { ...params, prompt };
}

function validated(given: object, price: unknown): StagedRetryCallOptions {
  if (typeof given !== 'object' || given === null) throw invalid('it must be an object.');
  const options: StagedRetryCallOptions = given;
  refuseUnknown('providerOptions.stagedRetry', options, known);
  const { runId, resumeKey, budget, cache = 'default', maxAgeMs = 0, disabled = false } = options;
  refuseBadScope(options.scope);
  if (runId !== undefined && (typeof runId !== 'string' || runId === ''))
    throw invalid('runId must be a non-empty string.');
  if (resumeKey !== undefined && (typeof resumeKey !== 'string' || resumeKey === ''))
    throw invalid('resumeKey must be a non-empty string.');
  if (budget !== undefined) {
    if (isSharedBudget(budget)) throw invalid(sharedBudget);
    refuseBadBudget(budget, 'providerOptions.stagedRetry.budget');
    refuseUnpricedBudget(budget, price, 'providerOptions.stagedRetry.budget');
  }
  if (!['default', 'bypass', 'refresh'].includes(cache)) throw invalid('cache must be default, bypass or refresh.');
  if (!(maxAgeMs >= 0)) throw invalid('maxAgeMs must not be negative.');
  if (typeof disabled !== 'boolean') throw invalid('disabled must be true or false.');
  return options;
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({
    argument: 'providerOptions.stagedRetry',
    message: `providerOptions.stagedRetry: ${message}`,
  });
}
