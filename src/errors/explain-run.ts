import { cut } from '../feedback/excerpt.ts';
import type { Decision } from '../trace/decision.ts';
import type { Issue, IssuePath } from '../trace/issue.ts';
import { jsonPointer } from '../trace/json-pointer.ts';
import type { FailureSummary } from '../trace/provider-failure.ts';
import type { StageEnd } from '../trace/stage-end.ts';
import { withoutQuotes } from '../trace/without-quotes.ts';

const longestIssue = 200;
const memberName = /^[\p{L}_$][\p{L}_$-]*\d{0,2}$/u;

/** An issue with its place and its check, cut, and without what it repeats from the answers. */
export function explainIssue(issue: Issue, answers: readonly string[]): string {
  return `${explainFinding(issue, answers)} (${issue.check})`;
}

/** The same without its check. */
export function explainFinding({ path, message }: Issue, answers: readonly string[]): string {
  // One line, without what moves a terminal's cursor; twice what is shown, as looking for quotes in a long message takes time.
  const opening = cut(message.replaceAll(/[\s\p{Cc}]+/gu, ' '), 2 * longestIssue);
  const told = withoutQuotes(opening, answers, shownPath(path));
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
export function explainEnd({
  stage,
  reason,
  attempts,
  maxAttempts,
  repeats,
  kinds = [],
  limit,
  error,
  decision,
}: StageEnd): string {
  switch (reason) {
    case 'accepted':
      return `${stage} was accepted${decision === undefined ? '' : ` after a person's ${byPerson[decision]}`}`;
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
      return `${stage} was left: ${error === undefined ? 'its provider failed' : explainFailure(error)}`;
    case 'decided':
      return decision === undefined
        ? `${stage} was passed over by a person`
        : `${stage} ended with a person's ${byPerson[decision]}`;
  }
}

/** What a person did, as a noun. */
export const byPerson: Readonly<Record<Decision['type'], string>> = {
  approve: 'approval',
  edit: 'edit',
  retry: 'advice',
  reject: 'rejection',
  escalate: 'escalation',
};

/** A failed provider call, without the provider's own words: "status 402 from gpt-5-mini (a quota or balance is used up)". */
export function explainFailure({ name, model, statusCode, isSpent }: FailureSummary): string {
  const what = statusCode === undefined ? (name ?? 'a failure') : `status ${statusCode}`;
  return `${what} from ${model}${isSpent === true ? ' (a quota or balance is used up)' : ''}`;
}
