import { assistantMessage, assistantTurn, isClientCall } from '../../feedback/assistant-turn.ts';
import { callsAsText } from '../../feedback/calls-as-text.ts';
import { promptWithNote } from '../../feedback/note.ts';
import type { CallOptions, GenerateResult, LanguageModel, Prompt } from '../../model/language-model.ts';
import { promptTexts } from '../../model/prompt-text.ts';
import { traitsOf } from '../../model/provider-traits.ts';
import { readJson } from '../../reading/index.ts';
import { estimateTokens } from '../../trace/estimate-tokens.ts';
import { addUsage, inputTotal, outputTotal, type Usage } from '../../trace/usage.ts';

export interface Judging {
  /** The model calls it takes for an answer; the last is made without tools. */
  readonly maxSteps: number;
  /** Before each model call. */
  readonly open?: (() => void) | undefined;
  /** What each came to. */
  readonly pay?: ((usage: Usage) => void) | undefined;
}

/**
 * The model as a judge calls it: each call is opened and paid, and where the provider refuses a response format beside
 * tools, the format goes with the last call alone.
 */
export function judgingModel(model: LanguageModel, { maxSteps, open, pay }: Judging): LanguageModel {
  const call = async (params: CallOptions): Promise<GenerateResult> => {
    open?.();
    const result = await model.doGenerate(params);
    pay?.(knownUsage(result, params.prompt));
    return result;
  };
  const { specificationVersion, provider, modelId } = model;
  return {
    specificationVersion,
    provider,
    modelId,
    get supportedUrls() {
      return model.supportedUrls;
    },
    doStream: (params) => model.doStream(params),
    async doGenerate(params) {
      const { prompt, tools = [], responseFormat } = params;
      if (tools.length === 0) return await call(params);
      if (stepsIn(prompt) >= maxSteps - 1) return await call(withoutTools(params));
      if (traitsOf(model).refusesFormatWithTools !== true) return await call(params);
      const answer = await call({ ...params, responseFormat: undefined });
      if (answer.content.some(isClientCall) || fits(answer, responseFormat)) return answer;
      const said = [...prompt, assistantMessage(assistantTurn(answer.content, model))];
      const last = await call(withoutTools({ ...params, prompt: promptWithNote(said, 'Give the verdict now.') }));
      return { ...last, usage: addUsage(answer.usage, last.usage) };
    },
  };
}

/** The steps of a lookup that are over. */
function stepsIn(prompt: CallOptions['prompt']): number {
  return prompt.filter(({ role }) => role === 'tool').length;
}

function withoutTools({ tools: _, toolChoice: __, ...params }: CallOptions): CallOptions {
  return { ...params, prompt: callsAsText(params.prompt, () => false) };
}

function fits({ content }: GenerateResult, format: CallOptions['responseFormat']): boolean {
  const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('');
  return format?.type !== 'json' || readJson(text, (format.schema ?? true) as object) !== undefined;
}

/** What a call used, estimated by its characters where the provider does not say. */
function knownUsage({ usage, content }: GenerateResult, prompt: Prompt): Usage {
  const { inputTokens, outputTokens } = usage;
  const written = content.map((part) =>
    part.type === 'text' ? part.text : part.type === 'tool-call' ? part.input : '',
  );
  const input = inputTotal(usage) ?? tokensOf(promptTexts(prompt));
  const output = outputTotal(usage) ?? tokensOf(written);
  return { inputTokens: { ...inputTokens, total: input }, outputTokens: { ...outputTokens, total: output } };
}

function tokensOf(texts: readonly string[]): number {
  return estimateTokens(texts.reduce((sum, text) => sum + text.length, 0));
}
