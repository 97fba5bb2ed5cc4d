import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import {
  BudgetExceededError,
  check,
  createBudget,
  createInbox,
  human,
  type Inbox,
  memoryStore,
  retry,
} from '../../src/index.ts';
import { generate, stream } from '../../src/middleware.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { type StagedRetryOptions, settingsOf } from '../../src/options/settings.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { noUsage } from '../../src/trace/usage.ts';
import { seeded } from '../faults/simulation/random.ts';
import { untilQuiet, virtualTime } from '../faults/simulation/virtual-time.ts';
import { errorOf, failsWith, says } from '../fixtures.ts';

const prompt = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] as const;
const never = () => new Promise<never>(() => {});
const hangs = scriptedModel([never]);

function inVirtualTime(options: StagedRetryOptions) {
  const time = virtualTime(0);
  return { time, settings: settingsOf(options, time.effects('library', seeded(1))) };
}

/** Lets time pass until the promise settles; how long that took, in milliseconds. */
async function passes(time: ReturnType<typeof virtualTime>, promise: Promise<unknown>): Promise<number> {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  promise.then(settle, settle);
  await untilQuiet();
  while (!isSettled) {
    // What is loaded when it is first needed takes real time.
    if (!time.fireNext()) await new Promise((resolve) => setTimeout(resolve, 5));
    await untilQuiet();
  }
  return time.now();
}

describe('a call limited in time', () => {
  const transport = { attempts: 1, timeout: { callMs: 1000 } };

  test('ends when its time is up, though nothing is to be judged', async () => {
    const { time, settings } = inVirtualTime({ transport });
    const call = generate(hangs, { prompt }, settings);
    expect(await passes(time, call)).toBe(1000);
    await expect(call).rejects.toMatchObject({ cause: { name: 'TimeoutError' } });
  });

  test('ends when its time is up before a stream opens that would go out unread', async () => {
    const { time, settings } = inVirtualTime({ transport });
    const call = stream(hangs, { prompt }, settings);
    expect(await passes(time, call)).toBe(1000);
    await expect(call).rejects.toMatchObject({ cause: { name: 'TimeoutError' } });
  });

  test("leaves no listener on the caller's signal behind when a stream is handed on", async () => {
    const { settings } = inVirtualTime({ transport });
    const { signal } = new AbortController();
    const { stream: handedOn } = await stream(says('Hello'), { prompt, abortSignal: signal }, settings);
    await handedOn.pipeTo(new WritableStream());
    await untilQuiet();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

test('a try waits no longer than the shared budget has time left', async () => {
  const transport = { attempts: 5, initialMs: 800, maxMs: 800, jitter: 'none' } as const;
  const budget = createBudget({ elapsedMs: 1000 });
  const { time, settings } = inVirtualTime({ transport, budget });
  const busy = says(failsWith(503));
  const call = generate(busy, { prompt }, settings);
  expect(await passes(time, call)).toBe(800);
  await expect(call).rejects.toBeDefined();
  expect(busy.calls).toHaveLength(2);
});

test.each([
  ['own', { elapsedMs: 1000 }],
  ['shared', createBudget({ elapsedMs: 1000 })],
])('no attempt is made after a delay that outlasts the %s budget', async (_, budget) => {
  const checks = [check('ok', ({ text }) => text === 'ok' || `Not ${text}.`)];
  const { time, settings } = inVirtualTime({ checks, budget, stages: [retry({ attempts: 3, delay: 800 })] });
  const model = says('no', 'nope', 'ok');
  const call = generate(model, { prompt }, settings);
  expect(await passes(time, call)).toBe(1001);
  expect(BudgetExceededError.find(await errorOf(call))).toMatchObject({ limit: 'elapsedMs' });
  expect(model.calls).toHaveLength(2);
});

test.each([
  ['own', { elapsedMs: 1000 }],
  ['shared', createBudget({ elapsedMs: 1000 })],
])('the %s budget stands still while a person is waited for, and goes on after it', async (_, budget) => {
  const time = virtualTime(0);
  const effects = time.effects('library', seeded(1));
  const pass = (ms: number) => new Promise<void>((resolve) => void effects.after(ms, resolve));
  const inbox = createInbox({ store: memoryStore({ now: effects.now }) }, effects);
  const waitFor: Inbox['waitFor'] = async (id, options) => {
    await pass(60_000);
    await inbox.decide(id, { type: 'retry', advice: 'Say ok.' });
    return await inbox.waitFor(id, options);
  };
  const slowly = (text: string) => () => pass(400).then(() => text);
  const stages = [retry({ attempts: 1 }), human({ inbox: { ...inbox, waitFor }, wait: { timeoutMs: 90_000 } })];
  const checks = [check('ok', ({ text }) => text === 'ok' || `Not ${text}.`)];
  const settings = settingsOf({ checks, budget, stages, scope: 'public' }, effects);
  const model = scriptedModel(['no', 'nope', 'never', 'ok'].map(slowly));
  const call = generate(model, { prompt }, settings);
  await passes(time, call);
  expect(BudgetExceededError.find(await errorOf(call))).toMatchObject({ limit: 'elapsedMs', spent: 1200 });
  expect(model.calls).toHaveLength(3);
});

test('a limiter that does not take note of an answer holds it up for a second at most', async () => {
  const { time, settings } = inVirtualTime({ limits: [{ reserve: async () => {}, settle: never }] });
  const call = generate(says('Hello'), { prompt }, settings);
  expect(await passes(time, call)).toBe(1000);
  expect((await call).content).toEqual([{ type: 'text', text: 'Hello' }]);
});

test('reasoning that a stream left open when it broke off is closed', async () => {
  const { time, settings } = inVirtualTime({ stages: [] });
  const parts: StreamPart[] = [
    { type: 'stream-start', warnings: [] },
    { type: 'reasoning-start', id: '0' },
    { type: 'reasoning-delta', id: '0', delta: 'Let me see' },
  ];
  const model = scriptedModel([{ parts }, '{"total": 12}']);
  const responseFormat = { type: 'json', schema: { type: 'object' } } as const;
  const { stream: delivered } = await stream(model, { prompt, responseFormat }, settings);
  const types: string[] = [];
  const reading = delivered.pipeTo(new WritableStream<StreamPart>({ write: ({ type }) => void types.push(type) }));
  await passes(time, reading);
  expect(types.slice(0, 4)).toEqual(['stream-start', 'reasoning-start', 'reasoning-delta', 'reasoning-end']);
  expect(types.at(-1)).toBe('finish');
});

describe('a live stream that is read slowly', () => {
  const responseFormat = { type: 'json', schema: { type: 'object', properties: { a: { type: 'string' } } } } as const;
  const raw: StreamPart = { type: 'raw', rawValue: 'ping' };
  const text = (...deltas: readonly string[]): StreamPart[] => [
    { type: 'text-start', id: '1' },
    ...deltas.map((delta): StreamPart => ({ type: 'text-delta', id: '1', delta })),
  ];
  const end: readonly StreamPart[] = [
    { type: 'text-end', id: '1' },
    { type: 'finish', usage: noUsage, finishReason: { unified: 'stop', raw: undefined } },
  ];
  const words = Array.from({ length: 20 }, () => 'word ');
  const pings = Array.from({ length: 30 }, () => [20, raw] as const).flat();

  /** How often the model was called, and for how long it was waited for, when each part takes the reader 25 ms. */
  async function read(
    timeout: NonNullable<NonNullable<StagedRetryOptions['transport']>['timeout']>,
    script: readonly (StreamPart | number)[],
  ) {
    const { time, settings } = inVirtualTime({ transport: { attempts: 1, timeout } });
    const { after } = time.effects('provider', seeded(2));
    const wait = (ms: number) => new Promise<void>((resolve) => void after(ms, resolve));
    let waitedMs = 0;
    const left = [...script];
    const pull = async (controller: ReadableStreamDefaultController<StreamPart>) => {
      for (let next = left.shift(); ; next = left.shift()) {
        if (next === undefined) return controller.close();
        if (typeof next !== 'number') return controller.enqueue(next);
        const from = time.now();
        await wait(next);
        waitedMs += time.now() - from;
      }
    };
    const answering = new ReadableStream<StreamPart>({ pull }, { highWaterMark: 0 });
    const model = { ...says(''), doStream: async () => ({ stream: answering }) } as never;
    const delivered: string[] = [];
    const reading = (async () => {
      const { stream: parts } = await stream(model, { prompt, responseFormat, includeRawChunks: true }, settings);
      for await (const part of parts as unknown as AsyncIterable<StreamPart>) {
        delivered.push(part.type === 'error' ? 'error' : part.type);
        await wait(25);
      }
    })();
    await passes(
      time,
      reading.catch(() => delivered.push('error')),
    );
    return { hasFailed: delivered.includes('error'), waitedMs };
  }

  test('has all the time of its call for what the provider takes', async () => {
    const script = [...text('{"a":"', ...words, '"}'), ...end];
    expect(await read({ callMs: 200 }, script)).toEqual({ hasFailed: false, waitedMs: 0 });
    expect(await read({ callMs: 200 }, [...text('{"a":"'), ...pings, ...end])).toEqual({
      hasFailed: true,
      waitedMs: 200,
    });
  });

  test.each([
    ['firstChunkMs', []],
    ['chunkMs', text('{"a":"x')],
  ] as const)('is ended by %s though something comes that is no output', async (limit, before) => {
    expect(await read({ [limit]: 100 }, [...before, ...pings])).toEqual({ hasFailed: true, waitedMs: 100 });
  });

  test('has its time between two outputs anew with each', async () => {
    const script = [
      ...text('{"a":"'),
      ...words.flatMap((delta): (StreamPart | number)[] => [80, ...text(delta).slice(1)]),
      ...text('"}').slice(1),
      ...end,
    ];
    expect(await read({ firstChunkMs: 100, chunkMs: 100 }, script)).toEqual({ hasFailed: false, waitedMs: 1600 });
  });
});

test('a model that throws instead of opening a stream leaves no timer behind', async () => {
  const { time, settings } = inVirtualTime({
    transport: { attempts: 1, timeout: { firstChunkMs: 4000, callMs: 5000 } },
  });
  const doStream = () => {
    throw new Error('no such model');
  };
  const call = stream({ ...hangs, doStream } as never, { prompt, responseFormat: { type: 'json' } }, settings);
  await expect(call).rejects.toBeDefined();
  await untilQuiet();
  expect(time.pending('library')).toBe(0);
});
