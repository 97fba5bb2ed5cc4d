import { APICallError } from '@ai-sdk/provider';
import { generateText, jsonSchema, Output, streamText } from 'ai';
import { describe, expect, it } from 'vitest';
import { deferred } from '../../src/effects/deferred.ts';
import { type Limiter, type SpendLimiter, spendLimiter, withStagedRetry } from '../../src/index.ts';
import type { GenerateResult, StreamPart } from '../../src/model/language-model.ts';
import type { ScriptedModel } from '../../src/testing/index.ts';
import { noUsage } from '../../src/trace/usage.ts';
import { atOnce, failsWith, losesConnection, says } from '../fixtures.ts';

/** One USD a thousand tokens, in and out. */
const price = { input: 1000, output: 1000 };
/** A hundred tokens. */
const words = 'word '.repeat(80);
const unreported = { usage: noUsage };

function zero(): GenerateResult['usage'] {
  return {
    inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: 0, text: 0, reasoning: 0 },
  };
}

function says100Tokens(usage: GenerateResult['usage'] = noUsage): ScriptedModel {
  return says({ content: [{ type: 'text', text: words }], usage });
}

function deltas(...texts: readonly string[]): StreamPart[] {
  return [
    { type: 'stream-start', warnings: [] },
    { type: 'text-start', id: '1' },
    ...texts.map((delta): StreamPart => ({ type: 'text-delta', id: '1', delta })),
  ];
}

const finish: StreamPart = { type: 'finish', ...unreported, finishReason: { unified: 'stop', raw: undefined } };
const quiet = { maxRetries: 0, onError: () => {} } as const;

async function spentBy(act: (spend: SpendLimiter) => PromiseLike<unknown>): Promise<number> {
  const spend = spendLimiter({ usd: 10, price });
  await Promise.resolve(act(spend)).catch(() => {});
  // What a stream comes to is settled once it is over.
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return await spend.spent();
}

/** The prompt of a request is two tokens, or a few more with a schema. */
const aboutTenCents = (usd: number) => {
  expect(usd).toBeGreaterThan(0.09);
  expect(usd).toBeLessThan(0.15);
};

describe('a spend limiter counts what was written', () => {
  it.each([
    ['reports no totals', noUsage],
    ['reports zeros', zero()],
  ])('where the provider %s', async (_, usage) => {
    aboutTenCents(
      await spentBy((spend) =>
        generateText({ model: withStagedRetry(says100Tokens(usage), { limits: [spend] }), prompt: 'Hi' }),
      ),
    );
  });

  it('where the provider reports the input alone', async () => {
    const usage = { ...noUsage, inputTokens: { ...noUsage.inputTokens, total: 2 } };
    aboutTenCents(
      await spentBy((spend) =>
        generateText({ model: withStagedRetry(says100Tokens(usage), { limits: [spend] }), prompt: 'Hi' }),
      ),
    );
  });

  it('in a stream that goes out unread', async () => {
    const model = says({ parts: [...deltas(words), { type: 'text-end', id: '1' }, finish] });
    aboutTenCents(
      await spentBy(async (spend) => {
        const result = streamText({ model: withStagedRetry(model, { limits: [spend] }), prompt: 'Hi', ...quiet });
        expect(await result.text).toBe(words);
      }),
    );
  });

  it('in a stream that goes out unread and reports its usage', async () => {
    const usd = await spentBy(async (spend) => {
      const model = withStagedRetry(says('Hello.'), { limits: [spend] });
      await streamText({ model, prompt: 'Hi', ...quiet }).text;
    });
    expect(usd).toBeCloseTo(0.02);
  });

  it('in a stream whose reader leaves', async () => {
    const model = says({ parts: [...deltas(words, words, words), finish] });
    aboutTenCents(
      await spentBy(async (spend) => {
        const { stream } = await withStagedRetry(model, { limits: [spend] }).doStream({
          prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
        });
        const reader = stream.getReader();
        for (let part = 0; part < 3; part += 1) await reader.read();
        await reader.cancel('enough');
      }),
    );
  });

  it.each(['buffer', 'live'] as const)('in a stream that breaks off (%s)', async (delivery) => {
    const model = says({ parts: [...deltas(`{"text":"${words}`), { type: 'error', error: new Error('gone') }] });
    aboutTenCents(
      await spentBy((spend) => {
        const output = Output.object({ schema: jsonSchema({ type: 'object' }) });
        const wrapped = withStagedRetry(model, { limits: [spend], delivery, transport: { attempts: 1, ...atOnce } });
        return streamText({ model: wrapped, prompt: 'Hi', output, ...quiet }).text;
      }),
    );
  });

  it('in a live attempt that is aborted', async () => {
    const schema = jsonSchema({
      type: 'object',
      properties: { text: { type: 'string' }, n: { type: 'number' } },
      required: ['n'],
    });
    const bad = { parts: [...deltas(`{"text":"${words}",`, '"n":true', ',"more":1'), finish] };
    const usage = { ...zero(), inputTokens: { ...noUsage.inputTokens, total: 1 } };
    const good = { content: [{ type: 'text' as const, text: `{"text":"${words}","n":1}` }], usage };
    const model = says(bad, good);
    const usd = await spentBy((spend) => {
      const wrapped = withStagedRetry(model, { limits: [spend], delivery: 'live' });
      return streamText({ model: wrapped, prompt: 'Hi', output: Output.object({ schema }), ...quiet }).text;
    });
    expect(model.calls).toHaveLength(2);
    expect(usd).toBeGreaterThan(0.2);
  });

  it('in a call that ran out of time, as far as it was estimated', async () => {
    const never = says(() => new Promise(() => {}));
    const usd = await spentBy((spend) => {
      const model = withStagedRetry(never, {
        limits: [spend],
        transport: { attempts: 1, ...atOnce, timeout: { callMs: 10 } },
      });
      return generateText({ model, prompt: words, maxOutputTokens: 100, maxRetries: 0 });
    });
    expect(usd).toBeCloseTo(0.2, 1);
  });

  it('in the results of tools that a prompt carries', async () => {
    const usd = await spentBy((spend) =>
      generateText({
        model: withStagedRetry(says({ content: [{ type: 'text', text: 'Yes.' }], usage: noUsage }), {
          limits: [spend],
        }),
        messages: [
          { role: 'user', content: 'Hi' },
          {
            role: 'assistant',
            content: [{ type: 'tool-call', toolCallId: '1', toolName: 'look', input: { text: words } }],
          },
          {
            role: 'tool',
            content: [
              { type: 'tool-result', toolCallId: '1', toolName: 'look', output: { type: 'text', value: words } },
            ],
          },
        ],
      }),
    );
    expect(usd).toBeGreaterThan(0.2);
  });
});

describe('a spend limiter counts nothing', () => {
  const refused = new APICallError({
    message: 'Cannot connect',
    url: 'https://provider.test',
    requestBodyValues: {},
    cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
  });

  it.each([
    ['that the provider refused', failsWith(400)],
    ['that the provider was too busy for', failsWith(503)],
    ['that reached nobody', refused],
  ])('for a call %s', async (_, error) => {
    const usd = await spentBy((spend) =>
      generateText({
        model: withStagedRetry(says(error), { limits: [spend] }),
        prompt: words,
        maxOutputTokens: 100,
        maxRetries: 0,
      }),
    );
    expect(usd).toBeCloseTo(0);
  });

  it('but the estimate for a connection that broke, which may have been billed', async () => {
    const usd = await spentBy((spend) =>
      generateText({
        model: withStagedRetry(says(losesConnection()), { limits: [spend] }),
        prompt: words,
        maxOutputTokens: 100,
        maxRetries: 0,
      }),
    );
    expect(usd).toBeCloseTo(0.2, 1);
  });
});

describe('a spend limiter counts no call that its caller left before it was made', () => {
  const leaving = async (
    limits: (spend: SpendLimiter) => readonly Limiter[],
    reserving: Promise<unknown>,
    reserved: Promise<unknown> = Promise.resolve(),
  ) => {
    const controller = new AbortController();
    const model = says100Tokens();
    const usd = await spentBy((spend) => {
      const wrapped = withStagedRetry(model, { limits: limits(spend) });
      const call = generateText({ model: wrapped, prompt: words, abortSignal: controller.signal, ...quiet });
      void reserving.then(() => controller.abort());
      return call.catch(() => reserved);
    });
    expect(model.calls).toHaveLength(0);
    return usd;
  };

  it('while the next limiter lets it wait', async () => {
    const waits = deferred<void>();
    const slow: Limiter = {
      reserve() {
        waits.resolve();
        return new Promise(() => {});
      },
      settle: async () => {},
    };
    expect(await leaving((spend) => [spend, slow], waits.promise)).toBe(0);
  });

  it('while it reserves itself', async () => {
    const [begins, ends] = [deferred<void>(), deferred<void>()];
    const late = (spend: SpendLimiter): Limiter => ({
      async reserve(cost, options) {
        begins.resolve();
        await new Promise((resolve) => setTimeout(resolve, 5));
        await spend.reserve(cost, options);
        expect(await spend.spent()).toBeGreaterThan(0);
        ends.resolve();
      },
      settle: (outcome) => spend.settle(outcome),
    });
    expect(await leaving((spend) => [late(spend)], begins.promise, ends.promise)).toBe(0);
  });
});
