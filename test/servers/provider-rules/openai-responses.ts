import { isObject, type JsonObject, objectsIn } from '../../../examples/practice-server/json.ts';
import { isPlainObjectSchema, unstrictPlaces } from './chat-messages.ts';
import { placesOf, type Rule, repeated, rule, wellFormedText } from './rule.ts';

const reference = 'https://platform.openai.com/docs/api-reference/responses/create';
const toolsOption = `${reference}#responses-create-tools`;
const inputOption = `${reference}#responses-create-input`;

/** What OpenAI demands of a Responses request. */
export const openaiResponsesRules: readonly Rule[] = [
  rule(
    "Invalid 'tools[].name': Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
    toolsOption,
    ({ body }) =>
      [...functionsOf(body), ...itemsOf(body, 'function_call')]
        .map(({ name }) => String(name))
        .filter((name) => !/^[a-zA-Z0-9_-]{1,64}$/.test(name)),
  ),
  rule('Invalid schema for function: schema must be a JSON Schema of \'type: "object"\'.', toolsOption, ({ body }) =>
    functionsOf(body)
      .filter(({ parameters }) => !isPlainObjectSchema(parameters))
      .map(({ name }) => String(name)),
  ),
  rule('No tool output found for function call.', 'https://github.com/vercel/ai/issues/7883', ({ body }) => {
    const answered = itemsOf(body, 'function_call_output').map(({ call_id }) => call_id);
    return itemsOf(body, 'function_call')
      .map(({ call_id }) => String(call_id))
      .filter((id) => !answered.includes(id));
  }),
  rule(
    'No tool call found for function call output with call_id.',
    'https://github.com/continuedev/continue/pull/11785',
    ({ body }) => {
      const called = itemsOf(body, 'function_call').map(({ call_id }) => call_id);
      return itemsOf(body, 'function_call_output')
        .map(({ call_id }) => String(call_id))
        .filter((id) => !called.includes(id));
    },
  ),
  rule(
    "Invalid 'input[].call_id': string too long. Expected a string with maximum length 64.",
    inputOption,
    ({ body }) =>
      inputOf(body)
        .filter((item) => 'call_id' in item)
        .map(({ call_id }) => String(call_id))
        .filter((id) => id.length < 1 || id.length > 64),
  ),
  rule(
    'Item not found. Items are not persisted when `store` is set to false.',
    'https://github.com/vercel/ai/issues/10290',
    ({ body, issued }) => referencesOf(body).filter((id) => body.store === false || !issued.has(id)),
  ),
  rule(
    'Duplicate item found. Remove duplicate items from your input and try again.',
    'https://github.com/vercel/ai/issues/7883',
    ({ body }) => repeated([...referencesOf(body), ...itemsOf(body, 'reasoning').map(({ id }) => String(id))]),
  ),
  rule(
    "Item of type 'reasoning' was provided without its required following item.",
    'https://github.com/vercel/ai/issues/7099',
    ({ body }) => {
      const input = inputOf(body);
      return placesOf(input, (item, index) => isReasoning(item) && !isOutput(input[index + 1]), 'input');
    },
  ),
  rule(
    "An item was provided without its required 'reasoning' item.",
    'https://github.com/mastra-ai/mastra/issues/15509',
    ({ body, answers }) => {
      const input = inputOf(body);
      return placesOf(
        input,
        (item, index) => {
          const thought = isReasoning(item) ? undefined : thoughtBefore(item, answers);
          return thought !== undefined && !outputsUntil(input, index).some(({ id }) => id === thought);
        },
        'input',
      );
    },
  ),
  rule(
    "Invalid 'input[].id': Expected an ID that begins with the prefix of its type.",
    'https://github.com/continuedev/continue/pull/11785',
    ({ body }) =>
      [...itemsOf(body, 'function_call').map(prefixed('fc')), ...itemsOf(body, 'reasoning').map(prefixed('rs'))].flat(),
  ),
  rule(
    'Invalid schema for response_format: strict schemas are closed, complete and typed.',
    'https://platform.openai.com/docs/guides/structured-outputs#supported-schemas',
    ({ body }) => {
      const format = isObject(body.text) ? body.text.format : undefined;
      return isObject(format) && format.strict === true ? [...unstrictPlaces(format.schema, '#')] : [];
    },
  ),
  rule(
    "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.",
    'https://platform.openai.com/docs/guides/structured-outputs#json-mode',
    ({ body }) => {
      const format = isObject(body.text) && isObject(body.text.format) ? body.text.format : {};
      return format.type === 'json_object' && !/json/i.test(JSON.stringify(body.input)) ? ['text.format'] : [];
    },
  ),
  wellFormedText,
];

function inputOf(body: JsonObject): readonly JsonObject[] {
  return objectsIn(body.input);
}

function itemsOf(body: JsonObject, type: string): readonly JsonObject[] {
  return inputOf(body).filter((item) => item.type === type);
}

function functionsOf(body: JsonObject): readonly JsonObject[] {
  return objectsIn(body.tools).filter(({ type }) => type === 'function');
}

function referencesOf(body: JsonObject): string[] {
  return itemsOf(body, 'item_reference').map(({ id }) => String(id));
}

function isReasoning({ type, id }: JsonObject): boolean {
  return type === 'reasoning' || (type === 'item_reference' && String(id).startsWith('rs_'));
}

/** Something the model wrote after it had reasoned. */
function isOutput(item: JsonObject | undefined): boolean {
  return (
    item !== undefined &&
    (item.role === 'assistant' || (item.role === undefined && item.type !== 'function_call_output'))
  );
}

/** The id of what the model thought before it wrote the item, as the server gave both. */
function thoughtBefore({ id }: JsonObject, answers: readonly JsonObject[]): unknown {
  if (id === undefined) return undefined;
  for (const { output } of answers) {
    const items = objectsIn(output);
    const index = items.findIndex((item) => item.id === id);
    if (index !== -1) return items.slice(0, index).findLast(isReasoning)?.id;
  }
  return undefined;
}

/** What the model wrote before the item, without a break: https://community.openai.com/t/1355347 */
function outputsUntil(input: readonly JsonObject[], index: number): readonly JsonObject[] {
  const start = input.slice(0, index).findLastIndex((item) => !isOutput(item));
  return input.slice(start + 1, index);
}

function prefixed(prefix: string) {
  return ({ id }: JsonObject): string[] => (id === undefined || String(id).startsWith(prefix) ? [] : [String(id)]);
}
