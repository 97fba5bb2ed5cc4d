import { objectsIn } from '../../../examples/practice-server/json.ts';
import {
  answersHaveCalls,
  assistantSaysSomething,
  callIds,
  callsAnswered,
  callsOf,
  functionParametersAreObjects,
  jsonModeNamesJson,
  legalToolNames,
  messagesOf,
} from './chat-messages.ts';
import { mistralRules } from './mistral.ts';
import { type Rule, rule, wellFormedText } from './rule.ts';

const toolCalling = 'https://openrouter.ai/docs/features/tool-calling';

/** What OpenRouter demands of a chat request: it hands it on to whoever serves the model, so that every rule may hold. */
export const openrouterRules: readonly Rule[] = [
  legalToolNames(toolCalling),
  functionParametersAreObjects(toolCalling),
  callsAnswered(toolCalling),
  answersHaveCalls(toolCalling),
  rule(
    'The tools parameter must be included in every request of a conversation with tool calls.',
    toolCalling,
    ({ body }) => {
      const calls = messagesOf(body).flatMap(callsOf);
      return calls.length > 0 && objectsIn(body.tools).length === 0 ? ['tools'] : [];
    },
  ),
  callIds(
    "Invalid 'messages[].tool_calls[].id': string too long. Expected a string with maximum length 40.",
    'https://github.com/vercel/ai/issues/5171',
    /^.{1,40}$/s,
  ),
  assistantSaysSomething(
    'all messages must have non-empty content',
    'https://github.com/anthropics/claude-code/issues/6774',
  ),
  jsonModeNamesJson('https://openrouter.ai/docs/features/structured-outputs'),
  ...mistralRules.filter(({ says }) => says.startsWith('Unexpected role')),
  wellFormedText,
];
