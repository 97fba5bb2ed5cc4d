import { documentIn, readDocument } from '../../checks/openapi/read-document.ts';
import { readJson } from '../../reading/index.ts';
import type { Issue } from '../../trace/issue.ts';
import { valueAt } from '../../trace/json-pointer.ts';
import type { AnswerCase } from './saying.ts';

/**
 * Whether the answer has the place of an issue, or what should hold it: a missing member is named within its object. One
 * that is missing with its object stands in an answer that is right.
 */
export async function leadsSomewhere(
  { path, toolCallId }: Issue,
  answer: AnswerCase,
  right: readonly AnswerCase[],
): Promise<boolean> {
  if (path.length === 0) return true;
  for (const one of [answer, ...right]) {
    const values = toolCallId === undefined ? await valuesIn(one) : [inputOf(one, toolCallId)];
    const holders = values.map((value) => valueAt(value, path.slice(0, -1)));
    if (holders.some((holder) => typeof holder === 'object' && holder !== null)) return true;
  }
  return false;
}

/** What the answer says as JSON, and as YAML. */
async function valuesIn(answer: AnswerCase): Promise<readonly unknown[]> {
  const text = typeof answer === 'string' ? answer : (answer.text ?? '');
  return [readJson(text)?.value, await documentOf(text)];
}

async function documentOf(text: string): Promise<unknown> {
  try {
    const read = await readDocument(documentIn(text));
    return read.type === 'document' ? read.document : undefined;
  } catch {
    return undefined; // too deep, or without the package
  }
}

function inputOf(answer: AnswerCase, id: string): unknown {
  const { content = [] } = typeof answer === 'string' ? {} : answer;
  const call = content.find((part) => part.type === 'tool-call' && part.toolCallId === id);
  return call?.type === 'tool-call' ? readJson(call.input === '' ? '{}' : call.input)?.value : undefined;
}
