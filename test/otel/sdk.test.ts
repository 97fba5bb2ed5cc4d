import { createOpenAI } from '@ai-sdk/openai';
import { OpenTelemetry } from '@ai-sdk/otel';
import { context, trace } from '@opentelemetry/api';
import * as ai7 from 'ai';
import { createOpenAI as createOpenAIV3 } from 'ai-sdk-openai-v3';
import * as ai6 from 'ai-v6';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { judge } from '../../src/checks/index.ts';
import { lendTools, retry, withStagedRetry } from '../../src/index.ts';
import { calls, fails, type Reply, says } from '../servers/replay-reply.ts';
import { type ReplayServer, startReplayServer } from '../servers/replay-server.ts';
import { prompt, right, tracing } from './tracing.ts';

const traced = tracing();
const { telemetry } = traced;

beforeAll(() => {
  ai7.registerTelemetry(new OpenTelemetry());
});
afterAll(() => {
  globalThis.AI_SDK_TELEMETRY_INTEGRATIONS = undefined;
});

let server: ReplayServer;
afterEach(() => server.close());

/** What an instrumented fetch does: a span for each request, and here one for each pull of its body too. */
const tracedFetch: typeof fetch = async (input, init) => {
  const span = traced.tracer.startSpan('POST');
  return await context.with(trace.setSpan(context.active(), span), async () => {
    const response = await fetch(input, init);
    span.end();
    return response.body === null ? response : new Response(pulled(response.body), response);
  });
};

function pulled(body: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        traced.tracer.startSpan('pull').end();
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

const sdks = ['ai@7', 'ai@6'] as const;
type Sdk = (typeof sdks)[number];

function modelOf(sdk: Sdk) {
  const settings = { baseURL: server.url, apiKey: 'none', fetch: tracedFetch };
  return (sdk === 'ai@7' ? createOpenAI : createOpenAIV3)(settings).chat('replayed') as ai7.LanguageModel & object;
}

const generateText = (sdk: Sdk) => (sdk === 'ai@7' ? ai7 : (ai6 as unknown as typeof ai7)).generateText;
const streamText = (sdk: Sdk) => (sdk === 'ai@7' ? ai7 : (ai6 as unknown as typeof ai7)).streamText;
const callOptions = (sdk: Sdk) => (sdk === 'ai@7' ? {} : { experimental_telemetry: { isEnabled: true } });

/** The SDK's own spans around a call of the model. */
const around = {
  'ai@7': {
    generate: ['invoke_agent replayed', 'step 1', 'chat replayed'],
    stream: ['invoke_agent replayed', 'step 1', 'chat replayed'],
  },
  'ai@6': {
    generate: ['ai.generateText', 'ai.generateText.doGenerate'],
    stream: ['ai.streamText', 'ai.streamText.doStream'],
  },
};

/** The tree without the events, and with equal neighbours as one. */
function outline(): string[] {
  const names = traced.tree().map((line) => line.replace(/ \[.*/, ''));
  return names.filter((line, index) => line !== names[index - 1] || !line.includes('pull'));
}

function below(names: readonly string[], lines: readonly string[]): string[] {
  return [
    ...names.map((name, depth) => `${'  '.repeat(depth)}${name}`),
    ...lines.map((line) => `${'  '.repeat(names.length)}${line}`),
  ];
}

const script: Reply[] = [
  says('ten', { delayMs: 1 }),
  fails(500, { 'retry-after-ms': '0' }),
  says('eleven'),
  calls('lookUp', {}),
  says('twelve'),
];

describe.each(sdks)('%s over HTTP', (sdk) => {
  const lookUp = ai7.tool({
    inputSchema: z.object({}),
    execute: () => {
      traced.tracer.startSpan('query').end();
      return 'found';
    },
  });
  const stages = [retry({ attempts: 2 }), lendTools({ attempts: 1, tools: { lookUp } })];

  const threeAttempts = [
    'staged_retry.run',
    '  staged_retry.attempt',
    '    POST',
    '    pull',
    '  staged_retry.attempt',
    '    POST',
    '    pull',
    '    POST',
    '    pull',
    '  staged_retry.attempt',
    '    POST',
    '    pull',
    '    execute_tool lookUp',
    '      query',
    '    POST',
    '    pull',
  ];

  test("generated: the run is below the SDK's span, the provider's spans are below their attempt", async () => {
    server = await startReplayServer(script);
    const model = withStagedRetry(modelOf(sdk), { checks: [right], stages, telemetry });
    await generateText(sdk)({ model: model as never, prompt, ...callOptions(sdk) });
    expect(outline()).toEqual(below(around[sdk].generate, threeAttempts));
  });

  test('streamed: every pull of a body is below the request of its attempt', async () => {
    server = await startReplayServer(script);
    const model = withStagedRetry(modelOf(sdk), { checks: [right], stages, telemetry });
    const result = streamText(sdk)({ model: model as never, prompt, ...callOptions(sdk) });
    await result.consumeStream();
    expect(await result.text).toBe('twelve');
    await traced.settled();
    expect(outline()).toEqual(below(around[sdk].stream, threeAttempts));
  });

  test('a live stream that its reader pulls slowly, and one with nothing to judge', async () => {
    const text = '{"vendor":"Acme","total":12}';
    const reply = says(text, { delayMs: 1 });
    server = await startReplayServer([reply, reply]);
    const live = withStagedRetry(modelOf(sdk), { telemetry });
    const schema = z.object({ vendor: z.string(), total: z.number() });
    const output = (sdk === 'ai@7' ? ai7 : (ai6 as unknown as typeof ai7)).Output.object({ schema }) as never;
    for (const options of [{ output }, {}]) {
      const result = streamText(sdk)({ model: live as never, prompt, ...options, ...callOptions(sdk) });
      for await (const _ of result.textStream) await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await traced.settled();
    const one = below(around[sdk].stream, ['staged_retry.run', '  staged_retry.attempt', '    POST', '    pull']);
    expect(outline()).toEqual([...one, ...one]);
  });
});

test("a judge's calls are below the attempt they judge, and the SDK's spans of them stand between", async () => {
  server = await startReplayServer([says('ten'), says('{"issues":[]}')]);
  const rubric = 'It is a number.';
  const model = withStagedRetry(modelOf('ai@7'), { checks: [judge({ model: modelOf('ai@7'), rubric })], telemetry });
  await ai7.generateText({ model, prompt });
  expect(outline()).toEqual(
    below(around['ai@7'].generate, [
      'staged_retry.run',
      '  staged_retry.attempt',
      '    POST',
      '    pull',
      ...below(around['ai@7'].generate, ['staged_retry.check_call', '  POST', '  pull']).map((line) => `    ${line}`),
    ]),
  );
  expect(traced.named('staged_retry.check_call')[0]?.attributes).toMatchObject({
    'gen_ai.evaluation.name': 'judge',
    'staged_retry.usage.output_tokens': expect.any(Number),
  });
  expect(traced.named('staged_retry.run')[0]?.attributes).toMatchObject({
    'staged_retry.checks.usage.output_tokens': expect.any(Number),
  });
});
