import type { JsonObject } from '../../../examples/practice-server/json.ts';
import { responseEvents } from '../../../examples/practice-server/responses-events.ts';
import { type AnswerFormat, type AnswerPart, type ProviderAnswer, partsOf } from './answer.ts';

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
    output: partsOf(answer).flatMap((part, index) => itemsOf(part, `${id}_${index}`)),
    usage: {
      input_tokens: 10,
      output_tokens: 10,
      total_tokens: 20,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    },
  };
}

function itemsOf(part: AnswerPart, id: string): JsonObject[] {
  const status = 'completed';
  switch (part.type) {
    case 'reasoning': {
      const summary = part.isRedacted === true ? [] : [{ type: 'summary_text', text: part.text }];
      return [{ type: 'reasoning', id: `rs_${id}`, status, summary, encrypted_content: `encrypted-${id}` }];
    }
    case 'search': {
      const action = { type: 'search', query: 'it' };
      const outcome = part.found === undefined ? 'failed' : status;
      return [{ type: 'web_search_call', id: `ws_${id}`, status: outcome, action }];
    }
    case 'text': {
      const citation = { type: 'url_citation', start_index: 0, end_index: 1, url: part.found, title: 'A page' };
      const annotations = part.found === undefined ? [] : [citation];
      const content = [{ type: 'output_text', text: part.text, annotations, logprobs: [] }];
      return [{ type: 'message', id: `msg_${id}`, status, role: 'assistant', content }];
    }
    case 'call': {
      const { name, input } = part;
      return [{ type: 'function_call', id: `fc_${id}`, status, call_id: `call_${id}`, name, arguments: input }];
    }
    case 'image':
      return [{ type: 'image_generation_call', id: `ig_${id}`, status, result: part.data }];
  }
}
