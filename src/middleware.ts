import { InvalidArgumentError } from '@ai-sdk/provider';
import type { LanguageModelMiddleware } from 'ai';
import { type CheckPlan, isEmptyPlan } from './checks/plan/plan.ts';
import { withZeroConfig } from './checks/plan/zero-config.ts';
import { isPromiseLike } from './checks/schema.ts';
import { startRun, usesCache } from './context/run.ts';
import { lazily } from './effects/lazily.ts';
import { isSharedBudget } from './limits/shared-budget.ts';
import type { CallOptions, GenerateResult, LanguageModel, StreamResult } from './model/language-model.ts';
import { noteWrapped, refuseWrapped } from './model/wrapped-models.ts';
import type { StagedRetryCallOptions } from './options/call-options.ts';
import { type Settings, type StagedRetryOptions, settingsOf } from './options/settings.ts';
import { takeCallOptions } from './options/take-call-options.ts';
import { conduct } from './run/conduct.ts';
import { allWarnings, metadataWith, usageOf } from './run/report/report.ts';

const runStream = /* @__PURE__ */ lazily(() => import('./run/run-stream.ts'));
const observing = /* @__PURE__ */ lazily(() => import('./run/observed/observe.ts'));

/**
 * Returns the same as `withStagedRetry`, as a middleware for the SDK's `wrapLanguageModel`.
 *
 * @throws InvalidArgumentError naming the option that is wrong.
 * @example wrapLanguageModel({ model: openai('gpt-5-mini'), middleware: stagedRetryMiddleware({ checks }) })
 */
export function stagedRetryMiddleware(options?: StagedRetryOptions): LanguageModelMiddleware {
  const settings = settingsOf(options);
  const middleware = {
    specificationVersion: 'v4',
    // New ones each time, by which the model that the SDK makes is known as wrapped.
    overrideSupportedUrls({ model }: Pick<MiddlewareCall, 'model'>) {
      refuseWrapped(model);
      const urls = model.supportedUrls;
      return noteWrapped(isPromiseLike(urls) ? urls.then((known) => known) : { ...urls }, settings);
    },
    async wrapGenerate({ model, params }: MiddlewareCall) {
      refuseWrapped(model);
      return await generate(model, params, settings);
    },
    async wrapStream({ model, params }: MiddlewareCall) {
      refuseWrapped(model);
      return await stream(model, params, settings);
    },
  };
  return middleware as unknown as LanguageModelMiddleware; // by structure, for either major
}

interface MiddlewareCall {
  readonly model: LanguageModel;
  readonly params: CallOptions;
}

export async function generate(model: LanguageModel, given: CallOptions, settings: Settings): Promise<GenerateResult> {
  const taking = takeCallOptions(given, { model, price: settings.price });
  const { params, options } = isPromiseLike(taking) ? await taking : taking;
  const planning = withZeroConfig(settings.plan, params);
  const plan = isPromiseLike(planning) ? await planning : planning;
  if (isTransparent(plan, options, settings)) return await model.doGenerate(params);
  if (settings.mode === 'observe') {
    const { observeGenerate } = await observing();
    return await observeGenerate({ settings, model, params, plan, callOptions: options });
  }
  requireScope(options, settings);
  const run = startRun({ type: 'generate', settings, model, params, plan, callOptions: options });
  const outcome = await conduct(run);
  return {
    ...outcome.candidate.result,
    usage: usageOf(run, outcome),
    warnings: allWarnings(run),
    providerMetadata: metadataWith(run, outcome),
  };
}

export async function stream(model: LanguageModel, given: CallOptions, settings: Settings): Promise<StreamResult> {
  const { params, options } = await takeCallOptions(given, { model, price: settings.price });
  const plan = await withZeroConfig(settings.plan, params);
  if (isTransparent(plan, options, settings)) return await model.doStream(params);
  if (settings.mode === 'observe') {
    const { observeStream } = await observing();
    return await observeStream({ settings, model, params, plan, callOptions: options });
  }
  requireScope(options, settings);
  const { deliverStream } = await runStream();
  return await deliverStream({ settings, model, params, plan, callOptions: options });
}

/** Whether the bare model can answer: nothing is to be judged, kept or traced, and nothing stands around its calls. */
function isTransparent(plan: CheckPlan, callOptions: StagedRetryCallOptions, settings: Settings): boolean {
  if (callOptions.disabled === true) return true;
  if (settings.mode === 'observe') return isEmptyPlan(plan) && settings.telemetry === undefined;
  if (usesCache({ settings, callOptions }) || settings.transport.ownsFirstCall || settings.limits.length > 0)
    return false;
  if (isSharedBudget(settings.budget) || !isEmptyPlan(settings.guards)) return false;
  return isEmptyPlan(plan) && settings.telemetry === undefined;
}

function requireScope(callOptions: StagedRetryCallOptions, settings: Settings): void {
  if ((callOptions.scope ?? settings.scope) !== undefined) return;
  if (!usesCache({ settings, callOptions }) && !settings.ladder.some(({ asksPerson }) => asksPerson === true)) return;
  throw new InvalidArgumentError({
    argument: 'scope',
    message:
      "A model with a cache or a human stage needs a scope: a tenant's id or 'public', as the option scope or under providerOptions.stagedRetry.",
  });
}
