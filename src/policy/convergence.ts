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
  if (isAborted(last) || isAborted(previous)) return firstIssue(last) === firstIssue(previous);
  if (issuesText(last.verdict) === issuesText(previous.verdict)) return true;
  if (last.text === '') return false;
  const answer = canonicalText(last.text);
  return earlier.some((attempt) => canonicalText(attempt.text) === answer);
}

function isAborted({ estimatedTokens }: Attempt): boolean {
  return estimatedTokens !== undefined;
}

function firstIssue({ verdict }: Attempt): string {
  return issuesText(verdict.type === 'pass' ? verdict : { ...verdict, issues: verdict.issues.slice(0, 1) });
}

function issuesText(verdict: Verdict): string {
  if (verdict.type === 'pass') return '';
  return verdict.issues
    .map(({ path, check, message }) => JSON.stringify([path, check, message]))
    .sort()
    .join('\n');
}

function canonicalText(text: string): string {
  try {
    return canonicalJson(JSON.parse(text));
  } catch {
    return text.trim();
  }
}
