import type { JSONValue } from '@ai-sdk/provider';
import type { Prompt } from '../model/language-model.ts';
import type { Attempt, History } from '../trace/history.ts';
import type { Issue } from '../trace/issue.ts';
import { isStructural, isToolJson } from './actions/prompt-names.ts';

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

function toJson(value: unknown, redact: Redact, isTools = false): JSONValue {
  if (typeof value === 'string') return redact(value);
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof URL) return redact(withoutData(value.href));
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => toJson(item, redact, isTools));
  if (typeof value !== 'object') return null;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (isTools) return Object.fromEntries(members.map(([name, member]) => [name, toJson(member, redact, isTools)]));
  return Object.fromEntries(
    members
      .filter(([name]) => name !== 'providerOptions')
      .map(([name, member]) => {
        if (isStructural(name, member)) return [name, member as string]; // as it was asked
        if (name === 'data' && typeof member === 'string') return [name, `[${member.length} characters of base64]`];
        return [name, toJson(member, redact, isToolJson(name, value))];
      }),
  );
}

function withoutData(url: string): string {
  return url.startsWith('data:') ? `[${url.length} characters of a data URL]` : url;
}
