/** Where in the answer's JSON value a finding sits; `[]` is the whole answer. */
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

/** What sort of wrong an issue is; stages say which kinds they handle. */
export type IssueKind = (typeof issueKinds)[number];

/** One finding of a check. */
export interface Issue {
  /** One imperative sentence that says what to change. */
  readonly message: string;
  readonly path: IssuePath;
  /** The name of the check that found it. */
  readonly check: string;
  readonly kind: IssueKind;
  /** A value or wording that would settle the issue. */
  readonly suggestion?: string;
  /** The tool call it is about; `path` then lies within that call's input. */
  readonly toolCallId?: string;
}

/** What the checks say of one answer. */
export type Verdict = { readonly type: 'pass' } | { readonly type: 'fail'; readonly issues: readonly Issue[] };
