import type { Message, Prompt, PromptPart } from '../model/language-model.ts';

/** By this a lent call that was shown to the caller is known when it comes back in a prompt. */
export const shownPrefix = 'lent-';

/**
 * A prompt without what we put into earlier answers and no provider would know: lent calls that were shown, and, beside
 * text that was spliced from several answers, the item ids and the reasoning of answers that were aborted.
 */
export function cleanPrompt(prompt: Prompt): Prompt {
  if (!prompt.some(needsCleaning)) return prompt;
  return prompt.map((message) => (needsCleaning(message) ? cleanMessage(message) : message)).filter(hasContent);
}

function needsCleaning({ content }: Message): boolean {
  return typeof content !== 'string' && content.some((part) => isShown(part) || isSpliced(part));
}

function cleanMessage(message: Message): Message {
  if (typeof message.content === 'string') return message;
  const own = message.content.filter((part) => !isShown(part));
  const hasSplicedText = own.some((part) => part.type === 'text' && isSpliced(part));
  // A reasoning item is refused without the item that followed it.
  const known = own.filter((part) => part.type !== 'reasoning' || !(hasSplicedText || isSpliced(part)));
  const content = known.map((part) => (isSpliced(part) ? withoutItemId(part) : part));
  return { ...message, content } as Message; // of the same role
}

function withoutItemId(part: PromptPart): PromptPart {
  if (part.type !== 'text') return part;
  const { providerOptions: _, ...text } = part;
  return text;
}

function isShown(part: PromptPart): boolean {
  return 'toolCallId' in part && part.toolCallId.startsWith(shownPrefix);
}

function isSpliced({ providerOptions }: PromptPart): boolean {
  return providerOptions?.stagedRetry !== undefined;
}

function hasContent({ content }: Message): boolean {
  return content.length > 0;
}
