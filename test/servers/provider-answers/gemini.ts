import type { JsonObject } from '../../../examples/practice-server/json.ts';
import { type AnswerFormat, finishOf, inputObject, type ProviderAnswer } from './answer.ts';

/** Google's generateContent format; the parts that must come back signed are signed. */
export const geminiFormat: AnswerFormat = {
  body: bodyOf,
  chunks: (answer, id) => [JSON.stringify(bodyOf(answer, id))],
};

function bodyOf(answer: ProviderAnswer, id: string): JsonObject {
  const grounding =
    answer.found === undefined
      ? {}
      : { groundingMetadata: { groundingChunks: [{ web: { uri: answer.found, title: 'A page' } }] } };
  return {
    responseId: id,
    modelVersion: 'answering-model',
    candidates: [
      {
        index: 0,
        content: { role: 'model', parts: [...partsOf(answer, id)] },
        finishReason: finishOf(answer) === 'length' ? 'MAX_TOKENS' : 'STOP',
        ...grounding,
      },
    ],
    usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 10, totalTokenCount: 20 },
  };
}

function* partsOf({ text, reasoning, calls = [], image, found }: ProviderAnswer, id: string): Generator<JsonObject> {
  if (reasoning !== undefined) yield { text: reasoning, thought: true };
  if (found !== undefined) {
    yield { executableCode: { language: 'PYTHON', code: 'print(1)' } };
    yield { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1' } };
  }
  if (text !== undefined) yield { text, thoughtSignature: `signature-${id}-text` };
  if (image !== undefined) {
    yield { inlineData: { mimeType: 'image/png', data: image }, thoughtSignature: `signature-${id}-image` };
  }
  for (const [index, { name, input }] of calls.entries()) {
    const signature = index === 0 ? { thoughtSignature: `signature-${id}` } : {};
    yield { functionCall: { name, args: inputObject(input) }, ...signature };
  }
}
