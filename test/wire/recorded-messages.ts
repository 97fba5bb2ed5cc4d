import type { ModelMessage } from 'ai';
import type { PracticeMessage, PracticeToolCall } from '../../examples/practice-server/exchange.ts';
import { isObject, type JsonObject, objectsIn, parseObject, textIn } from '../../examples/practice-server/json.ts';

/** Reads the conversation of a request, in any provider's spelling. */
export function readMessages(request: JsonObject): readonly PracticeMessage[] {
  const system = [request.system, request.instructions, request.systemInstruction, request.system_instruction]
    .filter((value) => value !== undefined && value !== null)
    .map((value): JsonObject => ({ role: 'system', content: isObject(value) ? value.parts : value }));
  const read = [...system, ...objectsIn(request.messages)].flatMap(readMessage);
  const merged: PracticeMessage[] = [];
  for (const message of read) {
    const last = merged.at(-1);
    if (last?.role !== 'assistant' || message.role !== 'assistant') merged.push(message);
    else merged[merged.length - 1] = { ...last, text: last.text + message.text, toolCalls: callsOf(last, message) };
  }
  return withIds(merged);
}

/** The conversation as the SDK takes it. */
export function toModelMessages(messages: readonly PracticeMessage[]): readonly ModelMessage[] {
  const names = new Map(messages.flatMap(({ toolCalls = [] }) => toolCalls.map(({ id, name }) => [id, name] as const)));
  return messages.map(({ role, text, toolCalls = [], toolCallId = '' }): ModelMessage => {
    switch (role) {
      case 'system':
      case 'user':
        return { role, content: text };
      case 'assistant': {
        const spoken = text === '' ? [] : [{ type: 'text' as const, text }];
        const called = toolCalls.map(({ id = '', name, input }) => ({
          type: 'tool-call' as const,
          toolCallId: id,
          toolName: name,
          input: parseObject(input) ?? {},
        }));
        return { role, content: [...spoken, ...called] };
      }
      case 'tool': {
        const output = { type: 'text' as const, value: text };
        return { role, content: [{ type: 'tool-result', toolCallId, toolName: names.get(toolCallId) ?? '', output }] };
      }
    }
    return role satisfies never;
  });
}

function readMessage(message: JsonObject): readonly PracticeMessage[] {
  if (message.type === 'function_call') return [{ role: 'assistant', text: '', toolCalls: [readCall(message)] }];
  if (message.type === 'function_call_output') return [readResult(message)];
  if (message.role === 'tool') return [readResult(message)];
  const parts = Array.isArray(message.content) ? message.content : message.parts;
  const toolCalls = [
    ...objectsIn(message.tool_calls).map((call) =>
      readCall({ ...call, ...(isObject(call.function) && call.function) }),
    ),
    ...objectsIn(parts)
      .flatMap((part) => memberOf(part, CALLS))
      .map(readCall),
  ];
  const results = objectsIn(parts)
    .flatMap((part) => memberOf(part, RESULTS))
    .map(readResult);
  const text = Array.isArray(parts) ? textIn(objectsIn(parts).filter(isSpoken)) : textIn(message.content);
  if (text === '' && toolCalls.length === 0) return results;
  return [...results, { role: roleOf(message.role), text, ...(toolCalls.length > 0 && { toolCalls }) }];
}

const CALLS = ['functionCall', 'function_call', 'toolUse', 'tool_use'];
const RESULTS = ['functionResponse', 'function_response', 'toolResult', 'tool_result'];

/** The call or result a part is, or has as a member. */
function memberOf(part: JsonObject, names: readonly string[]): readonly JsonObject[] {
  if (names.includes(String(part.type))) return [part];
  return names.map((name) => part[name]).filter(isObject);
}

function isSpoken({ type, thought }: JsonObject): boolean {
  return thought !== true && type !== 'thinking' && type !== 'reasoning';
}

function roleOf(role: unknown): PracticeMessage['role'] {
  switch (role) {
    case 'model':
    case 'assistant':
      return 'assistant';
    case 'system':
    case 'developer':
      return 'system';
    default:
      return 'user';
  }
}

function readCall(call: JsonObject): PracticeToolCall {
  const input = [call.arguments, call.args, call.input].find((value) => value !== undefined) ?? {};
  return { id: idOf(call), name: String(call.name), input: typeof input === 'string' ? input : JSON.stringify(input) };
}

function readResult(result: JsonObject): PracticeMessage {
  const content = [result.content, result.output, result.response].find((value) => value !== undefined);
  const error = isObject(content) && typeof content.error === 'string' ? content.error : JSON.stringify(content);
  const text = typeof content === 'string' || Array.isArray(content) ? textIn(content) : error;
  return { role: 'tool', text, toolCallId: idOf(result) };
}

function idOf(part: JsonObject): string | undefined {
  const id = [part.tool_call_id, part.tool_use_id, part.toolUseId, part.call_id, part.id].find(Boolean);
  return id === undefined ? undefined : String(id);
}

function callsOf(first: PracticeMessage, second: PracticeMessage): readonly PracticeToolCall[] {
  return [...(first.toolCalls ?? []), ...(second.toolCalls ?? [])];
}

/** Some APIs pair calls and results by their order alone. */
function withIds(messages: readonly PracticeMessage[]): readonly PracticeMessage[] {
  const counts = { calls: 0, results: 0 };
  return messages.map((message) => ({
    ...message,
    ...(message.toolCalls && {
      toolCalls: message.toolCalls.map((call) => ({ ...call, id: call.id ?? `call-${++counts.calls}` })),
    }),
    ...(message.role === 'tool' && { toolCallId: message.toolCallId ?? `call-${++counts.results}` }),
  }));
}
