import type { IssueKind } from '../trace/issue.ts';
import type { Check } from './check.ts';

const unfinished: Readonly<Record<string, { message: string; kind: IssueKind }>> = {
  length: { message: 'Answer more briefly: the answer was cut off before its end.', kind: 'truncated' },
  'content-filter': { message: 'Answer within the content policy.', kind: 'refused' },
  error: { message: 'Answer again: the answer broke off.', kind: 'truncated' },
  interrupted: { message: 'Answer again: the answer broke off.', kind: 'truncated' },
};

/**
 * The model ended the answer itself. It was not cut off by a length limit, a content filter or a broken response.
 *
 * @example checks: [finished()]
 */
export function finished(): Check {
  return {
    name: 'finished',
    test: ({ finishReason }) => {
      const issue = Object.hasOwn(unfinished, finishReason) ? unfinished[finishReason] : undefined;
      return issue === undefined || [issue];
    },
  };
}
