import type { IssueKind } from '../trace/issue.ts';

/** What the policy knows about a stage. */
export interface Rung {
  readonly name: string;
  /** How many attempts it may make; for a human stage, how many of the person's answers may fail. */
  readonly attempts: number;
  /** The kinds of issues that it handles. @default all */
  readonly handles?: readonly IssueKind[];
  /** Whether its first attempt in a new run is the plain call. */
  readonly isPlainCall?: boolean;
  /** Whether it asks a person instead of a model. */
  readonly asksPerson?: boolean;
  /** Whether it needs the whole last answer, so that the answer before it is not aborted early. */
  readonly needsWholeAnswer?: boolean;
  /** The key of the other model that it calls. If absent, it calls the wrapped model. */
  readonly usesModel?: string;
}

/** The stage name of a first attempt that counts for no stage. */
export const plainCall = 'call';
