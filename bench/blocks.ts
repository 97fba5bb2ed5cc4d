import { retry, withStagedRetry } from '../src/index.ts';
import type { StreamPart } from '../src/model/language-model.ts';
import { scriptedModel } from '../src/testing/index.ts';
import { type HostileCase, hostileCases } from '../test/attack/hostile.ts';
import { longestBlock } from '../test/attack/longest-block.ts';

// How long an answer of a megabyte keeps the event loop from turning, in milliseconds of the thread's own processor time:
// `node --no-warnings bench/blocks.ts [name…]`. RUNS=5 measures each oftener. The first run is cold, the rest are warm.
const runs = Number(process.env.RUNS ?? 3);
const chosen = process.argv.slice(2);

const ways: Readonly<Record<string, (answer: HostileCase) => Promise<unknown>>> = {
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

const rows: Record<string, string | number>[] = [];
for (const [name, make] of Object.entries(hostileCases)) {
  if (chosen.length > 0 && !chosen.some((word) => name.includes(word))) continue;
  const hostile = make();
  const row: Record<string, string | number> = { answer: name, KB: Math.round(hostile.text.length / 1000) };
  for (const [way, run] of Object.entries(ways)) {
    const blocks: number[] = [];
    let outcome = 'ok';
    for (let count = 0; count < runs; count += 1) {
      const ms = await longestBlock(async () => {
        try {
          await run(hostile);
        } catch (error) {
          outcome = (error as Error).name.replace('StagedRetry_', '').replace('Error', '');
        }
      });
      blocks.push(Math.round(ms));
    }
    row[way] = `${blocks.join(' ')} ${outcome === 'ok' ? '' : outcome.slice(0, 9)}`;
  }
  rows.push(row);
  console.log(Object.values(row).join(' | '));
}
console.table(rows);
