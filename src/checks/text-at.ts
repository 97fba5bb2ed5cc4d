import type { Answer } from '../model/answer.ts';
import type { IssuePath } from '../trace/issue.ts';
import { valueAt } from '../trace/json-pointer.ts';

/** The answer's text, or the string at a place of its JSON value; `undefined` when there is none. */
export function textAt(answer: Answer, path: IssuePath | undefined): string | undefined {
  if (path === undefined) return answer.text;
  const found = valueAt(answer.value, path);
  return typeof found === 'string' ? found : undefined;
}
