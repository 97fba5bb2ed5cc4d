import type { IssueKind } from '../trace/issue.ts';

/** What the policy knows of a stage. */
export interface Rung {
  readonly name: string;
  /** How many attempts it may make; of a human stage, how many of the person's answers may fail. */
  readonly attempts: number;
  /** The issue kinds it can do something about. @default all */
  readonly handles?: readonly IssueKind[];
  /** Its first attempt on a fresh run is the plain call. */
  readonly isPlainCall?: boolean;
  /** It asks a person instead of a model. */
  readonly asksPerson?: boolean;
  /** It goes on from the whole last answer, so that an answer before it is not aborted early. */
  readonly needsWholeAnswer?: boolean;
  /** The key of the other model it calls; absent, it calls the wrapped one. */
  readonly usesModel?: string;
}

/** The stage name of a first attempt that counts for no stage. */
export const plainCall = 'call';
