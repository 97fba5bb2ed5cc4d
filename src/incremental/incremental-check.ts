import type { Issue } from '../trace/issue.ts';

/** One text that is being judged while it is written. */
export interface IncrementalCheck {
  /** Takes the next piece, of any size, and says how the whole text so far stands. */
  push(text: string): IncrementalState;
  /** Says that the text ends here. */
  end(): { readonly valid: boolean; readonly issues: readonly Issue[] };
}

/** What a validator knows after the text so far. */
export interface IncrementalState {
  /** `complete` once the JSON value is closed and valid; `dead`, for good, once no continuation is valid. */
  readonly state: 'open' | 'complete' | 'dead';
  /** Why it is dead. */
  readonly issues: readonly Issue[];
  /** How many characters of the whole text nothing that follows can make wrong. */
  readonly safeLength: number;
  /** Where in the whole text the JSON begins; more than 0 only after skipped prose. */
  readonly jsonStart: number;
}
