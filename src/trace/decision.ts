/** What a person decides about an escalation. */
export type Decision =
  /** Delivers the best attempt, or the attempt with this number, even though it fails the checks. */
  | { readonly type: 'approve'; readonly attempt?: number }
  /** Makes this text the answer. It is judged by the checks, unless `force` is set. */
  | { readonly type: 'edit'; readonly text: string; readonly force?: boolean }
  /** Asks the model again, with this advice. */
  | { readonly type: 'retry'; readonly advice: string }
  /** Ends the run without an answer. */
  | { readonly type: 'reject'; readonly reason?: string }
  /** Asks the next human stage instead. */
  | { readonly type: 'escalate'; readonly reason?: string };

/** A decision as the inbox keeps it: who made it, and when (ISO 8601). */
export type RecordedDecision = Decision & { readonly by?: string; readonly at: string };
