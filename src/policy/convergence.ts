import { canonicalJson } from '../trace/canonical-json.ts';
import type { Attempt } from '../trace/history.ts';
import type { Verdict } from '../trace/issue.ts';
import { parseJson } from '../trace/parse-json.ts';
import type { Repetition } from '../trace/stage-end.ts';

/**
 * How a stage goes in circles, if it does: its last answer was there before, or its last two have the same issues. Of an
 * answer that was aborted only the issues up to there are known.
 */
export function repetitionIn(attempts: readonly Attempt[]): Repetition | undefined {
  const last = attempts.at(-1);
  const earlier = attempts.slice(0, -1);
  const previous = earlier.at(-1);
  if (last === undefined || previous === undefined) return undefined;
  const sameIssues: Repetition = { type: 'issues', attempt: previous.number };
  const areBothAborted = isAborted(last) && isAborted(previous);
  if (isAborted(last) && !areBothAborted) return hasIssuesOf(previous, last) ? sameIssues : undefined;
  if (isAborted(previous) && !areBothAborted) return hasIssuesOf(last, previous) ? sameIssues : undefined;
  const answer = areBothAborted ? undefined : answerOf(last);
  const same = earlier.findLast((attempt) => answer !== undefined && answerOf(attempt) === answer);
  if (same !== undefined) return { type: 'answer', attempt: same.number };
  return issuesText(last.verdict) === issuesText(previous.verdict) ? sameIssues : undefined;
}

/** What an attempt answered, if that is its text: one whose calls were wrong may have any text beside them. */
function answerOf({ text, verdict }: Attempt): string | undefined {
  const isCall = verdict.type === 'fail' && verdict.issues.some(({ kind }) => kind === 'tool-input');
  return text === '' || isCall ? undefined : canonicalText(text);
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
  const parsed = parseJson(text);
  if (parsed === undefined) return text.trim();
  try {
    return canonicalJson(parsed.value);
  } catch {
    // It nests too deep for the stack.
    return text.trim();
  }
}
