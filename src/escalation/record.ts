import type { AuditEntry, Escalation } from '../trace/escalation.ts';
import type { History } from '../trace/history.ts';
import { isRecord } from './is-record.ts';

/** An escalation as the store keeps it. */
export interface EscalationRecord {
  readonly v: 1;
  readonly escalation: Omit<Escalation, 'state' | 'attempts' | 'earlier'>;
  /** Everything that happened in the run until then, for the run that resumes it. */
  readonly history: History;
  /** Whether `onFiled` succeeded, or until when (milliseconds since the epoch) somebody is at it. */
  readonly announced: true | { readonly until: number };
  /** New with every write, so that no two writes are equal. */
  readonly revision: string;
  /** Of that write, in milliseconds since the epoch. */
  readonly changedAt: number;
  /** A later round of the same request is found through this one until then (milliseconds since the epoch). */
  readonly keptUntil?: number;
}

/** A record and the very text it was read from, for a conditional write. */
export interface StoredRecord {
  readonly text: string;
  readonly record: EscalationRecord;
}

/** The record of an id; `undefined` for a text that the inbox did not write under it. */
export function parseRecord(id: string, text: string | undefined): StoredRecord | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return undefined;
    const record = value as EscalationRecord; // as the inbox wrote it
    return record.escalation.id === id ? { text, record } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a text is no record of any version. */
export function isForeign(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value !== 'object' || value === null || !('escalation' in value);
  } catch {
    return true;
  }
}

/** The record as people see it at `now`. */
export function toEscalation({ escalation, history }: EscalationRecord, now: number): Escalation {
  const { claimed, ...rest } = escalation;
  const attempts = history.filter((entry) => entry.type === 'attempt');
  const earlier = history.filter((entry) => entry.type === 'decision');
  const state = stateOf(escalation, now);
  const isClaimed = state === 'pending' && claimed !== undefined && Date.parse(claimed.until) > now;
  return { ...rest, attempts, state, ...(earlier.length > 0 ? { earlier } : {}), ...(isClaimed ? { claimed } : {}) };
}

/** Whether a decision may still be made or applied. */
export function isOver({ expiresAt }: Pick<Escalation, 'expiresAt'>, now: number): boolean {
  return Date.parse(expiresAt) <= now;
}

/** When the store forgets a record: twice its time after it was filed, or with the last of the later rounds. */
export function forgottenAt({
  escalation: { createdAt, expiresAt },
  keptUntil = 0,
}: Pick<EscalationRecord, 'escalation' | 'keptUntil'>): number {
  return Math.max(keptUntil, 2 * Date.parse(expiresAt) - Date.parse(createdAt));
}

/** The most changes of who works on it that a record keeps. All others are few: notes are limited where they are made. */
const maxHandovers = 200;

export function withAudit(audit: readonly AuditEntry[], entry: AuditEntry): AuditEntry[] {
  const all = [...audit, entry];
  const handovers = all.filter(isHandover);
  return handovers.length <= maxHandovers ? all : all.filter((one) => one !== handovers[0]);
}

function isHandover({ type }: AuditEntry): boolean {
  return type === 'claimed' || type === 'assigned' || type === 'released';
}

export function stateOf(escalation: EscalationRecord['escalation'], now: number): Escalation['state'] {
  if (escalation.decision !== undefined) return 'decided';
  return isOver(escalation, now) ? 'expired' : 'pending';
}
