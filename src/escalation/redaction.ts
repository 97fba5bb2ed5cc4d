import type { JSONValue } from '@ai-sdk/provider';
import type { Prompt } from '../model/language-model.ts';
import type { Attempt, History } from '../trace/history.ts';
import type { Issue } from '../trace/issue.ts';

type Redact = (text: string) => string;

/** The prompt as plain JSON, without the bytes of its files, every text redacted. */
export function promptToJson(prompt: Prompt, redact: Redact): JSONValue {
  return toJson(prompt, redact);
}

export function redactIssues(issues: readonly Issue[], redact: Redact): Issue[] {
  return issues.map((issue) => ({
    ...issue,
    message: redact(issue.message),
    ...(issue.suggestion === undefined ? {} : { suggestion: redact(issue.suggestion) }),
  }));
}

export function redactHistory(history: History, redact: Redact): History {
  return history.map((entry) => (entry.type === 'attempt' ? redactAttempt(entry, redact) : entry));
}

function redactAttempt(attempt: Attempt, redact: Redact): Attempt {
  if (attempt.verdict.type === 'pass') return attempt;
  return { ...attempt, verdict: { type: 'fail', issues: redactIssues(attempt.verdict.issues, redact) } };
}

/** Names and ids that are not the caller's words. */
const structural = new Set(['type', 'role', 'toolCallId', 'toolName', 'mediaType', 'approvalId']);

function toJson(value: unknown, redact: Redact): JSONValue {
  if (typeof value === 'string') return redact(value);
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof URL) return redact(withoutData(value.href));
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

function withoutData(url: string): string {
  return url.startsWith('data:') ? `[${url.length} characters of a data URL]` : url;
}
