import type { RuledProvider } from '../provider-rules/index.ts';
import type { AnswerFormat, ProviderAnswer } from './answer.ts';
import { anthropicFormat } from './anthropic.ts';
import { bedrockFormat } from './bedrock.ts';
import { chatFormat } from './chat.ts';
import { geminiFormat } from './gemini.ts';
import { mistralFormat } from './mistral.ts';
import { responsesFormat } from './responses.ts';

export { type AnswerFormat, type AnswerPart, type ProviderAnswer, partsOf } from './answer.ts';

const longId = (id: string, index: number) => `chatcmpl-tool-${id}${index}`.padEnd(46, '0');
const shortId = (id: string, index: number) => `call_${id}_${index}`;

/** xAI's package of ai@6 reads none. */
function withoutImages({ body, chunks }: AnswerFormat): AnswerFormat {
  const plain = ({ image: _, more = [], ...answer }: ProviderAnswer) => ({
    ...answer,
    more: more.filter(({ type }) => type !== 'image'),
  });
  return { body: (answer, id) => body(plain(answer), id), chunks: (answer, id) => chunks(plain(answer), id) };
}

const recordedOnly = () => {
  throw new Error('Of this API only recorded answers are known.');
};

/** How each provider writes an answer, ids in its own form. */
export const answerFormats: Readonly<Record<RuledProvider, AnswerFormat>> = {
  'openai-chat': chatFormat({ callId: shortId }),
  'openai-responses': responsesFormat,
  'openai-completions': { body: recordedOnly, chunks: recordedOnly },
  anthropic: anthropicFormat,
  gemini: geminiFormat,
  'gemini-interactions': { body: recordedOnly, chunks: recordedOnly },
  mistral: mistralFormat,
  bedrock: bedrockFormat,
  groq: chatFormat({ reasoning: 'reasoning', callId: (id, index) => `fc_${id}-${index}` }),
  deepseek: chatFormat({ reasoning: 'reasoning_content', callId: (id, index) => `call_00_${id}${index}` }),
  xai: withoutImages(responsesFormat),
  openrouter: chatFormat({ reasoning: 'reasoning_content', callId: shortId }),
  // As vLLM writes them, which many a provider runs.
  perplexity: chatFormat({ callId: longId }),
};
