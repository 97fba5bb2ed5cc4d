import { isObject } from '../../../examples/practice-server/json.ts';
import {
  answersHaveCalls,
  callIds,
  callsAnswered,
  callsOf,
  functionParametersAreObjects,
  jsonModeNamesJson,
  legalToolNames,
  messagesOf,
  strictSchema,
} from './chat-messages.ts';
import { placesOf, type Rule, rule, wellFormedText } from './rule.ts';

const reference = 'https://platform.openai.com/docs/api-reference/chat/create';

/** What OpenAI demands of a Chat Completions request. */
export const openaiChatRules: readonly Rule[] = [
  legalToolNames(`${reference}#chat-create-tools`),
  functionParametersAreObjects('https://platform.openai.com/docs/guides/function-calling'),
  callsAnswered('https://github.com/spring-ai-community/spring-ai-session/issues/44'),
  answersHaveCalls('https://github.com/openai/openai-agents-python/issues/873'),
  callIds(
    "Invalid 'messages[].tool_calls[].id': string too long. Expected a string with maximum length 40.",
    'https://github.com/vercel/ai/issues/5171',
    /^.{1,40}$/s,
  ),
  rule("Invalid value for 'content': expected a string, got null.", `${reference}#chat-create-messages`, ({ body }) =>
    placesOf(messagesOf(body), (message) => {
      const isNull = message.content === null || message.content === undefined;
      return isNull && !(message.role === 'assistant' && callsOf(message).length > 0);
    }),
  ),
  jsonModeNamesJson('https://platform.openai.com/docs/guides/structured-outputs#json-mode'),
  strictSchema('https://platform.openai.com/docs/guides/structured-outputs#supported-schemas'),
  rule(
    "Invalid 'response_format.json_schema.name': Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
    `${reference}#chat-create-response_format`,
    ({ body }) => {
      const format = isObject(body.response_format) ? body.response_format.json_schema : undefined;
      return isObject(format) && !/^[a-zA-Z0-9_-]{1,64}$/.test(String(format.name)) ? ['response_format'] : [];
    },
  ),
  rule(
    "Invalid 'tools': array too long. Expected an array with maximum length 128.",
    `${reference}#chat-create-tools`,
    ({ body }) => (Array.isArray(body.tools) && body.tools.length > 128 ? ['tools'] : []),
  ),
  rule(
    "Invalid 'messages[].tool_calls': array too long. Expected an array with maximum length 128.",
    'https://github.com/github/copilot-cli/issues/669',
    ({ body }) => placesOf(messagesOf(body), (message) => callsOf(message).length > 128),
  ),
  wellFormedText,
];
