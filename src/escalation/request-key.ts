import { wrongUse } from '../errors/wrong-use.ts';
import { isNote } from '../feedback/foreign-prompt.ts';
import type { CallOptions, LanguageModel, Message, Prompt, PromptPart, ToolOutput } from '../model/language-model.ts';
import { samplingOf } from '../model/sampling.ts';
import { base64Url } from '../trace/base64.ts';
import { canonicalJson } from '../trace/canonical-json.ts';
import { sha256 } from '../trace/sha256.ts';

/** What a request is recognised by when it is sent again. */
export interface RequestIdentity {
  readonly scope: string;
  readonly model: Pick<LanguageModel, 'provider' | 'modelId'>;
  readonly params: CallOptions;
  /** Stands for the prompt up to the last user message. */
  readonly resumeKey?: string | undefined;
}

/**
 * The key of a request: equal for the same request from any process, generated or streamed, and for a later step of an
 * agent, whose tool-call ids and item ids are new ones.
 *
 * @throws InvalidArgumentError for a call that is not plain JSON, files aside.
 */
export async function requestKey(identity: RequestIdentity): Promise<string> {
  const bytes = new TextEncoder().encode(textOf(identity));
  return base64Url(await sha256(bytes));
}

function textOf(identity: RequestIdentity): string {
  try {
    return requestText(identity);
  } catch (cause) {
    const message = 'A model with a human stage takes calls of plain JSON: prompt, tools and response format.';
    throw wrongUse('params', message, cause);
  }
}

/** The text that is hashed. */
export function requestText({ scope, model, params, resumeKey }: RequestIdentity): string {
  return canonicalJson([
    'sr1',
    scope,
    model.provider,
    model.modelId,
    resumeKey === undefined
      ? stablePrompt(params.prompt)
      : ['run', resumeKey, stablePrompt(afterLastUserMessage(params.prompt))],
    params.tools,
    params.toolChoice,
    params.responseFormat,
    samplingOf(params),
  ]);
}

function afterLastUserMessage(prompt: Prompt): Prompt {
  return prompt.slice(prompt.findLastIndex((message) => message.role === 'user' && !isNote(message)) + 1);
}

/** The prompt without what differs each time it is sent: random ids become ordinals, provider metadata goes. */
function stablePrompt(prompt: Prompt): unknown {
  const ordinals = new Map<string, number>();
  const ordinal = (id: string): number => {
    const known = ordinals.get(id) ?? ordinals.size;
    ordinals.set(id, known);
    return known;
  };
  return prompt.map((message) => stableMessage(message, ordinal));
}

function stableMessage(message: Message, ordinal: (id: string) => number): unknown {
  if (message.role === 'system' || message.role === 'user') return message;
  return { role: message.role, content: message.content.map((part) => stablePart(part, ordinal)) };
}

function stablePart({ providerOptions, ...part }: PromptPart, ordinal: (id: string) => number): unknown {
  const ids: Record<string, number> = {};
  if ('toolCallId' in part) ids.toolCallId = ordinal(part.toolCallId);
  if ('approvalId' in part) ids.approvalId = ordinal(part.approvalId);
  return { ...part, ...ids, ...('output' in part ? { output: stableOutput(part.output) } : {}) };
}

/** The SDK notes in a denial which approval was denied. */
function stableOutput({ providerOptions, ...output }: ToolOutput & { providerOptions?: unknown }): unknown {
  return output;
}
