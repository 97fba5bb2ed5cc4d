import type { CallOptions, LanguageModel, Message, Prompt, PromptPart } from '../model/language-model.ts';
import { offersTools } from '../model/offers-tools.ts';
import { traitsOf } from '../model/provider-traits.ts';
import { alternating, withoutEmptyTurns } from './alternating.ts';
import { assistantMessage } from './assistant-turn.ts';
import { callNote, callsAsText } from './calls-as-text.ts';
import { promptWithNote, userMessage } from './note.ts';

type Model = Pick<LanguageModel, 'provider' | 'modelId'>;

interface Handing {
  /** Who is to go on. */
  readonly model: Model;
  /** What the new ids of calls begin with. */
  readonly idPrefix: string;
  /** Whether another model wrote the turn. @default all of them */
  readonly isForeign?: (message: Message) => boolean;
}

/**
 * A prompt for another model than the one that wrote its assistant turns: of these only text and calls, without provider
 * metadata, the calls under ids that every provider takes. Mistral wants nine letters and digits.
 */
export function foreignPrompt(prompt: Prompt, { model, idPrefix, isForeign = () => true }: Handing): Prompt {
  let count = 0;
  const newId = () => idPrefix + (count++).toString(36).padStart(9 - idPrefix.length, '0');
  /** The calls of the latest turn, if that was foreign; ids may repeat, so the first result of an id answers its first call. */
  let open: OpenCalls | undefined;
  const handed: Message[] = [];
  for (const message of prompt) {
    if (message.role === 'assistant') {
      const isOwn = !isForeign(message);
      // A model wants its own thoughts back, or none at all, in what it did since it was asked.
      if (isOwn && open !== undefined && endsInResults(handed) && wantsOwnThoughts(model)) handed.push(...goOn());
      open = isOwn ? undefined : openCalls(newId);
    }
    handed.push(...(open === undefined ? [message] : spoken(message, open)));
  }
  return withoutEmptyTurns(handed);
}

interface OpenCalls {
  called(id: string): string;
  /** The new id of the call that a result answers; `undefined` where it answers none. */
  answered(id: string): string | undefined;
}

function openCalls(newId: () => string): OpenCalls {
  const waiting: { readonly id: string; readonly newId: string }[] = [];
  return {
    called(id) {
      const call = { id, newId: newId() };
      waiting.push(call);
      return call.newId;
    },
    answered(id) {
      const index = waiting.findIndex((call) => call.id === id);
      return index === -1 ? undefined : waiting.splice(index, 1)[0]?.newId;
    },
  };
}

function spoken(message: Message, open: OpenCalls): Message[] {
  switch (message.role) {
    case 'assistant': {
      const { content } = message;
      return [{ role: 'assistant', content: content.flatMap((part) => spokenPart(part, content, open)) }];
    }
    case 'tool': {
      const decisions = message.content.filter((part) => part.type === 'tool-approval-response');
      const results = message.content.flatMap((part) => answeredPart(part, open));
      const told = decisions.map(({ approved }) => (approved ? approvedNote : deniedNote)).join('\n');
      if (told === '') return [{ role: 'tool', content: results }];
      return results.length === 0
        ? [userMessage(told)]
        : [...promptWithNote([{ role: 'tool', content: results }], told)];
    }
    default:
      return [message];
  }
}

const approvedNote = 'The call was approved, but its tool is not at hand any more: go on without it.';
const deniedNote = 'The call was denied: go on without it.';

/** What the provider executed, and the files it made, no other provider takes as the model's. */
function spokenPart(
  { providerOptions: _, ...part }: PromptPart,
  turn: readonly PromptPart[],
  { called }: OpenCalls,
): PromptPart[] {
  switch (part.type) {
    case 'text':
      return part.text.trim() === '' ? [] : [part];
    case 'tool-call': {
      if (part.providerExecuted !== true) return [{ ...part, toolCallId: called(part.toolCallId) }];
      const isExecuted = turn.some((other) => other.type === 'tool-result' && other.toolCallId === part.toolCallId);
      return isExecuted ? [] : [{ type: 'text', text: callNote(part.toolName, part.input) }];
    }
    default:
      return [];
  }
}

function answeredPart({ providerOptions: _, ...part }: PromptPart, { answered }: OpenCalls): PromptPart[] {
  if (part.type !== 'tool-result') return [];
  const toolCallId = answered(part.toolCallId);
  return toolCallId === undefined ? [] : [{ ...part, toolCallId }];
}

interface GoingOn extends Pick<CallOptions, 'tools' | 'toolChoice'> {
  readonly model: Model;
  /** Whether the latest turn is another model's. @default true */
  readonly isLast?: boolean;
}

/**
 * A prompt with turns of another model as the model can go on with it: they alternate, and where it could not go on else,
 * calls are told in words, and a turn in the middle of its calls is ended.
 */
export function forModel(prompt: Prompt, { model, isLast = true, ...call }: GoingOn): Prompt {
  const tellsCalls = traitsOf(model).knowsNoTools === true || !offersTools(call);
  const known = alternating(tellsCalls ? callsAsText(prompt, () => false) : prompt);
  return isLast && endsInResults(known) && wantsOwnThoughts(model) ? [...known, ...goOn()] : known;
}

function endsInResults(prompt: Prompt): boolean {
  return prompt.at(-1)?.role === 'tool';
}

function wantsOwnThoughts(model: Model): boolean {
  return traitsOf(model).wantsOwnThoughts === true;
}

function goOn(): Message[] {
  const note = { ...userMessage('Go on from here.'), providerOptions: { stagedRetry: { isNote: true } } };
  return [assistantMessage([]), note];
}

/** Whether the message is no user's, but asks a model to go on. */
export function isNote({ providerOptions }: Message): boolean {
  return providerOptions?.stagedRetry?.isNote === true;
}
