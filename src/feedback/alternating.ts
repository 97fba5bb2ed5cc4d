import type { Message } from '../model/language-model.ts';
import { assistantMessage } from './assistant-turn.ts';

/** Leaves empty messages out, but for a turn of the model's between two of others, which is said to be empty. */
export function withoutEmptyTurns(messages: readonly Message[]): Message[] {
  const kept: Message[] = [];
  let hasLeftOut = false;
  for (const [index, message] of messages.entries()) {
    const previous = kept.at(-1);
    if (message.content.length > 0) {
      const isTorn = hasLeftOut && previous?.role === 'assistant' && message.role === 'assistant';
      if (isTorn) kept[kept.length - 1] = joined(previous, message);
      else kept.push(message);
      hasLeftOut = false;
      continue;
    }
    hasLeftOut = true;
    const next = messages.slice(index + 1).find(({ content }) => content.length > 0);
    const isBetween = previous?.role !== 'assistant' && next?.role !== 'assistant';
    if (message.role === 'assistant' && isBetween) kept.push(assistantMessage([]));
  }
  return kept;
}

/** The messages as turns that alternate: those of one side in a row become one, and results are told to have no answer. */
export function alternating(messages: readonly Message[]): Message[] {
  const turns: Message[] = [];
  for (const message of messages) {
    const previous = turns.at(-1);
    if (message.role === 'user' && previous?.role === 'tool') turns.push(assistantMessage([]));
    if (message.role !== 'system' && message.role === previous?.role)
      turns[turns.length - 1] = joined(previous, message);
    else turns.push(message);
  }
  return turns;
}

function joined(first: Message, second: Message): Message {
  const providerOptions = { ...first.providerOptions, ...second.providerOptions };
  const content = [...first.content, ...second.content];
  // Of one role, and no system message.
  return {
    role: first.role,
    content,
    ...(Object.keys(providerOptions).length === 0 ? {} : { providerOptions }),
  } as Message;
}
