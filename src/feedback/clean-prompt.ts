import type { Message, ModelTool, Prompt, PromptPart } from '../model/language-model.ts';
import { withoutEmptyTurns } from './assistant-turn.ts';
import { callsAsText } from './calls-as-text.ts';
import { isLegalToolName } from './tool-name.ts';

/** By this a lent call that was shown to the caller is known when it comes back in a prompt. */
export const shownPrefix = 'lent-';

/**
 * A prompt without what we put into earlier answers and no provider would know: lent calls that were shown, the
 * item ids of text that was spliced from several answers, and the reasoning of answers that were not accepted.
 * Calls under a name that no tool can have are told in words.
 */
export function cleanPrompt(prompt: Prompt, tools: readonly ModelTool[] = []): Prompt {
  const own = prompt.some(needsCleaning) ? withoutOurs(prompt) : prompt;
  return callsAsText(own, (name) => isLegalToolName(name) || tools.some((tool) => tool.name === name));
}

function withoutOurs(prompt: Prompt): Prompt {
  return withoutEmptyTurns(prompt.map((message) => (needsCleaning(message) ? cleanMessage(message) : message)));
}

function needsCleaning({ content }: Message): boolean {
  return typeof content !== 'string' && content.some((part) => isShown(part) || marksOf(part) !== undefined);
}

function cleanMessage(message: Message): Message {
  if (typeof message.content === 'string') return message;
  const own = message.content.filter((part) => !isShown(part));
  const hasSplicedText = own.some((part) => part.type === 'text' && marksOf(part)?.spliced === true);
  let discarded = Math.max(0, ...own.map((part) => Number(marksOf(part)?.discardedReasoning ?? 0)));
  // A reasoning item is refused without the item that followed it.
  const known = own.filter((part) => {
    if (part.type !== 'reasoning') return true;
    discarded -= 1;
    return !(hasSplicedText || marksOf(part) !== undefined || discarded >= 0);
  });
  return { ...message, content: known.map(withoutMarks) } as Message; // of the same role
}

/** Spliced text has no item of the provider's behind it. */
function withoutMarks(part: PromptPart): PromptPart {
  const marks = marksOf(part);
  if (marks === undefined) return part;
  const { stagedRetry: _, ...providerOptions } = part.providerOptions ?? {};
  const { providerOptions: __, ...bare } = part;
  const isKnown = marks.spliced !== true && Object.keys(providerOptions).length > 0;
  return (isKnown ? { ...bare, providerOptions } : bare) as PromptPart; // the same part: its options are optional
}

function isShown(part: PromptPart): boolean {
  return 'toolCallId' in part && part.toolCallId.startsWith(shownPrefix);
}

/** What a live stream said of a part. */
function marksOf({ providerOptions }: PromptPart): Readonly<Record<string, unknown>> | undefined {
  return providerOptions?.stagedRetry;
}
