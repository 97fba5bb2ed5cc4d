import { isOurs } from '../errors/is-ours.ts';
import type { History } from '../trace/history.ts';
import type { Issue } from '../trace/issue.ts';
import { jsonPointer } from '../trace/json-pointer.ts';
import { json } from './log-words.ts';

/** An issue with its place, in the words of its check. */
export function issueInFull({ path, message }: Issue): string {
  return `${path.length === 0 ? '' : `${jsonPointer(path)}: `}${message.replace(/\.$/, '')}`;
}

/** What an error says, what its message leaves out of the last issues, and what its causes say. */
export function errorInFull(error: unknown): string {
  let text = '';
  for (let cause = error, left = maxErrors; cause !== undefined && left > 0; left -= 1) {
    const { message, cause: next } = Object(cause) as { readonly message?: unknown; readonly cause?: unknown };
    const said = typeof message === 'string' ? message : json(cause);
    if (!text.includes(said)) text += `${text && ' Cause: '}${said}`;
    for (const issue of isOurs(cause) ? lastIssues(cause).map(issueInFull) : [])
      if (!text.includes(issue)) text += ` In full: ${issue}.`;
    cause = next;
  }
  return text;
}

/** An error may be its own cause. */
const maxErrors = 5;

/** What was wrong with the last judged answer before an error of ours. */
function lastIssues(error: object): readonly Issue[] {
  const { history, escalation } = error as { history?: History; escalation?: { readonly attempts: History } };
  const last = (history ?? escalation?.attempts ?? []).findLast(
    (entry) => entry.type === 'attempt' && entry.isUnjudged !== true,
  );
  return last?.type === 'attempt' && last.verdict.type === 'fail' ? last.verdict.issues : [];
}
