import { generateText, type LanguageModel, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import { judge } from '../../src/checks/index.ts';
import {
  BudgetExceededError,
  type CallCost,
  CheckCrashedError,
  check,
  type Limiter,
  LimitReachedError,
  lendTools,
  reportOf,
  retry,
  spendLimiter,
  withStagedRetry,
} from '../../src/index.ts';
import { type ScriptedModel, scriptedModel } from '../../src/testing/index.ts';
import { calls, errorOf, lookup, recorder, says, saysJson } from '../fixtures.ts';

const fine = { issues: [] };
const wrong = { issues: [{ message: 'Be kinder.', path: [] }] };
const kind = (model: ScriptedModel) => judge({ model, rubric: 'It is kind.' });

/** Lets every call through, and keeps what it was asked and told. */
function ledger() {
  const reserved: CallCost[] = [];
  const settled: string[] = [];
  const limiter: Limiter = {
    reserve: async (cost) => void reserved.push(cost),
    settle: async ({ type }) => void settled.push(type),
  };
  return { reserved, settled, limiter };
}

describe('a model call of a check', () => {
  test('passes the limits, counts in usage.checks and is told', async () => {
    const { reserved, settled, limiter } = ledger();
    const events = recorder();
    const model = withStagedRetry(says('a', 'b'), { checks: [kind(saysJson(wrong, fine))], limits: [limiter], events });
    const { providerMetadata, usage } = await generateText({ model, prompt: 'Hi' });
    expect(reserved).toHaveLength(4);
    expect(settled).toEqual(['answered', 'answered', 'answered', 'answered']);
    // A scripted model reports 10 tokens in and 10 out.
    expect(reportOf(providerMetadata)?.usage.checks).toMatchObject({
      inputTokens: { total: 20 },
      outputTokens: { total: 20 },
    });
    expect(reportOf(providerMetadata)?.usage.total.inputTokens.total).toBe(20);
    expect(usage.totalTokens).toBe(40);
    expect(events.of('check-call')).toMatchObject([
      { check: 'judge', attempt: 1, provider: 'scripted', usage: { inputTokens: { total: 10 } } },
      { check: 'judge', attempt: 2, provider: 'scripted' },
    ]);
  });

  test('ends with its check: one that was given up leaves no call, no stream and no signal behind', async () => {
    const signals: AbortSignal[] = [];
    const cancelled: unknown[] = [];
    const hangs = {
      ...says(),
      doGenerate: ({ abortSignal }: { abortSignal: AbortSignal }) => {
        signals.push(abortSignal);
        return new Promise<never>(() => {});
      },
      doStream: async ({ abortSignal }: { abortSignal: AbortSignal }) => {
        signals.push(abortSignal);
        return { stream: new ReadableStream({ cancel: (reason) => void cancelled.push(reason) }) };
      },
    };
    const asks = (name: string, ask: (model: LanguageModel) => PromiseLike<unknown>) =>
      check({
        name,
        timeoutMs: 20,
        test: async (_, { metered }) => ((await ask(await metered(hangs as never))) === '' ? 'Nothing.' : true),
      });
    const events = recorder();
    for (const given of [
      asks('generates', (model) => generateText({ model, prompt: 'Hi' })),
      asks('streams', (model) => streamText({ model, prompt: 'Hi', onError: () => {} }).text),
    ])
      await errorOf(generateText({ model: withStagedRetry(says('a'), { checks: [given], events }), prompt: 'Hi' }));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(cancelled).toMatchObject([{ message: 'The check is over.' }]);
    expect(events.of('check-call')).toMatchObject([
      { check: 'generates', error: { name: 'AbortError' } },
      { check: 'streams', usage: {} },
    ]);
  });

  test.each(['its model', 'the first call'])('is not made where its check was given up before %s', async (waitsFor) => {
    const judging = says('fine');
    const events = recorder();
    let givenUp = () => {};
    const isGivenUp = new Promise<void>((resolve) => (givenUp = resolve));
    let late: Promise<unknown> = Promise.resolve();
    const slow = check({
      name: 'slow',
      timeoutMs: 10,
      test: (_, { metered }) => {
        const metering = waitsFor === 'its model' ? isGivenUp.then(() => metered(judging)) : metered(judging);
        late = isGivenUp.then(async () => generateText({ model: await metering, prompt: 'Hi', maxRetries: 0 }));
        return late.then(() => true as const);
      },
    });
    await errorOf(generateText({ model: withStagedRetry(says('a'), { checks: [slow], events }), prompt: 'Hi' }));
    givenUp();
    expect(String(await errorOf(late))).toContain('The check is over.');
    expect(judging.calls).toHaveLength(0);
    expect(events.names().at(-1)).toBe('run-end');
  });

  test('is in no report of a run without one', async () => {
    const model = withStagedRetry(says('a'), { checks: [check('any', () => true)] });
    const { providerMetadata } = await generateText({ model, prompt: 'Hi' });
    expect(reportOf(providerMetadata)?.usage).not.toHaveProperty('checks');
  });

  test('counts for the budget of the run', async () => {
    const answers = says('a', 'b', 'c');
    const stages = [retry({ attempts: 3 })];
    const model = withStagedRetry(answers, { checks: [kind(saysJson(wrong))], stages, budget: { totalTokens: 40 } });
    expect(BudgetExceededError.find(await errorOf(generateText({ model, prompt: 'Hi' })))?.limit).toBe('totalTokens');
    expect(answers.calls).toHaveLength(1);
  });

  test('that a limit refuses ends the run with the error of the limit', async () => {
    const spend = spendLimiter({ usd: 0.025, price: { input: 1000, output: 1000 } });
    const judging = saysJson(fine);
    const events = recorder();
    const model = withStagedRetry(says('a'), { checks: [kind(judging)], limits: [spend], events });
    const error = await errorOf(generateText({ model, prompt: 'Hi', maxOutputTokens: 1 }));
    expect(BudgetExceededError.find(error)?.limit).toBe('usd');
    expect(CheckCrashedError.find(error)).toBeUndefined();
    expect(judging.calls).toHaveLength(0);
    expect(events.of('check-call')).toMatchObject([{ error: expect.anything() }]);
  });

  test('that a limit refuses leaves the answer it was to judge, which was paid for', async () => {
    const events = recorder();
    const spend = spendLimiter({ usd: 0.025, price: { input: 1000, output: 1000 } });
    const options = { checks: [kind(saysJson(fine))], limits: [spend], events } as const;
    const refused = withStagedRetry(says('a'), options);
    const error = await errorOf(generateText({ model: refused, prompt: 'Hi', maxOutputTokens: 10 }));
    expect(BudgetExceededError.isInstance(error) && error.history).toMatchObject([
      { type: 'attempt', text: 'a', verdict: { type: 'fail', issues: [{ check: 'budget' }] } },
      { type: 'stage-end', reason: 'budget' },
    ]);
    expect(events.of('attempt-end')).toHaveLength(1);
    const other = spendLimiter({ usd: 0.025, price: { input: 1000, output: 1000 } });
    const kept = withStagedRetry(says('a'), { ...options, limits: [other], whenExhausted: 'deliver' });
    expect((await generateText({ model: kept, prompt: 'Hi', maxOutputTokens: 10 })).text).toBe('a');
  });

  test('that has to wait too long says when to call again', async () => {
    const refusal = new LimitReachedError({ limit: 'requestsPerMinute', retryAfterMs: 5000 });
    let count = 0;
    const limiter: Limiter = {
      async reserve() {
        count += 1;
        if (count > 3) throw refusal;
      },
      async settle() {},
    };
    const model = withStagedRetry(says('a', 'b'), { checks: [kind(saysJson(wrong, fine))], limits: [limiter] });
    const error = LimitReachedError.find(await errorOf(generateText({ model, prompt: 'Hi' })));
    expect(error).toMatchObject({
      limit: 'requestsPerMinute',
      retryAfterMs: 5000,
      history: [
        { type: 'attempt', number: 1, text: 'a' },
        { type: 'attempt', number: 2, text: 'b' },
        { type: 'stage-end', reason: 'error' },
      ],
    });
    expect(JSON.stringify(error)).not.toContain('history');
    expect(refusal.history).toEqual([]);
  });

  test('counts when it is streamed', async () => {
    const events = recorder();
    const streamed = check('streamed', async (_, { metered }) => {
      const { text } = streamText({ model: await metered(says('fine')), prompt: 'Is it?' });
      return (await text) === 'fine' || 'Be finer.';
    });
    const model = withStagedRetry(says('a'), { checks: [streamed], events });
    const { providerMetadata } = await generateText({ model, prompt: 'Hi' });
    expect(reportOf(providerMetadata)?.usage.checks?.outputTokens.total).toBe(10);
    expect(events.of('check-call')).toMatchObject([{ check: 'streamed' }]);
  });

  test('counts when its stream fails after it told what it used', async () => {
    const usage = { inputTokens: { total: 10 }, outputTokens: { total: 7 } };
    const finishReason = { unified: 'error', raw: undefined };
    const parts = [
      { type: 'error', error: new Error('no') },
      { type: 'finish', usage, finishReason },
    ] as never; // the counts that matter here
    const events = recorder();
    const streamed = check('streamed', async (_, { metered }) => {
      const given = { model: await metered(scriptedModel([{ parts }])), prompt: 'Is it?', onError: () => {} };
      await streamText(given).consumeStream();
      return true as const;
    });
    const model = withStagedRetry(says('a'), { checks: [streamed], events });
    const { providerMetadata } = await generateText({ model, prompt: 'Hi' });
    expect(reportOf(providerMetadata)?.usage.checks?.outputTokens.total).toBe(7);
    expect(events.of('check-call')).toMatchObject([{ error: { message: 'no' } }]);
  });

  test('that fails is told, and is the fault of the check', async () => {
    const events = recorder();
    const asks = check('asks', async (_, { metered }) => {
      await generateText({ model: await metered(says(new Error('no'))), prompt: 'Is it?', maxRetries: 0 });
      return true as const;
    });
    const model = withStagedRetry(says('a'), { checks: [asks], events });
    expect(CheckCrashedError.find(await errorOf(generateText({ model, prompt: 'Hi' })))?.check).toBe('asks');
    expect(events.of('check-call')).toMatchObject([{ check: 'asks', error: { message: 'no' } }]);
  });
});

test('a check sees what lent tools, and tools of the provider, returned', async () => {
  const seen: unknown[] = [];
  const provided = [
    { type: 'tool-call', toolCallId: 'w', toolName: 'web', input: '{}', providerExecuted: true },
    { type: 'tool-result', toolCallId: 'w', toolName: 'web', result: { page: 1 } },
    { type: 'text', text: 'first' },
  ] as const;
  const model = withStagedRetry(says({ content: provided }, calls('lookup', { query: 'acme' }), 'second'), {
    checks: [
      check('see', ({ text }, { toolResults }) => {
        seen.push(toolResults.map(({ output }) => output));
        return text === 'second' || 'Again.';
      }),
    ],
    stages: [lendTools({ attempts: 1, tools: { lookup: lookup() } })],
  });
  await generateText({ model, prompt: 'Hi' });
  expect(seen).toEqual([[{ page: 1 }], [{ page: 1 }, 'found acme']]);
});

test('a check may call several models, and each call is told', async () => {
  const events = recorder();
  const both = check('both', async ({ text }, { metered }) => {
    for (const second of [says('Fine.'), says('Good.')])
      await generateText({ model: await metered(second), prompt: text });
    return true as const;
  });
  await generateText({ model: withStagedRetry(says('a'), { checks: [both], events }), prompt: 'Hi' });
  expect(events.of('check-call')).toMatchObject([{ check: 'both' }, { check: 'both' }]);
});
