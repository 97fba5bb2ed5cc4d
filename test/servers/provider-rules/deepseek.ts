import {
  answersHaveCalls,
  callsAnswered,
  callsOf,
  jsonModeNamesJson,
  legalToolNames,
  messagesOf,
  rolesAlternate,
} from './chat-messages.ts';
import { placesOf, type Rule, rule, wellFormedText } from './rule.ts';

const reference = 'https://api-docs.deepseek.com/api/create-chat-completion';
const thinkingMode = 'https://api-docs.deepseek.com/guides/thinking_mode#tool-calls';

/** What DeepSeek demands of a chat request, of its thinking models. */
export const deepseekRules: readonly Rule[] = [
  legalToolNames(reference),
  callsAnswered(reference),
  answersHaveCalls(reference),
  jsonModeNamesJson('https://api-docs.deepseek.com/guides/json_mode'),
  rolesAlternate(
    'deepseek-reasoner does not support successive user or assistant messages. You should interleave the user/assistant messages in the message sequence.',
    'https://github.com/Aider-AI/aider/issues/2960',
  ),
  rule('Missing `reasoning_content` field in the assistant message.', thinkingMode, ({ body }) => {
    const messages = messagesOf(body);
    const question = messages.findLastIndex(({ role }) => role === 'user');
    const isThinking = /reasoner|v4/.test(String(body.model));
    return placesOf(
      messages,
      (message, index) =>
        isThinking && index > question && callsOf(message).length > 0 && typeof message.reasoning_content !== 'string',
    );
  }),
  rule(
    'The `reasoning_content` in the thinking mode must be passed back to the API.',
    'https://github.com/langchain-ai/langchain/issues/37713',
    ({ body }) => {
      if (!String(body.model).includes('v4')) return [];
      return placesOf(
        messagesOf(body),
        ({ role, reasoning_content }) => role === 'assistant' && typeof reasoning_content !== 'string',
      );
    },
  ),
  wellFormedText,
];
