import { objectsIn } from '../../../examples/practice-server/json.ts';
import {
  answersHaveCalls,
  callsAnswered,
  jsonModeNamesJson,
  jsonWithoutTools,
  legalToolNames,
  messagesOf,
} from './chat-messages.ts';
import { placesOf, type Rule, rule, wellFormedText } from './rule.ts';

const reference = 'https://console.groq.com/docs/api-reference#chat-create';
const structured = 'https://console.groq.com/docs/structured-outputs';

/** What Groq demands of a chat request. */
export const groqRules: readonly Rule[] = [
  legalToolNames(reference),
  callsAnswered(reference),
  answersHaveCalls(reference),
  jsonWithoutTools('json mode cannot be combined with tool/function calling', structured),
  jsonModeNamesJson(`${structured}#json-object-mode`),
  rule("'messages.[].content' : value must be a string", reference, ({ body }) =>
    placesOf(messagesOf(body), ({ role, content }) => role !== 'user' && typeof content !== 'string'),
  ),
  rule("'messages.[].reasoning_content' : property is unsupported", reference, ({ body }) =>
    placesOf(messagesOf(body), (message) => 'reasoning_content' in message),
  ),
  rule('A max of 128 functions are supported.', reference, ({ body }) =>
    objectsIn(body.tools).length > 128 ? ['tools'] : [],
  ),
  wellFormedText,
];
