import { type JsonObject, objectsIn, textIn } from './json.ts';
import { pieces } from './tokens.ts';

/**
 * Turns a whole response into the events it is streamed as.
 *
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function responseEvents(response: JsonObject): readonly string[] {
  const started = { ...response, status: 'in_progress', output: [], usage: null, incomplete_details: null };
  const events: JsonObject[] = [
    { type: 'response.created', response: started },
    { type: 'response.in_progress', response: started },
  ];
  for (const [index, item] of objectsIn(response.output).entries()) {
    events.push({ type: 'response.output_item.added', output_index: index, item: openingOf(item) });
    for (const event of contentEvents(item)) events.push({ ...event, item_id: item.id, output_index: index });
    events.push({ type: 'response.output_item.done', output_index: index, item });
  }
  events.push({ type: `response.${response.status}`, response });
  return events.map((event, number) => JSON.stringify({ ...event, sequence_number: number }));
}

function openingOf(item: JsonObject): JsonObject {
  switch (item.type) {
    case 'message':
      return { ...item, status: 'in_progress', content: [] };
    case 'function_call':
      return { ...item, status: 'in_progress', arguments: '' };
    case 'reasoning':
      return { ...item, summary: [] };
    default:
      return item;
  }
}

function contentEvents(item: JsonObject): readonly JsonObject[] {
  switch (item.type) {
    case 'message': {
      const text = textIn(item.content);
      const [part] = objectsIn(item.content);
      const at = { content_index: 0 };
      return [
        { type: 'response.content_part.added', ...at, part: { ...part, text: '' } },
        ...pieces(text).map((delta) => ({ type: 'response.output_text.delta', ...at, delta })),
        { type: 'response.output_text.done', ...at, text },
        { type: 'response.content_part.done', ...at, part },
      ];
    }
    case 'function_call': {
      const input = String(item.arguments);
      return [
        ...pieces(input).map((delta) => ({ type: 'response.function_call_arguments.delta', delta })),
        { type: 'response.function_call_arguments.done', arguments: input },
      ];
    }
    case 'reasoning': {
      const text = textIn(item.summary);
      const [part] = objectsIn(item.summary);
      if (part === undefined) return [];
      const at = { summary_index: 0 };
      return [
        { type: 'response.reasoning_summary_part.added', ...at, part: { ...part, text: '' } },
        ...pieces(text).map((delta) => ({ type: 'response.reasoning_summary_text.delta', ...at, delta })),
        { type: 'response.reasoning_summary_text.done', ...at, text },
        { type: 'response.reasoning_summary_part.done', ...at, part },
      ];
    }
    default:
      return [];
  }
}
