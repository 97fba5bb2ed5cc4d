import type { Found } from './found.ts';

/** One text being judged while it is written. */
export interface IncrementalTest {
  /** Takes the next piece; a finding ends the attempt, nothing returned means that nothing is wrong so far. */
  push(text: string): Found | undefined;
  /** Judges the whole once it is there. */
  end(): Found;
  /** How many of the last characters must wait, since what follows may make them wrong. @default 0 */
  readonly holdBack?: number;
}
