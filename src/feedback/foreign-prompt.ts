import type { LanguageModel, Message, Prompt, PromptPart } from '../model/language-model.ts';
import { withoutEmptyTurns } from './assistant-turn.ts';
import { callsAsText } from './calls-as-text.ts';
import { promptWithNote } from './messages.ts';

/**
 * A prompt for another model than the one that wrote its assistant turns: of these only text and calls, without provider
 * metadata, the calls under ids that every provider takes. Mistral wants nine letters and digits.
 */
export function foreignPrompt(
  prompt: Prompt,
  idPrefix: string,
  isForeign: (message: Message) => boolean = () => true,
): Prompt {
  const ordinals = new Map<string, number>();
  const idOf = (toolCallId: string): string => {
    const ordinal = ordinals.get(toolCallId) ?? ordinals.size;
    ordinals.set(toolCallId, ordinal);
    return idPrefix + ordinal.toString(36).padStart(9 - idPrefix.length, '0');
  };
  const messages = prompt.map((message): Message => {
    switch (message.role) {
      case 'assistant':
        if (!isForeign(message)) return message;
        return { role: 'assistant', content: message.content.flatMap((part) => spoken(part, idOf)) };
      case 'tool':
        return {
          role: 'tool',
          content: message.content.flatMap((part) =>
            'toolCallId' in part && !ordinals.has(part.toolCallId) ? [part] : answered(part, idOf),
          ),
        };
      default:
        return message;
    }
  });
  return withoutEmptyTurns(messages);
}

/** What the provider executed, and the files it made, no other provider takes as the model's. */
function spoken({ providerOptions: _, ...part }: PromptPart, idOf: (id: string) => string): PromptPart[] {
  switch (part.type) {
    case 'text':
      return part.text.trim() === '' ? [] : [part];
    case 'tool-call':
      return part.providerExecuted === true ? [] : [{ ...part, toolCallId: idOf(part.toolCallId) }];
    default:
      return [];
  }
}

function answered({ providerOptions: _, ...part }: PromptPart, idOf: (id: string) => string): PromptPart[] {
  return part.type === 'tool-result' ? [{ ...part, toolCallId: idOf(part.toolCallId) }] : [];
}

/**
 * These refuse a turn that goes on after tool results and does not begin with their own thoughts.
 *
 * @see https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking#extended-thinking-with-tool-use
 * @see https://api-docs.deepseek.com/guides/thinking_mode#tool-calls
 */
const wantsOwnThoughts = /anthropic|bedrock|deepseek/;

/** Perplexity's models know no tools: https://docs.perplexity.ai/api-reference/chat-completions-post */
const knowsNoTools = /perplexity/;

/** Ends a turn of another model in the middle of its calls, and tells of calls, where the model could not go on else. */
export function forModel(prompt: Prompt, { provider }: Pick<LanguageModel, 'provider'>): Prompt {
  if (knowsNoTools.test(provider)) return callsAsText(prompt, () => false);
  const isOpen = prompt.at(-1)?.role === 'tool' && wantsOwnThoughts.test(provider);
  if (!isOpen) return prompt;
  const noted = promptWithNote(prompt, 'Go on from here.');
  return noted.with(-1, { ...(noted.at(-1) as Message), providerOptions: { stagedRetry: { isNote: true } } });
}

/** Whether the message is no user's, but asks a model to go on. */
export function isNote({ providerOptions }: Message): boolean {
  return providerOptions?.stagedRetry?.isNote === true;
}
