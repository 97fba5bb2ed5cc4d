import type { JsonObject } from '../../../examples/practice-server/json.ts';
import { type AnswerFormat, type AnswerPart, finishOf, type ProviderAnswer, partsOf } from './answer.ts';

export interface ChatDialect {
  /** The member that has what the model thought. */
  readonly reasoning?: 'reasoning' | 'reasoning_content';
  readonly callId: (id: string, index: number) => string;
}

/** The Chat Completions format, in a provider's dialect. */
export function chatFormat(dialect: ChatDialect): AnswerFormat {
  const frame = (id: string, object: string, choice: JsonObject) => ({
    id: `chatcmpl-${id}`,
    object,
    created: 1_760_000_000,
    model: 'answering-model',
    choices: [{ index: 0, ...choice }],
  });
  return {
    body: (answer, id) => ({
      ...frame(id, 'chat.completion', { message: messageOf(answer, id, dialect), finish_reason: reasonOf(answer) }),
      ...(answer.found === undefined ? {} : { citations: [answer.found] }),
      usage,
    }),
    chunks: (answer, id) => [
      JSON.stringify(frame(id, 'chat.completion.chunk', { delta: deltaOf(answer, id, dialect), finish_reason: null })),
      JSON.stringify({ ...frame(id, 'chat.completion.chunk', { delta: {}, finish_reason: reasonOf(answer) }), usage }),
      '[DONE]',
    ],
  };
}

const usage = { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 };

function messageOf(answer: ProviderAnswer, id: string, { reasoning, callId }: ChatDialect): JsonObject {
  const parts = partsOf(answer);
  const text = textOf(parts, 'text') ?? '';
  const thought = textOf(parts, 'reasoning');
  const calls = parts.filter((part) => part.type === 'call');
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    ...(reasoning === undefined || thought === undefined ? {} : { [reasoning]: thought }),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map(({ name, input }, index) => ({
            id: callId(id, index),
            type: 'function',
            function: { name, arguments: input },
          })),
        }),
  };
}

/** The texts of one kind, joined as this format has room for one. */
export function textOf(parts: readonly AnswerPart[], type: 'text' | 'reasoning'): string | undefined {
  const texts = parts.flatMap((part) => (part.type === type ? [part.text] : []));
  return texts.length === 0 ? undefined : texts.join('');
}

function deltaOf(answer: ProviderAnswer, id: string, dialect: ChatDialect): JsonObject {
  const { tool_calls, ...message } = messageOf(answer, id, dialect);
  if (!Array.isArray(tool_calls)) return message;
  return { ...message, tool_calls: tool_calls.map((call, index) => ({ index, ...call })) };
}

function reasonOf(answer: ProviderAnswer): string {
  return finishOf(answer).replace('-', '_');
}
