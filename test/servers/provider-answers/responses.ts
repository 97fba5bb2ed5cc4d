import type { JsonObject } from '../../../examples/practice-server/json.ts';
import { responseEvents } from '../../../examples/practice-server/responses-events.ts';
import type { AnswerFormat, ProviderAnswer } from './answer.ts';

/** The Responses format, of OpenAI and xAI. */
export const responsesFormat: AnswerFormat = {
  body: bodyOf,
  chunks: (answer, id) => responseEvents(bodyOf(answer, id)),
};

function bodyOf(answer: ProviderAnswer, id: string): JsonObject {
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: 1_760_000_000,
    status: answer.finish === 'length' ? 'incomplete' : 'completed',
    error: null,
    incomplete_details: answer.finish === 'length' ? { reason: 'max_output_tokens' } : null,
    model: 'answering-model',
    output: [...outputOf(answer, id)],
    usage: {
      input_tokens: 10,
      output_tokens: 10,
      total_tokens: 20,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    },
  };
}

function* outputOf({ text, reasoning, calls = [], found }: ProviderAnswer, id: string): Generator<JsonObject> {
  if (reasoning !== undefined) {
    yield {
      type: 'reasoning',
      id: `rs_${id}`,
      status: 'completed',
      summary: [{ type: 'summary_text', text: reasoning }],
    };
  }
  if (found !== undefined) {
    yield { type: 'web_search_call', id: `ws_${id}`, status: 'completed', action: { type: 'search', query: 'it' } };
  }
  if (text !== undefined) {
    const annotations =
      found === undefined ? [] : [{ type: 'url_citation', start_index: 0, end_index: 1, url: found, title: 'A page' }];
    const content = [{ type: 'output_text', text, annotations, logprobs: [] }];
    yield { type: 'message', id: `msg_${id}`, status: 'completed', role: 'assistant', content };
  }
  for (const [index, { name, input }] of calls.entries()) {
    yield {
      type: 'function_call',
      id: `fc_${id}_${index}`,
      status: 'completed',
      call_id: `call_${id}_${index}`,
      name,
      arguments: input,
    };
  }
}
