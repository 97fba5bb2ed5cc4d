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
export async function takeCallOptions(
  params: CallOptions,
  { model, price }: { readonly model: LanguageModel; readonly price: unknown },
): Promise<{ params: CallOptions; options: StagedRetryCallOptions }> {
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
