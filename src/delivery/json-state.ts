import type { Issue } from '../trace/issue.ts';

/** The state of JSON text that is being written. */
export type JsonState =
  /** The characters from `jsonStart` to `safeLength` can be shown. */
  | {
      readonly type: 'fits';
      /** The new part of the text, as it is read. */
      readonly text: string;
      readonly safeLength: number;
      readonly jsonStart: number;
      /** Whether the text so far is exactly what the model wrote. */
      readonly isAsWritten: boolean;
    }
  /** The text does not fit as it is but may still turn out right: nothing more of it is shown. */
  | { readonly type: 'held' }
  /** No check and no reading can accept the text, whatever follows. */
  | { readonly type: 'lost'; readonly issues: readonly Issue[] };

export const heldState = { type: 'held' } as const;

export interface ReadingOptions {
  readonly syntax: boolean;
  readonly values: boolean;
  /** Whether a text that is not JSON may be a valid answer. */
  readonly mayBeProse: boolean;
}
