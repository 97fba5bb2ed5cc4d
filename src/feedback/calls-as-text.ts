import type { Message, Prompt, PromptPart, ToolOutput } from '../model/language-model.ts';
import { assistantMessage, isClientCall } from './assistant-turn.ts';
import { cut } from './excerpt.ts';
import { withoutItemIds, withoutUnreasoned } from './item-ids.ts';

const maxNameLength = 128;
const maxInputLength = 2048;

/** A tool call in words. */
export function callNote(toolName: string, input: unknown): string {
  const text = typeof input === 'string' ? input : (JSON.stringify(input) ?? '');
  return `(called the tool ${JSON.stringify(cut(toolName, maxNameLength))} with ${cut(text, maxInputLength)})`;
}

type CallPart = Extract<PromptPart, { type: 'tool-call' }>;
type ResultPart = Extract<PromptPart, { type: 'tool-result' }>;

/**
 * The prompt with the calls that cannot be sent as calls, and what they came to, told in words: providers refuse names of
 * tools that are none, wherever they stand.
 */
export function callsAsText(
  prompt: Prompt,
  isSendable: (toolName: string) => boolean,
  quoted: (text: string) => string = JSON.stringify,
): Prompt {
  const isTold = (part: PromptPart): part is CallPart =>
    part.type === 'tool-call' && part.providerExecuted !== true && !isSendable(part.toolName);
  if (!prompt.some(({ content }) => typeof content !== 'string' && content.some(isTold))) return prompt;
  let told = new Set<ResultPart>();
  return prompt.map((message, index) => {
    if (typeof message.content === 'string') return message;
    if (message.role === 'tool') return toldResults(message, told, quoted);
    if (message.role === 'assistant') told = new Set();
    const calls = message.content.filter(isTold);
    if (calls.length === 0) return message;
    const isAlone = !message.content.some((part) => isClientCall(part) && !isTold(part));
    const answer = answersTo(prompt.slice(index + 1));
    const content = message.content.map((part): PromptPart => {
      const result = answer(part);
      if (!isTold(part)) return part;
      if (result !== undefined) told.add(result);
      const note = result === undefined || isAlone ? '' : `\n${resultNote(result, quoted)}`;
      return { type: 'text', text: callNote(part.toolName, part.input) + note };
    });
    // What the model thought goes with the calls it led to.
    const kept = isAlone ? withoutUnreasoned(content, ({ type }) => type !== 'reasoning') : content;
    return { ...message, ...assistantMessage(withoutItemIds(kept)) };
  });
}

/** Finds the result of each call of a turn, in their order, for ids may repeat. */
function answersTo(later: Prompt): (part: PromptPart) => ResultPart | undefined {
  const end = later.findIndex(({ role }) => role === 'assistant');
  const results = later.slice(0, end === -1 ? later.length : end).flatMap(resultsOf);
  return (part) => {
    if (part.type !== 'tool-call' || part.providerExecuted === true) return undefined;
    const index = results.findIndex(({ toolCallId }) => toolCallId === part.toolCallId);
    return index === -1 ? undefined : results.splice(index, 1)[0];
  };
}

function resultsOf(message: Message | undefined): readonly ResultPart[] {
  if (message?.role !== 'tool') return [];
  return message.content.filter((part): part is ResultPart => part.type === 'tool-result');
}

/** Results beside others were told with their calls; the others' message stays a tool's. */
function toldResults(message: Message, told: ReadonlySet<ResultPart>, quoted: (text: string) => string): Message {
  const results = resultsOf(message);
  const toTell = results.filter((result) => told.has(result));
  if (toTell.length === 0 || typeof message.content === 'string') return message;
  const rest = message.content.filter((part) => part.type !== 'tool-result' || !told.has(part));
  if (rest.length > 0) return { ...message, content: rest } as Message; // of the same role
  return { role: 'user', content: toTell.map((result) => ({ type: 'text', text: resultNote(result, quoted) })) };
}

function resultNote({ toolName, output }: ResultPart, quoted: (text: string) => string): string {
  return `The tool ${JSON.stringify(cut(toolName, maxNameLength))} returned: ${quoted(textOfOutput(output))}`;
}

function textOfOutput(output: ToolOutput): string {
  switch (output.type) {
    case 'text':
    case 'error-text':
      return output.value;
    case 'json':
    case 'error-json':
      return JSON.stringify(output.value) ?? '';
    case 'execution-denied':
      return output.reason ?? 'The call was denied.';
    case 'content':
      return output.value.map(textOfItem).join('\n');
  }
}

function textOfItem(item: unknown): string {
  const { text } = item as { text?: unknown };
  return typeof text === 'string' ? text : '(a file)';
}
