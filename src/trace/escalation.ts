import type { JSONValue } from '@ai-sdk/provider';
import type { RecordedDecision } from './decision.ts';
import type { Attempt } from './history.ts';
import type { Issue } from './issue.ts';

/** A durable record that asks a person to decide. */
export interface Escalation {
  readonly id: string;
  readonly scope: string;
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
  readonly decision?: RecordedDecision;
}
