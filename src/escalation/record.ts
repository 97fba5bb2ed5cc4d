import type { JSONValue } from '@ai-sdk/provider';
import type { Prompt } from '../model/language-model.ts';
import type { RecordedDecision } from '../trace/decision.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { Attempt, History } from '../trace/history.ts';
import type { Issue } from '../trace/issue.ts';

/** An escalation as the store keeps it. */
export interface EscalationRecord {
  readonly v: 1;
  readonly escalation: Omit<Escalation, 'state' | 'attempts'>;
  /** The human stage that filed it. */
  readonly stage: string;
  /** Everything that happened in the run until then, for the run that resumes it. */
  readonly history: History;
  /** New with every write, so that no two writes are equal. */
  readonly revision: string;
}

export function parseRecord(text: string | undefined): EscalationRecord | undefined {
  if (text === undefined) return undefined;
  try {
    const record = JSON.parse(text);
    return record?.v === 1 && typeof record.escalation?.id === 'string' ? record : undefined;
  } catch {
    return undefined;
  }
}

export function toEscalation({ escalation, history }: EscalationRecord, now: number): Escalation {
  const attempts = history.filter((entry) => entry.type === 'attempt');
  return { ...escalation, attempts, state: stateOf(escalation, now) };
}

function stateOf(
  { decision, expiresAt }: { decision?: RecordedDecision; expiresAt: string },
  now: number,
): Escalation['state'] {
  const isOver = Date.parse(expiresAt) <= now;
  return isOver && decision === undefined ? 'expired' : decision === undefined ? 'pending' : 'decided';
}

/** The prompt as plain JSON, without the bytes of its files, every text redacted. */
export function promptToJson(prompt: Prompt, redact: (text: string) => string): JSONValue {
  return toJson(prompt, redact);
}

/** Names and ids that are not the caller's words. */
const structural = new Set(['type', 'role', 'toolCallId', 'toolName', 'mediaType', 'approvalId']);

function toJson(value: unknown, redact: (text: string) => string): JSONValue {
  if (typeof value === 'string') return redact(value);
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof URL) return redact(value.href);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => toJson(item, redact));
  if (typeof value !== 'object') return null;
  const members = Object.entries(value).filter(([name, member]) => member !== undefined && name !== 'providerOptions');
  return Object.fromEntries(
    members.map(([name, member]) => {
      if (structural.has(name) && typeof member === 'string') return [name, member];
      if (name === 'data' && typeof member === 'string') return [name, `[${member.length} characters of base64]`];
      return [name, toJson(member, redact)];
    }),
  );
}

export function redactIssues(issues: readonly Issue[], redact: (text: string) => string): Issue[] {
  return issues.map((issue) => ({
    ...issue,
    message: redact(issue.message),
    ...(issue.suggestion === undefined ? {} : { suggestion: redact(issue.suggestion) }),
  }));
}

export function redactHistory(history: History, redact: (text: string) => string): History {
  return history.map((entry) => (entry.type === 'attempt' ? redactAttempt(entry, redact) : entry));
}

function redactAttempt(attempt: Attempt, redact: (text: string) => string): Attempt {
  if (attempt.verdict.type === 'pass') return attempt;
  return { ...attempt, verdict: { type: 'fail', issues: redactIssues(attempt.verdict.issues, redact) } };
}
