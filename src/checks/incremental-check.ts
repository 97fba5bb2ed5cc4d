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
