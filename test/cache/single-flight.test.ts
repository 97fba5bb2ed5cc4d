import { setTimeout as sleep } from 'node:timers/promises';
import { generateText } from 'ai';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { excludes } from '../../src/checks/index.ts';
import {
  check,
  createInbox,
  EscalationPendingError,
  human,
  memoryStore,
  ProviderFailedError,
  reportOf,
  retry,
  type StagedRetryOptions,
  StagesExhaustedError,
  type Store,
  withStagedRetry,
} from '../../src/index.ts';
import type { ScriptedAnswer } from '../../src/testing/index.ts';
import { ask, type Outcome } from '../faults/ask.ts';
import { calls, clientTool, failsWith, says } from '../fixtures.ts';
import { inPieces } from '../reading/first-answer.ts';

const leaseMs = 600;

/** A process of its own, as far as the store can tell: nothing is shared but the store. */
function instance(store: Store, model: ReturnType<typeof says>, more: StagedRetryOptions = {}, followMs = 5000) {
  return withStagedRetry(model, { scope: 'public', cache: { store, singleFlight: { leaseMs, followMs } }, ...more });
}

function slowly(answer: ScriptedAnswer, ms = 100): ScriptedAnswer {
  return async () => {
    await sleep(ms);
    return answer;
  };
}

/** `count` identical calls at once, each through an instance of its own, generated and streamed in turn. */
async function askAtOnce(count: number, model: ReturnType<typeof says>, more?: StagedRetryOptions): Promise<Outcome[]> {
  const store = memoryStore();
  const instances = Array.from({ length: count }, () => instance(store, model, more));
  return await Promise.all(
    instances.map((wrapped, index) => ask(index % 2 === 0 ? 'generate' : 'stream', { model: wrapped })),
  );
}

function statusesOf(outcomes: readonly Outcome[]): string[] {
  return outcomes.map(({ report }) => report?.cache?.status ?? 'none').sort();
}

/** Never settles but by being aborted. */
const never: ScriptedAnswer = ({ abortSignal }) =>
  new Promise((_, reject) => abortSignal?.addEventListener('abort', () => reject(abortSignal.reason)));

describe('identical concurrent calls', () => {
  it('make one upstream call and get one answer, generated or streamed', async () => {
    const model = says(slowly('the answer'), 'another');
    const outcomes = await askAtOnce(20, model);

    expect(model.calls).toHaveLength(1);
    expect(new Set(outcomes.map(({ text }) => text))).toEqual(new Set(['the answer']));
    expect(statusesOf(outcomes)).toEqual([...Array(19).fill('follower'), 'miss']);
  });

  it('through one wrapped model too', async () => {
    const model = says(slowly('the answer'));
    const wrapped = instance(memoryStore(), model);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => ask('generate', { model: wrapped })));
    expect(model.calls).toHaveLength(1);
    expect(outcomes.every(({ text }) => text === 'the answer')).toBe(true);
  });

  it('get an answer that was accepted after a re-ask', async () => {
    const model = says(slowly('bad'), 'good', 'unused');
    const outcomes = await askAtOnce(10, model, {
      checks: [check('good', ({ text }) => text === 'good' || 'Say good.')],
    });
    expect(model.calls).toHaveLength(2);
    expect(outcomes.every(({ text }) => text === 'good')).toBe(true);
  });

  it('of other scopes make their own', async () => {
    const model = says(slowly('one'), slowly('two'));
    const wrapped = instance(memoryStore(), model);
    const texts = await Promise.all(
      ['a', 'b'].map(async (scope) => {
        const providerOptions = { stagedRetry: { scope } };
        return (await generateText({ model: wrapped, prompt: 'Hello', providerOptions })).text;
      }),
    );
    expect(texts.sort()).toEqual(['one', 'two']);
  });

  it('do not wait for the reader of a live stream that makes the answer', async () => {
    const text = 'the answer, in many pieces';
    const model = says({ parts: inPieces(text) }, 'another');
    const wrapped = instance(memoryStore(), model, { delivery: 'live', checks: [excludes('never')] }, 400);
    const call = { prompt: [{ role: 'user', content: [{ type: 'text', text: 'Go on.' }] }] } as never;
    const { stream } = await wrapped.doStream(call);
    expect((await wrapped.doGenerate(call)).content).toEqual([{ type: 'text', text }]);
    expect(model.calls).toHaveLength(1);
    await stream.cancel();
  });

  it('outlast a lease that is renewed', async () => {
    const model = says(slowly('the answer', 3 * leaseMs), 'another');
    const outcomes = await askAtOnce(5, model);
    expect(model.calls).toHaveLength(1);
    expect(outcomes.every(({ text }) => text === 'the answer')).toBe(true);
  });
});

describe('when the one who makes the answer', () => {
  it('is cancelled, one of the others takes over before its lease ends', async () => {
    const store = memoryStore();
    const model = says(never, slowly('the answer'), 'another');
    const longLease = { cache: { store, singleFlight: { leaseMs: 60_000, followMs: 60_000 } } };
    const abort = new AbortController();
    const holder = ask('generate', { model: instance(store, model, longLease), abortSignal: abort.signal });
    await sleep(20);
    const followers = Array.from({ length: 10 }, () => ask('stream', { model: instance(store, model, longLease) }));
    await sleep(50);
    abort.abort(new Error('left'));

    expect(String((await holder).error)).toContain('left');
    const outcomes = await Promise.all(followers);
    expect(model.calls).toHaveLength(2);
    expect(outcomes.every(({ text }) => text === 'the answer')).toBe(true);
  });

  it('fails, one of the others tries again, and they get its answer', async () => {
    const model = says(slowly(failsWith(503)), slowly('the answer'), 'another');
    const outcomes = await askAtOnce(20, model);

    expect(model.calls).toHaveLength(2);
    expect(outcomes.filter(({ text }) => text === 'the answer')).toHaveLength(19);
    expect(outcomes.filter(({ error }) => error !== undefined)).toHaveLength(1);
  });

  it('fails and the next one too, all fail alike, and nobody asks for a while', async () => {
    const store = memoryStore();
    const model = says(slowly(failsWith(503)));
    const instances = Array.from({ length: 20 }, () => instance(store, model));
    const outcomes = await Promise.all(instances.map((wrapped) => ask('generate', { model: wrapped })));

    expect(model.calls).toHaveLength(2);
    expect(outcomes.every(({ error }) => (error as { statusCode?: number }).statusCode === 503)).toBe(true);
    expect(await ask('generate', { model: instance(store, model) })).toMatchObject({ error: { statusCode: 503 } });
    expect(model.calls).toHaveLength(2);
    await sleep(2000);
    await ask('generate', { model: instance(store, model) });
    expect(model.calls).toHaveLength(3);
  });

  it('fails, those who wait are tried again by the SDK as often as they said', async () => {
    const model = says(slowly(failsWith(503)), failsWith(503), 'the answer');
    const store = memoryStore();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => ask('generate', { model: instance(store, model), maxRetries: 2 })),
    );
    expect(outcomes.every(({ text }) => text === 'the answer')).toBe(true);
    expect(model.calls).toHaveLength(3);
  });

  it('finds no answer that passes, the others fail by the same typed error', async () => {
    const model = says(slowly('bad'));
    const outcomes = await askAtOnce(10, model, {
      checks: [check('never', () => 'no')],
      stages: [retry({ attempts: 1 })],
    });
    expect(model.calls).toHaveLength(2);
    expect(outcomes.every(({ error }) => StagesExhaustedError.find(error) !== undefined)).toBe(true);
  });

  it('is refused for good, the others fail by a typed error', async () => {
    const model = says(slowly(failsWith(401)));
    const outcomes = await askAtOnce(10, model);
    expect(model.calls.length).toBeLessThanOrEqual(2);
    expect(outcomes.filter(({ error }) => ProviderFailedError.find(error) !== undefined)).toHaveLength(8);
  });

  it('makes one that may not be kept, everybody makes an own one at once', async () => {
    const store = memoryStore();
    const model = says(slowly(calls('lookup', { query: 'x' })));
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => {
        const question = { model: instance(store, model), tools: { lookup: clientTool() } };
        return ask('generate', question);
      }),
    );
    expect(outcomes.every(({ error }) => error === undefined)).toBe(true);
    expect(model.calls).toHaveLength(10);
  });

  it('waits for a person, everybody finds the one escalation', async () => {
    const inbox = createInbox();
    const model = says(slowly('bad'));
    const stages = [retry({ attempts: 1 }), human({ inbox })];
    const outcomes = await askAtOnce(6, model, { checks: [check('never', () => 'no')], stages });
    expect(model.calls).toHaveLength(1);
    expect(outcomes.every(({ error }) => EscalationPendingError.find(error) !== undefined)).toBe(true);
    expect((await inbox.list()).escalations).toHaveLength(1);
  });
});

describe('a call that waits for another', () => {
  it('leaves when its own caller does, and disturbs nobody', async () => {
    const store = memoryStore();
    const model = says(slowly('the answer', 300));
    const holder = ask('generate', { model: instance(store, model) });
    await sleep(20);
    const abort = new AbortController();
    const follower = ask('generate', { model: instance(store, model), abortSignal: abort.signal });
    await sleep(50);
    abort.abort(new Error('left'));

    expect(await Promise.race([holder, follower])).toBe(await follower);
    expect(String((await follower).error)).toContain('left');
    expect((await holder).text).toBe('the answer');
    expect(model.calls).toHaveLength(1);
  });

  it('makes its own when it has waited long enough', async () => {
    const store = memoryStore();
    const model = says(slowly('late', 3000), 'own');
    const holder = ask('generate', { model: instance(store, model) });
    await sleep(20);
    const follower = ask('generate', { model: instance(store, model, {}, 200) });

    expect(await Promise.race([holder, follower])).toBe(await follower);
    expect((await follower).text).toBe('own');
    expect((await holder).text).toBe('late');
    expect((await ask('generate', { model: instance(store, model) })).text).toBe('own');
  });

  it('takes an older answer that serves it, while a younger one is made', async () => {
    const store = memoryStore();
    const model = says('old', slowly('young', 300));
    const wrapped = instance(store, model);
    await ask('generate', { model: wrapped });
    await sleep(20);
    const providerOptions = { stagedRetry: { maxAgeMs: 10 } };
    const young = generateText({ model: wrapped, prompt: 'Go on.', providerOptions });
    await sleep(50);

    const meanwhile = await generateText({ model: instance(store, model), prompt: 'Go on.' });
    expect(meanwhile.text).toBe('old');
    expect(reportOf(meanwhile.providerMetadata)?.cache?.status).toBe('hit');
    expect((await young).text).toBe('young');
    expect((await ask('generate', { model: wrapped })).text).toBe('young');
  });
});

it('a holder whose lease is gone does not write', async () => {
  const store = memoryStore();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const model = says(async () => {
    await held;
    return 'late';
  });
  const frozen: Store = {
    ...store,
    // A process that is stopped renews nothing.
    set: (key, value, options) =>
      options?.ttlMs === leaseMs && isTaken ? Promise.resolve(true) : take(key, value, options),
  };
  let isTaken = false;
  async function take(...call: Parameters<Store['set']>): Promise<boolean> {
    isTaken = true;
    return await store.set(...call);
  }
  const late = ask('generate', { model: instance(frozen, model) });
  await sleep(leaseMs + 100);
  expect((await ask('generate', { model: instance(store, says('the answer')) })).text).toBe('the answer');
  release();
  expect((await late).text).toBe('late');
  expect((await ask('generate', { model: instance(store, says('unused')) })).text).toBe('the answer');
});

describe('word of a run that was over a moment ago', () => {
  afterEach(() => void vi.useRealTimers());
  const passing = 3000;
  const options = { transport: { attempts: 1 }, checks: [check('any', () => true)] };

  /** Asks through an instance of its own each time, with a cache whose answers are soon stale. */
  function asking(model: ReturnType<typeof says>, store = memoryStore()) {
    const cache = { store, ttlMs: 1000, staleIfErrorMs: 60_000, singleFlight: { leaseMs, followMs: 5000 } };
    return () => ask('generate', { model: withStagedRetry(model, { scope: 'public', ...options, cache }) });
  }

  it('an older answer is served without a call after two failed runs, and later there is one again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const model = says('old', failsWith(500), failsWith(500), 'new');
    const once = asking(model);
    await once();
    vi.advanceTimersByTime(passing);

    const outcomes = [await once(), await once(), await once()];
    expect(outcomes.map(({ text, report }) => [text, report?.cache?.status])).toEqual(Array(3).fill(['old', 'stale']));
    expect(model.calls).toHaveLength(3);

    vi.advanceTimersByTime(passing);
    expect(await once()).toMatchObject({ text: 'new' });
  });

  it('calls share a run again some time after one that could not be kept', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const model = says(
      { content: [{ type: 'text', text: 'x' }], finishReason: 'other' },
      slowly('the answer'),
      'unused',
    );
    // A store that forgets nothing: its clock stands still.
    const once = asking(model, memoryStore({ now: () => 0 }));
    await once();
    vi.advanceTimersByTime(passing);

    const outcomes = await Promise.all([once(), once(), once()]);
    expect(outcomes.map(({ text }) => text)).toEqual(Array(3).fill('the answer'));
    expect(model.calls).toHaveLength(2);
  });

  it('a lease that was taken though the store did not say so is used', async () => {
    const store = memoryStore();
    let writes = 0;
    const silent: Store = {
      ...store,
      async set(...write) {
        const isWritten = await store.set(...write);
        writes += 1;
        if (writes === 1) throw new Error('connection lost');
        return isWritten;
      },
    };
    const model = says('the answer', 'another');
    // A process that does not know its own lease would wait for a minute.
    const cache = { store: silent, singleFlight: { leaseMs: 120_000, followMs: 120_000 } };
    const once = () => ask('generate', { model: withStagedRetry(model, { scope: 'public', ...options, cache }) });

    expect(await once()).toMatchObject({ text: 'the answer', report: { cache: { status: 'miss' } } });
    expect(await once()).toMatchObject({ text: 'the answer', report: { cache: { status: 'hit' } } });
  });
});

it('a call makes its own answer where nothing at the key can be replaced', async () => {
  const store = memoryStore();
  const stubborn: Store = {
    ...store,
    get: async () => 'another program’s',
    set: async (_key, _value, { onlyIf } = {}) => onlyIf === undefined,
  };
  const model = says('its own');
  const { text } = await generateText({ model: instance(stubborn, model, {}, 300), prompt: 'Hello' });
  expect([text, model.calls.length]).toEqual(['its own', 1]);
});
