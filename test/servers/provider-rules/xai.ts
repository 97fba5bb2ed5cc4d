import { isObject, type JsonObject, objectsIn, textIn } from '../../../examples/practice-server/json.ts';
import { placesOf, type Rule, rule, wellFormedText } from './rule.ts';

const reference = 'https://docs.x.ai/docs/api-reference#create-new-response';

/** What xAI demands of a Responses request. */
export const xaiRules: readonly Rule[] = [
  rule(
    'Each message must have at least one content element.',
    'https://github.com/langchain-ai/langchain/issues/34140',
    ({ body }) =>
      placesOf(messagesOf(body), ({ content }) => textIn(content) === '' && objectsIn(content).every(isText)),
  ),
  rule('Function names must match ^[a-zA-Z0-9_-]{1,64}$.', reference, ({ body }) =>
    [...functionsOf(body), ...itemsOf(body, 'function_call')]
      .map(({ name }) => String(name))
      .filter((name) => !/^[a-zA-Z0-9_-]{1,64}$/.test(name)),
  ),
  rule('A maximum of 200 tools can be given.', 'https://docs.x.ai/docs/guides/function-calling', ({ body }) =>
    objectsIn(body.tools).length > 200 ? ['tools'] : [],
  ),
  rule('Every function call has an output, and every output a call.', reference, ({ body }) => {
    const called = itemsOf(body, 'function_call').map(({ call_id }) => String(call_id));
    const answered = itemsOf(body, 'function_call_output').map(({ call_id }) => String(call_id));
    return [...called.filter((id) => !answered.includes(id)), ...answered.filter((id) => !called.includes(id))];
  }),
  rule('Reasoning items are those the server gave.', reference, ({ body, issued }) =>
    itemsOf(body, 'reasoning')
      .map(({ id }) => String(id))
      .filter((id) => !issued.has(id)),
  ),
  rule('The arguments of a function call must be a JSON object in a string.', reference, ({ body }) =>
    itemsOf(body, 'function_call')
      .filter((call) => !isObject(JSON.parse(String(call.arguments))))
      .map(({ call_id }) => String(call_id)),
  ),
  wellFormedText,
];

function messagesOf(body: JsonObject): readonly JsonObject[] {
  return objectsIn(body.input).filter(({ role }) => role !== undefined);
}

function itemsOf(body: JsonObject, type: string): readonly JsonObject[] {
  return objectsIn(body.input).filter((item) => item.type === type);
}

function functionsOf(body: JsonObject): readonly JsonObject[] {
  return objectsIn(body.tools).filter(({ type }) => type === 'function');
}

function isText({ type }: JsonObject): boolean {
  return type === 'input_text' || type === 'output_text';
}
