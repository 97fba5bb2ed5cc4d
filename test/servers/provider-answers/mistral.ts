import { isObject, type JsonObject, objectsIn } from '../../../examples/practice-server/json.ts';
import { type AnswerFormat, type ProviderAnswer, partsOf } from './answer.ts';
import { chatFormat, textOf } from './chat.ts';

const chat = chatFormat({ callId: (id, index) => `${id}c${index}`.padStart(9, 'm').slice(-9) });

/** Mistral's chat format: what the model thought is a part of the content. */
export const mistralFormat: AnswerFormat = {
  body(answer, id) {
    const body = chat.body(answer, id);
    return { ...body, choices: objectsIn(body.choices).map((choice) => thinking(choice, 'message', answer)) };
  },
  chunks: (answer, id) =>
    chat.chunks(answer, id).map((chunk) => {
      if (chunk === '[DONE]') return chunk;
      const event = JSON.parse(chunk) as JsonObject;
      const choices = objectsIn(event.choices).map((choice) => thinking(choice, 'delta', answer));
      return JSON.stringify({ ...event, choices });
    }),
};

/** A choice with what the model thought in its content. */
function thinking(choice: JsonObject, member: 'message' | 'delta', answer: ProviderAnswer): JsonObject {
  const parts = partsOf(answer);
  const thought = textOf(parts, 'reasoning');
  const message = choice[member];
  if (thought === undefined || !isObject(message) || !('content' in message)) return choice;
  const content = [
    { type: 'thinking', thinking: [{ type: 'text', text: thought }] },
    { type: 'text', text: textOf(parts, 'text') ?? '' },
  ];
  return { ...choice, [member]: { ...message, content } };
}
