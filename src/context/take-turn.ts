import { sleep } from '../effects/waiting.ts';
import type { GenerateResult } from '../model/language-model.ts';
import type { Run } from './run.ts';

/** Answers of this many characters or more are judged in several turns of the event loop. */
const longAnswer = 65_536;

/** A short answer that takes more steps than this is held to a large schema, which takes turns too. */
const fewSteps = 24;

/** How long the event loop stands still between two turns, in milliseconds, unless a step takes longer. */
const turnMs = 12;

/** The turns of the event loop between the steps of work on one answer. */
export interface Turns {
  /** How many steps are left until one may be due. */
  steps: number;
  /** When the next may be taken, in milliseconds. */
  next: number;
}

/** The turns for an answer: none for a short one. */
export function turnsFor({ content }: GenerateResult): Turns {
  let length = 0;
  for (const { text = '', input = '' } of content as readonly Sized[]) length += `${text}${input}`.length;
  return { steps: length < longAnswer ? fewSteps : 0, next: 0 };
}

/** Counts a step. Returns whether it is time for a turn. */
export function isDue(turns: Turns): boolean {
  turns.steps -= 1;
  return turns.steps <= 0 && performance.now() >= turns.next;
}

/** Lets the event loop turn; rejects if the caller aborts. */
export async function takeTurn(turns: Turns, { settings, abortSignal }: Run): Promise<void> {
  await sleep(0, settings.effects, abortSignal);
  turns.next = performance.now() + turnMs;
}

interface Sized {
  readonly text?: unknown;
  readonly input?: unknown;
}
