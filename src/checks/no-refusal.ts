import type { Answer } from '../model/answer.ts';
import { promptTexts } from '../model/prompt-text.ts';
import type { IssuePath } from '../trace/issue.ts';
import type { Check, FoundIssue } from './check.ts';
import { leavesOf } from './places/leaves.ts';
import { isRefusal } from './refusal/is-refusal.ts';

/** A refusal in JSON stands in a member; what a longer document quotes is not looked through. */
const mostLeaves = 1000;

/**
 * The answer does not refuse the request: not in its first sentences, not in the texts of a JSON answer, and not by a
 * content filter. Text that already occurs in the prompt counts as quoted, not as a refusal.
 *
 * @example checks: [noRefusal()]
 */
export function noRefusal(): Check {
  return {
    name: 'noRefusal',
    test: (answer, { params }) => {
      if (answer.finishReason === 'content-filter') return [refused([])];
      const isQuoted = (refusal: string) => promptTexts(params.prompt).some((given) => given.includes(refusal.trim()));
      return refusals(answer).flatMap(({ refusal, path }) => (isQuoted(refusal) ? [] : [refused(path)]));
    },
  };
}

function refusals(answer: Answer): { readonly refusal: string; readonly path: IssuePath }[] {
  const { text } = answer;
  if (isRefusal(text)) return [{ refusal: text, path: [] }];
  if (!/^\s*(?:[{[]|```)/.test(text)) return [];
  const found: { refusal: string; path: IssuePath }[] = [];
  let count = 0;
  for (const { value, path } of leavesOf(answer.value)) {
    count += 1;
    if (count > mostLeaves) break;
    if (typeof value === 'string' && isRefusal(value)) found.push({ refusal: value, path: path() });
  }
  return found;
}

function refused(path: IssuePath): FoundIssue {
  const message = 'Answer the request itself; if a part of it cannot be answered, say which and answer the rest.';
  return { message, path, kind: 'refused' };
}
