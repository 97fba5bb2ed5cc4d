import type { LanguageModel, Message, ModelTool, Prompt, PromptPart, ToolChoice } from '../model/language-model.ts';
import { withoutEmptyTurns } from './alternating.ts';
import { isOthers } from './author-mark.ts';
import { callsAsText } from './calls-as-text.ts';
import { foreignPrompt, forModel } from './foreign-prompt.ts';
import { hasItemId, withoutUnreasoned } from './item-ids.ts';
import { isShown } from './shown-calls.ts';
import { isLegalToolName } from './tool-name.ts';

/**
 * A prompt without what we put into earlier answers and no provider would know: lent calls that were shown, the
 * item ids of text that was spliced from several answers, and the reasoning of answers that were not accepted.
 * What another model of the ladder wrote is put as this one takes it, and calls under a name that no tool can have are
 * told in words.
 */
export function cleanPrompt(prompt: Prompt, options: CleanOptions): Prompt {
  const { tools = [] } = options;
  const own = prompt.some(needsCleaning) ? withoutOurs(withForeignTurns(prompt, options)) : prompt;
  return callsAsText(own, (name) => isLegalToolName(name) || tools.some((tool) => tool.name === name));
}

interface CleanOptions {
  readonly model: Pick<LanguageModel, 'provider' | 'modelId'>;
  readonly tools?: readonly ModelTool[] | undefined;
  readonly toolChoice?: ToolChoice | undefined;
}

function withForeignTurns(prompt: Prompt, { model, ...call }: CleanOptions): Prompt {
  const isForeign = ({ role, content }: Message) =>
    role === 'assistant' && typeof content !== 'string' && content.some((part) => isOthers(part, model));
  if (!prompt.some(isForeign)) return prompt;
  const known = foreignPrompt(prompt, { model, idPrefix: 'past', isForeign });
  const latest = prompt.findLast(({ role }) => role === 'assistant');
  return forModel(known, { model, isLast: latest !== undefined && isForeign(latest), ...call });
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
  const hasDiscarded = discarded > 0;
  const lastCall = own.findLastIndex((part) => part.type === 'tool-call' && part.providerExecuted !== true);
  // A reasoning item is refused without the item that followed it, and a call without the thoughts that led to it.
  const known = withoutUnreasoned(own, (part, index) => {
    if (part.type !== 'reasoning') return true;
    discarded -= 1;
    const leadsToText = hasSplicedText && index > lastCall;
    return !(leadsToText || isMarkedReasoning(part) || discarded >= 0);
  });
  const ordered = hasSplicedText || hasDiscarded ? withThoughtsFirst(known) : known;
  return { ...message, content: ordered.map(withoutMarks) } as Message; // of the same role
}

/**
 * Text that went out before the accepted answer began stands before that answer's thoughts, which a turn with calls has to
 * begin with. Those known by an item id go on before the item that followed them.
 */
function withThoughtsFirst(parts: readonly PromptPart[]): readonly PromptPart[] {
  const first = parts.findIndex(({ type }) => type === 'text');
  if (first === -1) return parts;
  const isLate = (part: PromptPart, index: number) => index > first && part.type === 'reasoning' && !hasItemId(part);
  const late = parts.filter(isLate);
  return parts.flatMap((part, index) => {
    if (index === first) return [...late, part];
    return isLate(part, index) ? [] : [part];
  });
}

/** Spliced text has no item of the provider's after it. */
function withoutMarks(part: PromptPart): PromptPart {
  const marks = marksOf(part);
  if (marks === undefined) return part;
  const { stagedRetry: _, ...providerOptions } = part.providerOptions ?? {};
  const { providerOptions: __, ...bare } = part;
  const isKnown = marks.spliced !== true && Object.keys(providerOptions).length > 0;
  return (isKnown ? { ...bare, providerOptions } : bare) as PromptPart; // the same part: its options are optional
}

/** What we said of a part. */
function marksOf({ providerOptions }: PromptPart): Readonly<Record<string, unknown>> | undefined {
  return providerOptions?.stagedRetry;
}

/** What a live stream said of reasoning: that it led to nothing. */
function isMarkedReasoning(part: PromptPart): boolean {
  return marksOf(part)?.spliced === true;
}
