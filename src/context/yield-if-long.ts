import { sleep } from '../effects/waiting.ts';
import type { GenerateResult } from '../model/language-model.ts';
import type { Run } from './run.ts';

/** Answers of this many characters or more are judged in several turns of the event loop. */
const longAnswer = 65_536;

/** Yields to the event loop between two steps of work on a long answer; rejects if the caller aborts. */
export function yieldIfLong({ settings, abortSignal }: Run, { content }: GenerateResult): Promise<void> | undefined {
  let length = 0;
  for (const part of content) length += sizeOf(part);
  return length < longAnswer ? undefined : sleep(0, settings.effects, abortSignal);
}

function sizeOf(part: object): number {
  const { text = '', input = '' } = part as { readonly text?: unknown; readonly input?: unknown };
  return `${text}${input}`.length;
}
