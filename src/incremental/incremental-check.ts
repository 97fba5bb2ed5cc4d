import type { Issue } from '../trace/issue.ts';

/** Judges one text while it is being written. */
export interface IncrementalCheck {
  /** Takes the next piece, of any size, and returns the state of the whole text so far. */
  push(text: string): IncrementalState;
  /** Ends the text and returns whether it is valid. */
  end(): { readonly valid: boolean; readonly issues: readonly Issue[] };
}

/** What a validator knows after the text so far. */
export interface IncrementalState {
  /**
   * `complete`: the JSON value is closed and valid. `dead`: no continuation can be valid; this is final. `open`:
   * anything else.
   */
  readonly state: 'open' | 'complete' | 'dead';
  /** Why the text is dead. */
  readonly issues: readonly Issue[];
  /** How many characters of the whole text can no longer become wrong. */
  readonly safeLength: number;
  /** Where the JSON begins in the whole text; above 0 only after skipped prose. */
  readonly jsonStart: number;
}
