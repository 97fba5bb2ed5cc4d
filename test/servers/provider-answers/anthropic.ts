import type { JsonObject } from '../../../examples/practice-server/json.ts';
import { type AnswerFormat, finishOf, inputObject, type ProviderAnswer } from './answer.ts';

/** Anthropic's Messages format. */
export const anthropicFormat: AnswerFormat = {
  body: bodyOf,
  chunks: (answer, id) =>
    [...eventsOf(bodyOf(answer, id), [...blocksOf(answer, id)])].map((event) => JSON.stringify(event)),
};

function bodyOf(answer: ProviderAnswer, id: string): JsonObject {
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model: 'answering-model',
    content: [...blocksOf(answer, id)],
    stop_reason: stopReasons[finishOf(answer)],
    stop_sequence: null,
    usage: { input_tokens: 10, output_tokens: 10 },
  };
}

const stopReasons = { stop: 'end_turn', length: 'max_tokens', 'tool-calls': 'tool_use' } as const;

function* blocksOf({ text, reasoning, calls = [], found }: ProviderAnswer, id: string): Generator<JsonObject> {
  if (reasoning !== undefined) yield { type: 'thinking', thinking: reasoning, signature: `signature-${id}` };
  if (found !== undefined) {
    const tool_use_id = `srvtoolu_${id}`;
    yield { type: 'server_tool_use', id: tool_use_id, name: 'web_search', input: { query: 'it' } };
    const page = { type: 'web_search_result', url: found, title: 'A page', encrypted_content: 'c', page_age: null };
    yield { type: 'web_search_tool_result', tool_use_id, content: [page] };
  }
  if (text !== undefined) yield { type: 'text', text };
  for (const [index, { name, input }] of calls.entries()) {
    yield { type: 'tool_use', id: `toolu_${id}_${index}`, name, input: inputObject(input) };
  }
}

function* eventsOf(message: JsonObject, blocks: readonly JsonObject[]): Generator<JsonObject> {
  yield { type: 'message_start', message: { ...message, content: [], stop_reason: null } };
  for (const [index, block] of blocks.entries()) {
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
