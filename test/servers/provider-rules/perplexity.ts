import { assistantSaysSomething, endsWithUserOrTool, rolesAlternate } from './chat-messages.ts';
import { type Rule, wellFormedText } from './rule.ts';

const reference = 'https://docs.perplexity.ai/api-reference/chat-completions-post';

/** What Perplexity demands of a chat request. */
export const perplexityRules: readonly Rule[] = [
  rolesAlternate(
    'After the (optional) system message(s), user or tool message(s) should alternate with assistant message(s).',
    'https://github.com/perplexityai/api-discussion/issues/265',
  ),
  endsWithUserOrTool('Last message must have role `user` or `tool`.', reference),
  assistantSaysSomething('Messages must have content.', reference),
  wellFormedText,
];
