import { generateText, jsonSchema, Output, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import { judge } from '../../src/checks/index.ts';
import {
  check,
  createBudget,
  createInbox,
  fallback,
  human,
  logEvents,
  memoryStore,
  reportOf,
  retry,
  type StagedRetryOptions,
  spendLimiter,
  withStagedRetry,
} from '../../src/index.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { type ScriptedAnswer, scriptedModel } from '../../src/testing/index.ts';
import { errorOf, failsWith, recorder, says } from '../fixtures.ts';

const prompt = 'Say ok.';
const ok = check('ok', ({ text }) => text === 'ok' || 'Say ok.');

async function observe(answers: readonly ScriptedAnswer[], options: StagedRetryOptions = {}) {
  const events = recorder();
  const model = says(...answers);
  const wrapped = withStagedRetry(model, { mode: 'observe', checks: [ok], events, ...options });
  const result = await generateText({ model: wrapped, prompt, maxRetries: 0 });
  return { text: result.text, report: reportOf(result.providerMetadata), events, model };
}

describe("mode: 'observe'", () => {
  test("delivers the bare model's answer, and says what would have come next", async () => {
    const { text, report, events, model } = await observe(['no', 'ok']);
    expect([text, model.calls.length]).toEqual(['no', 1]);
    expect(report).toMatchObject({
      outcome: 'not-accepted',
      attempts: 1,
      stage: 'retry',
      observed: { nextStage: 'retry' },
    });
    expect(report?.issues).toMatchObject([{ check: 'ok', message: 'Say ok.' }]);
    expect(events.names()).toEqual(['run-start', 'attempt-start', 'attempt-end', 'run-end']);
    expect(events.of('attempt-end')[0]?.attempt).toMatchObject({ number: 1, text: 'no', verdict: { type: 'fail' } });
    expect(events.of('run-end')[0]).toMatchObject({ outcome: 'not-accepted', observed: { nextStage: 'retry' } });
  });

  test.each([
    ['ok', true, 'accepted'],
    ['no', true, 'not-accepted'],
    ['ok', false, 'failed'],
  ])('judges a stream that ends without a finish: %s, its block ended: %s', async (text, isClosed, outcome) => {
    const events = recorder();
    const end = isClosed ? [{ type: 'text-end', id: '1' } as const] : [];
    const parts = [
      { type: 'text-start', id: '1' },
      { type: 'text-delta', id: '1', delta: text },
      ...end,
    ] as StreamPart[];
    const model = withStagedRetry(says({ parts }), { mode: 'observe', checks: [ok], events });
    const result = streamText({ model, prompt, onError: () => {} });
    expect(await result.text).toBe(text);
    expect(events.of('run-end')).toMatchObject([{ outcome }]);
  });

  test('says that an answer would have been accepted', async () => {
    const { report } = await observe(['ok']);
    expect(report).toMatchObject({ outcome: 'accepted', observed: {} });
  });

  test('names the stage that would have been next, whichever it is', async () => {
    const inbox = createInbox();
    const asked = await observe(['no'], { stages: [retry({ attempts: 1 }), human({ inbox })] });
    expect(asked.report?.observed).toEqual({ nextStage: 'human' });
    expect((await inbox.list()).escalations).toEqual([]);
    const other = says('ok');
    const fallen = await observe(['no'], { stages: [retry({ attempts: 1 }), fallback({ model: other, attempts: 1 })] });
    expect([fallen.report?.observed, other.calls.length]).toEqual([{ nextStage: 'fallback' }, 0]);
    const last = await observe(['no'], { stages: [retry({ attempts: 1 })] });
    expect(last.report?.observed).toEqual({});
  });

  test('reads an answer to judge it, and delivers it as it was', async () => {
    const schema = jsonSchema({ type: 'object', properties: { n: { type: 'number' } }, required: ['n'] });
    const { text, report } = await observe(['```json\n{"n":"1"}\n```'], { checks: [schema] });
    expect(text).toBe('```json\n{"n":"1"}\n```');
    expect(report).toMatchObject({ outcome: 'accepted', fixes: [{}, {}] });
  });

  test('leaves the cache, the limits and the retries of providers alone', async () => {
    const store = memoryStore();
    const limits = [spendLimiter({ usd: 0.000001, price: { input: 1, output: 1 } })];
    const options = { cache: { store }, limits, scope: 'public', transport: { attempts: 3 } };
    const { model } = await observe(['ok'], options);
    expect((await observe(['ok'], options)).report).not.toHaveProperty('cache');
    expect([model.calls.length, await limits[0]?.spent()]).toEqual([1, 0]);
    const broken = says(failsWith(503), 'ok');
    const error = await errorOf(
      generateText({
        model: withStagedRetry(broken, { mode: 'observe', checks: [ok], ...options }),
        prompt,
        maxRetries: 0,
      }),
    );
    expect([String(error), broken.calls.length]).toEqual([expect.stringContaining('status 503'), 1]);
  });

  test('delivers the answer when a check crashes, and says so', async () => {
    const crash = check('crash', () => {
      throw new TypeError('broken');
    });
    const { text, report, events } = await observe(['no'], { checks: [crash], price: { input: 1000, output: 2000 } });
    expect(text).toBe('no');
    const error = expect.stringContaining('The check "crash" failed to judge the answer with TypeError.');
    const told = { outcome: 'failed', attempts: 0, stage: 'retry', observed: { error } };
    expect(report).toMatchObject(told);
    expect(events.of('run-end')).toMatchObject([{ ...told, usd: 0.03, error: { message: error } }]);
    expect(events.of('attempt-failed')).toMatchObject([{ reason: 'error', usd: 0.03 }]);
  });

  test('tells what it cost, the judges too', async () => {
    const checks = [judge({ model: says('{"issues":[]}'), rubric: 'It says ok.' })];
    const { report } = await observe(['ok'], { checks, price: { input: 1000, output: 2000 } });
    expect(report).toMatchObject({ outcome: 'accepted', usd: 0.06 });
  });

  test('names the limit of the budget that would end the run', async () => {
    const lines: string[] = [];
    const events = logEvents((line) => lines.push(line));
    const { report } = await observe(['no'], { budget: { attempts: 1 }, events });
    expect(report?.observed).toEqual({ limit: 'attempts' });
    expect(lines.at(-1)).toContain('not accepted in retry, the budget (attempts) would end it, 1 attempt');
  });

  test('describes a failure of the provider', async () => {
    const events = recorder();
    await errorOf(observe([failsWith(503)], { events }));
    const error = { name: 'AI_APICallError', statusCode: 503, model: 'scripted-model' };
    expect(events.of('attempt-failed')).toMatchObject([{ reason: 'provider-failed', error }]);
  });

  test('needs no scope, and is printed', async () => {
    const lines: string[] = [];
    const events = logEvents((line) => lines.push(line));
    await observe(['no'], { stages: [human({ inbox: createInbox() })], events });
    expect(lines.at(-1)).toMatch(/run \(observed\): not accepted in call, human would be next, 1 attempt/);
  });

  test('is not in the way where nothing is judged, or the call is disabled', async () => {
    const model = withStagedRetry(says('a'), { mode: 'observe' });
    expect(reportOf((await generateText({ model, prompt })).providerMetadata)).toBeUndefined();
  });
});

describe('an observed stream', () => {
  test('goes on part by part, and only its last part waits for the judgement', async () => {
    let judged: () => void = () => {};
    const slow = check('slow', () => new Promise<true>((resolve) => (judged = () => resolve(true))));
    const wrapped = withStagedRetry(says('Some words, and some more words.'), { mode: 'observe', checks: [slow] });
    const { stream } = await wrapped.doStream({
      prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    } as never);
    const reader = (stream as ReadableStream<StreamPart>).getReader();
    const types: string[] = [];
    while (types.at(-1) !== 'text-end') types.push((await reader.read()).value?.type ?? 'end');
    expect(types.filter((type) => type === 'text-delta').length).toBeGreaterThan(1);
    const last = reader.read();
    await new Promise((resolve) => setTimeout(resolve, 5));
    judged();
    const { value } = await last;
    expect(value).toMatchObject({ type: 'finish', providerMetadata: { stagedRetry: { outcome: 'accepted' } } });
  });

  test('has the very parts of the model', async () => {
    const call = { prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] } as never;
    const partsOf = async (model: { doStream(call: never): PromiseLike<unknown> }) => {
      const { stream } = (await model.doStream(call)) as { stream: ReadableStream<StreamPart> };
      const parts: StreamPart[] = [];
      for await (const part of stream as unknown as AsyncIterable<StreamPart>) parts.push(part);
      return parts;
    };
    const bare = await partsOf(says('{"n": "1"} and some prose'));
    const seen = await partsOf(withStagedRetry(says('{"n": "1"} and some prose'), { mode: 'observe', checks: [ok] }));
    expect(seen.slice(0, -1)).toEqual(bare.slice(0, -1));
    const { providerMetadata, ...finish } = seen.at(-1) as Extract<StreamPart, { type: 'finish' }>;
    expect({ ...finish, providerMetadata: undefined }).toEqual({ ...bare.at(-1), providerMetadata: undefined });
    expect(reportOf(providerMetadata)?.outcome).toBe('not-accepted');
  });

  test('passes on what breaks it, once, and ends its run', async () => {
    const events = recorder();
    const broken = scriptedModel([
      {
        parts: [
          { type: 'stream-start', warnings: [] },
          { type: 'error', error: new Error('broken') },
        ],
      },
    ]);
    const errors: unknown[] = [];
    const model = withStagedRetry(broken, { mode: 'observe', checks: [ok], events });
    const result = streamText({ model, prompt, maxRetries: 0, onError: ({ error }) => void errors.push(error) });
    await result.consumeStream();
    expect(errors.map(String)).toEqual(['Error: broken']);
    expect(events.of('run-end').map(({ outcome }) => outcome)).toEqual(['failed']);
  });

  test('is cancelled with its reader', async () => {
    const events = recorder();
    const model = withStagedRetry(says('Some words, and some more words.'), { mode: 'observe', checks: [ok], events });
    const { stream } = await model.doStream({ prompt: [] } as never);
    await (stream as ReadableStream).cancel('left');
    await expect.poll(() => events.of('run-end')).toMatchObject([{ outcome: 'aborted', error: 'left' }]);
  });

  const unheeding = { ...says('ok'), doGenerate: () => new Promise(() => {}), doStream: () => new Promise(() => {}) };
  const stalled = {
    ...says('ok'),
    doStream: async () => ({
      stream: new ReadableStream({ start: (it) => it.enqueue({ type: 'stream-start', warnings: [] }) }),
    }),
  };

  test.each([
    ['that answers', 'doGenerate', unheeding],
    ['that opens a stream', 'doStream', unheeding],
    ['whose stream stalls', 'doStream', stalled],
  ] as const)('ends when its caller aborts a model %s and does not mind', async (_, type, bare) => {
    const events = recorder();
    const model = withStagedRetry(bare as never, { mode: 'observe', checks: [ok], events }) as ReturnType<typeof says>;
    const caller = new AbortController();
    const calling = Promise.resolve(model[type]({ prompt: [], abortSignal: caller.signal } as never)).then(
      async (result) => {
        const reader = (result as { stream: ReadableStream }).stream.getReader();
        while (!(await reader.read()).done);
      },
    );
    setTimeout(() => caller.abort('left'), 5);
    expect(await errorOf(calling)).toBe('left');
    await expect.poll(() => events.of('run-end')).toMatchObject([{ outcome: 'aborted' }]);
    expect(events.names()).toEqual(['run-start', 'attempt-start', 'attempt-failed', 'run-end']);
  });

  test('ends once where its reader leaves while it is judged, and so do its checks', async () => {
    const events = recorder();
    let isAborted = false;
    const slow = check('slow', (_, { abortSignal }) => {
      return new Promise<true>(() => abortSignal?.addEventListener('abort', () => (isAborted = true)));
    });
    const model = withStagedRetry(says('ok'), { mode: 'observe', checks: [slow], events });
    const { stream } = await model.doStream({ prompt: [] } as never);
    const reader = (stream as ReadableStream<StreamPart>).getReader();
    while ((await reader.read()).value?.type !== 'text-end') {}
    const last = reader.read().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 5));
    await reader.cancel('left');
    await last;
    await expect.poll(() => events.of('run-end')).toMatchObject([{ outcome: 'aborted', attempts: 0 }]);
    expect(isAborted).toBe(true);
    expect(events.names()).toEqual(['run-start', 'attempt-start', 'attempt-failed', 'run-end']);
  });

  test('costs what was written where its provider tells nothing, and where it is left', async () => {
    const price = { input: 1000, output: 2000 };
    const silent: ScriptedAnswer = {
      parts: [
        { type: 'text-start', id: '0' },
        { type: 'text-delta', id: '0', delta: 'Some words, and some more words.' },
      ],
    };
    const events = recorder();
    const model = withStagedRetry(scriptedModel([silent]), { mode: 'observe', checks: [ok], events, price });
    await streamText({ model, prompt, maxRetries: 0, onError: () => {} }).consumeStream();
    await expect.poll(() => events.of('run-end')).toHaveLength(1);
    const { usd, estimatedUsd } = events.of('run-end')[0] ?? {};
    expect(usd).toBeGreaterThan(0.01);
    expect(estimatedUsd).toBe(usd);
    expect(events.of('attempt-failed')).toMatchObject([{ reason: 'provider-failed', usd, estimatedUsd }]);
  });

  test('charges no budget that others share, and is refused by none', async () => {
    const budget = createBudget({ usd: 0.000_001 });
    const price = () => undefined as never;
    const observedModel = withStagedRetry(says('ok'), { mode: 'observe', checks: [ok], budget, price });
    expect((await generateText({ model: observedModel, prompt })).text).toBe('ok');
    expect(budget.spent.usd).toBe(0);
  });

  test('judges structured output too', async () => {
    const schema = jsonSchema<{ n: number }>({
      type: 'object',
      properties: { n: { type: 'number' } },
      required: ['n'],
    });
    const model = withStagedRetry(says('{"n":"one"}', '{"n":1}'), { mode: 'observe' });
    const result = streamText({ model, prompt, output: Output.object({ schema }), onError: () => {} });
    await result.consumeStream();
    expect(reportOf(await result.providerMetadata)).toMatchObject({
      outcome: 'not-accepted',
      observed: { nextStage: 'retry' },
    });
  });
});
