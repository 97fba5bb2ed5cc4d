import { lazily } from '../effects/lazily.ts';
import { isCountedOutside, noteCountedOutside } from '../limits/shared-budget.ts';
import type { CallOptions, LanguageModel, Message } from '../model/language-model.ts';
import type { StagedRetryCallOptions } from './call-options.ts';

const none: StagedRetryCallOptions = {};

const validating = /* @__PURE__ */ lazily(() => import('./validated-call-options.ts'));
const cleaning = /* @__PURE__ */ lazily(() => import('../feedback/clean-prompt.ts'));

/**
 * Takes what is ours out of a call, so that the provider never sees it: the options, and marks of earlier answers.
 *
 * Rejects with InvalidArgumentError for an unknown key or a value that makes no sense.
 */
export function takeCallOptions(params: CallOptions, by: Taking): Taken | Promise<Taken> {
  const hasOurs = params.providerOptions?.stagedRetry !== undefined || params.prompt.some(isOfModel);
  return hasOurs ? take(params, by) : { params, options: none };
}

interface Taking {
  readonly model: LanguageModel;
  readonly price: unknown;
}

interface Taken {
  readonly params: CallOptions;
  readonly options: StagedRetryCallOptions;
}

async function take(params: CallOptions, { model, price }: Taking): Promise<Taken> {
  const given = params.providerOptions?.stagedRetry;
  const cleaned = params.prompt.some(isOfModel) ? await withCleanPrompt(params, model) : params;
  if (given === undefined) return { params: cleaned, options: none };
  const { stagedRetry: _, ...providerOptions } = params.providerOptions ?? {};
  const { validated } = await validating();
  return { params: { ...cleaned, providerOptions }, options: validated(given, price) };
}

function isOfModel({ role }: Message): boolean {
  return role === 'assistant' || role === 'tool';
}

async function withCleanPrompt(params: CallOptions, model: LanguageModel): Promise<CallOptions> {
  const { cleanPrompt } = await cleaning();
  const { tools, toolChoice } = params;
  const prompt = cleanPrompt(params.prompt, { model, tools, toolChoice });
  if (isCountedOutside(params.prompt)) noteCountedOutside(prompt);
  return prompt === params.prompt ? params : { ...params, prompt };
}
