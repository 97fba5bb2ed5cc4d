import { sleep } from '../effects/waiting.ts';
import type { GenerateResult } from '../model/language-model.ts';
import type { Run } from './run.ts';

/** From how many characters on an answer is judged in several turns of the event loop. */
const longAnswer = 65_536;

/** Lets the event loop turn between two steps of the work on a long answer; rejects when the caller aborts. */
export function yieldIfLong({ settings, abortSignal }: Run, { content }: GenerateResult): Promise<void> | undefined {
  let length = 0;
  for (const part of content) length += sizeOf(part);
  return length < longAnswer ? undefined : sleep(0, settings.effects, abortSignal);
}

function sizeOf(part: object): number {
  const { text = '', input = '' } = part as { readonly text?: unknown; readonly input?: unknown };
  return `${text}${input}`.length;
}
