import { generateText, Output, streamText } from 'ai';
import { expect, test } from 'vitest';
import { judge } from '../../src/checks/index.ts';
import {
  check,
  createInbox,
  fallback,
  human,
  type Inbox,
  lendTools,
  memoryStore,
  reportOf,
  retry,
  withStagedRetry,
} from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { badInvoice, calls, failsWith, goodInvoice, Invoice, lookup, recorder, says, saysJson } from '../fixtures.ts';
import { prompt, right, tracing } from './tracing.ts';

const traced = tracing();
const { telemetry } = traced;

test('attempts, the stage of acceptance, failures by check and tokens by stage are counted', async () => {
  const model = withStagedRetry(says('ten', 'twelve'), { checks: [right], telemetry });
  await generateText({ model, prompt });
  expect(await traced.counted()).toEqual({
    'staged_retry.run.attempts outcome=accepted stage=retry': 2,
    'staged_retry.run.duration outcome=accepted stage=retry': expect.any(Number),
    'staged_retry.check.failures gen_ai.evaluation.name=right stage=retry': 1,
    'staged_retry.tokens stage=retry gen_ai.response.model=scripted-model gen_ai.token.type=input': 20,
    'staged_retry.tokens stage=retry gen_ai.response.model=scripted-model gen_ai.token.type=output': 20,
  });
});

test('what attempts cost is counted by stage, and is on the spans', async () => {
  const price = { input: 1, output: 2 };
  const model = withStagedRetry(says('ten', 'twelve'), { checks: [right], price, telemetry });
  await generateText({ model, prompt });
  const cost = (await traced.counted())['staged_retry.cost stage=retry gen_ai.response.model=scripted-model'];
  expect(cost).toBeCloseTo(60 / 1e6, 10);
  expect(traced.named('staged_retry.attempt')[0]?.attributes['staged_retry.usd']).toBeCloseTo(30 / 1e6, 10);
  expect(traced.named('staged_retry.run')[0]?.attributes['staged_retry.usd']).toBeCloseTo(60 / 1e6, 10);
});

test('a model without a price is named on its spans', async () => {
  const model = withStagedRetry(says('twelve'), { checks: [right], price: () => undefined, telemetry });
  await generateText({ model, prompt });
  for (const name of ['staged_retry.run', 'staged_retry.attempt'])
    expect(traced.named(name)[0]?.attributes['staged_retry.unpriced']).toEqual(['scripted-model']);
});

test('fixes are counted by rule, and what an aborted stream cost apart', async () => {
  const model = withStagedRetry(saysJson({ ...badInvoice, more: 'x'.repeat(400) }, { vendor: 'Acme', total: '12' }), {
    telemetry,
  });
  await streamText({ model, output: Output.object({ schema: Invoice }), prompt }).consumeStream();
  const counted = await traced.counted();
  expect(counted['staged_retry.fixes fix.rule=number']).toBe(1);
  expect(counted['staged_retry.tokens.discarded stage=retry gen_ai.response.model=scripted-model']).toBeGreaterThan(0);
});

/** A model whose first stream breaks off after 40 characters, or stays open there until it is aborted. */
function breaking(ends: 'breaks' | 'stays', leave = () => {}) {
  const model = says('twelve');
  const doStream = async (params: never) => {
    const { stream } = await model.doStream(params);
    if (model.calls.length > 1) return { stream };
    const written = { type: 'text-delta', id: '1', delta: 'x'.repeat(40) } as const;
    const parts = [{ type: 'text-start', id: '1' } as const, written];
    return {
      stream: new ReadableStream({
        pull(controller) {
          const part = parts.shift();
          if (part !== undefined) controller.enqueue(part);
          else if (ends === 'breaks') controller.error(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
          else setImmediate(leave);
        },
      }),
    };
  };
  return { ...model, doStream };
}

const passedOn = { telemetry };
const retried = { ...passedOn, checks: [right], transport: { initialMs: 0 } };
const observed = { ...passedOn, checks: [right], mode: 'observe' } as const;

test.each([
  ['broke off and was retried', 'breaks', retried],
  ['broke off', 'breaks', { ...retried, transport: { attempts: 1 } }],
  ['broke off as it was passed on', 'breaks', passedOn],
  ['broke off and was observed', 'breaks', observed],
  ['was aborted by the caller', 'stays', retried],
  ['was aborted as it was passed on', 'stays', passedOn],
  ['was aborted and observed', 'stays', observed],
] as const)('what a stream wrote that %s counts as discarded', async (_, ends, options) => {
  const events = recorder();
  const controller = new AbortController();
  const model = withStagedRetry(breaking(ends, () => controller.abort()) as never, { ...options, events });
  const result = streamText({ model, prompt, maxRetries: 0, abortSignal: controller.signal, onError: () => {} });
  await result.consumeStream({ onError: () => {} });
  const metadata = await Promise.resolve(result.providerMetadata).catch(() => undefined);
  await expect.poll(() => events.of('run-end')).toMatchObject([{ discardedTokens: 10 }]);
  expect((await traced.counted())['staged_retry.tokens.discarded']).toBe(10);
  expect(traced.named('staged_retry.run')[0]?.attributes['staged_retry.usage.discarded_tokens']).toBe(10);
  if (metadata !== undefined) expect(reportOf(metadata)?.discardedTokens).toBe(10);
});

test('a judge is counted by its check', async () => {
  const checks = [judge({ model: saysJson({ issues: [] }), rubric: 'Right.' })];
  await generateText({ model: withStagedRetry(says('twelve'), { checks, telemetry }), prompt });
  const name = 'staged_retry.tokens gen_ai.evaluation.name=judge gen_ai.response.model=scripted-model';
  expect(await traced.counted()).toMatchObject({ [`${name} gen_ai.token.type=output`]: 10 });
});

/** USD by model, a judge's apart. Each answer, and each verdict, takes 10 tokens in and 10 out. */
const judgesUsd = 'staged_retry.cost gen_ai.evaluation.name=judge gen_ai.response.model=judge-model';
const priceOfTwo = ({ model }: { model: string }) =>
  model === 'judge-model' ? { input: 10, output: 20 } : { input: 1, output: 2 };

test.each([
  ['of each attempt', () => right, 60],
  ['of an attempt that crashes', () => check('crash', () => Promise.reject(new Error('no'))), 30],
])('what a judge costs is counted on its own model: %s', async (_, other, usd) => {
  const model = scriptedModel(['{"issues":[]}'], { modelId: 'judge-model' });
  const checks = [judge({ model, rubric: 'Right.' }), other()];
  const wrapped = withStagedRetry(says('ten', 'twelve'), { checks, price: priceOfTwo, telemetry });
  await generateText({ model: wrapped, prompt }).catch(() => {});
  const counted = await traced.counted();
  expect(counted[judgesUsd]).toBeCloseTo((model.calls.length * 300) / 1e6, 10);
  expect(counted['staged_retry.cost stage=retry gen_ai.response.model=scripted-model']).toBeCloseTo(usd / 1e6, 10);
  expect(Object.keys(counted).filter((key) => key.startsWith('staged_retry.cost'))).toHaveLength(2);
});

test("a check's call that failed is counted on its own model, with what it reported", async () => {
  const scripted = scriptedModel(['ok'], { modelId: 'judge-model' });
  const doStream = async (params: never) => {
    const { stream } = await scripted.doStream(params);
    const ends = (controller: TransformStreamDefaultController) =>
      controller.enqueue({ type: 'error', error: new Error('no') });
    return { stream: (stream as ReadableStream).pipeThrough(new TransformStream({ flush: ends })) };
  };
  const own = check('own', async (_, { metered }) => {
    const model = await metered({ ...scripted, doStream } as never);
    await streamText({ model, prompt, onError: () => {} }).consumeStream();
    return true as const;
  });
  const wrapped = withStagedRetry(says('twelve'), { checks: [own], price: priceOfTwo, telemetry });
  await generateText({ model: wrapped, prompt });
  const judged = 'gen_ai.evaluation.name=own gen_ai.response.model=judge-model';
  const counted = await traced.counted();
  expect(counted[`staged_retry.cost ${judged}`]).toBeCloseTo(300 / 1e6, 10);
  expect(counted[`staged_retry.tokens ${judged} gen_ai.token.type=output`]).toBe(10);
  expect(counted['staged_retry.cost stage=retry gen_ai.response.model=scripted-model']).toBeCloseTo(30 / 1e6, 10);
});

test("a person's edit costs what its checks cost, on their model", async () => {
  const inbox = createInbox();
  const model = scriptedModel(['{"issues":[]}'], { modelId: 'judge-model' });
  const checks = [right, judge({ model, rubric: 'Right.', after: ['right'] })];
  const stages = [retry({ attempts: 1 }), human({ inbox })];
  const options = { checks, stages, price: priceOfTwo, scope: 'public', telemetry };
  const wrapped = withStagedRetry(says('ten'), options);
  await generateText({ model: wrapped, prompt }).catch(() => {});
  const [filed] = (await inbox.list({ scope: 'public' })).escalations;
  await inbox.decide(filed?.id ?? '', { type: 'edit', text: 'twelve' });
  await generateText({ model: wrapped, prompt });
  const counted = Object.entries(await traced.counted()).filter(([key]) => key.startsWith('staged_retry.cost'));
  expect(Object.fromEntries(counted)).toEqual({
    'staged_retry.cost stage=retry gen_ai.response.model=scripted-model': expect.closeTo(30 / 1e6, 10),
    [judgesUsd]: expect.closeTo(300 / 1e6, 10),
  });
});

test('what an attempt used that failed half-way counts, and is on the span of the run', async () => {
  const model = says('ten', calls('lookup', { query: 'x' }), failsWith(401));
  const tools = { lookup: lookup() };
  const stages = [
    retry({ attempts: 1 }),
    lendTools({ attempts: 1, tools }),
    fallback({ model: says('twelve'), attempts: 1 }),
  ];
  const price = { input: 1, output: 2 };
  await generateText({ model: withStagedRetry(model, { checks: [right], stages, price, telemetry }), prompt });
  const counted = await traced.counted();
  const sumOf = (name: string) =>
    Object.entries(counted).reduce((sum, [key, value]) => (key.startsWith(name) ? sum + Number(value) : sum), 0);
  expect(counted['staged_retry.tokens gen_ai.token.type=output']).toBe(10);
  expect(sumOf('staged_retry.tokens ')).toBe(60);
  expect(sumOf('staged_retry.cost')).toBeCloseTo(90 / 1e6, 10);
  expect(traced.named('staged_retry.run')[0]?.attributes['staged_retry.usage.output_tokens']).toBe(30);
});

test('requests to the cache are counted by what came of them', async () => {
  const model = withStagedRetry(saysJson(goodInvoice), { cache: { store: memoryStore() }, scope: 'public', telemetry });
  for (const _ of ['miss', 'hit', 'hit']) await generateText({ model, prompt });
  const counted = await traced.counted();
  expect(counted['staged_retry.cache.requests cache.status=miss']).toBe(1);
  expect(counted['staged_retry.cache.requests cache.status=hit']).toBe(2);
});

/** Files an escalation, approves it, and sends the request twice more. */
async function escalateAndApprove(inbox: Inbox): Promise<void> {
  const stages = [retry({ attempts: 1 }), human({ inbox })];
  const model = withStagedRetry(says('ten'), { checks: [right], stages, scope: 'public', telemetry });
  const ask = () => generateText({ model, prompt, maxRetries: 0 });
  await ask().catch(() => {});
  const [filed] = (await inbox.list({ scope: 'public' })).escalations;
  await inbox.decide(filed?.id ?? '', { type: 'approve' });
  await ask();
  await ask();
}

test('an escalation is counted when it is filed and when it is decided, once, with the time between', async () => {
  await escalateAndApprove(createInbox());
  expect(await traced.counted()).toMatchObject({
    'staged_retry.escalations.opened stage=human': 1,
    'staged_retry.escalations.decided stage=human decision=approve': 1,
    'staged_retry.escalation.time_to_decision stage=human decision=approve': expect.any(Number),
  });
});

test('an escalation of the same request is counted each time it is filed anew and decided', async () => {
  await escalateAndApprove(createInbox());
  await escalateAndApprove(createInbox());
  const counted = await traced.counted();
  expect(counted['staged_retry.escalations.opened stage=human']).toBe(2);
  expect(counted['staged_retry.escalations.decided stage=human decision=approve']).toBe(2);
});

test('what a run used before a person was asked is counted once', async () => {
  const inbox = createInbox();
  const stages = [retry({ attempts: 2 }), human({ inbox })];
  const price = { input: 1, output: 2 };
  const model = withStagedRetry(says('ten', 'eleven', 'twelve'), {
    checks: [right],
    stages,
    price,
    scope: 'public',
    telemetry,
  });
  const ask = () => generateText({ model, prompt, maxRetries: 0 });
  await ask().catch(() => {});
  const [filed] = (await inbox.list({ scope: 'public' })).escalations;
  await inbox.decide(filed?.id ?? '', { type: 'retry', advice: 'Count.' });
  await ask();
  const counted = Object.entries(await traced.counted());
  const sumOf = (name: string) =>
    counted.reduce((sum, [key, value]) => (key.startsWith(name) ? sum + Number(value) : sum), 0);
  expect(sumOf('staged_retry.tokens ')).toBe(60);
  expect(sumOf('staged_retry.cost')).toBeCloseTo(90 / 1e6, 10);
  const outputs = traced
    .named('staged_retry.run')
    .map(({ attributes }) => attributes['staged_retry.usage.output_tokens']);
  expect(outputs).toEqual([20, 10]);
});
