import { InvalidArgumentError } from '@ai-sdk/provider';
import { customProvider, generateText, streamText, wrapLanguageModel } from 'ai';
import * as ai6 from 'ai-v6';
import { afterEach, describe, expect, test } from 'vitest';
import {
  check,
  createInbox,
  human,
  reportOf,
  retry,
  type StagedRetryCallOptions,
  type StagedRetryOptions,
  stagedRetryMiddleware,
  withStagedRetry,
} from '../../src/index.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { appended, calls, errorOf, feedback, goodInvoice, Invoice, lookup, says } from '../fixtures.ts';
import { message, openaiAnswering, reasoning } from '../support/openai.ts';

const prompt = 'Total?';
const right = check('right', ({ text }) => text === '12' || `Not ${text}.`);

describe('options that make no sense are refused when the model is wrapped, by name', () => {
  const refused: [string, StagedRetryOptions][] = [
    ['stage', { stage: [] } as never],
    ['checks', { checks: {} as never }],
    ['stages', { stages: {} as never }],
    ['fix', { fix: 'yes' as never }],
    ['scope', { scope: '' }],
    ['scope', { scope: 7 as never }],
    ['convergence', { convergence: 'loose' as never }],
    ['whenCheckCrashes', { whenCheckCrashes: 'retry' as never }],
    ['usage', { usage: 'total' as never }],
    ['events', { events: {} as never }],
    ['events', { events: null as never }],
    ['feedback', { feedback: 'No.' as never }],
    ['budget', { budget: { attempts: 0 } }],
    ['budget', { budget: { attempts: Number.NaN } }],
    ['budget', { budget: { attempts: '3' as never } }],
    ['budget', { budget: { tokens: 5 } as never }],
    ['budget', { budget: 5 as never }],
    ['limits', { limits: [{}] as never }],
    ['limits', { limits: {} as never }],
    ['transport', { transport: { attempts: 0 } }],
    ['transport', { transport: { attempts: 1.5 } }],
    ['transport', { transport: { initialMs: -1 } }],
    ['transport', { transport: { initialMs: '500' as never } }],
    ['transport', { transport: { jitter: 'half' as never } }],
    ['transport', { transport: 3 as never }],
    ['transport', { transport: null as never }],
    ['transport.timeout', { transport: { timeout: 1000 as never } }],
    ['transport', { transport: { timeout: { callMs: -1 } } }],
    ['transport', { transport: { retries: 3 } as never }],
    ['transport', { transport: { callMs: 1000 } as never }],
    ['transport.timeout', { transport: { timeout: { attempts: 3 } as never } }],
  ];

  test.each(refused)('%s: %j', (argument, options) => {
    const names = expect.toSatisfy((error) => InvalidArgumentError.isInstance(error) && error.argument === argument);
    expect(() => withStagedRetry(says(''), options)).toThrow(names);
    expect(() => stagedRetryMiddleware(options)).toThrow(names);
  });

  test('so is a model that is none', () => {
    for (const model of [undefined, null, {}, { specificationVersion: 'v1' }, 7]) {
      expect(() => withStagedRetry(model as never)).toThrow(InvalidArgumentError);
    }
  });
});

describe('providerOptions.stagedRetry', () => {
  const send = (options: unknown, model = says('12')) =>
    generateText({
      model: withStagedRetry(model, { checks: [right] }),
      prompt,
      providerOptions: { stagedRetry: options as never, scripted: { a: 1 } },
    });

  test('never reaches the provider; what stands beside it does', async () => {
    const model = says('10', '12');
    await send({ runId: 'r' } satisfies StagedRetryCallOptions, model);
    expect(model.calls.map(({ providerOptions }) => providerOptions)).toEqual([
      { scripted: { a: 1 } },
      { scripted: { a: 1 } },
    ]);
  });

  test('never reaches the provider of a model with nothing to judge', async () => {
    const model = says('12');
    await generateText({ model: withStagedRetry(model), prompt, providerOptions: { stagedRetry: { runId: 'r' } } });
    expect(model.calls[0]?.providerOptions ?? {}).not.toHaveProperty('stagedRetry');
  });

  test.each([
    null,
    'public',
    { unknown: 1 },
    { scope: '' },
    { scope: 7 },
    { runId: '' },
    { runId: 7 },
    { cache: 'no' },
    { maxAgeMs: -1 },
    { disabled: 'yes' },
  ])('%j is refused', async (options) => {
    const model = says('12');
    const error = await errorOf(send(options, model));
    expect(InvalidArgumentError.isInstance(error) && error.argument).toMatch(/^(providerOptions\.stagedRetry|scope)$/);
    expect(model.calls).toHaveLength(0);
  });

  test('disabled calls the bare model', async () => {
    const result = await send({ disabled: true }, says('10'));
    expect(result.text).toBe('10');
    expect(reportOf(result.providerMetadata)).toBeUndefined();
  });
});

describe('as a middleware', () => {
  test('of ai@7 it is the same', async () => {
    const model = says('10', '12');
    const wrapped = wrapLanguageModel({ model, middleware: stagedRetryMiddleware({ checks: [right] }) });
    const result = await generateText({ model: wrapped, prompt });
    expect(result.text).toBe('12');
    expect(reportOf(result.providerMetadata)?.attempts).toBe(2);
    expect(await streamText({ model: wrapped, prompt }).text).toBe('12');
  });

  test('of ai@7 it stands outside a middleware that follows it', async () => {
    const seen: number[] = [];
    const counting = {
      wrapGenerate: ({
        doGenerate,
        params,
      }: {
        doGenerate: () => PromiseLike<never>;
        params: { prompt: unknown[] };
      }) => {
        seen.push(params.prompt.length);
        return doGenerate();
      },
    };
    const model = says('10', '12');
    const wrapped = wrapLanguageModel({
      model,
      middleware: [stagedRetryMiddleware({ checks: [right] }), counting as never],
    });
    expect((await generateText({ model: wrapped, prompt })).text).toBe('12');
    expect(seen).toEqual([1, 3]);
  });

  test('of ai@6 it is the same', async () => {
    const model = scriptedModel(['10', '12'], { specificationVersion: 'v3' });
    const wrapped = ai6.wrapLanguageModel({
      model: model as never,
      middleware: stagedRetryMiddleware({ checks: [right] }) as never,
    });
    expect((await ai6.generateText({ model: wrapped, prompt })).text).toBe('12');
    expect(await ai6.streamText({ model: wrapped, prompt }).text).toBe('12');
  });
});

describe('a model of ai@6', () => {
  test('keeps its specification version, its name and its urls', async () => {
    const supportedUrls = Promise.resolve({ 'image/*': [/^https:/] });
    for (const specificationVersion of ['v3', 'v4'] as const) {
      const model = { ...scriptedModel([], { specificationVersion, provider: 'p', modelId: 'm' }), supportedUrls };
      const wrapped = withStagedRetry(model);
      expect(wrapped).toMatchObject({ specificationVersion, provider: 'p', modelId: 'm' });
      expect(wrapped.supportedUrls).toBe(supportedUrls);
    }
  });

  test('climbs, generated and streamed, with tools and output', async () => {
    const good = JSON.stringify(goodInvoice);
    const model = () =>
      scriptedModel(['No.', calls('lookup', { query: ['a', 'b'] }), calls('lookup', { query: 'a' }), good], {
        specificationVersion: 'v3',
      });
    const options = (scripted: ReturnType<typeof model>) => ({
      model: withStagedRetry(scripted, { checks: [Invoice] }) as never,
      tools: { lookup: ai6.tool({ inputSchema: Invoice.partial().loose(), execute: async () => 'x' }) },
      output: ai6.Output.object({ schema: Invoice }),
      stopWhen: ai6.stepCountIs(5),
      prompt,
    });
    expect((await ai6.generateText(options(model()))).output).toEqual(goodInvoice);
    expect(await ai6.streamText(options(model())).output).toEqual(goodInvoice);
  });

  test('is the real OpenAI provider of ai@6', async () => {
    const { openaiV3, requests } = openaiAnswering(
      [reasoning('rs_1'), message('msg_1', '10')],
      [reasoning('rs_2'), message('msg_2', '12')],
    );
    const result = await ai6.generateText({
      model: withStagedRetry(openaiV3('gpt-5-mini'), { checks: [right] }),
      prompt,
    });
    expect(result.text).toBe('12');
    expect(JSON.stringify(requests[1]?.input)).not.toContain('item_reference');
    expect(requests[1]?.input).toHaveLength(3);
  });

  test('is taken by ai@7 too', async () => {
    const model = scriptedModel(['10', '12'], { specificationVersion: 'v3' });
    const { text } = await generateText({ model: withStagedRetry(model, { checks: [right] }), prompt });
    expect(text).toBe('12');
    expect(feedback(model as never)).toContain('Not 10.');
  });
});

describe('a string', () => {
  const globals = globalThis as { AI_SDK_DEFAULT_PROVIDER?: unknown };
  afterEach(() => {
    delete globals.AI_SDK_DEFAULT_PROVIDER;
  });

  test('is resolved by the default provider, when it is used', async () => {
    const model = says('10', '12');
    const wrapped = withStagedRetry('small', { checks: [right] });
    globals.AI_SDK_DEFAULT_PROVIDER = customProvider({ languageModels: { small: model } });
    expect((await generateText({ model: wrapped, prompt })).text).toBe('12');
    expect(await streamText({ model: wrapped, prompt }).text).toBe('12');
    expect(wrapped).toMatchObject({ specificationVersion: 'v4', provider: 'scripted', modelId: 'scripted-model' });
  });

  test('belongs to the gateway without one', () => {
    expect(withStagedRetry('openai/gpt-5-mini')).toMatchObject({
      specificationVersion: 'v4',
      provider: 'gateway',
      modelId: 'openai/gpt-5-mini',
    });
  });
});

describe('with nothing to judge', () => {
  test('the very stream object of the model goes out', async () => {
    const model = says('12');
    const stream = new ReadableStream<StreamPart>();
    const bare = { ...model, doStream: async () => ({ stream, request: { body: 'b' } }) };
    const wrapped = withStagedRetry(bare as never, {
      stages: [retry({ attempts: 2 }), human({ inbox: createInbox() })],
    }) as typeof model;
    const result = await wrapped.doStream({ prompt: [] } as never);
    expect(result.stream).toBe(stream);
    expect(result.request).toEqual({ body: 'b' });
  });

  test('the very result and the very call go through', async () => {
    const model = says('12');
    const result = {};
    const bare = { ...model, doGenerate: async (params: unknown) => ({ params, result }) };
    const wrapped = withStagedRetry(bare as never) as typeof model;
    const params = { prompt: [] };
    const given = (await wrapped.doGenerate(params as never)) as unknown as { params: unknown; result: unknown };
    expect(given.params).toBe(params);
    expect(given.result).toBe(result);
  });

  test('there is no report', async () => {
    const { providerMetadata } = await generateText({ model: withStagedRetry(says('12')), prompt });
    expect(reportOf(providerMetadata)).toBeUndefined();
  });
});

test("the caller's call goes to the model as it is, but for the prompt of later attempts", async () => {
  const model = says('10', '12');
  const call = {
    temperature: 0.5,
    topP: 0.3,
    seed: 7,
    maxOutputTokens: 9,
    headers: { 'x-trace': '1' },
    tools: { lookup: lookup() },
    toolChoice: 'auto',
  } as const;
  await generateText({ model: withStagedRetry(model, { checks: [right] }), prompt, ...call });
  const bare = says('12');
  await generateText({ model: bare, prompt, ...call });
  const { prompt: _, ...later } = model.calls[1] ?? {};
  const { prompt: asked, ...expected } = bare.calls[0] ?? {};
  expect(model.calls[0]).toEqual({ ...expected, prompt: asked });
  expect(later).toEqual(expected);
  expect(appended(model, 2)).toHaveLength(2);
});
