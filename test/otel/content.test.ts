import { createOpenAI } from '@ai-sdk/openai';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { generateText, jsonSchema, tool } from 'ai';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { judge } from '../../src/checks/index.ts';
import {
  check,
  createInbox,
  human,
  lendTools,
  logEvents,
  memoryStore,
  retry,
  type StagedRetryOptions,
  withStagedRetry,
} from '../../src/index.ts';
import { otelTelemetry } from '../../src/otel/index.ts';
import { ask, callTypes } from '../faults/ask.ts';
import { lookup } from '../fixtures.ts';
import { calls, fails, type Reply, says } from '../servers/replay-reply.ts';
import { type ReplayServer, startReplayServer } from '../servers/replay-server.ts';
import { tracing } from './tracing.ts';

const traced = tracing();

let server: ReplayServer;
afterEach(() => server.close());

const prompt = 'prompt-7f3a';
const key = 'key-7f3a';
const answer = 'answer-7f3a';
const found = 'found-7f3a';
const input = 'input-7f3a';
const secrets = [prompt, key, answer, found, input];

const quotes = check('quotes', ({ text }) => `Do not say ${text}.`);
const lookUp = tool({ inputSchema: z.object({ name: z.string() }), execute: () => found });
const failing = lookup(() => {
  throw new Error(`${key}: no ${found}`);
});

const runs: readonly { name: string; script: readonly Reply[]; options: () => StagedRetryOptions; calls: number }[] = [
  {
    name: 'issues that quote the answer',
    script: [says(answer), says(`${answer} again`)],
    options: () => ({ checks: [quotes] }),
    calls: 2,
  },
  {
    name: 'issues that quote the prompt, and what a tool returned',
    script: [says('one'), calls('lookUp', { name: input }), says('two')],
    options: () => ({
      checks: [
        check('sees', (_, { params, toolResults }) => {
          return `Use ${JSON.stringify(params.prompt)} and ${toolResults.map(({ output }) => output).join()}.`;
        }),
      ],
      stages: [retry({ attempts: 1 }), lendTools({ attempts: 1, tools: { lookUp } })],
    }),
    calls: 3,
  },
  {
    name: 'members that the model made up',
    script: [says(`{"${answer}":1}`), says(`{"${answer}":2}`)],
    options: () => ({
      checks: [jsonSchema({ type: 'object', properties: { total: {} }, additionalProperties: false })],
    }),
    calls: 2,
  },
  {
    name: 'tools that fail',
    script: [says('one'), calls('failing', { query: input }), says('two')],
    options: () => ({
      checks: [quotes],
      stages: [retry({ attempts: 1 }), lendTools({ attempts: 1, tools: { failing } })],
    }),
    calls: 3,
  },
  {
    name: 'sources of tools that cannot connect',
    script: [says('one'), says('two')],
    options: () => ({
      checks: [quotes],
      stages: [
        retry({ attempts: 1 }),
        lendTools({ attempts: 1, tools: () => Promise.reject(new Error(`no ${key} for ${prompt}`)) }),
      ],
    }),
    calls: 2,
  },
  {
    name: 'checks that crash',
    script: [says(answer)],
    options: () => ({
      checks: [
        check('rows', ({ text }) => {
          throw new Error(`${text} ${key}`);
        }),
      ],
    }),
    calls: 1,
  },
  {
    name: 'a provider that repeats the request',
    script: [
      says('one'),
      {
        type: 'body',
        status: 500,
        headers: { 'retry-after-ms': '0' },
        body: { error: { message: `${prompt} ${key}` } },
      },
      fails(401),
    ],
    options: () => ({ checks: [quotes] }),
    calls: 3,
  },
  {
    name: 'an escalation',
    script: [says(answer)],
    options: () => ({
      checks: [quotes],
      stages: [retry({ attempts: 1 }), human({ inbox: createInbox() })],
      scope: 'public',
    }),
    calls: 1,
  },
  {
    name: 'a cache whose store fails',
    script: [says(answer)],
    options: () => ({
      cache: { store: { ...memoryStore(), get: () => Promise.reject(new Error(`redis://:${key}@localhost`)) } },
      scope: 'public',
    }),
    calls: 1,
  },
  {
    name: 'a judge',
    script: [says(answer), says(JSON.stringify({ issues: [{ message: `${answer} is no ${prompt}`, path: [] }] }))],
    options: () => ({
      checks: [judge({ model: modelOf(), rubric: 'Right.' })],
      stages: [retry({ attempts: 1 })],
    }),
    calls: 2,
  },
];

function modelOf() {
  return createOpenAI({ baseURL: server.url, apiKey: key }).chat('replayed');
}

function everything(spans: readonly ReadableSpan[]): string {
  return JSON.stringify(spans.map(({ name, attributes, events, status }) => ({ name, attributes, events, status })));
}

describe.each(callTypes)('%s: nothing that was said is in a trace or a log', (type) => {
  test.each(runs)('$name', async ({ script, options, calls: expected }) => {
    server = await startReplayServer(script);
    const lines: string[] = [];
    const events = logEvents((line) => lines.push(line));
    const model = withStagedRetry(modelOf(), { ...options(), telemetry: otelTelemetry(), events });
    await ask(type, { model, prompt: `Find it: ${prompt}` });
    await traced.settled();
    expect(server.requests).toHaveLength(expected);
    const trace = everything(traced.spans());
    expect(trace).toContain('staged_retry.run');
    expect(secrets.filter((secret) => trace.includes(secret))).toEqual([]);
    expect(lines.length).toBeGreaterThan(1);
    expect(secrets.filter((secret) => lines.join('\n').includes(secret))).toEqual([]);
  });
});

test.each(['the same call', 'an earlier call of the request'])(
  'an issue that quotes an answer of %s is told without its words',
  async (from) => {
    server = await startReplayServer([says('Margarete Oberhuber'), says('Nobody')]);
    const inbox = createInbox();
    const keeps = check('keeps', ({ text }, { attempt }) =>
      attempt === 1 ? 'Say it again.' : text === 'Nothing' || 'Keep this: Margarete Oberhuber.',
    );
    const lines: string[] = [];
    const resumes = from !== 'the same call';
    const model = withStagedRetry(modelOf(), {
      checks: [keeps],
      stages: resumes ? [retry({ attempts: 1 }), human({ inbox })] : [retry({ attempts: 2 })],
      scope: 'public',
      telemetry: otelTelemetry(),
      events: logEvents((line) => lines.push(line)),
    });
    await ask('generate', { model, prompt });
    for (const { id } of (await inbox.list({ scope: 'public' })).escalations) {
      await inbox.decide(id, { type: 'retry', advice: 'Say it again.' });
      await ask('generate', { model, prompt });
    }
    expect(server.requests).toHaveLength(2);
    expect(everything(traced.spans())).toContain('Keep this: …');
    expect(everything(traced.spans())).not.toContain('Margarete');
    expect(lines.join('\n')).toContain('Keep this: … (keeps)');
    expect(lines.join('\n')).not.toContain('Margarete');
  },
);

test('content is there when it is asked for', async () => {
  server = await startReplayServer([says(answer), calls('lookUp', { name: input }), says(`${answer} again`)]);
  const telemetry = otelTelemetry({ recordContent: true });
  const stages = [retry({ attempts: 1 }), lendTools({ attempts: 1, tools: { lookUp } })];
  await ask('generate', { model: withStagedRetry(modelOf(), { checks: [quotes], stages, telemetry }), prompt });
  expect(traced.named('staged_retry.run')[0]?.attributes['gen_ai.input.messages']).toBe(
    JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: prompt }] }]),
  );
  const [first] = traced.named('staged_retry.attempt');
  expect(first?.attributes['gen_ai.output.messages']).toBe(
    JSON.stringify([{ role: 'assistant', parts: [{ type: 'text', content: answer }] }]),
  );
  expect(first?.events[0]?.attributes?.['gen_ai.evaluation.explanation']).toBe(`Do not say ${answer}.`);
  expect(traced.named('execute_tool lookUp')[0]?.attributes).toMatchObject({
    'gen_ai.tool.call.arguments': JSON.stringify({ name: input }),
    'gen_ai.tool.call.result': JSON.stringify(found),
  });
  expect(everything(traced.spans())).not.toContain(key);
});

test('the messages of a conversation are told part by part, and of files only that they were there', async () => {
  server = await startReplayServer([says(answer)]);
  const model = withStagedRetry(modelOf(), { telemetry: otelTelemetry({ recordContent: true }) });
  const output = { type: 'text', value: found } as const;
  const named = { toolCallId: '1', toolName: 'lookUp' };
  await generateText({
    model,
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: prompt },
          { type: 'file', data: 'data:image/png;base64,iVBORw0KGgo=', mediaType: 'image/png' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'tool-call', ...named, input: { name: input } },
        ],
      },
      { role: 'tool', content: [{ type: 'tool-result', ...named, output }] },
    ],
    allowSystemInMessages: true,
  });
  const told = traced.named('staged_retry.run')[0]?.attributes['gen_ai.input.messages'];
  expect(JSON.parse(String(told))).toEqual([
    { role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] },
    { role: 'user', parts: [{ type: 'text', content: prompt }, { type: 'file' }] },
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', content: 'Hm.' },
        { type: 'tool_call', id: '1', name: 'lookUp', arguments: { name: input } },
      ],
    },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: '1', response: output }] },
  ]);
});

test('of many issues the first five are told', async () => {
  server = await startReplayServer([says('one')]);
  const many = check('many', () => Array.from({ length: 7 }, (_, index) => ({ message: `Mend ${index}.`, path: [] })));
  const model = withStagedRetry(modelOf(), { checks: [many], mode: 'observe', telemetry: otelTelemetry() });
  await ask('generate', { model, prompt });
  const [first] = traced.named('staged_retry.attempt');
  const explanation = String(first?.events[0]?.attributes?.['gen_ai.evaluation.explanation']);
  expect(explanation.split('; ')).toHaveLength(6);
  expect(explanation).toMatch(/; …$/);
});

test('where an answer was read otherwise is told with its content', async () => {
  server = await startReplayServer([says('{"total":1,"why":"so",}')]);
  const schema = jsonSchema({ type: 'object', properties: { total: { type: 'number' } } });
  const model = withStagedRetry(modelOf(), { checks: [schema], telemetry: otelTelemetry({ recordContent: true }) });
  await ask('generate', { model, prompt });
  const events = traced.spans().flatMap((span) => span.events);
  expect(events.map(({ attributes }) => attributes?.['staged_retry.fix.path']).filter(Boolean)).toEqual(['/']);
});
