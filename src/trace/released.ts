import type { Issue } from './issue.ts';

/** The name of the check that a continued answer keeps what was delivered before. */
export const releasedCheck = 'released';

export function releasedIssue(path: Issue['path']): Issue {
  return {
    message: 'Keep this as it was: it has been delivered already.',
    path,
    check: releasedCheck,
    kind: 'content',
  };
}
