import type { Escalation } from '../../trace/escalation.ts';
import type { Issue } from '../../trace/issue.ts';

/** What is wrong with an edited answer, and where. */
export type EditIssue = Pick<Issue, 'path' | 'message'>;

/** Says what is wrong with an edited answer. */
export type JudgeEdit = (
  text: string,
  escalation: Escalation,
) => readonly EditIssue[] | PromiseLike<readonly EditIssue[]>;
