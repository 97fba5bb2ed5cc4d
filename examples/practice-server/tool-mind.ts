import { lastUserText, recentToolResults } from './conversation.ts';
import type { PracticeAnswer, PracticeRequest, PracticeTool } from './exchange.ts';
import { type JsonObject, parseObject } from './json.ts';
import { type Facts, instanceOf, memberNames } from './schema-instance.ts';

/** Calls the tool that is demanded, or the one whose name the user's words contain and that was not called yet. */
export function callTool(request: PracticeRequest): PracticeAnswer | undefined {
  const tool = chooseTool(request);
  if (tool === undefined) return undefined;
  const subject = subjectOf(lastUserText(request.messages));
  const facts = subject === undefined ? {} : { [subjectMember(tool.inputSchema) ?? '']: subject };
  return { toolCalls: [{ name: tool.name, input: JSON.stringify(instanceOf(tool.inputSchema, facts)) }] };
}

/** What the tools have told since the user spoke last, by the names of its members. */
export function factsFromTools(request: PracticeRequest): Facts {
  return Object.assign({}, ...recentToolResults(request.messages).map(({ text }) => parseObject(text)));
}

function chooseTool({ tools, toolChoice, messages }: PracticeRequest): PracticeTool | undefined {
  if (toolChoice === 'none') return undefined;
  if (typeof toolChoice === 'object') return tools.find(({ name }) => name === toolChoice.name);
  const words = lastUserText(messages).toLowerCase();
  const score = ({ name }: PracticeTool) => wordsOf(name).findLast((word) => words.includes(word))?.length ?? 0;
  const named = tools.filter((tool) => score(tool) > 0).sort((a, b) => score(b) - score(a))[0];
  if (toolChoice === 'required') return named ?? tools[0];
  const results = recentToolResults(messages);
  const hasFailed = results.length === 1 && /error|invalid|missing|required/i.test(results[0]?.text ?? '');
  return results.length === 0 || hasFailed ? named : undefined;
}

const COMMON_WORDS = ['look', 'find', 'with', 'from', 'make', 'send', 'call', 'tool', 'data', 'list'];

function wordsOf(name: string): readonly string[] {
  const words = name.split(/(?=[A-Z])|[^A-Za-z]+/).map((word) => word.toLowerCase());
  return words.filter((word) => word.length >= 4 && !COMMON_WORDS.includes(word));
}

function subjectOf(text: string): string | undefined {
  return (
    /["“]([^"”]+)["”]/.exec(text)?.[1] ??
    /\b(?:in|for|at|of|to)\s+(\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)*)/u.exec(text)?.[1]
  );
}

function subjectMember(schema: JsonObject): string | undefined {
  const sample = instanceOf(schema) as Record<string, unknown>;
  return memberNames(schema).find((name) => typeof sample[name] === 'string');
}
