import type { Issue } from './issue.ts';

/** The part of an answer that has arrived when it is about to be aborted, and why. */
export interface Fragment {
  readonly text: string;
  readonly issues: readonly Issue[];
  /** Whether it disagrees with what was delivered, so that reading on does not help unless a later stage mends it. */
  readonly isHopeless?: boolean;
}
