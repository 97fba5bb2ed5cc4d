import type { JSONObject, JSONValue } from '@ai-sdk/provider';
import type { Decision, RecordedDecision } from './decision.ts';
import type { Attempt } from './history.ts';
import type { Issue, Verdict } from './issue.ts';

/** A durable record that asks a person to decide. */
export interface Escalation {
  readonly id: string;
  readonly scope: string;
  /** The human stage that filed it. */
  readonly stage: string;
  /** The human stage that `escalate` passes it on to; `null` for the last one, where `escalate` is refused. 0.1 did not say. */
  readonly passesOnTo?: string | null;
  readonly state: 'pending' | 'decided' | 'expired';
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601; a decision is possible until then. */
  readonly expiresAt: string;
  /** What `human({ describe })` calls it. */
  readonly title?: string;
  /** What `human({ describe })` shows of it, by label. */
  readonly fields?: Readonly<Record<string, FieldValue>>;
  /** What `human({ describe })` says of its urgency; higher comes first. @default 0 */
  readonly priority?: number;
  /** The call's `metadata`. */
  readonly metadata?: JSONObject;
  /** The caller's prompt, with the inbox's `redact` applied to every text. */
  readonly prompt: JSONValue;
  readonly attempts: readonly Attempt[];
  readonly issues: readonly Issue[];
  /** What `approve` delivers: the best attempt's text, never redacted. */
  readonly proposal: string;
  /** What a live stream has shown already and cannot take back; an edit that says otherwise ends that stream's run. */
  readonly released?: string;
  /** Who works on it, while the claim lasts. */
  readonly claimed?: Claim;
  /** What people wrote about it, oldest first. */
  readonly notes?: readonly Note[];
  readonly decision?: RecordedDecision;
  /** What came of the decision: known at once for `approve`, and when the request is sent again for the others. */
  readonly outcome?: EscalationOutcome;
  /** Every change of it, oldest first; of more than 200 the first and the latest. */
  readonly audit: readonly AuditEntry[];
}

/** One person's hold on an escalation, so that two do not work on the same one. */
export interface Claim {
  readonly by: string;
  /** ISO 8601. */
  readonly until: string;
  /** Who gave it to them, where they did not take it themselves. */
  readonly assignedBy?: string;
}

/** A value that a reviewer reads beside its label. */
export type FieldValue = string | number | boolean | null;

/** What a person wrote about an escalation. */
export interface Note {
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly text: string;
}

/** What came of a decision. */
export interface EscalationOutcome {
  /** Delivered, asked again because the answer failed the checks, or ended without an answer. */
  readonly type: 'accepted' | 'asked-again' | 'failed';
  /** The answer that came of the decision. */
  readonly text?: string;
  /** What the checks said of that answer. */
  readonly verdict?: Verdict;
  /** The escalation that asks again. */
  readonly escalationId?: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Who changed an escalation, when and how. */
export interface AuditEntry {
  /** `announced`: the inbox's `onFiled` succeeded. */
  readonly type: 'filed' | 'announced' | 'claimed' | 'assigned' | 'released' | 'noted' | 'decided';
  /** ISO 8601. */
  readonly at: string;
  /** Nobody is named where the library itself acted, or the person was not told to it. */
  readonly by?: string;
  /** Whom it was assigned to; `null` took it off whoever had it. */
  readonly to?: string | null;
  /** What went wrong with it, though it was done. */
  readonly problem?: string;
  /** What was decided. */
  readonly decision?: Decision['type'];
}
