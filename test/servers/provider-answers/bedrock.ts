import { crc32 } from 'node:zlib';
import { isObject, type JsonObject, objectsIn, parseObject } from '../../../examples/practice-server/json.ts';
import { type AnswerFormat, type AnswerPart, finishOf, inputObject, type ProviderAnswer, partsOf } from './answer.ts';

/** Amazon Bedrock's Converse format. */
export const bedrockFormat: AnswerFormat = {
  body: bodyOf,
  chunks: (answer, id) => [...eventsOf(bodyOf(answer, id))].map((event) => JSON.stringify(event)),
  frame(chunk) {
    const [event = ['', {}]] = Object.entries(parseObject(chunk) ?? {});
    return eventStreamMessage(event[0], JSON.stringify(event[1]));
  },
};

function bodyOf(answer: ProviderAnswer, id: string): JsonObject {
  const content = partsOf(answer).flatMap((part, index) => blocksOf(part, `${id}_${index}`));
  return {
    output: { message: { role: 'assistant', content } },
    stopReason: { stop: 'end_turn', length: 'max_tokens', 'tool-calls': 'tool_use' }[finishOf(answer)],
    usage: { inputTokens: 10, outputTokens: 10, totalTokens: 20 },
    metrics: { latencyMs: 1 },
  };
}

function blocksOf(part: AnswerPart, id: string): JsonObject[] {
  switch (part.type) {
    case 'reasoning':
      return part.isRedacted === true
        ? [{ reasoningContent: { redactedReasoning: { data: `redacted-${id}` } } }]
        : [{ reasoningContent: { reasoningText: { text: part.text, signature: `signature-${id}` } } }];
    case 'text':
      return [{ text: part.text }];
    case 'call':
      return [{ toolUse: { toolUseId: `tooluse_${id}`, name: part.name, input: inputObject(part.input) } }];
    case 'search':
    case 'image':
      return [];
  }
}

function* eventsOf({ output, stopReason, usage, metrics }: JsonObject): Generator<JsonObject> {
  const message = isObject(output) && isObject(output.message) ? output.message : {};
  yield { messageStart: { role: 'assistant' } };
  for (const [contentBlockIndex, block] of objectsIn(message.content).entries()) {
    const { toolUse } = block;
    if (isObject(toolUse)) {
      const { input: _, ...start } = toolUse;
      yield { contentBlockStart: { contentBlockIndex, start: { toolUse: start } } };
    }
    for (const delta of deltasOf(block)) yield { contentBlockDelta: { contentBlockIndex, delta } };
    yield { contentBlockStop: { contentBlockIndex } };
  }
  yield { messageStop: { stopReason } };
  yield { metadata: { usage, metrics } };
}

function deltasOf({ text, toolUse, reasoningContent = {} }: JsonObject): JsonObject[] {
  if (text !== undefined) return [{ text }];
  if (isObject(toolUse)) return [{ toolUse: { input: JSON.stringify(toolUse.input) } }];
  const { reasoningText, redactedReasoning } = reasoningContent as JsonObject;
  if (isObject(redactedReasoning)) return [{ reasoningContent: { data: redactedReasoning.data } }];
  const { text: thought, signature } = reasoningText as JsonObject;
  return [{ reasoningContent: { text: thought } }, { reasoningContent: { signature } }];
}

/**
 * A message of AWS's binary event streams: lengths, headers and payload, each held by a checksum.
 *
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html
 */
function eventStreamMessage(eventType: string, payload: string): Buffer {
  const headers = Buffer.concat([header(':event-type', eventType), header(':message-type', 'event')]);
  const body = Buffer.from(payload);
  const prelude = Buffer.alloc(8);
  prelude.writeUInt32BE(16 + headers.length + body.length, 0);
  prelude.writeUInt32BE(headers.length, 4);
  const message = Buffer.concat([prelude, checksum(prelude), headers, body]);
  return Buffer.concat([message, checksum(message)]);
}

function header(name: string, value: string): Buffer {
  const stringType = 7;
  const lengths = Buffer.from([stringType, 0, value.length]);
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), lengths, Buffer.from(value)]);
}

function checksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return sum;
}
