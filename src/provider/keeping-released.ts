import { keepNote } from '../feedback/feedback.ts';
import { promptWithNote } from '../feedback/note.ts';
import type { CallOptions } from '../model/language-model.ts';

/** Asks for the whole answer again, beginning with what the reader already has. */
export function keepingReleased(params: CallOptions, released: string, nonce: string): CallOptions {
  const text = `Your answer broke off. Send the whole answer again. ${keepNote(released, nonce)}`;
  return { ...params, prompt: promptWithNote(params.prompt, text) };
}
