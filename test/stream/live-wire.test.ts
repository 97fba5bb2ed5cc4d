import { createOpenAI } from '@ai-sdk/openai';
import { Output, streamObject, streamText } from 'ai';
import { createOpenAI as createOpenAIV3 } from 'ai-sdk-openai-v3';
import { Output as OutputV6, streamText as streamTextV6 } from 'ai-v6';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { reportOf, withStagedRetry } from '../../src/index.ts';
import type { Reply } from '../servers/replay-reply.ts';
import { says } from '../servers/replay-reply.ts';
import { type ReplayServer, startReplayServer } from '../servers/replay-server.ts';

const Report = z.object({ title: z.string(), pages: z.number(), body: z.string() });
const good = { title: 'Streams', pages: 3, body: 'word '.repeat(400) };
const text = JSON.stringify(good);
const wrong = text.replace('"pages":3', '"pages":"three"');

let server: ReplayServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function models(...script: Reply[]) {
  server = await startReplayServer(script);
  const provider = createOpenAI({ baseURL: server.url, apiKey: 'none' });
  const providerV3 = createOpenAIV3({ baseURL: server.url, apiKey: 'none' });
  return { server, model: provider.chat('any'), responses: provider.responses('any'), modelV3: providerV3.chat('any') };
}

async function collect<ITEM>(stream: AsyncIterable<ITEM>): Promise<ITEM[]> {
  const items: ITEM[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

it.each(['model', 'responses'] as const)(
  'cancels the request upstream once nothing valid can come of it (%s)',
  async (api) => {
    const { server, [api]: model } = await models(says(wrong, { delayMs: 1 }), says(text));
    const result = streamText({
      model: withStagedRetry(model),
      prompt: 'Report.',
      output: Output.object({ schema: Report }),
    });
    expect(await result.output).toEqual(good);

    const [first] = server.requests;
    await first?.ended;
    expect(first?.isClosedEarly).toBe(true);
    expect(first?.bytesSent).toBeLessThan(wrong.length);
    const report = reportOf((await result.finalStep).providerMetadata);
    expect(report).toMatchObject({ attempts: 2, spliced: true });
    expect(report?.discardedTokens).toBeLessThan(wrong.length / 4);
  },
);

it('gives partial objects that only ever grow', async () => {
  const { model } = await models(says(wrong), says(JSON.stringify(good, null, 2)));
  const result = streamText({
    model: withStagedRetry(model),
    prompt: 'Report.',
    output: Output.object({ schema: Report }),
  });
  const partials = await collect(result.partialOutputStream);
  for (const [index, partial] of partials.entries()) {
    const previous: Partial<z.infer<typeof Report>> = partials[index - 1] ?? {};
    expect(partial.title ?? '').toMatch(new RegExp(`^${previous.title ?? ''}`));
    expect((partial.body ?? '').startsWith(previous.body ?? '')).toBe(true);
    if (previous.pages !== undefined) expect(partial.pages).toBe(previous.pages);
  }
  expect(partials.length).toBeGreaterThan(5);
  expect(partials.at(-1)).toEqual(good);
});

it('streams the elements of a list, and continues it', async () => {
  const element = z.object({ name: z.string(), size: z.number() });
  const list = (size: unknown) =>
    JSON.stringify({
      elements: [
        { name: 'a', size: 1 },
        { name: 'b', size },
        { name: 'c', size: 3 },
      ],
    });
  const { model } = await models(says(list('two')), says(list(2)));
  const result = streamText({ model: withStagedRetry(model), prompt: 'List.', output: Output.array({ element }) });
  expect(await collect(result.elementStream)).toEqual([
    { name: 'a', size: 1 },
    { name: 'b', size: 2 },
    { name: 'c', size: 3 },
  ]);
});

it('serves streamObject', async () => {
  const { model } = await models(says(wrong), says(text));
  const result = streamObject({ model: withStagedRetry(model), prompt: 'Report.', schema: Report });
  await collect(result.partialObjectStream);
  expect(await result.object).toEqual(good);
});

it('serves ai@6', async () => {
  const { modelV3 } = await models(says(wrong), says(text));
  const result = streamTextV6({
    model: withStagedRetry(modelV3),
    prompt: 'Report.',
    output: OutputV6.object({ schema: Report }),
  });
  expect((await collect(result.partialOutputStream)).length).toBeGreaterThan(5);
  expect(await result.output).toEqual(good);
});

it('cancels the provider when the reader leaves, and asks no more', async () => {
  const { server, model } = await models(says(text, { delayMs: 2 }), says(text));
  const { stream } = await withStagedRetry(model).doStream({
    prompt: [{ role: 'user', content: [{ type: 'text', text: 'Report.' }] }],
    responseFormat: { type: 'json', schema: z.toJSONSchema(Report) as never },
  });
  const reader = stream.getReader();
  while ((await reader.read()).value?.type !== 'text-delta');
  await reader.cancel('gone');
  await server.requests[0]?.ended;
  expect(server.requests[0]?.isClosedEarly).toBe(true);
  expect(server.requests).toHaveLength(1);
});

it('goes on after a stream that broke when part of it was delivered', async () => {
  const { server, model } = await models(says(text, { fault: { type: 'reset', afterChunks: 20 } }), says(text));
  const wrapped = withStagedRetry(model, { transport: { initialMs: 1 } });
  const result = streamText({ model: wrapped, prompt: 'Report.', output: Output.object({ schema: Report }) });
  expect(await result.output).toEqual(good);
  expect(JSON.stringify(server.requests[1]?.body)).toContain('was delivered already');
  expect(reportOf((await result.finalStep).providerMetadata)).toMatchObject({ attempts: 1 });
});

it('goes on after a stream that stalls', async () => {
  const { model } = await models(says(text, { fault: { type: 'stall', afterChunks: 20 } }), says(text));
  const wrapped = withStagedRetry(model, { transport: { initialMs: 1, timeout: { chunkMs: 100 } } });
  const result = streamText({ model: wrapped, prompt: 'Report.', output: Output.object({ schema: Report }) });
  expect(await result.output).toEqual(good);
});

it('passes the chunk timeout of the caller on as the bare model does', async () => {
  const outcomes: string[][] = [];
  for (const wrap of [false, true]) {
    const { model } = await models(says(text, { fault: { type: 'stall', afterChunks: 20 } }), says(text));
    const result = streamText({
      model: wrap ? withStagedRetry(model) : model,
      prompt: 'Report.',
      output: Output.object({ schema: Report }),
      timeout: { chunkMs: 100 },
      onError: () => {},
    });
    const parts = await collect(result.fullStream);
    outcomes.push(parts.slice(-2).map(({ type }) => type));
    await server?.close();
  }
  expect(outcomes[1]).toEqual(outcomes[0]);
});

it('gives a UI message stream the chunks the bare model gives', async () => {
  const chunks: string[][] = [];
  for (const wrap of [false, true]) {
    const { model } = await models(says(text));
    const result = streamText({
      model: wrap ? withStagedRetry(model) : model,
      prompt: 'Report.',
      output: Output.object({ schema: Report }),
    });
    const types = (await collect(result.toUIMessageStream())).map(({ type }) => type);
    chunks.push(types.filter((type, index) => type !== types[index - 1]));
    await server?.close();
  }
  expect(chunks[1]).toEqual(chunks[0]);
});

it('ends a UI message stream with an error chunk when no answer can continue it', async () => {
  const other = JSON.stringify({ ...good, title: 'Another' });
  const { model } = await models(says(wrong), says(other));
  const result = streamText({
    model: withStagedRetry(model),
    prompt: 'Report.',
    output: Output.object({ schema: Report }),
    onError: () => {},
  });
  const types = (await collect(result.toUIMessageStream())).map(({ type }) => type);
  expect(types).toContain('error');
  expect(types.lastIndexOf('text-delta')).toBeLessThan(types.indexOf('error'));
});
