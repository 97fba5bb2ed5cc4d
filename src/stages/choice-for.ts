import type { CallOptions, LanguageModel, ModelTool } from '../model/language-model.ts';

/**
 * The caller's tool choice as another model can follow it. Its package leaves out tools that another provider executes, and
 * providers refuse a choice where no tool is left.
 */
export function choiceFor(
  { tools = [], toolChoice }: Pick<CallOptions, 'tools' | 'toolChoice'>,
  model: LanguageModel,
): CallOptions['toolChoice'] {
  if (toolChoice === undefined || toolChoice.type === 'none') return toolChoice;
  const known = tools.filter((tool) => knows(model, tool));
  if (known.length === 0) return undefined;
  const isLost = toolChoice.type === 'tool' && !known.some(({ name }) => name === toolChoice.toolName);
  return isLost ? { type: 'auto' } : toolChoice;
}

/** Who hosts the models of another has its tools as well. */
const owners: readonly (readonly [RegExp, RegExp])[] = [
  [/^openai\./, /openai|azure/],
  [/^anthropic\./, /anthropic|bedrock/],
  [/^google\./, /google|vertex/],
];

function knows({ provider, modelId }: LanguageModel, tool: ModelTool): boolean {
  if (tool.type === 'function') return true;
  const name = provider.startsWith('gateway') ? modelId : provider;
  const [, hosts] = owners.find(([owned]) => owned.test(tool.id)) ?? [];
  return hosts === undefined ? name.includes(tool.id.replace(/\..*/s, '')) : hosts.test(name);
}
