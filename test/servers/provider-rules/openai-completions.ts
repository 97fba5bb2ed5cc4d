import { type Rule, rule, wellFormedText } from './rule.ts';

const reference = 'https://platform.openai.com/docs/api-reference/completions/create';

/** What OpenAI demands of a request for a completion, in its oldest API. */
export const openaiCompletionsRules: readonly Rule[] = [
  rule('The prompt is a string that is not empty.', reference, ({ body }) =>
    typeof body.prompt === 'string' && body.prompt.trim() !== '' ? [] : ['prompt'],
  ),
  rule("Unknown parameter: 'tools'.", reference, ({ body }) => ('tools' in body ? ['tools'] : [])),
  rule("Unknown parameter: 'response_format'.", reference, ({ body }) =>
    'response_format' in body ? ['response_format'] : [],
  ),
  rule('At most 4 sequences where the model stops.', `${reference}#completions-create-stop`, ({ body }) =>
    Array.isArray(body.stop) && body.stop.length > 4 ? ['stop'] : [],
  ),
  wellFormedText,
];
