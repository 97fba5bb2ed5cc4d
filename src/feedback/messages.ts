import type { ContentPart, Message, Prompt, PromptPart, ProviderMetadata, ToolCall } from '../model/language-model.ts';
import type { Issue } from '../trace/issue.ts';
import { excerpt } from './excerpt.ts';

/** Longest rejected text that is shown to the model again, in characters; of a longer one its two ends. */
const maxEchoLength = 16_384;
/** Tool calls go back whole or not at all: longest turn that does, in characters, and most calls. */
const maxTurnLength = 262_144;
const maxCalls = 64;

export interface RejectedAnswer {
  readonly content: readonly ContentPart[];
  readonly text: string;
  readonly issues: readonly Issue[];
  /** It was aborted while it streamed, so that its provider may not know it. */
  readonly isAborted?: boolean;
}

/** Words the feedback; for a rejected call, what is to be said in answer to it. */
type WriteFeedback = (issues: readonly Issue[], call?: ToolCall) => string;

/**
 * A rejected answer and what to say about it, as prompt messages to append: a `user` message after a text answer, an
 * error result for each call after tool calls.
 *
 * Text goes back without reasoning and provider metadata: an OpenAI item id would bring the old text back whatever we
 * send, and a reasoning item without its follower is refused. Tool calls go back whole, with the signed reasoning that
 * Anthropic asks for, unless the next model is another one. Of an aborted answer no item id goes back: OpenAI does not
 * keep the items of a response that was cancelled.
 */
export function rejectionMessages(
  rejected: RejectedAnswer,
  write: WriteFeedback,
  { otherModel = false }: { readonly otherModel?: boolean } = {},
): Prompt {
  const calls = rejected.content.filter(isClientCall);
  if (calls.length === 0 || calls.length > maxCalls || lengthOf(rejected.content) > maxTurnLength) {
    const content = textTurn(rejected, otherModel);
    const feedback: Message = { role: 'user', content: [{ type: 'text', text: write(rejected.issues) }] };
    return content.length === 0 ? [feedback] : [{ role: 'assistant', content }, feedback];
  }
  return [
    { role: 'assistant', content: assistantTurn(contentOf(rejected), { otherModel }) },
    { role: 'tool', content: calls.map((call) => errorResult(call, rejected.issues, write)) },
  ];
}

export function isClientCall(part: ContentPart): part is ToolCall {
  return part.type === 'tool-call' && part.providerExecuted !== true;
}

function textTurn({ content, text }: RejectedAnswer, otherModel: boolean): PromptPart[] {
  const parts: PromptPart[] = text === '' ? [] : [{ type: 'text', text: excerpt(text, maxEchoLength) }];
  for (const part of otherModel ? [] : content) {
    if (part.type === 'file') parts.push({ type: 'file', data: part.data, mediaType: part.mediaType });
  }
  return parts;
}

/** Reasoning that is known by its item id alone is nothing without it. */
function contentOf({ content, isAborted = false }: RejectedAnswer): readonly ContentPart[] {
  if (!isAborted) return content;
  return content.filter((part) => part.type !== 'reasoning' || !hasItemId(part)).map(withoutItemId);
}

function hasItemId({ providerMetadata = {} }: ContentPart): boolean {
  return Object.values(providerMetadata).some((metadata) => 'itemId' in metadata);
}

function withoutItemId(part: ContentPart): ContentPart {
  if (!hasItemId(part)) return part;
  const namespaces = Object.entries(part.providerMetadata ?? {}).map(([name, { itemId: _, ...others }]) => [
    name,
    others,
  ]);
  return { ...part, providerMetadata: Object.fromEntries(namespaces) };
}

function lengthOf(content: readonly ContentPart[]): number {
  let length = 0;
  for (const part of content) {
    if (part.type === 'text' || part.type === 'reasoning') length += part.text.length;
    if (part.type === 'tool-call') length += part.input.length + part.toolName.length;
  }
  return length;
}

function errorResult(call: ToolCall, issues: readonly Issue[], write: WriteFeedback): PromptPart {
  const own = issues.filter((issue) => issue.toolCallId === undefined || issue.toolCallId === call.toolCallId);
  const value =
    own.length === 0
      ? 'Not executed, because another call of this turn was rejected. Call it again.'
      : write(own, call);
  return {
    type: 'tool-result',
    toolCallId: call.toolCallId,
    toolName: call.toolName,
    output: { type: 'error-text', value },
  };
}

/** A model's own turn as prompt parts, in order; for another model without reasoning and provider metadata. */
export function assistantTurn(
  content: readonly ContentPart[],
  { otherModel = false }: { readonly otherModel?: boolean } = {},
): PromptPart[] {
  const parts: PromptPart[] = [];
  for (const part of content) {
    const promptPart = toPromptPart(part);
    if (promptPart === undefined) continue;
    if (!otherModel) parts.push({ ...promptPart, ...options(part.providerMetadata) });
    else if (!isReasoning(promptPart)) parts.push(promptPart);
  }
  return parts;
}

function isReasoning({ type }: PromptPart): boolean {
  return type === 'reasoning' || type === 'reasoning-file' || type === 'custom';
}

function options(providerMetadata: ProviderMetadata | undefined): { providerOptions?: ProviderMetadata } {
  return providerMetadata === undefined ? {} : { providerOptions: providerMetadata };
}

function toPromptPart(part: ContentPart): PromptPart | undefined {
  switch (part.type) {
    case 'text':
      return part.text === '' ? undefined : { type: 'text', text: part.text };
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

/** Providers take an object; input that is none goes back as an empty one. */
function parseInput(input: string): unknown {
  try {
    const value: unknown = JSON.parse(input);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

/** The prompt without what only the provider that wrote its assistant turns can read. */
export function withoutProviderMetadata(prompt: Prompt): Prompt {
  const stripped = prompt.map((message) => {
    if (message.role !== 'assistant' && message.role !== 'tool') return message;
    const content = message.content.filter((part) => !isReasoning(part)).map(({ providerOptions, ...part }) => part);
    return { role: message.role, content } as Message;
  });
  return stripped.filter(({ role, content }) => role !== 'assistant' || content.length > 0);
}
