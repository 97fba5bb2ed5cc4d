import { cut } from '../feedback/excerpt.ts';
import { countAttempts, type History } from '../trace/history.ts';
import type { Issue, IssuePath } from '../trace/issue.ts';
import { jsonPointer } from '../trace/json-pointer.ts';
import type { StageEnd } from '../trace/stage-end.ts';
import { withoutQuotes } from '../trace/without-quotes.ts';

const mostIssues = 3;
const longestIssue = 200;
const memberName = /^[\p{L}_$][\p{L}_$-]*\d{0,2}$/u;

/** "after 2 of 6 attempts": how far a run came on its ladder. */
export function explainAttempts(history: History): string {
  const made = countAttempts(history);
  const possible = stageEnds(history).reduce((sum, { maxAttempts }) => sum + maxAttempts, countPlainCalls(history));
  if (possible <= made) return `after ${made} attempt${made === 1 ? '' : 's'}`;
  return `after ${made} of ${possible} attempts`;
}

/** Why each stage ended, in the order of the ladder. */
export function explainStages(history: History): string {
  return stageEnds(history).map(explainEnd).join('; ');
}

/** What was wrong with the last answer, cut to what fits a line of a log, and without the words of the answers. */
export function explainIssues(history: History): string {
  const last = history.findLast((entry) => entry.type === 'attempt');
  if (last?.verdict.type !== 'fail' || last.verdict.issues.length === 0) return '';
  const { issues } = last.verdict;
  const more = issues.length > mostIssues ? `; and ${issues.length - mostIssues} more` : '';
  const texts = history.flatMap((entry) => (entry.type === 'attempt' ? [entry.text] : []));
  const shown = issues.slice(0, mostIssues).map((issue) => explainIssue(issue, texts));
  return `Last issue${issues.length === 1 ? '' : 's'}: ${shown.join('; ')}${more}.`;
}

/** Sentences that have something to say, as one text. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** An issue with its place and its check, cut, and without what it repeats from the answers. */
export function explainIssue(issue: Issue, answers: readonly string[]): string {
  return `${explainFinding(issue, answers)} (${issue.check})`;
}

/** The same without its check. */
export function explainFinding({ path, message }: Issue, answers: readonly string[]): string {
  const told = withoutQuotes(message.replaceAll(/\s+/g, ' '), answers, shownPath(path));
  const place = path.length === 0 ? '' : `${explainPath(path)}: `;
  return `${place}${cut(told, longestIssue).replace(/\.$/, '')}`;
}

/** Where something is, without the members that no schema is likely to have named. */
export function explainPath(path: IssuePath): string {
  return cut(jsonPointer(shownPath(path)), longestIssue);
}

/** A model may make a member of anything; what looks like a name was most likely the schema's. */
function shownPath(path: IssuePath): IssuePath {
  return path.map((key) => (typeof key === 'number' || memberName.test(key) ? key : '…'));
}

/** Why a stage ended, in one clause. */
export function explainEnd({ stage, reason, attempts, maxAttempts, repeats, kinds = [], limit }: StageEnd): string {
  switch (reason) {
    case 'accepted':
      return `${stage} was accepted`;
    case 'attempts-used':
      return `${stage} used its ${maxAttempts === 1 ? 'one attempt' : `${maxAttempts} attempts`}`;
    case 'no-progress': {
      const what = repeats?.type === 'answer' ? 'answer' : 'issues';
      return `${stage} stopped after ${attempts} of ${maxAttempts}, as the model repeated the ${what} of attempt ${repeats?.attempt} (convergence: 'strict')`;
    }
    case 'not-handled':
      return `${stage} does not handle ${kinds.join(', ')}`;
    case 'skipped':
      return `${stage} had nothing to propose`;
    case 'budget':
      return `${stage} was beyond the budget${limit === undefined ? '' : ` (${limit})`}`;
    case 'provider-failed':
      return `${stage} was left, as its provider failed`;
    case 'decided':
      return `${stage} decided`;
  }
}

function stageEnds(history: History): StageEnd[] {
  return history.filter((entry) => entry.type === 'stage-end');
}

/** The first call of a ladder that does not begin with `retry` counts for no stage. */
function countPlainCalls(history: History): number {
  const stages = new Set(stageEnds(history).map(({ stage }) => stage));
  return history.filter((entry) => entry.type === 'attempt' && !stages.has(entry.stage)).length;
}
