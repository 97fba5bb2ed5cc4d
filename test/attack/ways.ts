import { retry, withStagedRetry } from '../../src/index.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import type { HostileCase } from './hostile.ts';

/** The ways in which an answer comes, and comes again when it is refused. */
export const ways: Readonly<Record<string, (answer: HostileCase) => Promise<unknown>>> = {
  generated: async (hostile) => {
    const { content } = await wrapped([hostile.text, hostile.text], hostile).doGenerate(params(hostile));
    return content;
  },
  'live, whole': (hostile) => streamed({ parts: partsOf(hostile.text, hostile.text.length) }, hostile),
  'live, in pieces': (hostile) => streamed({ parts: partsOf(hostile.text, 64) }, hostile),
};

type Said = Parameters<typeof scriptedModel>[0][number];

function wrapped(answers: readonly Said[], { check }: HostileCase) {
  const checks = check === undefined ? [] : [check];
  return withStagedRetry(scriptedModel([...answers]), { checks, stages: [retry({ attempts: 2 })] });
}

function params({ schema }: HostileCase) {
  const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Go on.' }] }];
  return schema === undefined
    ? { prompt }
    : { prompt, responseFormat: { type: 'json' as const, schema: schema as never } };
}

async function streamed(first: Said, hostile: HostileCase): Promise<void> {
  const { stream } = await wrapped([first, hostile.text], hostile).doStream(params(hostile));
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
