import { feedbackSince, findTask, lastUserText, recentToolResults } from './conversation.ts';
import type { PracticeAnswer, PracticeRequest } from './exchange.ts';
import { readInvoice } from './invoice-mind.ts';
import { isObject, type JsonObject } from './json.ts';
import { instanceOf } from './schema-instance.ts';
import { callTool, factsFromTools } from './tool-mind.ts';

/**
 * Answers as a fallible model does, from the conversation alone: wrong at first and right once it is told what is
 * wrong, for the invoices and wherever the user says `practice: fallible`; right at once otherwise.
 */
export function practiceMind(request: PracticeRequest): PracticeAnswer {
  return readInvoice(request) ?? callsTool(request) ?? fillsSchema(request) ?? chats(request);
}

const FALLIBLE = 'practice: fallible';

function isWrongThisTime({ messages }: PracticeRequest): boolean {
  const isTold = messages.some(({ role, text }) => role === 'system' && text.includes(FALLIBLE));
  const task = isTold ? messages.findIndex(({ role }) => role === 'user') : findTask(messages, FALLIBLE);
  return task !== -1 && feedbackSince(messages, task).length === 0;
}

function callsTool(request: PracticeRequest): PracticeAnswer | undefined {
  const answer = callTool(request);
  if (answer === undefined || !isWrongThisTime(request)) return answer;
  const schemas = new Map(request.tools.map(({ name, inputSchema }) => [name, inputSchema]));
  return {
    toolCalls: answer.toolCalls?.map((call) => {
      const input = withoutLastRequired(JSON.parse(call.input), schemas.get(call.name) ?? {});
      return { ...call, input: JSON.stringify(input) };
    }),
  };
}

function fillsSchema(request: PracticeRequest): PracticeAnswer | undefined {
  if (!request.wantsJson) return undefined;
  const schema = request.schema ?? {};
  const value = request.schema === undefined ? { answer: reply(request) } : instanceOf(schema, factsFromTools(request));
  return { text: JSON.stringify(isWrongThisTime(request) ? withoutLastRequired(value, schema) : value) };
}

function withoutLastRequired(value: unknown, { required }: JsonObject): unknown {
  if (!isObject(value)) return `not what you asked for: ${value}`;
  const name = Array.isArray(required) ? required.at(-1) : Object.keys(value).at(-1);
  return Object.fromEntries(Object.entries(value).filter(([member]) => member !== name));
}

function chats(request: PracticeRequest): PracticeAnswer {
  return { text: isWrongThisTime(request) ? "I'm sorry, but I can't help with that." : reply(request) };
}

function reply({ messages }: PracticeRequest): string {
  const results = recentToolResults(messages).map(({ text }) => text.slice(0, 500));
  if (results.length > 0) return `The tools say: ${results.join(' ')}`;
  const question = lastUserText(messages).replaceAll(/\s+/g, ' ').slice(0, 80);
  return `You wrote “${question}”. I am the practice model: I answer from rules, so that the examples run without a key.`;
}
