import { InvalidArgumentError } from '@ai-sdk/provider';
import { context, type Tracer, trace } from '@opentelemetry/api';
import * as conventions from '@opentelemetry/semantic-conventions/incubating';
import { generateText, Output, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import { judge } from '../../src/checks/index.ts';
import {
  check,
  createInbox,
  human,
  lendTools,
  memoryStore,
  retry,
  type StagedRetryOptions,
  withStagedRetry,
} from '../../src/index.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { otelTelemetry } from '../../src/otel/index.ts';
import { badInvoice, calls, failsWith, Invoice, lookup, losesConnection, says, saysJson } from '../fixtures.ts';
import { errorsOf, eventsOf, prompt, right, tracing } from './tracing.ts';

const traced = tracing();
const { telemetry } = traced;
const retries = (statusCode: number) => failsWith(statusCode, { 'retry-after-ms': '0' });

function ask(model: ReturnType<typeof says>, options: StagedRetryOptions = {}, call = {}) {
  const wrapped = withStagedRetry(model, { checks: [right], telemetry, ...options });
  return generateText({ model: wrapped, prompt, maxRetries: 0, ...call });
}

test('a run is a span, with one below it for each attempt and each call of a lent tool', async () => {
  const model = says('ten', retries(429), 'eleven', calls('lookup', { query: 'x' }), 'twelve');
  const stages = [retry({ attempts: 2 }), lendTools({ attempts: 1, tools: { lookup: lookup() } })];
  await ask(model, { stages });
  expect(traced.tree()).toEqual([
    'staged_retry.run [stage_end, stage_end]',
    '  staged_retry.attempt [gen_ai.evaluation.result]',
    '  staged_retry.attempt [transport_retry, gen_ai.evaluation.result]',
    '  staged_retry.attempt',
    '    execute_tool lookup',
  ]);
});

test("with mode: 'observe' too, generated and streamed, the attempt has its verdict and its usage", async () => {
  await ask(says('ten'), { mode: 'observe' });
  const streamed = withStagedRetry(says('ten'), { checks: [right], telemetry, mode: 'observe' });
  await streamText({ model: streamed, prompt, maxRetries: 0 }).consumeStream();
  const attempts = traced.named('staged_retry.attempt');
  expect(attempts.map(({ attributes }) => attributes['staged_retry.verdict'])).toEqual(['fail', 'fail']);
  expect(attempts.map(({ attributes }) => attributes['staged_retry.usage.output_tokens'])).toEqual([10, 10]);
  expect(traced.named('staged_retry.run')).toHaveLength(2);
  expect(traced.tree()[1]).toBe('  staged_retry.attempt [gen_ai.evaluation.result]');
});

test.each(['generate', 'stream'])("with mode: 'observe' a failed attempt has what it cost: %s", async (type) => {
  const price = { input: 1000, output: 1000 };
  const error = losesConnection();
  const parts: StreamPart[] = [
    { type: 'text-start', id: '1' },
    { type: 'text-delta', id: '1', delta: 'ten' },
    { type: 'error', error },
  ];
  const failing = says(type === 'stream' ? { parts } : error);
  const model = withStagedRetry(failing, { checks: [right], telemetry, price, mode: 'observe' });
  const call = { model, prompt, maxRetries: 0, onError: () => {} };
  if (type === 'stream') await streamText(call).consumeStream();
  else await generateText(call).catch(() => {});
  await traced.settled();
  const [attempt] = traced.named('staged_retry.attempt');
  expect(attempt?.attributes).toMatchObject({ 'staged_retry.verdict': 'none', 'staged_retry.usd': expect.any(Number) });
  expect(errorsOf(traced.spans()).map(([name]) => name)).toEqual(['staged_retry.attempt', 'staged_retry.run']);
});

test('an attempt that came to no verdict has what it cost', async () => {
  const price = { input: 1000, output: 1000 };
  const crash = check('crash', () => {
    throw new Error('down');
  });
  await ask(says('ten'), { price, checks: [crash] }).catch(() => {});
  expect(traced.named('staged_retry.attempt')[0]?.attributes).toMatchObject({
    'staged_retry.verdict': 'none',
    'staged_retry.usd': 0.02,
  });
  expect(eventsOf(traced.named('staged_retry.attempt')[0])).toEqual([]);
});

test('with content, errors are told in full', async () => {
  const down = () => Object.assign(losesConnection(), { cause: new Error('to twelve') });
  const judging = judge({ model: says(Object.assign(down(), { isRetryable: false })), rubric: 'Good.' });
  const recording = otelTelemetry({ recordContent: true });
  const transport = { initialMs: 0, jitter: 'none' } as const;
  await ask(says(down(), 'ten'), { telemetry: recording, checks: [judging], transport }).catch(() => {});
  const full = 'Cannot connect Cause: to twelve';
  expect(eventsOf(traced.named('staged_retry.attempt')[0])[0]?.[1]).toMatchObject({ 'error.message': full });
  expect(errorsOf(traced.named('staged_retry.check_call'))[0]?.[2]).toBe(full);
  expect(errorsOf(traced.named('staged_retry.run'))[0]?.[2]).toMatch(
    /^The check "judge" cannot judge: .* Cause: Cannot connect Cause: to twelve$/,
  );
});

test('a run says how it ended and what it used', async () => {
  const providerOptions = { stagedRetry: { runId: 'job-1', metadata: { invoice: 17, tags: ['a'], none: null } } };
  await ask(says('ten', 'twelve'), {}, { providerOptions });
  expect(traced.named('staged_retry.run')[0]?.attributes).toEqual({
    'staged_retry.run_id': 'job-1',
    'staged_retry.type': 'generate',
    'staged_retry.provider': 'scripted',
    'staged_retry.model': 'scripted-model',
    'staged_retry.metadata.invoice': 17,
    'staged_retry.metadata.tags': '["a"]',
    'staged_retry.outcome': 'accepted',
    'staged_retry.attempts': 2,
    'staged_retry.stage': 'retry',
    'staged_retry.usage.input_tokens': 20,
    'staged_retry.usage.output_tokens': 20,
  });
});

test('an attempt says what it came to, and what each check found', async () => {
  await ask(says('ten', 'twelve'));
  const [first, second] = traced.named('staged_retry.attempt');
  expect(first?.attributes).toEqual({
    'staged_retry.attempt': 1,
    'staged_retry.stage': 'retry',
    'staged_retry.model': 'scripted-model',
    'staged_retry.verdict': 'fail',
    'staged_retry.usage.input_tokens': 10,
    'staged_retry.usage.output_tokens': 10,
  });
  expect(eventsOf(first)).toEqual([
    [
      'gen_ai.evaluation.result',
      {
        'gen_ai.evaluation.name': 'right',
        'gen_ai.evaluation.score.label': 'fail',
        'gen_ai.evaluation.explanation': 'Say it better (1)',
        'staged_retry.issue.count': 1,
        'staged_retry.issue.kinds': ['content'],
      },
    ],
  ]);
  expect(second?.attributes['staged_retry.verdict']).toBe('pass');
  expect(errorsOf(traced.spans())).toEqual([]);
});

test('names are those of the GenAI conventions where they have any', async () => {
  await ask(says('ten', calls('lookup', { query: 'x' }), 'twelve'), {
    stages: [retry({ attempts: 1 }), lendTools({ attempts: 1, tools: { lookup: lookup() } })],
    telemetry: otelTelemetry({ recordContent: true }),
  });
  const known = new Set<unknown>(Object.values(conventions));
  const used = traced
    .spans()
    .flatMap(({ attributes, events }) => [
      ...Object.keys(attributes),
      ...events.flatMap((event) => [event.name, ...Object.keys(event.attributes ?? {})]),
    ]);
  const foreign = used.filter((name) => !name.startsWith('staged_retry.'));
  expect(foreign).toContain('gen_ai.evaluation.result');
  expect(foreign.filter((name) => !known.has(name))).toEqual([]);
});

test('changes that reading made are events, by rule', async () => {
  const model = withStagedRetry(says('```json\n{"vendor":"Acme","total":"12"}\n```'), { telemetry });
  await generateText({ model, output: Output.object({ schema: Invoice }), prompt });
  expect(eventsOf(traced.named('staged_retry.attempt')[0])).toEqual([
    ['staged_retry.fix', { 'staged_retry.fix.rule': 'surroundings', 'staged_retry.fix.path': '' }],
    ['staged_retry.fix', { 'staged_retry.fix.rule': 'number', 'staged_retry.fix.path': '/total' }],
  ]);
});

test('the cache tells of hits and misses', async () => {
  const cached = { checks: [], cache: { store: memoryStore() }, scope: 'public' };
  await ask(says('twelve'), cached);
  await ask(says('twelve'), cached);
  const [miss, hit] = traced.named('staged_retry.run').map(eventsOf);
  expect(miss?.[0]).toEqual([
    'staged_retry.cache_miss',
    { 'staged_retry.cache.status': 'miss', 'staged_retry.cache.reason': 'absent' },
  ]);
  expect(hit).toEqual([
    ['staged_retry.cache_hit', { 'staged_retry.cache.status': 'hit', 'staged_retry.cache.age_ms': expect.any(Number) }],
  ]);
});

test('a run that waits for a person is no error, and its decision is told', async () => {
  const inbox = createInbox();
  const options = { stages: [retry({ attempts: 1 }), human({ inbox })], scope: 'public' };
  await ask(says('ten'), options).catch(() => {});
  const [{ id } = { id: '' }] = (await inbox.list({ scope: 'public' })).escalations;
  await inbox.decide(id, { type: 'edit', text: 'twelve' }, { by: 'ann' });
  await ask(says('ten'), options);
  const [asked, answered] = traced.named('staged_retry.run');
  expect(asked?.attributes['staged_retry.outcome']).toBe('pending');
  expect(eventsOf(asked).at(-1)).toEqual([
    'staged_retry.escalation_request',
    { 'staged_retry.escalation.id': id, 'staged_retry.stage': 'human' },
  ]);
  expect(eventsOf(answered)[0]).toEqual([
    'staged_retry.escalation_response',
    {
      'staged_retry.escalation.id': id,
      'staged_retry.stage': 'human',
      'staged_retry.decision': 'edit',
      'staged_retry.decided_by': 'ann',
    },
  ]);
  expect(answered?.attributes['staged_retry.decision']).toBe('edit');
  expect(eventsOf(answered).at(-1)?.[1]).toMatchObject({ 'staged_retry.decision': 'edit' });
  expect(errorsOf(traced.spans())).toEqual([]);
});

describe('errors are the status', () => {
  test("of a provider's failure: its status code", async () => {
    await ask(says('ten', retries(503)), { transport: { attempts: 1 } }).catch(() => {});
    expect(errorsOf(traced.spans())).toEqual([
      ['staged_retry.attempt', '503', 'AI_APICallError (status 503)'],
      ['staged_retry.run', 'StagedRetry_ProviderFailedError', expect.stringContaining('The provider failed')],
    ]);
  });

  test('of a check that crashed', async () => {
    const crashes = check('rows', () => {
      throw new TypeError('no rows of ten');
    });
    await ask(says('ten'), { checks: [crashes] }).catch(() => {});
    const errors = errorsOf(traced.spans());
    expect(errors.map(([name, type]) => [name, type])).toEqual([
      ['staged_retry.attempt', 'unjudged'],
      ['staged_retry.run', 'StagedRetry_CheckCrashedError'],
    ]);
    expect(JSON.stringify(errors)).not.toContain('no rows');
  });

  test('of a lent tool that failed, while its attempt goes on', async () => {
    const tools = {
      lookup: lookup(() => {
        throw new RangeError('out of reach');
      }),
    };
    const model = says('ten', calls('lookup', { query: 'x' }), 'twelve');
    await ask(model, { stages: [retry({ attempts: 1 }), lendTools({ attempts: 1, tools })] });
    expect(errorsOf(traced.spans())).toEqual([['execute_tool lookup', 'RangeError', 'RangeError']]);
  });

  test('of a ladder that came to its end: what failed, and why each stage ended', async () => {
    await ask(says('ten', 'eleven')).catch(() => {});
    expect(errorsOf(traced.spans())).toEqual([
      [
        'staged_retry.run',
        'StagedRetry_StagesExhaustedError',
        expect.stringMatching(/after 2 attempts.*Say it better \(2\) \(right\)/),
      ],
    ]);
  });

  test('but not of a caller who went away', async () => {
    const controller = new AbortController();
    const model = says('ten', () => {
      controller.abort();
      return new Promise(() => {});
    });
    await ask(model, {}, { abortSignal: controller.signal }).catch(() => {});
    expect(errorsOf(traced.spans())).toEqual([]);
    expect(traced.named('staged_retry.run')[0]?.attributes['staged_retry.outcome']).toBe('aborted');
    expect(traced.named('staged_retry.attempt').at(-1)?.attributes['staged_retry.verdict']).toBe('aborted');
  });
});

test('a stage with nothing to propose leaves an attempt without a verdict', async () => {
  const idle = { name: 'idle', attempts: 1, propose: () => Promise.resolve(undefined) };
  await ask(says('ten'), { stages: [retry({ attempts: 1 }), idle] }).catch(() => {});
  expect(traced.named('staged_retry.attempt').map(({ attributes }) => attributes['staged_retry.verdict'])).toEqual([
    'fail',
    'none',
  ]);
});

test('a live stream that is asked again has its attempts, and the tokens that were discarded', async () => {
  const model = withStagedRetry(saysJson({ ...badInvoice, more: 'x'.repeat(400) }, { vendor: 'Acme', total: 12 }), {
    telemetry,
  });
  const result = streamText({ model, output: Output.object({ schema: Invoice }), prompt });
  await result.consumeStream();
  expect(traced.tree()).toEqual([
    'staged_retry.run [delivery_start, stage_end]',
    '  staged_retry.attempt [gen_ai.evaluation.result]',
    '  staged_retry.attempt',
  ]);
  expect(traced.named('staged_retry.attempt')[0]?.attributes['staged_retry.usage.discarded_tokens']).toBeGreaterThan(0);
});

describe('a stream with nothing to judge goes out as it is', () => {
  const open = (model: ReturnType<typeof says>) =>
    withStagedRetry(model, { telemetry }).doStream({ prompt: [{ role: 'user', content: [] }] });

  test('part by part, and its spans end with it', async () => {
    const parts = [];
    for await (const part of (await open(says('twelve'))).stream) {
      if (part.type !== 'finish') expect(traced.spans()).toEqual([]);
      parts.push(part);
    }
    const bare = [];
    for await (const part of (await says('twelve').doStream({ prompt: [] })).stream) bare.push(part);
    const report = { stagedRetry: expect.objectContaining({ outcome: 'accepted' }) };
    expect(parts).toEqual(bare.map((part) => (part.type === 'finish' ? { ...part, providerMetadata: report } : part)));
    await traced.settled();
    expect(traced.tree()).toEqual(['staged_retry.run [stage_end]', '  staged_retry.attempt']);
    expect(traced.named('staged_retry.attempt')[0]?.attributes['staged_retry.usage.output_tokens']).toBe(10);
  });

  test('an error in it is the status of both', async () => {
    const error = new TypeError('broken');
    const seen = [];
    for await (const part of (await open(says({ parts: [{ type: 'error', error }] }))).stream) seen.push(part);
    expect(seen).toContainEqual({ type: 'error', error });
    await traced.settled();
    expect(errorsOf(traced.spans()).map(([, type]) => type)).toEqual(['TypeError', 'TypeError']);
  });

  test('cancelling it ends them', async () => {
    const { stream } = await open(says('twelve'));
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel('enough');
    await traced.settled();
    expect(traced.named('staged_retry.run')[0]?.attributes['staged_retry.outcome']).toBe('aborted');
    expect(errorsOf(traced.spans())).toEqual([]);
  });

  test('a provider that fails at once is called once, and its error is the bare one', async () => {
    const error = failsWith(500);
    const model = says(error);
    await expect(open(model)).rejects.toBe(error);
    expect(model.calls).toHaveLength(1);
    expect(errorsOf(traced.spans()).map(([, type]) => type)).toEqual(['500', '500']);
  });
});

test('calls that run at a time have each its own numbers', async () => {
  const usageOf = (total: number) => ({ inputTokens: { total }, outputTokens: { total } }) as never;
  const verdict = (total: number) => ({
    content: [{ type: 'text', text: '{"issues":[]}' } as const],
    usage: usageOf(total),
  });
  const judging = says(verdict(1), verdict(2));
  const { doGenerate } = judging;
  const slowFirst = {
    ...judging,
    async doGenerate(params: never) {
      const answer = await doGenerate(params);
      if (answer.usage.outputTokens.total === 1) await traced.settled();
      return answer;
    },
  } as never; // the same model
  await ask(says('twelve'), { checks: [judge({ model: slowFirst, rubric: 'Right.', samples: 3 })] });
  const used = traced
    .named('staged_retry.check_call')
    .map(({ attributes }) => attributes['staged_retry.usage.output_tokens']);
  expect(used.toSorted()).toEqual([1, 2]);
});

test('calls of a tool with one id have each its own content', async () => {
  const [first] = calls('lookup', { query: 'a' }).content;
  const [second] = calls('lookup', { query: 'b' }).content;
  const content = [first, second].filter((part) => part !== undefined);
  const slowFirst = async (query: string) => {
    if (query === 'a') await traced.settled();
    return query;
  };
  const stages = [retry({ attempts: 1 }), lendTools({ attempts: 1, tools: { lookup: lookup(slowFirst) } })];
  await ask(says('ten', { content }, 'twelve'), { telemetry: otelTelemetry({ recordContent: true }), stages });
  const results = traced.named('execute_tool lookup').map(({ attributes }) => attributes['gen_ai.tool.call.result']);
  expect(results.toSorted()).toEqual(['"a"', '"b"']);
});

test('spans keep their order without a context manager', async () => {
  const tools = { lookup: lookup() };
  await context.with(trace.setSpan(context.active(), traced.tracer.startSpan('caller')), async () => {
    context.disable();
    const stages = [retry({ attempts: 1 }), lendTools({ attempts: 1, tools })];
    await ask(says('ten', calls('lookup', { query: 'x' }), 'twelve'), { stages });
    traced.manageContext();
  });
  expect(traced.tree()).toEqual([
    'staged_retry.run [stage_end, stage_end]',
    '  staged_retry.attempt [gen_ai.evaluation.result]',
    '  staged_retry.attempt',
    '    execute_tool lookup',
  ]);
});

test('what a guard asks is below its run without a context manager', async () => {
  await context.with(trace.setSpan(context.active(), traced.tracer.startSpan('caller')), async () => {
    context.disable();
    const guards = [judge({ model: saysJson({ issues: [] }), rubric: 'Polite.' })];
    await ask(says('twelve'), { guards });
    traced.manageContext();
  });
  expect(traced.tree()).toEqual([
    'staged_retry.run [stage_end]',
    '  staged_retry.check_call',
    '  staged_retry.attempt',
  ]);
});

test('a tracer, or telemetry, that throws costs the trace and not the answer', async () => {
  const broken = () => {
    throw new Error('no');
  };
  const tracers = [
    { startSpan: broken },
    { startSpan: () => new Proxy({}, { get: () => broken }) },
    { startSpan: () => ({}) },
  ] as unknown as Tracer[];
  const all = [...tracers.map((tracer) => otelTelemetry({ tracer })), { startRun: broken }];
  for (const each of all) {
    const { text } = await ask(says('ten', 'twelve'), { telemetry: each });
    expect(text).toBe('twelve');
  }
});

test('a meter that throws costs the counts and not the trace', async () => {
  const broken = () => {
    throw new Error('no');
  };
  const meter = { createCounter: () => ({ add: broken }), createHistogram: () => ({ record: broken }) } as never;
  await ask(says('ten', 'twelve'), { telemetry: otelTelemetry({ meter }) });
  expect(traced.named('staged_retry.run')[0]?.attributes).toMatchObject({ 'staged_retry.outcome': 'accepted' });
  expect(traced.named('staged_retry.attempt')[0]?.attributes).toMatchObject({ 'staged_retry.verdict': 'fail' });
});

test.each([
  ['an option there is not', () => otelTelemetry({ traces: true } as never), /no option "traces"/],
  ['a tracer that is none', () => otelTelemetry({ tracer: 'app' as never }), /trace\.getTracer/],
  ['a meter that is none', () => otelTelemetry({ meter: {} as never }), /metrics\.getMeter/],
  [
    'content that is no boolean',
    () => otelTelemetry({ recordContent: 'yes' as never }),
    /recordContent of otelTelemetry\(\) must be a boolean/,
  ],
  ['nothing', () => otelTelemetry(null as never), /otelTelemetry\(\) takes options/],
  [
    'a tracer in place of telemetry',
    () => withStagedRetry(says('x'), { telemetry: traced.tracer as never }),
    /otelTelemetry\(\{ tracer \}\)/,
  ],
])('%s is refused', (_, make, message) => {
  expect(make).toThrow(InvalidArgumentError);
  expect(make).toThrow(message);
});
