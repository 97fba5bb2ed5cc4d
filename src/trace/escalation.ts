import type { JSONValue } from '@ai-sdk/provider';
import type { Decision, RecordedDecision } from './decision.ts';
import type { Attempt } from './history.ts';
import type { Issue } from './issue.ts';

/** A durable record that asks a person to decide. */
export interface Escalation {
  readonly id: string;
  readonly scope: string;
  /** The human stage that filed it. */
  readonly stage: string;
  readonly state: 'pending' | 'decided' | 'expired';
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601; a decision is possible until then. */
  readonly expiresAt: string;
  /** The caller's prompt, with the inbox's `redact` applied to every text. */
  readonly prompt: JSONValue;
  readonly attempts: readonly Attempt[];
  readonly issues: readonly Issue[];
  /** What `approve` delivers: the best attempt's text, never redacted. */
  readonly proposal: string;
  /** Who works on it, while the claim lasts. */
  readonly claimed?: Claim;
  readonly decision?: RecordedDecision;
  /** Every change of it, oldest first; of more than 200 the first and the latest. */
  readonly audit: readonly AuditEntry[];
}

/** One person's hold on an escalation, so that two do not work on the same one. */
export interface Claim {
  readonly by: string;
  /** ISO 8601. */
  readonly until: string;
}

/** Who changed an escalation, when and how. */
export interface AuditEntry {
  /** `announced`: the inbox's `onFiled` succeeded. */
  readonly type: 'filed' | 'announced' | 'claimed' | 'released' | 'decided';
  /** ISO 8601. */
  readonly at: string;
  /** Nobody is named where the library itself acted, or the person was not told to it. */
  readonly by?: string;
  /** What was decided. */
  readonly decision?: Decision['type'];
}
