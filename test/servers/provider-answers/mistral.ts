import { isObject, type JsonObject, objectsIn } from '../../../examples/practice-server/json.ts';
import type { AnswerFormat, ProviderAnswer } from './answer.ts';
import { chatFormat } from './chat.ts';

const chat = chatFormat({ callId: (id, index) => `${id}c${index}`.padStart(9, 'm').slice(-9) });

/** Mistral's chat format: what the model thought is a part of the content. */
export const mistralFormat: AnswerFormat = {
  body: (answer, id) => {
    const body = chat.body(answer, id);
    const [choice] = objectsIn(body.choices);
    const message = isObject(choice?.message) ? choice.message : {};
    return { ...body, choices: [{ ...choice, message: { ...message, content: contentOf(answer, message) } }] };
  },
  ...(chat.chunks === undefined ? {} : { chunks: chat.chunks }),
};

function contentOf({ reasoning, text = '' }: ProviderAnswer, { content }: JsonObject): unknown {
  if (reasoning === undefined) return content;
  return [
    { type: 'thinking', thinking: [{ type: 'text', text: reasoning }] },
    { type: 'text', text },
  ];
}
