import { retry, withStagedRetry } from '../../src/index.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import type { HostileCase } from './hostile.ts';

/** The ways in which an answer comes, and comes again when it is refused. */
export const ways: Readonly<Record<string, (answer: HostileCase) => Promise<unknown>>> = {
  generated: async ({ text, schema }) => {
    const { content } = await wrapped([text, text]).doGenerate(params(schema));
    return content;
  },
  'live, whole': ({ text, schema }) => streamed(wrapped([{ parts: partsOf(text, text.length) }, text]), schema),
  'live, in pieces': ({ text, schema }) => streamed(wrapped([{ parts: partsOf(text, 64) }, text]), schema),
};

function wrapped(answers: Parameters<typeof scriptedModel>[0]) {
  return withStagedRetry(scriptedModel([...answers]), { stages: [retry({ attempts: 2 })] });
}

function params(schema: unknown) {
  return {
    prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Go on.' }] }],
    responseFormat: { type: 'json' as const, schema: schema as never },
  };
}

async function streamed(model: ReturnType<typeof wrapped>, schema: unknown): Promise<void> {
  const { stream } = await model.doStream(params(schema));
  for await (const part of stream as ReadableStream<StreamPart>) if (part.type === 'error') throw part.error;
}

function partsOf(text: string, size: number): StreamPart[] {
  const parts: StreamPart[] = [
    { type: 'stream-start', warnings: [] },
    { type: 'text-start', id: '1' },
  ];
  for (let start = 0; start < text.length; start += size)
    parts.push({ type: 'text-delta', id: '1', delta: text.slice(start, start + size) });
  const usage = { inputTokens: {}, outputTokens: {} };
  parts.push({ type: 'text-end', id: '1' });
  parts.push({ type: 'finish', usage, finishReason: { unified: 'stop', raw: undefined } } as StreamPart);
  return parts;
}
