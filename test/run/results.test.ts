import { generateText, Output, RetryError, streamText, tool } from 'ai';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  BudgetExceededError,
  CheckCrashedError,
  check,
  createEmitter,
  createInbox,
  EscalationPendingError,
  fallback,
  human,
  ProviderFailedError,
  reportOf,
  retry,
  StagesExhaustedError,
  StoreError,
  withStagedRetry,
} from '../../src/index.ts';
import type { ScriptedAnswer } from '../../src/testing/index.ts';
import { noUsage, type Usage } from '../../src/trace/usage.ts';
import { badInvoice, errorOf, failsWith, goodInvoice, Invoice, recorder, says } from '../fixtures.ts';

const prompt = 'Total?';
const right = check('right', ({ text }) => text === '12' || `Not ${text}.`);
const told = (text: string, more: object = {}) => ({ content: [{ type: 'text', text } as const], ...more });

describe('the result', () => {
  const meta = (id: string) => ({
    response: { id, modelId: `model-${id}`, timestamp: new Date(1) },
    providerMetadata: { scripted: { id } },
    finishReason: 'stop',
    warnings: [{ type: 'other', message: id }],
  });

  test('is all of the accepted attempt: content, reason, response and metadata', async () => {
    const model = says(told('10', meta('one')), told('12', meta('two')));
    const result = await generateText({ model: withStagedRetry(model, { checks: [right] }), prompt });
    expect(result.text).toBe('12');
    expect(result.response).toMatchObject({ id: 'two', modelId: 'model-two', timestamp: new Date(1) });
    expect(result.providerMetadata?.scripted).toEqual({ id: 'two' });
  });

  test('is all of the accepted attempt in a stream', async () => {
    const model = says(told('10', meta('one')), told('12', meta('two')));
    const result = streamText({ model: withStagedRetry(model, { checks: [right] }), prompt });
    expect(await result.text).toBe('12');
    expect(await result.response).toMatchObject({ id: 'two', modelId: 'model-two', timestamp: new Date(1) });
    expect((await result.providerMetadata)?.scripted).toEqual({ id: 'two' });
    expect(reportOf(await result.providerMetadata)).toMatchObject({
      attempts: 2,
      warnings: [{ type: 'other', message: 'two' }],
    });
    expect(await result.warnings).toEqual([{ type: 'other', message: 'one' }]);
  });

  test('has the warnings of all calls, each once', async () => {
    const warning = (message: string) => ({ type: 'other', message });
    const model = says(
      told('10', { warnings: [warning('a'), warning('b')] }),
      told('11', { warnings: [warning('b')] }),
      told('12', { warnings: [warning('b'), warning('c')] }),
    );
    const stages = [retry({ attempts: 3 })];
    const result = await generateText({ model: withStagedRetry(model, { checks: [right], stages }), prompt });
    expect(result.warnings).toEqual([warning('a'), warning('b'), warning('c')]);
    expect(reportOf(result.providerMetadata)?.warnings).toEqual([warning('c')]);
  });

  test('has the warnings of the calls that give some, where another model leaves them out', async () => {
    const other = { type: 'other', message: 'w' } as const;
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Total?' }] }];
    const answer = async (text: string, warnings: unknown) => {
      const given = await says(text).doGenerate({ prompt });
      return { ...given, warnings } as typeof given;
    };
    for (const [first, second] of [
      [undefined, [other]],
      [[other], undefined],
    ]) {
      const texts = [await answer('10', first), await answer('12', second)];
      const scripted = says('10');
      Object.assign(scripted, { doGenerate: async () => texts.shift() });
      const { warnings } = await withStagedRetry(scripted, { checks: [right] }).doGenerate({ prompt } as never);
      expect(warnings).toEqual([other]);
    }
  });

  test('carries a report', async () => {
    const model = says('10', '12');
    const result = await generateText({
      model: withStagedRetry(model, { checks: [right] }),
      prompt,
      providerOptions: { stagedRetry: { runId: 'run-7' } },
    });
    const usage = { inputTokens: { total: 10, noCache: 10 }, outputTokens: { total: 10, text: 10 } };
    expect(reportOf(result.providerMetadata)).toMatchObject({
      runId: 'run-7',
      attempts: 2,
      stage: 'retry',
      warnings: [],
      usage: {
        accepted: usage,
        total: { inputTokens: { total: 20, noCache: 20 }, outputTokens: { total: 20, text: 20 } },
      },
      discardedTokens: 0,
    });
    expect(JSON.parse(JSON.stringify(result.providerMetadata))).toEqual(result.providerMetadata);
    expect(reportOf(undefined)).toBeUndefined();
    expect(reportOf({ scripted: {} })).toBeUndefined();
  });
});

describe('usage', () => {
  const spent = (total: number | undefined, raw?: object): Usage => ({
    inputTokens: { total, noCache: total, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total, text: undefined, reasoning: total },
    ...(raw === undefined ? {} : { raw }),
  });
  const model = () =>
    says(
      told('10', { usage: spent(5) }),
      told('11', { usage: spent(undefined) }),
      told('12', { usage: spent(7, { of: 'the last' }) }),
    );
  const stages = [retry({ attempts: 3 })];

  test('is the sum over all attempts; what no provider says stays unsaid', async () => {
    for (const send of [generateText, streamText]) {
      const result = await send({ model: withStagedRetry(model(), { checks: [right], stages }), prompt });
      expect(await result.usage).toMatchObject({
        inputTokens: 12,
        outputTokens: 12,
        outputTokenDetails: { reasoningTokens: 12, textTokens: undefined },
        raw: { of: 'the last' },
      });
    }
  });

  test('is that of the accepted attempt when told so', async () => {
    const wrapped = withStagedRetry(model(), { checks: [right], stages, usage: 'accepted' });
    const result = await generateText({ model: wrapped, prompt });
    expect(result.usage).toMatchObject({ inputTokens: 7, outputTokens: 7 });
    expect(reportOf(result.providerMetadata)?.usage.total.inputTokens.total).toBe(12);
  });
});

describe('events', () => {
  test('tell a run in order, each with its id', async () => {
    const events = recorder();
    const model = withStagedRetry(says('10', failsWith(429, { 'retry-after-ms': '0' }), '12'), {
      checks: [right],
      events,
    });
    await generateText({ model, prompt, providerOptions: { stagedRetry: { runId: 'run-7' } } });
    expect(events.names()).toEqual([
      'run-start',
      'stage-start',
      'attempt-start',
      'attempt-end',
      'attempt-start',
      'transport-retry',
      'attempt-end',
      'stage-end',
      'run-end',
    ]);
    expect(events.seen.every(({ event }) => (event as { runId: string }).runId === 'run-7')).toBe(true);
    expect(events.of('run-start')).toEqual([
      { runId: 'run-7', provider: 'scripted', model: 'scripted-model', type: 'generate' },
    ]);
    expect(events.of('attempt-end')).toMatchObject([
      { attempt: { number: 1, stage: 'retry', text: '10', verdict: { type: 'fail' } } },
      { attempt: { number: 2, stage: 'retry', text: '12', verdict: { type: 'pass' } } },
    ]);
    expect(events.of('run-end')).toMatchObject([{ outcome: 'accepted', attempts: 2, stage: 'retry' }]);
  });

  test('say how each run ended', async () => {
    const endOf = async (answers: readonly string[], options: object, call: object = {}) => {
      const events = recorder();
      await generateText({
        model: withStagedRetry(says(...answers), { events, ...options }),
        prompt,
        ...call,
      } as never).catch(() => {});
      return events.of('run-end').map(({ outcome, attempts }) => `${outcome} ${attempts}`);
    };
    expect(await endOf(['10', '11'], { checks: [right] })).toEqual(['failed 2']);
    expect(await endOf(['no', 'no'], {}, { output: Output.json() })).toEqual(['unchanged 2']);
    const stages = [retry({ attempts: 1 }), human({ inbox: createInbox() })];
    expect(await endOf(['10'], { checks: [right], stages, scope: 'public' })).toEqual(['pending 1']);
    const aborted = AbortSignal.abort();
    expect(await endOf(['10'], { checks: [right] }, { abortSignal: aborted })).toEqual(['aborted 0']);
    expect(await endOf(['10', '11'], { checks: [right], budget: { attempts: 1 } })).toEqual(['failed 1']);
  });

  test('name the limit of a budget that is used up', async () => {
    const events = recorder();
    const model = withStagedRetry(says('10', '11'), { checks: [right], budget: { attempts: 1 }, events });
    await errorOf(generateText({ model, prompt }));
    expect(events.of('run-end')).toMatchObject([{ outcome: 'failed', limit: 'attempts' }]);
  });

  test('come through an emitter that is typed', async () => {
    const events = createEmitter();
    const stages: string[] = [];
    events.on('attempt-end', ({ attempt }) => void stages.push(attempt.stage));
    await generateText({ model: withStagedRetry(says('12'), { checks: [right], events }), prompt });
    expect(stages).toEqual(['retry']);
  });

  test('harm no run by a listener that throws or rejects', async () => {
    const emit = () => {
      throw new Error('listener');
    };
    for (const events of [{ emit }, { emit: () => Promise.reject(new Error('listener')) }]) {
      const { text } = await generateText({
        model: withStagedRetry(says('10', '12'), { checks: [right], events }),
        prompt,
      });
      expect(text).toBe('12');
    }
  });
});

describe('budget', () => {
  const stages = [retry({ attempts: 5 })];
  const after = async (budget: object) => {
    const model = says('7', '8', '9', '10', '11');
    const error = await errorOf(
      generateText({ model: withStagedRetry(model, { checks: [right], stages, budget }), prompt }),
    );
    return { limit: BudgetExceededError.find(error)?.limit, calls: model.calls.length };
  };

  test.each([
    [{ attempts: 2 }, 'attempts', 2],
    [{ outputTokens: 25 }, 'outputTokens', 3],
    [{ totalTokens: 40 }, 'totalTokens', 2],
    [{ attempts: 3, totalTokens: 20 }, 'totalTokens', 1],
  ])('%o is checked before the next attempt', async (budget, limit, calls) => {
    expect(await after(budget)).toEqual({ limit, calls });
  });

  test('is not used up by an answer that passes at its very end', async () => {
    const { text } = await generateText({
      model: withStagedRetry(says('12'), { checks: [right], budget: { totalTokens: 1 } }),
      prompt,
    });
    expect(text).toBe('12');
  });

  test('elapsed is counted over the whole run', async () => {
    const slow = check('slow', async () => {
      const end = performance.now() + 250;
      while (performance.now() < end) await null;
      return 'No.';
    });
    const model = says('a', 'b');
    const error = await errorOf(
      generateText({ model: withStagedRetry(model, { checks: [slow], budget: { elapsedMs: 200 } }), prompt }),
    );
    expect(BudgetExceededError.find(error)?.limit).toBe('elapsedMs');
    expect(model.calls).toHaveLength(1);
  });

  test('used up goes to a person, past all models', async () => {
    const other = says('12');
    const ladder = [retry({ attempts: 3 }), fallback({ model: other, attempts: 1 }), human({ inbox: createInbox() })];
    const wrapped = withStagedRetry(says('10'), {
      checks: [right],
      stages: ladder,
      budget: { attempts: 1 },
      scope: 'public',
    });
    expect(EscalationPendingError.isInstance(await errorOf(generateText({ model: wrapped, prompt })))).toBe(true);
    expect(other.calls).toHaveLength(0);
  });
});

describe('errors', () => {
  const errors = [
    new StagesExhaustedError({ history: [], reason: 'exhausted', bestAttempt: undefined }),
    new EscalationPendingError({ escalation: { id: 'e' } as never }),
    new BudgetExceededError({ history: [], limit: 'attempts' }),
    new CheckCrashedError({ check: 'c', cause: new Error('x') }),
    new ProviderFailedError({ history: [], cause: failsWith(500) }),
    new StoreError({ operation: 'get', key: 'k' }),
  ] as const;

  test.each(errors.map((error) => [error.name, error] as const))(
    '%s is found by itself, in a RetryError and as a cause, and in nothing else',
    (_, error) => {
      const { isInstance, find } = error.constructor as unknown as {
        isInstance(candidate: unknown): boolean;
        find(candidate: unknown): unknown;
      };
      const wrapped = new RetryError({ message: '', reason: 'errorNotRetryable', errors: [new Error('first'), error] });
      expect([isInstance(error), isInstance(wrapped), isInstance(undefined)]).toEqual([true, false, false]);
      expect([error, wrapped, new Error('', { cause: wrapped })].map((each) => find(each))).toEqual([
        error,
        error,
        error,
      ]);
      expect(
        [undefined, 'x', new Error(''), errors.find((other) => other !== error)].map((each) => find(each)),
      ).toEqual([undefined, undefined, undefined, undefined]);
      const circle = new Error('');
      circle.cause = circle;
      expect(find(circle)).toBeUndefined();
    },
  );

  test('are not retried by the SDK', async () => {
    const model = says('10');
    const error = await errorOf(
      generateText({ model: withStagedRetry(model, { checks: [right] }), prompt, maxRetries: 5 }),
    );
    expect(StagesExhaustedError.isInstance(error)).toBe(true);
    expect(model.calls).toHaveLength(1 + 1);
  });

  test('name the best attempt: the fewest issues, of equals the latest', async () => {
    const counts: Record<string, number> = { a: 3, b: 1, c: 2, d: 1, e: 2 };
    const issues = check('count', ({ text }) =>
      Array.from({ length: counts[text] ?? 0 }, (_, index) => ({ message: `${text} ${index}` })),
    );
    const model = withStagedRetry(says('a', 'b', 'c', 'd', 'e'), {
      checks: [issues],
      stages: [retry({ attempts: 5 })],
    });
    const error = StagesExhaustedError.find(await errorOf(generateText({ model, prompt })));
    expect(error?.bestAttempt).toMatchObject({ number: 4, text: 'd' });
    expect(error?.message).toContain('5 attempts');
  });
});

test('a run is one of many at a time, and none sees the others', async () => {
  const model = says(({ prompt: [message] }, call) => {
    const vendor = /"text":"(\w+)"/.exec(JSON.stringify(message))?.[1];
    return JSON.stringify(call % 2 === 0 ? { ...goodInvoice, vendor } : badInvoice);
  });
  const wrapped = withStagedRetry(model, { checks: [Invoice], stages: [retry({ attempts: 20 })], convergence: 'off' });
  const results = await Promise.all(
    Array.from({ length: 10 }, (_, run) => generateText({ model: wrapped, prompt: `v${run}` })),
  );
  expect(results.map(({ text }) => JSON.parse(text).vendor)).toEqual(Array.from({ length: 10 }, (_, run) => `v${run}`));
});

describe('a tool call whose input is no text', () => {
  const tools = { t: tool({ inputSchema: z.object({ a: z.number() }), execute: async ({ a }) => `done ${a}` }) };
  const part = (input: unknown) => ({ type: 'tool-call', toolCallId: '1', toolName: 't', input }) as never;
  const finish = { type: 'finish', usage: noUsage, finishReason: { unified: 'tool-calls', raw: undefined } } as const;
  const answers = (input: unknown): [ScriptedAnswer, ScriptedAnswer] => [
    { content: [part(input)] },
    { parts: [{ type: 'stream-start', warnings: [] }, part(input), finish] },
  ];

  test.each([
    ['is its JSON', { a: 1 }, 'tool-result'],
    ['is an invalid call, as with the bare model', undefined, 'tool-error'],
    ['is an invalid call, as with the bare model', null, 'tool-error'],
    ['is an invalid call, as with the bare model', 5, 'tool-error'],
  ])('%s: %j', async (_, input, expected) => {
    const [whole, streamed] = answers(input);
    const generated = await generateText({ model: withStagedRetry(says(whole)), prompt, tools });
    expect(generated.content.map(({ type }) => type)).toEqual(['tool-call', expected]);
    const stream = streamText({ model: withStagedRetry(says(streamed)), prompt, tools });
    expect((await stream.content).map(({ type }) => type)).toEqual(['tool-call', expected]);
  });
});
