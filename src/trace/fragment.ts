import type { Issue } from './issue.ts';

/** As much of an answer as there is when it is to be aborted, and why. */
export interface Fragment {
  readonly text: string;
  readonly issues: readonly Issue[];
}
