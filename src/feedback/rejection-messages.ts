import type { ContentPart, LanguageModel, Prompt, PromptPart, ToolCall } from '../model/language-model.ts';
import type { Issue } from '../trace/issue.ts';
import { wellFormed } from '../trace/well-formed.ts';
import { assistantMessage, assistantTurn, isClientCall, isSigned, repeatsIds } from './assistant-turn.ts';
import { callNote } from './calls-as-text.ts';
import { excerpt } from './excerpt.ts';
import { withoutItemIds } from './item-ids.ts';
import { userMessage } from './note.ts';
import { isLegalToolName } from './tool-name.ts';

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
  /** The model that gave it. */
  readonly model?: LanguageModel | undefined;
}

/** Words the feedback; for a rejected call, what is to be said in answer to it. */
type WriteFeedback = (issues: readonly Issue[], call?: ToolCall) => string;

interface RejectionOptions {
  /** Whether a call of this tool can be sent as one. @default every provider takes the name */
  readonly isSendable?: (toolName: string) => boolean;
}

/**
 * A rejected answer and what to say about it, as prompt messages to append: a `user` message after a text answer, an
 * error result for each call after tool calls.
 *
 * Text goes back without reasoning and provider metadata: an OpenAI item id would bring the old text back whatever we
 * send, and a reasoning item without its follower is refused. Tool calls go back whole, with the signed reasoning that
 * Anthropic asks for, and so do images that Gemini signed. Of an aborted answer no item id goes back: OpenAI does not
 * keep the items of a response that was cancelled.
 */
export function rejectionMessages(
  rejected: RejectedAnswer,
  write: WriteFeedback,
  { isSendable = isLegalToolName }: RejectionOptions = {},
): Prompt {
  const calls = rejected.content.filter(isClientCall);
  if (calls.length > 0 && canGoWhole(rejected.content, calls, isSendable)) {
    return [
      assistantMessage(assistantTurn(contentOf(rejected), rejected.model)),
      { role: 'tool', content: calls.map((call) => errorResult(call, rejected.issues, write)) },
    ];
  }
  return [assistantMessage(textTurn(rejected, calls)), userMessage(textFeedback(rejected, calls, write))];
}

function canGoWhole(
  content: readonly ContentPart[],
  calls: readonly ToolCall[],
  isSendable: (toolName: string) => boolean,
): boolean {
  return (
    calls.length <= maxCalls &&
    !repeatsIds(calls) &&
    lengthOf(content) <= maxTurnLength &&
    calls.every(({ toolName }) => isSendable(toolName))
  );
}

function textTurn({ content, text, isAborted, model }: RejectedAnswer, calls: readonly ToolCall[]): PromptPart[] {
  const files = content.filter(isFile);
  const isWhole = files.length > 0 && content.some(isSigned);
  if (isWhole && isAborted !== true && calls.length === 0) return assistantTurn(content, model);
  const said = [text, ...calls.slice(0, maxCalls).map(({ toolName, input }) => callNote(toolName, input))];
  const echo = said.filter((line) => line.trim() !== '').join('\n');
  return [
    ...(echo === '' ? [] : [{ type: 'text', text: wellFormed(excerpt(echo, maxEchoLength)) } as const]),
    // An image that was signed is refused without its signature.
    ...(isWhole ? [] : files.map(({ data, mediaType }) => ({ type: 'file', data, mediaType }) as const)),
  ];
}

function isFile(part: ContentPart): part is ContentPart & { readonly type: 'file' } {
  return part.type === 'file';
}

/** The issues of each call are told with its name, for there is no result to tell them in. */
function textFeedback({ issues }: RejectedAnswer, calls: readonly ToolCall[], write: WriteFeedback): string {
  const faulty = calls.filter(({ toolCallId }) => issues.some((issue) => issue.toolCallId === toolCallId));
  const shown = faulty.slice(0, maxCalls);
  const others = issues.filter(({ toolCallId }) => !shown.some((call) => call.toolCallId === toolCallId));
  const [first] = shown;
  if (first === undefined) return write(issues);
  if (shown.length === 1 && others.length === 0) return write(issues, first);
  const told = shown.map((call, index) => {
    const own = issues.filter(({ toolCallId }) => toolCallId === call.toolCallId);
    return `About call ${index + 1}: ${write(own, call)}`;
  });
  return excerpt([...(others.length === 0 ? [] : [write(others)]), ...told].join('\n\n'), maxEchoLength);
}

/** Reasoning that is known by its item id alone is nothing without it. */
function contentOf({ content, isAborted = false }: RejectedAnswer): readonly ContentPart[] {
  return isAborted ? withoutItemIds(content) : content;
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
