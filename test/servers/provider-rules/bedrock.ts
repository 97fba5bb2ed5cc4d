import { isObject, type JsonObject, objectsIn } from '../../../examples/practice-server/json.ts';
import { prefillRemoval, takesPrefill } from './anthropic.ts';
import { placesOf, type Rule, repeated, rule, wellFormedText } from './rule.ts';

const api = 'https://docs.aws.amazon.com/bedrock/latest/APIReference';
const converse = `${api}/API_runtime_Converse.html#bedrock-runtime_Converse-request-messages`;

/** What Amazon Bedrock demands of a Converse request. */
export const bedrockRules: readonly Rule[] = [
  rule(
    'The text field in the ContentBlock object is blank. Add text to the text field, and try again.',
    'https://github.com/NousResearch/hermes-agent/issues/55092',
    ({ body }) =>
      messagesOf(body).flatMap(({ content }, index) =>
        placesOf(objectsIn(content), hasBlankText, `messages.${index}.content`),
      ),
  ),
  rule(
    'The content field in the Message object is empty.',
    `${api}/API_runtime_Message.html#API_runtime_Message_Contents`,
    ({ body }) => placesOf(messagesOf(body), ({ content }) => objectsIn(content).length === 0),
  ),
  rule('A conversation must start with a user message.', converse, ({ body }) =>
    messagesOf(body)[0]?.role === 'user' ? [] : ['messages.0'],
  ),
  rule('A conversation must alternate between user and assistant roles.', converse, ({ body }) => {
    const messages = messagesOf(body);
    return placesOf(messages, ({ role }, index) => role === messages[index - 1]?.role);
  }),
  rule('This model does not support assistant message prefill.', prefillRemoval, ({ body, path }) =>
    messagesOf(body).at(-1)?.role === 'user' || takesPrefill(path) ? [] : ['messages'],
  ),
  rule(
    "toolUse.name must satisfy '[a-zA-Z0-9_-]+' and have length less than or equal to 64",
    `${api}/API_runtime_ToolUseBlock.html#API_runtime_ToolUseBlock_Contents`,
    ({ body }) =>
      [...specsOf(body), ...blocksOf(body, 'toolUse')]
        .map(({ name }) => String(name))
        .filter((name) => !/^[a-zA-Z0-9_-]{1,64}$/.test(name)),
  ),
  rule(
    "toolUseId must satisfy '[a-zA-Z0-9_.:-]+' and have length less than or equal to 64",
    `${api}/API_runtime_ToolUseBlock.html#API_runtime_ToolUseBlock_Contents`,
    ({ body }) =>
      [...blocksOf(body, 'toolUse'), ...blocksOf(body, 'toolResult')]
        .map(({ toolUseId }) => String(toolUseId))
        .filter((id) => !/^[a-zA-Z0-9_.:-]{1,64}$/.test(id)),
  ),
  rule(
    'The toolConfig field must be defined when using toolUse and toolResult content blocks.',
    'https://github.com/langgenius/dify/issues/17545',
    ({ body }) => (blocksOf(body, 'toolUse').length > 0 && specsOf(body).length === 0 ? ['toolConfig'] : []),
  ),
  rule(
    'Tool names must be unique.',
    `${api}/API_runtime_ToolConfiguration.html#API_runtime_ToolConfiguration_Contents`,
    ({ body }) => repeated(specsOf(body).map(({ name }) => String(name))),
  ),
  rule(
    'The format of the value at toolUse.input is invalid. Provide a json object for the field and try again.',
    `${api}/API_runtime_ToolUseBlock.html#API_runtime_ToolUseBlock_Contents`,
    ({ body }) =>
      blocksOf(body, 'toolUse')
        .filter(({ input }) => !isObject(input))
        .map(({ toolUseId }) => String(toolUseId)),
  ),
  rule(
    'Expected toolResult blocks at messages for the toolUse ids of the turn before, and none else.',
    `${api}/API_runtime_ToolResultBlock.html#API_runtime_ToolResultBlock_Contents`,
    ({ body }) => {
      const messages = messagesOf(body);
      return placesOf(messages, (message, index) => {
        const called = ofType(messages[index - 1], 'toolUse').map(({ toolUseId }) => toolUseId);
        const answered = ofType(message, 'toolResult').map(({ toolUseId }) => toolUseId);
        return called.length !== answered.length || answered.some((id) => !called.includes(id));
      });
    },
  ),
  wellFormedText,
];

function messagesOf(body: JsonObject): readonly JsonObject[] {
  return objectsIn(body.messages);
}

function ofType(message: JsonObject | undefined, type: string): readonly JsonObject[] {
  return objectsIn(objectsIn(message?.content).map((block) => block[type]));
}

function blocksOf(body: JsonObject, type: string): readonly JsonObject[] {
  return messagesOf(body).flatMap((message) => ofType(message, type));
}

function specsOf(body: JsonObject): readonly JsonObject[] {
  const config = isObject(body.toolConfig) ? body.toolConfig : {};
  return objectsIn(objectsIn(config.tools).map(({ toolSpec }) => toolSpec));
}

/** Of the block itself, or of a tool's result within it. */
function hasBlankText({ text, toolResult }: JsonObject): boolean {
  if (typeof text === 'string') return text.trim() === '';
  return isObject(toolResult) && objectsIn(toolResult.content).some(hasBlankText);
}
