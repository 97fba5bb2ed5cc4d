import {
  generateText,
  jsonSchema,
  Output,
  type LanguageModel as SdkModel,
  stepCountIs,
  streamText,
  ToolLoopAgent,
  wrapLanguageModel,
} from 'ai';
import { describe, expect, test } from 'vitest';
import { answerOfText } from '../../src/answers/candidate.ts';
import { judge } from '../../src/checks/index.ts';
import {
  BudgetExceededError,
  check,
  createBudget,
  createInbox,
  EscalationPendingError,
  fallback,
  type HumanOptions,
  human,
  lendTools,
  logEvents,
  memoryStore,
  type Pricing,
  reportOf,
  retry,
  type StagedRetryEvents,
  type StagedRetryOptions,
  spendLimiter,
  stagedRetryMiddleware,
  withStagedRetry,
} from '../../src/index.ts';
import { type ScriptedAnswer, scriptedModel } from '../../src/testing/index.ts';
import type { Usage } from '../../src/trace/usage.ts';
import { atOnce, calls, errorOf, failsWith, lookup, recorder, says } from '../fixtures.ts';

const prompt = 'Say ok.';
const ok = check('ok', ({ text }, { attempt }) => text === 'ok' || `Say ok (${attempt}).`);

/** A scripted call is ten tokens in and ten out: three cents. */
const price = { input: 1000, output: 2000 };
const callUsd = 0.03;

async function spent(answers: readonly ScriptedAnswer[], options: StagedRetryOptions = {}) {
  const events = recorder();
  const model = withStagedRetry(says(...answers), { checks: [ok], price, events, ...options });
  const { providerMetadata } = await generateText({ model, prompt, maxRetries: 0 });
  const attempts = events.of('attempt-end').map(({ attempt }) => attempt);
  return { report: reportOf(providerMetadata), attempts, end: events.of('run-end')[0], calls: events.of('check-call') };
}

describe('what a run costs', () => {
  /** A prompt of three tokens, an answer of one. */
  test.each<[what: string, input: object, output: object, usd: number, estimatedUsd: number | undefined]>([
    ['both sides', { total: 9 }, { total: 8 }, 89, undefined],
    ['the input alone', { total: 9 }, {}, 19, 10],
    ['the output alone', {}, { total: 8 }, 83, 3],
    ['neither', {}, {}, 13, 13],
    ['zeros, though there is a prompt and an answer', { total: 0 }, { total: 0 }, 13, 13],
    ['totals of zero beside parts', { total: 0, cacheRead: 9 }, { total: 0, text: 5, reasoning: 3 }, 89, undefined],
    ['no totals but parts', { noCache: 4, cacheWrite: 5 }, { text: 8 }, 89, undefined],
  ])('is estimated for what a provider does not report: %s', async (_, input, output, usd, estimatedUsd) => {
    const usage = { inputTokens: input, outputTokens: output } as Usage;
    const { end } = await spent([{ content: [{ type: 'text', text: 'ok' }], usage }], {
      price: { input: 1e6, output: 10e6 },
    });
    expect([end?.usd, end?.estimatedUsd]).toEqual([usd, estimatedUsd]);
  });

  test('is on its attempts, its report and its last event', async () => {
    const { report, attempts, end } = await spent(['no', 'ok']);
    expect(attempts.map(({ usd }) => usd)).toEqual([callUsd, callUsd]);
    expect([report?.usd, end?.usd]).toEqual([2 * callUsd, 2 * callUsd]);
    expect(report).not.toHaveProperty('estimatedUsd');
  });

  test('is told of a run that fails, too', async () => {
    const events = recorder();
    const model = withStagedRetry(says('no', 'nope'), { checks: [ok], price, events });
    await errorOf(generateText({ model, prompt }));
    expect(events.of('run-end')[0]).toMatchObject({ outcome: 'failed', usd: 2 * callUsd });
  });

  test('is nothing where there is no price', async () => {
    const events = recorder();
    const { providerMetadata } = await generateText({
      model: withStagedRetry(says('ok'), { checks: [ok], events }),
      prompt,
    });
    expect(reportOf(providerMetadata)).not.toHaveProperty('usd');
    expect(events.of('attempt-end')[0]?.attempt).not.toHaveProperty('usd');
  });

  test('includes the steps of lent tools', async () => {
    const stages = [retry({ attempts: 1 }), lendTools({ attempts: 1, tools: { lookup: lookup() } })];
    const { attempts } = await spent(['no', calls('lookup', { query: 'x' }), 'ok'], { stages });
    expect(attempts.map(({ usd }) => usd)).toEqual([callUsd, 2 * callUsd]);
  });

  test('is by provider and model', async () => {
    const other = scriptedModel(['ok'], { provider: 'dear', modelId: 'large' });
    const stages = [retry({ attempts: 1 }), fallback({ model: other, attempts: 1 })];
    const byModel: Pricing = ({ provider, model }) =>
      provider === 'dear' && model === 'large' ? { input: 10_000, output: 20_000 } : price;
    const { attempts, report } = await spent(['no'], { stages, price: byModel });
    expect(attempts.map(({ usd }) => usd)).toEqual([callUsd, 10 * callUsd]);
    expect(report?.usd).toBeCloseTo(11 * callUsd);
  });

  test('includes what checks ask of models', async () => {
    const judging = scriptedModel(['{"issues":[{"message":"Say ok.","path":[]}]}', '{"issues":[]}']);
    const checks = [judge({ model: judging, rubric: 'It says ok.' })];
    const { attempts, report, calls } = await spent(['no', 'ok'], { checks });
    expect(attempts.map(({ usd }) => usd)).toEqual([2 * callUsd, 2 * callUsd]);
    expect(report?.usd).toBeCloseTo(4 * callUsd);
    expect(calls.map((call) => 'usd' in call && call.usd)).toEqual([callUsd, callUsd]);
  });

  test('is estimated for a check whose model reports no usage', async () => {
    const unreported = { total: undefined };
    const usage = { inputTokens: unreported, outputTokens: unreported } as never; // the counts that matter here
    const judging = says({ content: [{ type: 'text', text: '{"issues":[]}' }], usage });
    const lines: string[] = [];
    const events = recorder();
    const checks = [judge({ model: judging, rubric: 'It says ok.' })];
    const both = [events, logEvents((line) => lines.push(line))];
    const { report } = await spent(['ok'], { checks, events: both });
    const [call] = events.of('check-call');
    expect(call).toMatchObject({ usd: expect.any(Number), estimatedUsd: (call as { usd?: number }).usd });
    expect(report?.estimatedUsd).toBeGreaterThan(0);
    expect(report?.estimatedUsd).toBe((call as { usd?: number }).usd);
    expect(lines.join()).toMatch(/check judge \(attempt 1, call 1\): scripted-model, tokens not reported, about \$\d/);
  });

  test('leaves out a model without a price, and names it', async () => {
    const { report, attempts, end } = await spent(['no', 'ok'], { price: () => undefined });
    for (const told of [report, end, ...attempts]) expect(told).toMatchObject({ usd: 0, unpriced: ['scripted-model'] });
  });

  test('names a model without a price on the attempts that called it', async () => {
    const stages = [
      retry({ attempts: 1 }),
      fallback({ model: scriptedModel(['ok'], { modelId: 'free' }), attempts: 1 }),
    ];
    const { report, attempts } = await spent(['no'], {
      stages,
      price: ({ model }) => (model === 'free' ? undefined : price),
    });
    expect(attempts.map(({ usd, unpriced }) => [usd, unpriced])).toEqual([
      [callUsd, undefined],
      [0, ['free']],
    ]);
    expect(report).toMatchObject({ usd: callUsd, unpriced: ['free'] });
  });

  test.each<[string, () => unknown, string]>([
    ['throws', () => (undefined as never as Record<string, never>).x, 'price threw TypeError'],
    ['returns what is no number', () => ({ input: Number.NaN, output: 2 }), 'price returned { input: NaN, output: 2 }'],
    ['returns less than nothing', () => ({ input: 1, output: -2 }), 'price returned { input: 1, output: -2 }'],
    ['returns a text', () => '0.25', 'price returned a string'],
    ['returns a text as a price', () => ({ input: '1', output: 2 }), 'price returned { input: string, output: 2 }'],
    ['returns a promise', () => Promise.resolve(price), 'price returned a promise'],
  ])('is unknown, and the run goes on and says why once, when price %s', async (_, wrong, says) => {
    const lines: string[] = [];
    const events = recorder();
    const both = [events, logEvents((line) => lines.push(line))];
    const { report, attempts } = await spent(['no', 'ok'], { price: wrong as Pricing, events: both });
    const [end] = events.of('run-end');
    const priceFaults = [expect.stringContaining(`${says} for the model "scripted-model" of "scripted"`)];
    for (const told of [report, end, ...attempts]) expect(told).not.toHaveProperty('usd');
    expect([report, end]).toMatchObject([{ priceFaults }, { priceFaults }]);
    expect(lines.filter((line) => line.includes(says))).toEqual([lines.at(-1)]);
  });

  test('is the sum of the models with a price where price fails for another', async () => {
    const stages = [
      retry({ attempts: 1 }),
      fallback({ model: scriptedModel(['ok'], { modelId: 'other' }), attempts: 1 }),
    ];
    const { report } = await spent(['no'], {
      stages,
      price: ({ model }) => (model === 'other' ? (Number.NaN as never) : price),
    });
    expect(report).toMatchObject({ usd: callUsd, unpriced: ['other'], priceFaults: [expect.any(String)] });
  });

  test('is no sum in a log where a model has no price', async () => {
    const lines: string[] = [];
    const stages = [
      retry({ attempts: 1 }),
      fallback({ model: scriptedModel(['ok'], { modelId: 'free' }), attempts: 1 }),
    ];
    await spent(['no'], {
      stages,
      price: ({ model }) => (model === 'free' ? undefined : price),
      events: logEvents((line) => lines.push(line)),
    });
    expect(lines.find((line) => line.includes('attempt 2'))).toMatch(/, 20 tokens, no price for free$/);
    expect(lines.at(-1)).toMatch(/, \$0\.0300 \(no price for free\)$/);
  });

  test.each<[string, StagedRetryOptions, number | undefined]>([
    ['not told', {}, undefined],
    ['not told, whatever one run may spend,', { budget: { usd: 1 } }, undefined],
    ['told with any check', { checks: [check({ name: 'seen', severity: 'warning', test: () => true })] }, callUsd],
    ['told with a trace', { telemetry: { startRun: () => ({ emit() {}, within: (_, code) => code() }) } }, callUsd],
    ['told with a limiter', { limits: [spendLimiter({ usd: 1, price })] }, callUsd],
    ['told with a shared budget', { budget: createBudget({ usd: 1 }) }, callUsd],
  ])('is %s where nothing is to be judged', async (_, options, usd) => {
    const { report, end } = await spent(['ok'], { checks: [], ...options });
    expect([report?.usd, end?.usd]).toEqual([usd, usd]);
  });

  test('is nothing for a cached answer', async () => {
    const cache = { store: memoryStore() };
    const model = withStagedRetry(says('ok'), { checks: [ok], price, cache, scope: 'public' });
    await generateText({ model, prompt });
    const { providerMetadata } = await generateText({ model, prompt });
    expect(reportOf(providerMetadata)).toMatchObject({ usd: 0, cache: { status: 'hit' } });
  });

  test('is nothing for a call that was refused, and counts the retries that broke off', async () => {
    const { report } = await spent([failsWith(503), 'ok'], { transport: atOnce });
    expect(report?.usd).toBe(callUsd);
  });

  test('is printed', async () => {
    const lines: string[] = [];
    await spent(['no', 'ok'], { events: logEvents((line) => lines.push(line)) });
    expect(lines.join('\n')).toMatch(/attempt 2 .*, 20 tokens, \$0\.0300/);
    expect(lines.at(-1)).toMatch(/2 attempts, .*\$0\.0600$/);
  });

  test('is printed without tokens where no model was called, as for a text of a person', async () => {
    const lines: string[] = [];
    const text = { name: 'text', attempts: 1, propose: async () => answerOfText('ok') };
    await spent(['no'], { stages: [retry({ attempts: 1 }), text], events: logEvents((line) => lines.push(line)) });
    expect(lines.find((line) => line.includes('attempt 2'))).toMatch(/attempt 2 \(text, .*\) passed in \d+ ms, \$0$/);
  });
});

describe("a judge that is asked where the call's own schema alone objects", () => {
  const schema = jsonSchema({ type: 'object', properties: { n: { type: 'number' } }, required: ['n'] });

  async function asked(answers: readonly ScriptedAnswer[], options: StagedRetryOptions = {}) {
    const events = recorder();
    const jury = says('{"issues":[]}');
    const checks = [judge({ model: jury, rubric: 'It is kind.' })];
    const model = withStagedRetry(says(...answers), { checks, price, events, ...options });
    const output = Output.object({ schema });
    const error = await generateText({ model, output, prompt, maxRetries: 0 }).catch((thrown: unknown) => thrown);
    const usd = events.of('attempt-end').map(({ attempt }) => attempt.usd);
    return { error, events, jury, usd };
  }

  test('belongs to the last attempt', async () => {
    const { events, jury, usd } = await asked(['{"n":"one"}', '{"n":"two"}']);
    expect(jury.calls).toHaveLength(1);
    expect(events.names().slice(-5)).toEqual(['attempt-start', 'check-call', 'attempt-end', 'stage-end', 'run-end']);
    expect(usd).toEqual([callUsd, 2 * callUsd]);
    expect(events.of('run-end')).toMatchObject([{ outcome: 'unchanged', usd: 3 * callUsd }]);
  });

  test('is asked late where an attempt that was to follow failed', async () => {
    const options = { transport: { attempts: 1 } };
    const { events, jury, usd } = await asked(['{"n":"one"}', failsWith(503)], options);
    expect([jury.calls.length, usd]).toEqual([1, [callUsd]]);
    expect(events.of('run-end')).toMatchObject([{ outcome: 'unchanged' }]);
  });

  test.each<[string, StagedRetryOptions]>([
    ['its own', { budget: { usd: 0.001 } }],
    ['one that is shared', { budget: createBudget({ totalTokens: 1 }) }],
  ])('is not asked once the budget is used up: %s', async (_, options) => {
    const { error, jury } = await asked(['{"n":"one"}'], options);
    expect(BudgetExceededError.isInstance(error)).toBe(true);
    expect(jury.calls).toEqual([]);
  });
});

describe('an aborted stream', () => {
  test('is estimated by what was asked and written, and marked', async () => {
    const schema = jsonSchema({
      type: 'object',
      properties: { a: { type: 'number' }, b: { type: 'string' } },
      required: ['a', 'b'],
    });
    const events = recorder();
    const long = 'x'.repeat(4000);
    const script = [`{"a":"no number","b":"${long}"}`, '{"a":1,"b":"ok"}'];
    const model = withStagedRetry(says(...script), { price, events });
    const result = streamText({ model, prompt: 'y'.repeat(400), output: Output.object({ schema }) });
    await result.consumeStream();
    const [first, second] = events.of('attempt-end').map(({ attempt }) => attempt);
    // About a hundred tokens were asked, and far less than the thousand were written.
    expect(first?.estimatedTokens).toBeLessThan(100);
    expect(first?.usd).toBe(first?.estimatedUsd);
    expect(first?.usd).toBeGreaterThan(0.1);
    expect(first?.usd).toBeLessThan(0.5);
    expect(second).toMatchObject({ usd: callUsd });
    expect(second).not.toHaveProperty('estimatedUsd');
    const report = reportOf(await result.providerMetadata);
    expect(report?.estimatedUsd).toBe(first?.usd);
    expect(report?.usd).toBeCloseTo((first?.usd ?? 0) + callUsd);
  });
});

describe('budget.usd', () => {
  test('is checked before the next attempt', async () => {
    const model = says('a', 'b', 'c', 'ok');
    const budget = { usd: 2 * callUsd };
    const wrapped = withStagedRetry(model, { checks: [ok], stages: [retry({ attempts: 9 })], price, budget });
    const error = BudgetExceededError.find(await errorOf(generateText({ model: wrapped, prompt })));
    expect(error?.spent).toBe(2 * callUsd);
    expect(model.calls).toHaveLength(2);
    expect(error?.limit).toBe('usd');
    expect(error?.message).toContain('The budget (usd) is used up and no answer has passed the checks after 2 of 9');
    expect(error?.message).toContain(`Raise budget.usd above ${2 * callUsd} (${2 * callUsd} spent)`);
  });

  test('needs a price, and says so', () => {
    expect(() => withStagedRetry(says(''), { budget: { usd: 1 } })).toThrow('budget.usd needs the option price');
    expect(() => withStagedRetry(says(''), { budget: createBudget({ usd: 1 }) })).toThrow('needs the option price');
  });

  test('refuses a model whose price is not known, before it is called', async () => {
    const model = says('ok');
    const wrapped = withStagedRetry(model, { checks: [ok], price: () => undefined, budget: { usd: 1 } });
    expect(String(await errorOf(generateText({ model: wrapped, prompt })))).toContain(
      'for the model "scripted-model" of "scripted", and a limit in USD cannot count its calls: return USD per million tokens, or { input: 0, output: 0 }.',
    );
    expect(model.calls).toHaveLength(0);
  });
});

describe('a budget of tokens', () => {
  const count = (total?: number) => ({ total, noCache: undefined, cacheRead: undefined, cacheWrite: undefined });
  const written = { text: undefined, reasoning: undefined };
  const none = { inputTokens: count(), outputTokens: { total: undefined, ...written } };
  const whole = { inputTokens: count(100), outputTokens: { total: 100, ...written } };
  const parts = {
    inputTokens: { total: undefined, noCache: 60, cacheRead: 40, cacheWrite: undefined },
    outputTokens: { total: undefined, text: 60, reasoning: 40 },
  };
  const noNumber = {
    inputTokens: { ...count(100), cacheRead: Number.NaN },
    outputTokens: { total: Number.NaN, ...written },
  };
  const beyondCounts = {
    inputTokens: count(100),
    outputTokens: { total: 1e308, ...written },
  };
  /** A hundred tokens. */
  const longText = (text: string) => text.repeat(400);
  const ways = [
    (model: SdkModel) => generateText({ model, prompt: longText('p') }),
    (model: SdkModel) => streamError(streamText({ model, prompt: longText('p'), onError() {} })),
  ];
  async function streamError({ fullStream }: Pick<ReturnType<typeof streamText>, 'fullStream'>) {
    for await (const part of fullStream) if (part.type === 'error') throw part.error;
  }

  test.each<[string, Usage[]]>([
    ['the total', [whole]],
    ['its parts alone', [parts]],
    ['nothing', [none]],
    ['what is no number', [noNumber]],
    ['what is beyond all counts', [beyondCounts]],
    ['less than nothing', [{ ...whole, outputTokens: { total: -7, ...written } }]],
    ['first nothing and then the total', [none, whole]],
    ['first what is no number and then the parts', [noNumber, parts]],
  ])('counts as a shared one does, where providers report %s', async (_, usages) => {
    const answers = ['a', 'b', 'c', 'd'].map((letter, index) => ({
      content: [{ type: 'text' as const, text: longText(letter) }],
      usage: usages[index] ?? usages.at(-1) ?? none,
    }));
    for (const limits of [{ outputTokens: 150 }, { totalTokens: 250 }]) {
      const ends = ways.flatMap((send) =>
        [limits, createBudget(limits)].map(async (budget) => {
          const model = says(...answers);
          const wrapped = withStagedRetry(model, { checks: [ok], stages: [retry({ attempts: 4 })], budget });
          const error = await errorOf(send(wrapped));
          return [model.calls.length, BudgetExceededError.find(error)?.limit];
        }),
      );
      expect(await Promise.all(ends)).toEqual(ends.map(() => [2, Object.keys(limits)[0]]));
    }
  });

  test('counts what an earlier call of the same request used, in parts or whole', async () => {
    const inbox = createInbox();
    const stages = [retry({ attempts: 1 }), human({ inbox })];
    const wrapped = withStagedRetry(says({ content: [{ type: 'text', text: 'a' }], usage: parts }), {
      checks: [ok],
      stages,
      scope: 'public',
      budget: { outputTokens: 90 },
    });
    await errorOf(generateText({ model: wrapped, prompt }));
    const [pending] = (await inbox.list()).escalations;
    await inbox.decide(pending?.id ?? '', { type: 'retry', advice: 'Look again.' });
    const error = BudgetExceededError.find(await errorOf(generateText({ model: wrapped, prompt })));
    expect(error).toMatchObject({ limit: 'outputTokens', spent: 100 });
  });

  test('is told of a run as the sum of what providers reported, in parts or whole', async () => {
    const lines: string[] = [];
    const answers = [parts, whole].map((usage, index) => ({
      content: [{ type: 'text' as const, text: ['no', 'ok'][index] ?? '' }],
      usage,
    }));
    const { report } = await spent(answers, { events: logEvents((line) => lines.push(line)) });
    expect(report?.usage.total).toMatchObject({ inputTokens: { total: 200 }, outputTokens: { total: 200 } });
    expect(lines.flatMap((line) => /attempt . .*?(\d+ tokens)/.exec(line)?.[1] ?? [])).toEqual([
      '200 tokens',
      '200 tokens',
    ]);
  });
});

describe('the budget of a call', () => {
  const stages = [retry({ attempts: 5 })];
  const call = (model: ReturnType<typeof withStagedRetry>, budget: Record<string, number | undefined>) =>
    generateText({ model: model as never, prompt, providerOptions: { stagedRetry: { budget } } });

  test("takes the place of the model's, limit by limit", async () => {
    const model = says('a', 'b', 'c', 'd', 'e');
    const wrapped = withStagedRetry(model, { checks: [ok], stages, price, budget: { attempts: 3, usd: 9 } });
    expect(BudgetExceededError.find(await errorOf(call(wrapped, { attempts: 1 })))?.limit).toBe('attempts');
    expect(model.calls).toHaveLength(1);
    expect(BudgetExceededError.find(await errorOf(call(wrapped, { usd: 2 * callUsd })))?.limit).toBe('usd');
    expect(model.calls).toHaveLength(3);
  });

  test("leaves the model's where it names none", async () => {
    const model = says('a', 'b', 'c', 'd', 'e');
    const wrapped = withStagedRetry(model, { checks: [ok], stages, budget: { attempts: 2 } });
    const error = await errorOf(call(wrapped, { attempts: undefined, outputTokens: undefined }));
    expect(BudgetExceededError.find(error)?.limit).toBe('attempts');
    expect(model.calls).toHaveLength(2);
  });

  test('is refused where it makes no sense', async () => {
    const wrapped = withStagedRetry(says('ok'), { checks: [ok] });
    expect(String(await errorOf(call(wrapped, { usd: 1 })))).toContain('stagedRetry.budget.usd needs the option price');
    expect(String(await errorOf(call(wrapped, { dollars: 1 })))).toContain('stagedRetry.budget.dollars');
  });
});

describe('a budget of createBudget', () => {
  const tools = { lookup: lookup() };
  const step = calls('lookup', { query: 'x' });

  test("is shared by an agent's steps", async () => {
    const budget = createBudget({ usd: 3 * callUsd });
    const model = says(step);
    const wrapped = withStagedRetry(model, { checks: [ok], price, budget });
    const agent = new ToolLoopAgent({ model: wrapped, tools, stopWhen: stepCountIs(20) });
    const error = BudgetExceededError.find(await errorOf(agent.generate({ prompt })));
    expect(model.calls).toHaveLength(3);
    expect(error?.limit).toBe('usd');
    expect(error?.message).toContain(
      `The shared budget (usd) is used up before the first answer. Raise usd of createBudget() above ${3 * callUsd} (${3 * callUsd} spent), make a budget for each job`,
    );
    expect(budget.spent).toEqual({
      usd: 3 * callUsd,
      attempts: 3,
      totalTokens: 60,
      outputTokens: 30,
      elapsedMs: expect.any(Number),
    });
  });

  test('counts what streams cost, and calls where nothing is judged', async () => {
    const budget = createBudget({ totalTokens: 40 });
    const model = says('one', 'two');
    const wrapped = withStagedRetry(model, { budget });
    const { textStream } = streamText({ model: wrapped, prompt });
    for await (const _ of textStream);
    await generateText({ model: wrapped, prompt });
    expect(budget.spent.totalTokens).toBe(40);
    expect(BudgetExceededError.find(await errorOf(generateText({ model: wrapped, prompt })))?.limit).toBe(
      'totalTokens',
    );
    expect(model.calls).toHaveLength(2);
  });

  test('is shared by models, and begun anew for each job', async () => {
    const wrap = (budget: ReturnType<typeof createBudget>) => withStagedRetry(says('ok'), { checks: [ok], budget });
    const budget = createBudget({ attempts: 2 });
    const [one, other] = [wrap(budget), wrap(budget)];
    await generateText({ model: one, prompt });
    await generateText({ model: other, prompt });
    expect(BudgetExceededError.find(await errorOf(generateText({ model: one, prompt })))?.limit).toBe('attempts');
    await generateText({ model: wrap(createBudget({ attempts: 2 })), prompt });
  });

  test('counts the attempts that came to an answer', async () => {
    const budget = createBudget({ attempts: 9 });
    const idle = { name: 'idle', attempts: 1, propose: async () => undefined };
    const other = fallback({ model: says('ok'), attempts: 1 });
    const model = says('no', failsWith(400));
    const stages = [retry({ attempts: 1 }), idle, retry({ name: 'again', attempts: 1 }), other];
    await generateText({ model: withStagedRetry(model, { checks: [ok], stages, budget }), prompt });
    expect(model.calls).toHaveLength(2);
    expect(budget.spent.attempts).toBe(2);
  });

  test('refuses limits that are none', () => {
    expect(() => createBudget({ dollars: 1 } as never)).toThrow('dollars');
  });

  test.each(['withStagedRetry', 'stagedRetryMiddleware'])(
    'counts a judge once that %s wrapped with the same budget and limits',
    async (way) => {
      const budget = createBudget({ usd: 100 });
      const spend = spendLimiter({ usd: 100, price });
      const options = { budget, price, limits: [spend] };
      const passing = () => says('{"issues":[]}');
      const model =
        way === 'withStagedRetry'
          ? withStagedRetry(passing(), options)
          : wrapLanguageModel({ model: passing(), middleware: stagedRetryMiddleware(options) });
      const wrapped = withStagedRetry(says('ok'), { ...options, checks: [ok, judge({ model, rubric: 'Good.' })] });
      await generateText({ model: wrapped, prompt });
      expect(budget.spent).toMatchObject({ usd: 2 * callUsd, totalTokens: 40 });
      expect(await spend.spent()).toBeCloseTo(2 * callUsd);
    },
  );

  /** A judge whose model is wrapped with the budget, and finds something else each time. */
  const finicky = (budget: ReturnType<typeof createBudget>, options: StagedRetryOptions = {}) => {
    const finds = ['a', 'b', 'c', 'd'].map((word) => JSON.stringify({ issues: [{ path: [], message: word }] }));
    const model = withStagedRetry(says(...finds), { budget, price, ...options });
    return judge({ model, rubric: 'Good.' });
  };
  const answers = ['one', 'two', 'three', 'four'];
  const five = { stages: [retry({ attempts: 5 })], price };

  test("keeps the answer whose judge it refuses a call, although the judge's model is wrapped with it", async () => {
    const run = async (options: StagedRetryOptions) => {
      const budget = createBudget({ usd: 3 * callUsd });
      const events = recorder();
      const checks = [finicky(budget)];
      const wrapped = withStagedRetry(says(...answers), {
        ...five,
        checks,
        budget,
        events,
        scope: 'public',
        ...options,
      });
      return { called: generateText({ model: wrapped, prompt }), events };
    };
    const { called, events } = await run({ whenExhausted: 'deliver' });
    expect((await called).text).toBe('two');
    expect(events.of('run-end')).toMatchObject([{ outcome: 'not-accepted', limit: 'usd' }]);
    const error = BudgetExceededError.find(await errorOf((await run({})).called));
    expect(error?.history.map(({ type }) => type)).toEqual(['attempt', 'attempt', 'stage-end']);
    expect(error?.message).toContain('The shared budget (usd) is used up');
    const stages = [retry({ attempts: 5 }), human({ inbox: createInbox() })];
    const asked = EscalationPendingError.find(await errorOf((await run({ stages })).called));
    expect(asked?.escalation.attempts).toHaveLength(2);
  });

  test("keeps the answer whose judge a limiter refuses that stands around the judge's model, too", async () => {
    const budget = createBudget({ attempts: 9 });
    const limits = [spendLimiter({ usd: 10 * callUsd, price })];
    const checks = [finicky(budget, { limits })];
    const wrapped = withStagedRetry(says(...answers), { ...five, checks, budget, limits, whenExhausted: 'deliver' });
    expect((await generateText({ model: wrapped, prompt })).text).toBe('two');
  });

  test.each([1, 2, 3])('counts %i attempts where a judge is wrapped with it, as where it is not', async (attempts) => {
    const budget = createBudget({ attempts });
    const model = says(...answers);
    const wrapped = withStagedRetry(model, { ...five, checks: [finicky(budget)], budget });
    const error = BudgetExceededError.find(await errorOf(generateText({ model: wrapped, prompt })));
    expect(error?.limit).toBe('attempts');
    expect([model.calls.length, budget.spent.attempts]).toEqual([attempts, attempts]);
  });

  test('adds up dollars without what binary fractions leave over', async () => {
    const budget = createBudget({ usd: 1 });
    const model = withStagedRetry(says('ok'), { checks: [ok], price: { input: 5000, output: 5000 }, budget });
    for (let call = 0; call < 10; call += 1) await generateText({ model, prompt });
    expect(budget.spent.usd).toBe(1);
    expect(BudgetExceededError.find(await errorOf(generateText({ model, prompt })))?.limit).toBe('usd');
  });

  test('is no budget of a call: the error says where it belongs', async () => {
    const stagedRetry = { budget: createBudget({ attempts: 2 }) } as never;
    const error = await errorOf(
      generateText({ model: withStagedRetry(says('ok'), { checks: [ok] }), prompt, providerOptions: { stagedRetry } }),
    );
    expect(String(error)).toContain('withStagedRetry(model, { budget })');
  });
});

describe('a spend limiter on the ladder', () => {
  const stages = [retry({ attempts: 5 })];

  test('ends the run with its history, and says what to do', async () => {
    const limits = [spendLimiter({ usd: 2.5 * callUsd, price, name: 'night batch' })];
    const model = says('a', 'b', 'c', 'd');
    const wrapped = withStagedRetry(model, { checks: [ok], stages, limits });
    const error = BudgetExceededError.find(await errorOf(generateText({ model: wrapped, prompt })));
    expect(model.calls).toHaveLength(2);
    expect(error?.history.map(({ type }) => type)).toEqual(['attempt', 'attempt', 'stage-end']);
    expect(error?.spend).toMatchObject({ name: 'night batch', usd: 2.5 * callUsd, spent: expect.closeTo(2 * callUsd) });
    expect(error?.message).toBe(
      'The spend limit "night batch" of 0.075 USD leaves too little for this call (0.06 spent or reserved, up to 0.039 for the call) and no answer has passed the checks ' +
        'after 2 of 5 attempts: retry was beyond the budget (usd). Last issue: Say ok (2) (ok). Raise usd of the spendLimiter, or put a human stage on the ladder.',
    );
  });

  test('refuses the first call too', async () => {
    const limits = [spendLimiter({ usd: callUsd, price })];
    const wrapped = withStagedRetry(says('ok'), { checks: [ok], limits });
    await generateText({ model: wrapped, prompt });
    const error = BudgetExceededError.find(await errorOf(generateText({ model: wrapped, prompt })));
    expect(error?.message).toContain(
      'leaves too little for this call (0.03 spent or reserved, up to 0.003 for the call) before the first answer.',
    );
  });

  test('sends the run to the person of the ladder', async () => {
    const limits = [spendLimiter({ usd: 2.5 * callUsd, price })];
    const ladder = [...stages, human({ inbox: createInbox() })];
    const wrapped = withStagedRetry(says('a', 'b', 'c'), { checks: [ok], stages: ladder, limits, scope: 'public' });
    const error = EscalationPendingError.find(await errorOf(generateText({ model: wrapped, prompt })));
    expect(error?.escalation.attempts).toHaveLength(2);
  });

  test("lets 'deliver' have what there is", async () => {
    const limits = [spendLimiter({ usd: 2.5 * callUsd, price })];
    const wrapped = withStagedRetry(says('a', 'b'), { checks: [ok], stages, limits, whenExhausted: 'deliver' });
    expect((await generateText({ model: wrapped, prompt })).text).toBe('b');
  });
});

describe('a run that resumes after a person has decided', () => {
  const inbox = createInbox();
  const request = (resumeKey: string) => ({ prompt, providerOptions: { stagedRetry: { resumeKey } }, maxRetries: 0 });

  /** Two attempts before a person is asked, who sends it back to the model. */
  async function resumed(resumeKey: string, options: StagedRetryOptions = {}, asking: Partial<HumanOptions> = {}) {
    const stages = [retry({ attempts: 2 }), human({ inbox, ...asking })];
    const ends: StagedRetryEvents['run-end'][] = [];
    const wrap = (...answers: string[]) => {
      const events = recorder();
      const model = withStagedRetry(says(...answers), {
        checks: [ok],
        price,
        stages,
        scope: 'public',
        events,
        ...options,
      });
      return async () => {
        try {
          return await generateText({ model, ...request(resumeKey) });
        } finally {
          ends.push(...events.of('run-end'));
        }
      };
    };
    const first = await wrap('no', 'nope')().catch(errorAsIs);
    const [pending] = (await inbox.list({ state: 'pending' })).escalations;
    const again = await wrap('-')().catch(errorAsIs);
    await inbox.decide(pending?.id ?? '', { type: 'retry', advice: 'Look again.' });
    const last = await wrap('ok')().catch(errorAsIs);
    return { first, again, last, resend: wrap('-'), ends };
  }
  const errorAsIs = (error: unknown) => error as Error;
  const answered = (result: unknown) => result as Awaited<ReturnType<typeof generateText>>;

  test('tells in its report and its result what the whole run cost, and in its events what this call did', async () => {
    const { last, resend, ends } = await resumed('told');
    const { usage, providerMetadata } = answered(last);
    expect(reportOf(providerMetadata)).toMatchObject({
      attempts: 3,
      usd: 3 * callUsd,
      usage: { total: { outputTokens: { total: 30 } } },
    });
    expect(usage.totalTokens).toBe(60);
    const resent = await resend();
    expect(ends.map(({ attempts, usd, usage }) => [attempts, usd, usage?.outputTokens.total])).toEqual([
      [2, 2 * callUsd, 20],
      [2, 0, undefined],
      [3, callUsd, 10],
      [3, 0, undefined],
    ]);
    // What the answer itself cost was reported with it.
    expect(reportOf(resent.providerMetadata)?.usd).toBe(2 * callUsd);
  });

  test('tells of models without a price that were called before', async () => {
    const { last } = await resumed('unpriced', { price: () => undefined });
    expect(reportOf(answered(last).providerMetadata)).toMatchObject({ usd: 0, unpriced: ['scripted-model'] });
  });

  test('counts what went before for its budget', async () => {
    const { last } = await resumed('held', { budget: { totalTokens: 40 } });
    const error = BudgetExceededError.find(last);
    expect(error?.message).toMatch(
      /Raise budget.totalTokens above 40 \(40 spent\)\. The same request, sent again, then tries the person's advice\.$/,
    );
  });

  test('tries the advice of the person once the budget has room again', async () => {
    const options = { checks: [ok], scope: 'public', stages: [retry({ attempts: 2 }), human({ inbox })] };
    const send = (answer: string, budget: { attempts: number } | ReturnType<typeof createBudget>) =>
      generateText({ model: withStagedRetry(says(answer), { ...options, budget }), ...request('room') });
    const pending = EscalationPendingError.find(await errorOf(send('no', { attempts: 1 })));
    await inbox.decide(pending?.escalation.id ?? '', { type: 'retry', advice: 'Look again.' });
    expect(String(await errorOf(send('-', { attempts: 1 })))).toMatch(/tries the person's advice\.$/);
    expect((await send('ok', { attempts: 2 })).text).toBe('ok');
  });

  test('knows of the person where the advice of a limiter goes on', async () => {
    const limits = [spendLimiter({ usd: 2.5 * callUsd, price, period: 'day' })];
    const { last } = await resumed('limited', { limits });
    expect(BudgetExceededError.find(last)?.message).toMatch(
      /Call again after \S+, or raise usd of the spendLimiter\. The same request, sent again, then tries the person's advice\.$/,
    );
  });

  test('adds nothing to a budget that is shared but its own', async () => {
    const budget = createBudget({ attempts: 9 });
    await resumed('shared', { budget });
    expect(budget.spent).toMatchObject({ attempts: 3, totalTokens: 60, usd: expect.closeTo(3 * callUsd) });
  });

  test('reports in its result what the answer before did not, where that was a result too', async () => {
    const { first, again, last } = await resumed('responds', {}, { whenPending: 'respond' });
    const results = [first, again, last].map(answered);
    expect(results.map(({ usage }) => usage.totalTokens ?? 0)).toEqual([40, 0, 20]);
    expect(results.map(({ providerMetadata }) => reportOf(providerMetadata)?.usd)).toEqual(
      [2, 2, 3].map((made) => expect.closeTo(made * callUsd)),
    );
  });
});
