import { objectsIn } from '../../../examples/practice-server/json.ts';
import { assistantSaysSomething, callsOf, endsWithUserOrTool, messagesOf, rolesAlternate } from './chat-messages.ts';
import { placesOf, type Rule, rule, wellFormedText } from './rule.ts';

const messagesOption = 'https://docs.perplexity.ai/api-reference/chat-completions-post#body-messages';

/** What Perplexity demands of a chat request. */
export const perplexityRules: readonly Rule[] = [
  rolesAlternate(
    'After the (optional) system message(s), user or tool message(s) should alternate with assistant message(s).',
    'https://github.com/perplexityai/api-discussion/issues/265',
  ),
  endsWithUserOrTool('Last message must have role `user` or `tool`.', messagesOption),
  assistantSaysSomething('Messages must have content.', messagesOption),
  rule('Tool calling is not supported for this model', 'https://github.com/pipecat-ai/pipecat/pull/4862', ({ body }) =>
    objectsIn(body.tools).length > 0 ? ['tools'] : [],
  ),
  rule(
    "At body -> messages -> role: Input should be 'system', 'user' or 'assistant'",
    'https://github.com/BerriAI/litellm/issues/11665',
    ({ body }) => placesOf(messagesOf(body), (message) => message.role === 'tool' || callsOf(message).length > 0),
  ),
  wellFormedText,
];
