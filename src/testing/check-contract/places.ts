import { readJson } from '../../reading/index.ts';
import type { Issue } from '../../trace/issue.ts';
import { valueAt } from '../../trace/json-pointer.ts';
import type { AnswerCase } from './saying.ts';

/** Whether the answer has the place of an issue, or what should hold it: a missing member is named within its object. */
export function leadsSomewhere({ path, toolCallId }: Issue, answer: AnswerCase): boolean {
  if (path.length === 0) return true;
  const holder = valueAt(toolCallId === undefined ? valueIn(answer) : inputOf(answer, toolCallId), path.slice(0, -1));
  return typeof holder === 'object' && holder !== null;
}

function valueIn(answer: AnswerCase): unknown {
  return readJson(typeof answer === 'string' ? answer : (answer.text ?? ''))?.value;
}

function inputOf(answer: AnswerCase, id: string): unknown {
  const { content = [] } = typeof answer === 'string' ? {} : answer;
  const call = content.find((part) => part.type === 'tool-call' && part.toolCallId === id);
  return call?.type === 'tool-call' ? readJson(call.input === '' ? '{}' : call.input)?.value : undefined;
}
