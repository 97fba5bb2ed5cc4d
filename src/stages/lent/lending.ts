import { isClientCall } from '../../feedback/assistant-turn.ts';
import type { CallOptions, LanguageModel, ModelTool } from '../../model/language-model.ts';
import { traitsOf } from '../../model/provider-traits.ts';
import type { ModelAnswer, StageContext } from '../stage.ts';

export interface LendingOptions {
  readonly format?: 'every' | 'last';
}

/** The call with the lent tools: whoever must answer with text, or with one tool, may look things up first. */
export function lending(
  { params, model }: StageContext,
  lentTools: readonly ModelTool[],
  { format }: LendingOptions,
): CallOptions {
  const { toolChoice, tools = [] } = params;
  const isNarrow = toolChoice?.type === 'none' || toolChoice?.type === 'tool';
  return {
    ...params,
    tools: [...tools, ...lentTools],
    ...(isNarrow ? { toolChoice: { type: 'auto' } } : {}),
    ...(formatComesLast(model, format) ? { responseFormat: undefined } : {}),
  };
}

function formatComesLast(model: LanguageModel, format: LendingOptions['format']): boolean {
  return format === undefined ? traitsOf(model).refusesFormatWithTools === true : format === 'last';
}

/** An answer made without the response format has to be made once more with it. */
export function lacksFormat({ params, model }: StageContext, answer: ModelAnswer, { format }: LendingOptions): boolean {
  if (params.responseFormat?.type !== 'json' || !formatComesLast(model, format)) return false;
  return !answer.content.some(isClientCall);
}
