import type { IssuePath } from './issue.ts';

/** One change that reading made to a text. */
export interface Fix {
  /** Where the value stands; `[]` is the whole answer. */
  readonly path: IssuePath;
  readonly rule: FixRule;
  /** What stood there, cut to 200 characters. */
  readonly from: string;
  /** What is read in its place, cut to 200 characters. */
  readonly to: string;
  /** The tool call whose input it is about. */
  readonly toolCallId?: string;
}

export type SyntaxRule =
  | 'surroundings'
  | 'comment'
  | 'white-space'
  | 'comma'
  | 'quotes'
  | 'name'
  | 'literal'
  | 'inner-quote'
  | 'line-break'
  | 'backslash'
  | 'closer';

export type ValueRule =
  | 'number'
  | 'boolean'
  | 'string'
  | 'null-member'
  | 'constant'
  | 'member-name'
  | 'list-of-one'
  | 'single-item'
  | 'json-in-string'
  | 'wrapper'
  | 'values-in-a-row';

/** A way in which reading mended a text or a value. */
export type FixRule = SyntaxRule | ValueRule;
