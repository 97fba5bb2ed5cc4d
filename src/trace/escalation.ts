import type { JSONObject, JSONValue } from '@ai-sdk/provider';
import type { Decision, RecordedDecision } from './decision.ts';
import type { AppliedDecision, Attempt } from './history.ts';
import type { Issue, Verdict } from './issue.ts';

/** A durable record that asks a person to decide. */
export interface Escalation {
  /** The id to decide by. */
  readonly id: string;
  /** The scope of the run. */
  readonly scope: string;
  /** The human stage that filed it. */
  readonly stage: string;
  /**
   * The human stage that `escalate` passes it on to. `null` for the last one, which refuses `escalate`; absent in
   * records of 0.1.
   */
  readonly passesOnTo?: string | null;
  /** `expired`: nobody decided before `expiresAt`. */
  readonly state: 'pending' | 'decided' | 'expired';
  /** When it was filed, as ISO 8601. */
  readonly createdAt: string;
  /** Until when a decision is possible, as ISO 8601. */
  readonly expiresAt: string;
  /** The title from `human({ describe })`. */
  readonly title?: string;
  /** The fields from `human({ describe })`, by label. */
  readonly fields?: Readonly<Record<string, FieldValue>>;
  /** The priority from `human({ describe })`; higher comes first. @default 0 */
  readonly priority?: number;
  /** The call's `metadata`. */
  readonly metadata?: JSONObject;
  /** The caller's prompt, with the inbox's `redact` applied to every text. */
  readonly prompt: JSONValue;
  /** The attempts so far, oldest first. `redact` is applied to their issues, not to their text. */
  readonly attempts: readonly Attempt[];
  /** What people decided about the earlier escalations of the same run, oldest first. */
  readonly earlier?: readonly AppliedDecision[];
  /** The issues of the best attempt; if every answer was cancelled early, those of the last. */
  readonly issues: readonly Issue[];
  /** What `approve` delivers: the best attempt's text, never redacted. Empty if every answer was cancelled early. */
  readonly proposal: string;
  /** What a live stream has already shown and cannot take back. An edit that contradicts it ends that stream's run. */
  readonly released?: string;
  /** Who is working on it, until the claim ends. */
  readonly claimed?: Claim;
  /** What people wrote about it, oldest first. */
  readonly notes?: readonly Note[];
  /** The decision, once there is one. */
  readonly decision?: RecordedDecision;
  /** The result of the decision. It is known at once for `approve` and an edit with `force`, otherwise when the request is sent again. */
  readonly outcome?: EscalationOutcome;
  /** Every change, oldest first. Of more than 200 claims, assignments and releases, the latest 200. */
  readonly audit: readonly AuditEntry[];
}

/** One person's claim on an escalation, so that two people do not work on the same one. */
export interface Claim {
  readonly by: string;
  /** When the claim ends, as ISO 8601. */
  readonly until: string;
  /** Who assigned it, if the person did not claim it themselves. */
  readonly assignedBy?: string;
}

/** A value that a reviewer sees next to its label. */
export type FieldValue = string | number | boolean | null;

/** What a person wrote about an escalation. */
export interface Note {
  readonly by: string;
  /** When it was written, as ISO 8601. */
  readonly at: string;
  readonly text: string;
}

/** The result of a decision. */
export interface EscalationOutcome {
  /**
   * `accepted`: the request gets this answer. `asked-again`: the answer failed the checks and a person was asked again.
   * `failed`: the run ended without an answer.
   */
  readonly type: 'accepted' | 'asked-again' | 'failed';
  /** The answer that resulted from the decision; absent if it called the caller's tools or held a file. */
  readonly text?: string;
  /** The result of the checks for that answer. */
  readonly verdict?: Verdict;
  /** The next escalation, with `asked-again`. */
  readonly escalationId?: string;
  /** When the outcome was recorded, as ISO 8601. */
  readonly at: string;
}

/** Who changed an escalation, when and how. */
export interface AuditEntry {
  /** The change. `announced`: the inbox's `onFiled` succeeded. */
  readonly type: 'filed' | 'announced' | 'claimed' | 'assigned' | 'released' | 'noted' | 'decided';
  /** When it was changed, as ISO 8601. */
  readonly at: string;
  /** Who changed it; absent if the library did, or if no name was given. */
  readonly by?: string;
  /** Who it was assigned to; `null` removed the assignment. */
  readonly to?: string | null;
  /** What went wrong, although the change was made. */
  readonly problem?: string;
  /** What was decided. */
  readonly decision?: Decision['type'];
}
