import {
  argumentsAreObjects,
  assistantSaysSomething,
  callIds,
  callsAnswered,
  endsWithUserOrTool,
  legalToolNames,
  messagesOf,
} from './chat-messages.ts';
import { placesOf, type Rule, rule, wellFormedText } from './rule.ts';

const common =
  'https://github.com/mistralai/mistral-common/blob/main/src/mistral_common/protocol/instruct/validator.py';

/** What Mistral demands of a chat request. */
export const mistralRules: readonly Rule[] = [
  callIds('Tool call id must be a-z, A-Z, 0-9, with a length of 9.', common, /^[a-zA-Z0-9]{9}$/),
  legalToolNames(common),
  rule("Unexpected role 'user' after role 'tool'", 'https://github.com/BerriAI/litellm/issues/17761', ({ body }) => {
    const messages = messagesOf(body);
    return placesOf(messages, ({ role }, index) => role === 'user' && messages[index - 1]?.role === 'tool');
  }),
  rule("Unexpected role 'tool' after role 'user'", 'https://github.com/charmbracelet/crush/issues/279', ({ body }) => {
    const messages = messagesOf(body);
    return placesOf(
      messages,
      ({ role }, index) => role === 'tool' && !['assistant', 'tool'].includes(String(messages[index - 1]?.role)),
    );
  }),
  callsAnswered(common),
  assistantSaysSomething('Assistant message must have either content or tool_calls, but not none.', common),
  argumentsAreObjects(common),
  endsWithUserOrTool(
    'Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant',
    common,
  ),
  wellFormedText,
];
