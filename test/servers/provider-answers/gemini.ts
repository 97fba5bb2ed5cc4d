import type { JsonObject } from '../../../examples/practice-server/json.ts';
import { type AnswerFormat, type AnswerPart, finishOf, inputObject, type ProviderAnswer, partsOf } from './answer.ts';

/** Google's generateContent format; the parts that must come back signed are signed. */
export const geminiFormat: AnswerFormat = {
  body: bodyOf,
  chunks: (answer, id) => [JSON.stringify(bodyOf(answer, id))],
};

function bodyOf(answer: ProviderAnswer, id: string): JsonObject {
  const parts = partsOf(answer);
  const firstCall = parts.findIndex(({ type }) => type === 'call');
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
        content: {
          role: 'model',
          parts: parts.flatMap((part, index) => writtenParts(part, `${id}-${index}`, index === firstCall)),
        },
        finishReason: finishOf(answer) === 'length' ? 'MAX_TOKENS' : 'STOP',
        ...grounding,
      },
    ],
    usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 10, totalTokenCount: 20 },
  };
}

/** Of calls that run in parallel the first alone is signed. */
function writtenParts(part: AnswerPart, id: string, isFirstCall: boolean): JsonObject[] {
  const thoughtSignature = `signature-${id}`;
  switch (part.type) {
    case 'reasoning':
      return [{ text: part.text, thought: true }];
    case 'search':
      return [
        { executableCode: { language: 'PYTHON', code: 'print(1)' } },
        {
          codeExecutionResult: {
            outcome: part.found === undefined ? 'OUTCOME_FAILED' : 'OUTCOME_OK',
            output: '1',
          },
        },
      ];
    case 'text':
      return [{ text: part.text, thoughtSignature }];
    case 'image':
      return [{ inlineData: { mimeType: 'image/png', data: part.data }, thoughtSignature }];
    case 'call':
      return [
        {
          functionCall: { name: part.name, args: inputObject(part.input) },
          ...(isFirstCall ? { thoughtSignature } : {}),
        },
      ];
  }
}
