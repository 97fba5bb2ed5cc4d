import type { PracticeAnswer, PracticeMessage, PracticeRequest, PracticeToolCall, WireFormat } from './exchange.ts';
import { isObject, type JsonObject, objectsIn, textIn } from './json.ts';
import { pieces, usageOf } from './tokens.ts';

/**
 * The wire format of Chat Completions.
 *
 * @see https://platform.openai.com/docs/api-reference/chat
 */
export const chatCompletions: WireFormat = { read, body, chunks };

function read(body: JsonObject): PracticeRequest {
  const format = isObject(body.response_format) ? body.response_format : {};
  const jsonSchema = isObject(format.json_schema) ? format.json_schema.schema : undefined;
  return {
    model: String(body.model),
    isStreaming: body.stream === true,
    messages: objectsIn(body.messages).map(readMessage),
    tools: objectsIn(body.tools).flatMap(({ function: tool }) =>
      isObject(tool)
        ? [{ name: String(tool.name), inputSchema: isObject(tool.parameters) ? tool.parameters : {} }]
        : [],
    ),
    toolChoice: readToolChoice(body.tool_choice),
    wantsJson: format.type === 'json_schema' || format.type === 'json_object',
    schema: isObject(jsonSchema) ? jsonSchema : undefined,
  };
}

function readMessage(message: JsonObject): PracticeMessage {
  const role = message.role === 'developer' ? 'system' : (message.role as PracticeMessage['role']);
  return {
    role,
    text: textIn(message.content),
    toolCalls: objectsIn(message.tool_calls).map(readToolCall),
    toolCallId: typeof message.tool_call_id === 'string' ? message.tool_call_id : undefined,
  };
}

function readToolCall({ id, function: called }: JsonObject): PracticeToolCall {
  const { name, arguments: input } = isObject(called) ? called : {};
  return { id: String(id), name: String(name), input: String(input) };
}

function readToolChoice(choice: unknown): PracticeRequest['toolChoice'] {
  if (isObject(choice) && isObject(choice.function)) return { name: String(choice.function.name) };
  return choice === 'none' || choice === 'required' ? choice : 'auto';
}

function body(answer: PracticeAnswer, request: PracticeRequest): JsonObject {
  const toolCalls = answer.toolCalls?.map(writeToolCall) ?? [];
  return {
    ...envelope(request),
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: answer.text ?? null,
          refusal: null,
          ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
        },
        logprobs: null,
        finish_reason: finishReasonOf(answer),
      },
    ],
    usage: writeUsage(answer, request),
  };
}

function chunks(body: JsonObject): readonly string[] {
  const { choices, usage, ...envelope } = body;
  const [choice] = objectsIn(choices);
  const message = isObject(choice?.message) ? choice.message : {};
  const common = { ...envelope, object: 'chat.completion.chunk' };
  const chunk = (delta: JsonObject, finishReason: unknown = null) =>
    JSON.stringify({
      ...common,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
      usage: null,
    });

  const written = [chunk({ role: 'assistant', content: message.content === null ? null : '', refusal: null })];
  for (const content of pieces(textIn(message.content))) written.push(chunk({ content }));
  for (const [index, call] of objectsIn(message.tool_calls).entries()) {
    const { id, name, input } = readToolCall(call);
    const opening = { index, id, type: 'function', function: { name, arguments: '' } };
    written.push(chunk({ tool_calls: [opening] }));
    for (const piece of pieces(input)) written.push(chunk({ tool_calls: [{ index, function: { arguments: piece } }] }));
  }
  written.push(chunk({}, choice?.finish_reason));
  written.push(JSON.stringify({ ...common, choices: [], usage }));
  return [...written, '[DONE]'];
}

function envelope({ model }: PracticeRequest) {
  return { id: `chatcmpl-${crypto.randomUUID()}`, created: Math.floor(Date.now() / 1000), model };
}

function writeToolCall({ id = `call_${crypto.randomUUID()}`, name, input }: PracticeToolCall) {
  return { id, type: 'function', function: { name, arguments: input } };
}

function finishReasonOf({ finishReason, toolCalls = [] }: PracticeAnswer): string {
  return (finishReason ?? (toolCalls.length > 0 ? 'tool-calls' : 'stop')).replace('-', '_');
}

function writeUsage(answer: PracticeAnswer, request: PracticeRequest): JsonObject {
  const { inputTokens, outputTokens } = usageOf(answer, request);
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
}
