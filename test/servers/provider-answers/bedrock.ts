import type { JsonObject } from '../../../examples/practice-server/json.ts';
import { type AnswerFormat, finishOf, inputObject, type ProviderAnswer } from './answer.ts';

/** Amazon Bedrock's Converse format; its streams are binary and not written here. */
export const bedrockFormat: AnswerFormat = {
  body: (answer, id) => ({
    output: { message: { role: 'assistant', content: [...blocksOf(answer, id)] } },
    stopReason: { stop: 'end_turn', length: 'max_tokens', 'tool-calls': 'tool_use' }[finishOf(answer)],
    usage: { inputTokens: 10, outputTokens: 10, totalTokens: 20 },
    metrics: { latencyMs: 1 },
  }),
};

function* blocksOf({ text, reasoning, calls = [] }: ProviderAnswer, id: string): Generator<JsonObject> {
  if (reasoning !== undefined) {
    yield { reasoningContent: { reasoningText: { text: reasoning, signature: `signature-${id}` } } };
  }
  if (text !== undefined) yield { text };
  for (const [index, { name, input }] of calls.entries()) {
    yield { toolUse: { toolUseId: `tooluse_${id}_${index}`, name, input: inputObject(input) } };
  }
}
