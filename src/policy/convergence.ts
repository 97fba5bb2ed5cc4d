import { canonicalJson } from '../trace/canonical-json.ts';
import type { Attempt } from '../trace/history.ts';
import type { Verdict } from '../trace/issue.ts';
import { parseJson } from '../trace/parse-json.ts';
import type { Repetition } from '../trace/stage-end.ts';

/**
 * How a stage goes in circles, if it does: its last answer was there before, or its last two have the same issues. The text
 * of an answer that was aborted says nothing of the whole.
 */
export function repetitionIn(attempts: readonly Attempt[]): Repetition | undefined {
  const last = attempts.at(-1);
  const earlier = attempts.slice(0, -1);
  const previous = earlier.at(-1);
  if (last === undefined || previous === undefined) return undefined;
  const answer = answerOf(last);
  const same = earlier.findLast((attempt) => answer !== undefined && answerOf(attempt) === answer);
  if (same !== undefined) return { type: 'answer', attempt: same.number };
  const hasSameIssues = issuesText(last.verdict) === issuesText(previous.verdict);
  return hasSameIssues ? { type: 'issues', attempt: previous.number } : undefined;
}

/** What an attempt answered, if that is its text: one whose calls were wrong may have any text beside them. */
function answerOf({ text, verdict, estimatedTokens }: Attempt): string | undefined {
  const isCall = verdict.type === 'fail' && verdict.issues.some(({ kind }) => kind === 'tool-input');
  return text === '' || isCall || estimatedTokens !== undefined ? undefined : canonicalText(text);
}

function issuesText(verdict: Verdict): string {
  if (verdict.type === 'pass') return '';
  const issues = verdict.issues.map(({ path, check, message }) => JSON.stringify([path, check, message]));
  return issues.sort().join('\n');
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
