import { wrongUse } from '../errors/wrong-use.ts';
import type { Found } from './found.ts';

/** Judges one text while it streams. */
export interface IncrementalTest {
  /** Takes the next piece. A finding ends the attempt; `undefined` means that nothing is wrong so far. */
  push(text: string): Found | undefined;
  /** Judges the whole text at its end. */
  end(): Found;
  /** How many of the last characters must be held back, because what follows may make them wrong. @default 0 */
  readonly holdBack?: number;
}

/** @throws InvalidArgumentError for what is no number of characters. */
export function heldBack({ holdBack = 0 }: IncrementalTest): number {
  if (typeof holdBack === 'number' && holdBack >= 0) return holdBack;
  const given = typeof holdBack === 'number' ? holdBack : `of type ${typeof holdBack}`;
  throw wrongUse('holdBack', `holdBack is ${given}: give how many characters to hold back, 0 or more.`);
}
