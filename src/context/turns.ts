import { sleep } from '../effects/waiting.ts';
import type { GenerateResult } from '../model/language-model.ts';
import type { Run } from './run.ts';

/** Answers of this many characters or more are judged in several turns of the event loop. */
const longAnswer = 65_536;

/** How long the event loop stands still between two turns, in milliseconds, unless a step takes longer. */
const turnMs = 12;

/** Lets the event loop turn if it is time; rejects if the caller aborts. */
export type TakeTurn = () => Promise<void> | undefined;

/** Turns of the event loop between the steps of work on an answer: none for a short one. */
export function turnsFor({ settings, abortSignal }: Run, { content }: GenerateResult): TakeTurn {
  let length = 0;
  for (const part of content) length += sizeOf(part);
  if (length < longAnswer) return () => undefined;
  let begun = 0;
  return () => {
    if (performance.now() - begun < turnMs) return undefined;
    return sleep(0, settings.effects, abortSignal).then(() => {
      begun = performance.now();
    });
  };
}

function sizeOf(part: object): number {
  const { text = '', input = '' } = part as { readonly text?: unknown; readonly input?: unknown };
  return `${text}${input}`.length;
}
