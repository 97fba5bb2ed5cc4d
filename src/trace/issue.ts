/** The place in the answer's JSON value; `[]` is the whole answer. */
export type IssuePath = readonly (string | number)[];

export const issueKinds = [
  'syntax',
  'schema',
  'tool-input',
  'content',
  'truncated',
  'refused',
  'empty',
  'missing-information',
] as const;

/** The kind of an issue. Stages say which kinds they handle. */
export type IssueKind = (typeof issueKinds)[number];

/** One finding of a check. */
export interface Issue {
  /** One imperative sentence that tells the model what to change. */
  readonly message: string;
  /** The place in the answer, or in the input of `toolCallId`. */
  readonly path: IssuePath;
  /** The name of the check that found it. */
  readonly check: string;
  /** The kind; stages say which kinds they handle. */
  readonly kind: IssueKind;
  /** A value or wording that would resolve the issue. */
  readonly suggestion?: string;
  /** The tool call that the issue is about; `path` is then a place in its input. */
  readonly toolCallId?: string;
}

/** The result of the checks for one answer. */
export type Verdict = { readonly type: 'pass' } | { readonly type: 'fail'; readonly issues: readonly Issue[] };
