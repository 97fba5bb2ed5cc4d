import { sleep } from '../effects/waiting.ts';
import type { GenerateResult } from '../model/language-model.ts';
import type { Run } from './run.ts';

/** Answers of this many characters or more are judged in several turns of the event loop. */
const longAnswer = 65_536;

/** A short answer that takes more steps than this is held to a large schema, which takes turns too. */
const fewSteps = 24;

/** How long the event loop stands still between two turns, in milliseconds, unless a step takes longer. */
const turnMs = 12;

/** Lets the event loop turn if it is time; rejects if the caller aborts. */
export type TakeTurn = () => Promise<void>;

/** Turns of the event loop between the steps of work on an answer: none for a short one. */
export function turnsFor({ settings, abortSignal }: Run, { content }: GenerateResult): TakeTurn {
  let length = 0;
  for (const { text = '', input = '' } of content as readonly Sized[]) length += `${text}${input}`.length;
  let steps = length < longAnswer ? fewSteps : 0;
  let next = 0;
  return async () => {
    steps -= 1;
    if (steps > 0 || performance.now() < next) return;
    await sleep(0, settings.effects, abortSignal);
    next = performance.now() + turnMs;
  };
}

interface Sized {
  readonly text?: unknown;
  readonly input?: unknown;
}
