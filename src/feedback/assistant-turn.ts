import type { ContentPart, LanguageModel, Message, PromptPart, ProviderMetadata } from '../model/language-model.ts';
import { traitsOf } from '../model/provider-traits.ts';
import { wellFormed, wellFormedJson } from '../trace/well-formed.ts';
import { hasItemId, isExecuted } from './item-ids.ts';
import { isShown } from './shown-calls.ts';

/** Stands for an answer of which nothing can be sent: providers want roles to alternate and no turn to be empty. */
const noAnswer = '(no answer)';

/** What the model said as a message; one that says nothing is said to. */
export function assistantMessage(parts: readonly PromptPart[]): Message {
  const saysSomething = parts.some((part) => part.type === 'text' || part.type === 'file' || isClientCall(part));
  return { role: 'assistant', content: saysSomething ? parts : [...parts, { type: 'text', text: noAnswer }] };
}

/** Whether it is a call that the caller, or this library, has to answer; what a provider executes it answers itself. */
export function isClientCall<PART extends ContentPart | PromptPart>(part: PART): part is PART & { type: 'tool-call' } {
  return part.type === 'tool-call' && part.providerExecuted !== true;
}

/** Whether two calls of a turn have one id; providers refuse those, since nothing tells their results apart. */
export function repeatsIds(calls: readonly { readonly toolCallId: string }[]): boolean {
  return new Set(calls.map(({ toolCallId }) => toolCallId)).size < calls.length;
}

/** A model's own turn as prompt parts, in order, for the model that wrote it. */
export function assistantTurn(content: readonly ContentPart[], model?: LanguageModel): PromptPart[] {
  const isLost = (part: ContentPart) => losesExecuted(model) && isExecuted(part);
  const parts: PromptPart[] = [];
  for (const part of content) {
    const promptPart = isShown(part) || isLost(part) ? undefined : toPromptPart(part);
    if (promptPart !== undefined) parts.push({ ...promptPart, ...options(part.providerMetadata) });
  }
  return withoutLastThoughts(wantsThoughts(parts, model) ? [{ type: 'reasoning', text: '' }, ...parts] : parts);
}

/** DeepSeek wants what it thought before a call back, were it nothing: https://api-docs.deepseek.com/guides/thinking_mode#tool-calls */
function wantsThoughts(parts: readonly PromptPart[], model: LanguageModel | undefined): boolean {
  return (
    model !== undefined &&
    traitsOf(model).wantsEmptyThoughts === true &&
    parts.some(isClientCall) &&
    !parts.some(isReasoning)
  );
}

function isReasoning({ type }: PromptPart): boolean {
  return type === 'reasoning';
}

/** `@ai-sdk/google` of ai@6 sends back code that Google executed as a call of a function, with no response to it. */
function losesExecuted(model: LanguageModel | undefined): boolean {
  return model?.specificationVersion === 'v3' && traitsOf(model).losesExecuted === true;
}

/** OpenAI refuses a reasoning item that nothing follows; its package sends neither blank texts nor all that was executed. */
function withoutLastThoughts(parts: readonly PromptPart[]): PromptPart[] {
  const end = parts.findLastIndex((part) => part.type !== 'reasoning' || !hasItemId(part));
  return parts.slice(0, end + 1);
}

function options(providerMetadata: ProviderMetadata | undefined): { providerOptions?: ProviderMetadata } {
  const { stagedRetry: _, ...providerOptions } = providerMetadata ?? {};
  return Object.keys(providerOptions).length === 0 ? {} : { providerOptions };
}

function toPromptPart(part: ContentPart): PromptPart | undefined {
  switch (part.type) {
    case 'text':
      return part.text.trim() === '' && !isSigned(part) ? undefined : { type: 'text', text: wellFormed(part.text) };
    case 'reasoning':
      return { type: 'reasoning', text: part.text };
    case 'file':
    case 'reasoning-file':
      return { type: part.type, data: part.data, mediaType: part.mediaType };
    case 'custom':
      return { type: 'custom', kind: part.kind };
    case 'tool-call': {
      const { toolCallId, toolName, providerExecuted } = part;
      return {
        type: 'tool-call',
        toolCallId,
        toolName,
        input: parseInput(part.input),
        ...(providerExecuted === undefined ? {} : { providerExecuted }),
      };
    }
    case 'tool-result':
      return {
        type: 'tool-result',
        toolCallId: part.toolCallId,
        toolName: part.toolName,
        output:
          typeof part.result === 'string'
            ? { type: part.isError === true ? 'error-text' : 'text', value: part.result }
            : { type: part.isError === true ? 'error-json' : 'json', value: part.result },
      };
    default:
      return undefined;
  }
}

/** Gemini wants a part that it signed back, be it blank: https://ai.google.dev/gemini-api/docs/thought-signatures */
export function isSigned({ providerMetadata = {} }: ContentPart): boolean {
  return Object.values(providerMetadata).some((metadata) => typeof metadata?.thoughtSignature === 'string');
}

/** Providers take an object; input that is none goes back as an empty one. */
function parseInput(input: string): unknown {
  try {
    const value: unknown = JSON.parse(input);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? wellFormedJson(value) : {};
  } catch {
    return {};
  }
}
