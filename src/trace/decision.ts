/** What a person decides about an escalation. */
export type Decision =
  /** The best attempt stands, or the one of that number. */
  | { readonly type: 'approve'; readonly attempt?: number }
  /** This text is the answer; it is judged unless `force` is set. */
  | { readonly type: 'edit'; readonly text: string; readonly force?: boolean }
  /** The model tries again with this advice. */
  | { readonly type: 'retry'; readonly advice: string }
  /** The run ends without an answer. */
  | { readonly type: 'reject'; readonly reason?: string }
  /** The next human stage is asked instead. */
  | { readonly type: 'escalate'; readonly reason?: string };

/** A decision as the inbox keeps it: who made it and when (ISO 8601). */
export type RecordedDecision = Decision & { readonly by?: string; readonly at: string };
