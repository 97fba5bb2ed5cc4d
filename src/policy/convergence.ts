import { canonicalJson } from '../trace/canonical-json.ts';
import type { Attempt } from '../trace/history.ts';
import type { Verdict } from '../trace/issue.ts';

/**
 * Whether a stage goes in circles: its last answer was there before, or its last two have the same issues. Of an answer
 * that was aborted only the first issue is known.
 */
export function makesNoProgress(attempts: readonly Attempt[]): boolean {
  const last = attempts.at(-1);
  const earlier = attempts.slice(0, -1);
  const previous = earlier.at(-1);
  if (last === undefined || previous === undefined) return false;
  if (isAborted(last)) return hasIssuesOf(previous, last);
  if (isAborted(previous)) return hasIssuesOf(last, previous);
  if (issuesText(last.verdict) === issuesText(previous.verdict)) return true;
  if (last.text === '') return false;
  const answer = canonicalText(last.text);
  return earlier.some((attempt) => canonicalText(attempt.text) === answer);
}

function isAborted({ estimatedTokens }: Attempt): boolean {
  return estimatedTokens !== undefined;
}

/** Whether an attempt has the issues that are known of an aborted one. */
function hasIssuesOf({ verdict }: Attempt, { verdict: known }: Attempt): boolean {
  const issues = new Set(issueTexts(verdict));
  return issueTexts(known).every((issue) => issues.has(issue));
}

function issuesText(verdict: Verdict): string {
  return issueTexts(verdict).sort().join('\n');
}

function issueTexts(verdict: Verdict): string[] {
  if (verdict.type === 'pass') return [];
  return verdict.issues.map(({ path, check, message }) => JSON.stringify([path, check, message]));
}

function canonicalText(text: string): string {
  try {
    return canonicalJson(JSON.parse(text));
  } catch {
    return text.trim();
  }
}
