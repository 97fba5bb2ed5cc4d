import type { IssuePath } from './issue.ts';

/** One change that reading made to a text. */
export interface Fix {
  /** The place of the value; `[]` is the whole answer. */
  readonly path: IssuePath;
  /** The rule of reading that applied. */
  readonly rule: FixRule;
  /** The original text, cut to 200 characters. */
  readonly from: string;
  /** The text after reading, cut to 200 characters. */
  readonly to: string;
  /** The tool call whose input was read. */
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

/** The rule by which reading changed a text or a value. */
export type FixRule = SyntaxRule | ValueRule;
