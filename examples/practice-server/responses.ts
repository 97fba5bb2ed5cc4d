import type { PracticeAnswer, PracticeMessage, PracticeRequest, WireFormat } from './exchange.ts';
import { isObject, type JsonObject, objectsIn, textIn } from './json.ts';
import { responseEvents } from './responses-events.ts';
import { usageOf } from './tokens.ts';

/**
 * The wire format of the Responses API.
 *
 * @see https://platform.openai.com/docs/api-reference/responses
 */
export const responses: WireFormat = { read, body, chunks: responseEvents };

function read(body: JsonObject): PracticeRequest {
  const format = isObject(body.text) && isObject(body.text.format) ? body.text.format : {};
  const input = typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : objectsIn(body.input);
  const instructions = typeof body.instructions === 'string' ? [{ role: 'system', content: body.instructions }] : [];
  return {
    model: String(body.model),
    isStreaming: body.stream === true,
    messages: [...instructions, ...input].flatMap(readItem),
    tools: objectsIn(body.tools)
      .filter((tool) => tool.type === 'function')
      .map((tool) => ({ name: String(tool.name), inputSchema: isObject(tool.parameters) ? tool.parameters : {} })),
    toolChoice: readToolChoice(body.tool_choice),
    wantsJson: format.type === 'json_schema' || format.type === 'json_object',
    schema: isObject(format.schema) ? format.schema : undefined,
  };
}

function readItem(item: JsonObject): readonly PracticeMessage[] {
  switch (item.type) {
    case undefined:
    case 'message': {
      const role = item.role === 'developer' ? 'system' : (item.role as PracticeMessage['role']);
      return [{ role, text: textIn(item.content) }];
    }
    case 'function_call': {
      const call = { id: String(item.call_id), name: String(item.name), input: String(item.arguments) };
      return [{ role: 'assistant', text: '', toolCalls: [call] }];
    }
    case 'function_call_output':
      return [{ role: 'tool', text: textIn(item.output), toolCallId: String(item.call_id) }];
    default:
      return []; // reasoning, and whatever else a practice model has no use for
  }
}

function readToolChoice(choice: unknown): PracticeRequest['toolChoice'] {
  if (isObject(choice) && typeof choice.name === 'string') return { name: choice.name };
  return choice === 'none' || choice === 'required' ? choice : 'auto';
}

function body(answer: PracticeAnswer, request: PracticeRequest): JsonObject {
  const reason = incompleteReasonOf(answer);
  return {
    id: `resp_${crypto.randomUUID()}`,
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    status: reason === undefined ? 'completed' : 'incomplete',
    error: null,
    incomplete_details: reason === undefined ? null : { reason },
    model: request.model,
    output: writeOutput(answer),
    usage: writeUsage(answer, request),
  };
}

function incompleteReasonOf({ finishReason }: PracticeAnswer): string | undefined {
  switch (finishReason) {
    case 'length':
      return 'max_output_tokens';
    case 'content-filter':
      return 'content_filter';
    default:
      return undefined;
  }
}

function writeOutput({ text, reasoning, toolCalls = [] }: PracticeAnswer): readonly JsonObject[] {
  const output: JsonObject[] = [];
  if (reasoning !== undefined) {
    output.push({
      type: 'reasoning',
      id: `rs_${crypto.randomUUID()}`,
      summary: [{ type: 'summary_text', text: reasoning }],
    });
  }
  if (text !== undefined) {
    const content = [{ type: 'output_text', text, annotations: [] }];
    output.push({ type: 'message', id: `msg_${crypto.randomUUID()}`, status: 'completed', role: 'assistant', content });
  }
  for (const { id = `call_${crypto.randomUUID()}`, name, input } of toolCalls) {
    const status = 'completed';
    output.push({
      type: 'function_call',
      id: `fc_${crypto.randomUUID()}`,
      status,
      call_id: id,
      name,
      arguments: input,
    });
  }
  return output;
}

function writeUsage(answer: PracticeAnswer, request: PracticeRequest): JsonObject {
  const { inputTokens, outputTokens } = usageOf(answer, request);
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + outputTokens,
  };
}
