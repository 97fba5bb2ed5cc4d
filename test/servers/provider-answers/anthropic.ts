import { type JsonObject, objectsIn, parseObject } from '../../../examples/practice-server/json.ts';
import { type AnswerFormat, type AnswerPart, finishOf, inputObject, type ProviderAnswer, partsOf } from './answer.ts';

/** Anthropic's Messages format. */
export const anthropicFormat: AnswerFormat = {
  body: bodyOf,
  chunks: (answer, id) => [...eventsOf(bodyOf(answer, id))].map((event) => JSON.stringify(event)),
  // Anthropic names its events; the others leave that out.
  frame: (chunk) => `event: ${String(parseObject(chunk)?.type)}\ndata: ${chunk}\n\n`,
};

function bodyOf(answer: ProviderAnswer, id: string): JsonObject {
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model: 'answering-model',
    content: partsOf(answer).flatMap((part, index) => blocksOf(part, `${id}_${index}`)),
    stop_reason: stopReasons[finishOf(answer)],
    stop_sequence: null,
    usage: { input_tokens: 10, output_tokens: 10 },
  };
}

const stopReasons = { stop: 'end_turn', length: 'max_tokens', 'tool-calls': 'tool_use' } as const;

function blocksOf(part: AnswerPart, id: string): JsonObject[] {
  switch (part.type) {
    case 'reasoning':
      return part.isRedacted === true
        ? [{ type: 'redacted_thinking', data: `redacted-${id}` }]
        : [{ type: 'thinking', thinking: part.text, signature: `signature-${id}` }];
    case 'search': {
      const tool_use_id = `srvtoolu_${id}`;
      const page = { type: 'web_search_result', title: 'A page', encrypted_content: 'c', page_age: null };
      const content =
        part.found === undefined
          ? { type: 'web_search_tool_result_error', error_code: 'max_uses_exceeded' }
          : [{ ...page, url: part.found }];
      return [
        { type: 'server_tool_use', id: tool_use_id, name: 'web_search', input: { query: 'it' } },
        { type: 'web_search_tool_result', tool_use_id, content },
      ];
    }
    case 'text':
      return [{ type: 'text', text: part.text }];
    case 'call':
      return [{ type: 'tool_use', id: `toolu_${id}`, name: part.name, input: inputObject(part.input) }];
    case 'image':
      return [];
  }
}

function* eventsOf(message: JsonObject): Generator<JsonObject> {
  yield { type: 'message_start', message: { ...message, content: [], stop_reason: null } };
  for (const [index, block] of objectsIn(message.content).entries()) {
    const { start, deltas } = streamed(block);
    yield { type: 'content_block_start', index, content_block: start };
    for (const delta of deltas) yield { type: 'content_block_delta', index, delta };
    yield { type: 'content_block_stop', index };
  }
  const { stop_reason, usage } = message;
  yield { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage };
  yield { type: 'message_stop' };
}

function streamed(block: JsonObject): { start: JsonObject; deltas: readonly JsonObject[] } {
  switch (block.type) {
    case 'text':
      return { start: { type: 'text', text: '' }, deltas: [{ type: 'text_delta', text: block.text }] };
    case 'thinking':
      return {
        start: { type: 'thinking', thinking: '', signature: '' },
        deltas: [
          { type: 'thinking_delta', thinking: block.thinking },
          { type: 'signature_delta', signature: block.signature },
        ],
      };
    case 'tool_use':
    case 'server_tool_use':
      return {
        start: { ...block, input: {} },
        deltas: [{ type: 'input_json_delta', partial_json: JSON.stringify(block.input) }],
      };
    default:
      return { start: block, deltas: [] };
  }
}
