import type { Message, Prompt } from '../model/language-model.ts';
import { wellFormed } from '../trace/well-formed.ts';
import { assistantMessage } from './assistant-turn.ts';

export function userMessage(text: string): Message {
  return { role: 'user', content: [{ type: 'text', text: wellFormed(text) }] };
}

/** The prompt with something more to say; where the model was to answer, it is said to have given none. */
export function promptWithNote(prompt: Prompt, text: string): Prompt {
  const last = prompt.at(-1)?.role;
  const isOpen = last === 'user' || last === 'tool';
  return [...prompt, ...(isOpen ? [assistantMessage([])] : []), userMessage(text)];
}
