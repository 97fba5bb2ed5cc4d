import type { Answer } from '../../model/answer.ts';
import type { Verdict } from '../../trace/issue.ts';
import { jsonPointer } from '../../trace/json-pointer.ts';

/** A text, or as much of an answer as matters. */
export type AnswerCase = string | Partial<Answer>;

/** The beginning of an answer, for a title. */
export function shown(answer: AnswerCase): string {
  const text = JSON.stringify(typeof answer === 'string' ? answer : (answer.text ?? answer));
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

export function said(verdict: Verdict): string {
  if (verdict.type === 'pass') return 'that it passes';
  const issues = verdict.issues.map(({ path, message }) => [
    ...(path.length === 0 ? [] : [jsonPointer(path)]),
    message,
  ]);
  return issues.map((issue) => `"${issue.join(': ')}"`).join(', ');
}
