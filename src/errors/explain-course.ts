import { countAttempts, type History } from '../trace/history.ts';
import type { StageEnd } from '../trace/stage-end.ts';
import { type Explaining, explainIssue } from './explain-issue.ts';
import { explainEnd, explainFailure } from './explain-run.ts';

const mostIssues = 3;

/** What a message explains. */
export interface Explained {
  readonly history: History;
  readonly explaining: Explaining;
  /** Why sources of tools failed, in sentences. */
  readonly toolFailures?: readonly string[];
}

/** How far a run came, and why each stage ended: "after 2 of 6 attempts: retry used its 2 attempts; …". */
export function explainCourse(history: History): string {
  const failed = new Set(history.flatMap((entry) => (entry.type === 'provider-failure' ? [entry.stage] : [])));
  const course = history.flatMap((entry) => {
    if (entry.type === 'provider-failure') return [`${explainFailure(entry)} in stage ${entry.stage}`];
    // The message itself says which error it was.
    const isSaid = (end: StageEnd) =>
      end.reason === 'error' || (end.reason === 'provider-failed' && failed.has(end.stage));
    const isTold = entry.type !== 'stage-end' || isSaid(entry);
    return isTold ? [] : [explainEnd(entry)];
  });
  return `${explainAttempts(history)}${course.length === 0 ? '' : `: ${course.join('; ')}`}`;
}

/** "after 2 of 6 attempts": how far a run came on its ladder. How often a person may be asked is no attempt that is left. */
function explainAttempts(history: History): string {
  const made = countAttempts(history);
  const possible = stageEnds(history).reduce(
    (sum, { reason, attempts, maxAttempts }) => sum + (reason === 'decided' ? attempts : maxAttempts),
    countPlainCalls(history),
  );
  if (possible <= made) return `after ${made} attempt${made === 1 ? '' : 's'}`;
  return `after ${made} of ${possible} attempts`;
}

/** What was wrong with the last answer that was judged, cut to fit a log line and without the words of the run, and which tools were missing. */
export function explainIssues({ history, explaining, toolFailures = [] }: Explained): string {
  const last = history.findLast((entry) => entry.type === 'attempt' && entry.isUnjudged !== true);
  const issues = last?.type === 'attempt' && last.verdict.type === 'fail' ? last.verdict.issues : [];
  const more = issues.length > mostIssues ? `; and ${issues.length - mostIssues} more` : '';
  const shown = issues.slice(0, mostIssues).map((issue) => explainIssue(issue, explaining));
  const found = `Last issue${issues.length === 1 ? '' : 's'}: ${shown.join('; ')}${more}.`;
  return sentences(issues.length === 0 ? '' : found, ...toolFailures);
}

/** Sentences that have something to say, as one text. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** The stages of a run that ended. */
export function stageEnds(history: History): StageEnd[] {
  return history.filter((entry) => entry.type === 'stage-end');
}

/** The first call of a ladder that does not begin with `retry` counts for no stage. */
function countPlainCalls(history: History): number {
  const stages = new Set(stageEnds(history).map(({ stage }) => stage));
  return history.filter((entry) => entry.type === 'attempt' && !stages.has(entry.stage)).length;
}
