import { readFileSync } from 'node:fs';
import { generateText, Output, stepCountIs, streamText, ToolLoopAgent } from 'ai';
import { describe, expect, test } from 'vitest';
import {
  CallbackFailedError,
  check,
  createInbox,
  fallback,
  human,
  memoryStore,
  repair,
  reportOf,
  retry,
  type StagedRetryCallOptions,
  type StagedRetryOptions,
  StagesExhaustedError,
  withStagedRetry,
} from '../../src/index.ts';
import { type ScriptedModel, scriptedModel } from '../../src/testing/index.ts';
import { badInvoice, calls, failsWith, goodInvoice, Invoice, lookup, recorder, says, saysJson } from '../fixtures.ts';
import { root } from './markdown.ts';

const prompt = 'Total?';
const right = check('right', ({ text }, { attempt }) => text === 'twelve' || `Not yet (${attempt}).`);

interface Call extends Record<string, unknown> {
  readonly call?: StagedRetryCallOptions;
}

/** What comes of a call: the error or the result, the report and the events. */
async function ask(model: ScriptedModel, options: StagedRetryOptions, { call = {}, ...more }: Call = {}) {
  const events = recorder();
  const wrapped = withStagedRetry(model, { ...options, events });
  const providerOptions = { ...(more.providerOptions as object), stagedRetry: { ...call } };
  const asked = generateText({ model: wrapped, prompt, maxRetries: 0, ...more, providerOptions } as never);
  let error: unknown;
  const result = await asked.catch((thrown: unknown) => {
    error = thrown;
  });
  return {
    error,
    text: result?.text,
    report: reportOf(result?.providerMetadata),
    events,
    reason: events.of('stage-end')[0]?.reason,
    calls: model.calls.length,
  };
}

/** How a stream goes out, what holds it, and what there was to read of it. */
async function stream(model: ScriptedModel, options: StagedRetryOptions, more: Record<string, unknown> = {}) {
  const events = recorder();
  const pieces: string[] = [];
  let error: unknown;
  const wrapped = withStagedRetry(model, { ...options, events });
  const result = streamText({
    model: wrapped,
    prompt,
    ...more,
    onChunk({ chunk }) {
      if (chunk.type === 'text-delta') pieces.push(chunk.text);
    },
    onError(event) {
      error = event.error;
    },
  });
  await result.consumeStream();
  const [{ delivery, heldBy } = {}] = events.of('delivery-start');
  return { delivery, heldBy, pieces, text: pieces.join(''), error };
}

const object = { output: Output.object({ schema: Invoice }) };
const cheap = check('cheap', Invoice, ({ value }) => value.total < 20 || 'Make it cheaper.');
const live = { delivery: 'live', heldBy: [] };
const held = (by: string) => ({ delivery: 'buffer', heldBy: [by] });

/** Two calls of one cache. */
function twice(options: StagedRetryOptions, [first, again]: readonly [Call, Call], model = says('twelve')) {
  const cached = { cache: { store: memoryStore() }, scope: 'public', ...options };
  return [() => ask(model, cached, first), () => ask(model, cached, again)] as const;
}

/** How the cache served the second of two calls. */
async function second(options: StagedRetryOptions, both: readonly [Call, Call], model = says('twelve')) {
  const [first, again] = twice(options, both, model);
  await first();
  return statusOf(await again());
}

function statusOf({ report, events }: Awaited<ReturnType<typeof ask>>) {
  return { status: report?.cache?.status, reason: events.of('cache-miss')[0]?.reason };
}

const absent = { status: 'miss', reason: 'absent' };

type Programs = Readonly<Record<string, Readonly<Record<string, () => Promise<void>>>>>;

/** A program for every row and every point of an answer, named as the document names it. */
const programs: Programs = {
  'Why only two attempts?': {
    async '`no-progress`'() {
      const again = await ask(says('ten'), { checks: [right], stages: [retry({ attempts: 6 })] });
      expect([again.reason, again.calls]).toEqual(['no-progress', 2]);
      expect(again.events.of('stage-end')[0]?.repeats).toEqual({ type: 'answer', attempt: 1 });
      const same = check('right', () => 'Make it twelve.');
      const issues = await ask(says('1', '2', '3', '4'), { checks: [same], stages: [retry({ attempts: 4 })] });
      expect([issues.reason, issues.calls]).toEqual(['no-progress', 2]);
      const off = await ask(says('ten'), { checks: [right], stages: [retry({ attempts: 6 })], convergence: 'off' });
      expect([off.reason, off.calls]).toEqual(['attempts-used', 6]);
    },
    async '`not-handled`'() {
      const missing = check(
        'order',
        ({ text }) => text === 'twelve' || [{ message: 'Ask.', kind: 'missing-information' as const }],
      );
      const { reason, calls } = await ask(says('ten', 'twelve'), {
        checks: [missing],
        stages: [retry({ attempts: 3 })],
      });
      expect([reason, calls]).toEqual(['not-handled', 1]);
      const handles = ['missing-information'] as const;
      const handled = await ask(says('ten', 'twelve'), {
        checks: [missing],
        stages: [retry({ attempts: 3, handles })],
      });
      expect(handled.text).toBe('twelve');
      const stages = [retry({ attempts: 3 }), human({ inbox: createInbox() })];
      const asked = await ask(says('ten'), { checks: [missing], stages, scope: 'public' });
      expect(asked.events.of('escalation-request')).toHaveLength(1);
    },
    async '`budget`'() {
      const options = { checks: [right], stages: [retry({ attempts: 6 })] };
      const { events, reason, calls } = await ask(says('1', '2', '3'), { ...options, budget: { attempts: 2 } });
      expect([reason, calls, events.of('stage-end')[0]?.limit]).toEqual(['budget', 2, 'attempts']);
      expect((await ask(says('1', '2', 'twelve'), { ...options, budget: { attempts: 3 } })).text).toBe('twelve');
    },
    async '`provider-failed`'() {
      const options = { checks: [right], stages: [retry({ attempts: 6 })] };
      const { reason, calls } = await ask(says('ten', failsWith(400)), options);
      expect([reason, calls]).toEqual(['provider-failed', 2]);
      const stages = [retry({ attempts: 6 }), fallback({ attempts: 1, model: says('twelve') })];
      expect((await ask(says('ten', failsWith(400)), { ...options, stages })).text).toBe('twelve');
      const failsOften = () => says('ten', failsWith(503), failsWith(503), failsWith(503), 'twelve');
      const transport = { initialMs: 0, attempts: 4 };
      expect((await ask(failsOften(), { ...options, transport: { initialMs: 0 } })).reason).toBe('provider-failed');
      expect((await ask(failsOften(), { ...options, transport })).text).toBe('twelve');
    },
    async '`released`'() {
      const answers = () => says('ten', 'twelve');
      const options = { checks: [right], stages: [retry({ attempts: 3 })] };
      const events = recorder();
      const shown = streamText({
        model: withStagedRetry(answers(), { ...options, events, delivery: 'live' }),
        prompt,
        onError() {},
      });
      await shown.consumeStream();
      expect(events.of('stage-end')[0]?.reason).toBe('released');
      expect((await stream(answers(), { ...options, delivery: 'buffer' })).text).toBe('twelve');
    },
    async '`error`'() {
      const feedback = () => {
        throw new Error('Broken.');
      };
      const { reason, error } = await ask(says('ten'), { checks: [right], feedback });
      expect([reason, CallbackFailedError.isInstance(error)]).toEqual(['error', true]);
    },
    async '`skipped`'() {
      const stages = [retry({ attempts: 1 }), repair({ attempts: 1 })];
      const skipped = async (found: { message: string; path?: (string | number)[] }[]) => {
        const vague = check('vague', Invoice, () => found);
        const model = saysJson(goodInvoice, { vendor: 'Other', total: 1 });
        const { events } = await ask(model, { checks: [vague], stages }, object);
        return events.of('stage-end').at(-1)?.reason;
      };
      expect(await skipped([{ message: 'Wrong.' }])).toBe('skipped');
      expect(await skipped([{ message: 'Wrong.', path: ['vendor'] }])).not.toBe('skipped');
    },
    async '`attempts-used`'() {
      const { reason, calls } = await ask(says('1', '2', 'twelve'), { checks: [right] });
      expect([reason, calls]).toEqual(['attempts-used', 2]);
      expect((await ask(says('1', '2', 'twelve'), { checks: [right], stages: [retry({ attempts: 3 })] })).text).toBe(
        'twelve',
      );
    },
  },

  'Why was it asked twice?': {
    async 'The answer failed a check.'() {
      const { calls, events } = await ask(says('ten', 'twelve'), { checks: [right] });
      expect(calls).toBe(2);
      expect(events.of('attempt-end')[0]?.attempt.verdict).toMatchObject({
        type: 'fail',
        issues: [{ check: 'right' }],
      });
    },
    async "The call's own schema is a check."() {
      expect((await ask(saysJson(badInvoice, goodInvoice), {}, object)).calls).toBe(2);
      const disabled = saysJson(badInvoice, goodInvoice);
      await ask(disabled, {}, { ...object, call: { disabled: true } });
      expect(disabled.calls).toHaveLength(1);
      const wrongInput = says(calls('lookup', {}), calls('lookup', { query: 'x' }));
      expect((await ask(wrongInput, {}, { tools: { lookup: lookup() } })).calls).toBe(2);
    },
    async 'The provider failed.'() {
      const model = says('ten', failsWith(503), 'twelve');
      const { calls, events, report } = await ask(model, { checks: [right], transport: { initialMs: 0 } });
      expect([calls, events.of('transport-retry').length, report?.attempts]).toEqual([3, 1, 2]);
    },
    async 'The SDK asked again.'() {
      const first = await ask(
        says(failsWith(503, { 'retry-after-ms': '0' }), 'twelve'),
        { checks: [right] },
        { maxRetries: 1 },
      );
      expect([first.calls, first.events.of('run-start').length]).toEqual([2, 2]);
      const ours = await ask(says('1', '2', '3', '4'), { checks: [right] }, { maxRetries: 2 });
      expect(StagesExhaustedError.isInstance(ours.error)).toBe(true);
      expect([ours.calls, ours.events.of('run-start').length]).toEqual([2, 1]);
    },
    async 'It is an agent.'() {
      const events = recorder();
      const model = withStagedRetry(says(calls('lookup', { query: 'x' }), 'twelve'), { checks: [right], events });
      await new ToolLoopAgent({ model, tools: { lookup: lookup() }, stopWhen: stepCountIs(3) }).generate({ prompt });
      expect(events.of('run-start')).toHaveLength(2);
    },
  },

  'Why was a failed call not retried?': {
    async 'The failure went to the SDK'() {
      const failure = failsWith(503);
      expect((await ask(says(failure, 'twelve'), {})).error).toBe(failure);
      expect((await ask(says(failure, 'twelve'), { transport: { initialMs: 0 } })).text).toBe('twelve');
    },
    async '`no retry: the budget leaves too little time`'() {
      const transport = { initialMs: 5000, jitter: 'none' } as const;
      const { error } = await ask(says(failsWith(503)), { transport, budget: { elapsedMs: 1000 } });
      expect(String(error)).toContain('(no retry: the budget leaves too little time)');
    },
    async '`no retry: this process has used up its retries of the model`'() {
      const dead = scriptedModel([failsWith(503)], { modelId: 'dead' });
      const { error } = await ask(dead, { transport: { initialMs: 0, attempts: 1000 } });
      expect(String(error)).toContain('(no retry: this process has used up its retries of the model)');
    },
    async 'The provider asks to wait longer'() {
      const { error, calls } = await ask(says(failsWith(429, { 'retry-after': '61' })), { transport: {} });
      expect([String(error).includes('It asks to wait 61 seconds'), calls]).toEqual([true, 1]);
    },
  },

  'Why is my stream held?': {
    async 'A check has to see the whole answer'() {
      expect(await stream(saysJson(goodInvoice), { checks: [cheap] }, object)).toMatchObject(held('cheap'));
      expect(await stream(saysJson(goodInvoice), { checks: [Invoice] }, object)).toMatchObject(held('schema'));
      const structure = check({ name: 'invoice', schema: Invoice, incremental: true });
      expect(await stream(saysJson(goodInvoice), { checks: [structure] }, object)).toMatchObject(live);
      expect(await stream(saysJson(goodInvoice), {}, object)).toMatchObject(live);
    },
    async 'A check need not hold it'() {
      const warns = { ...cheap, severity: 'warning' as const };
      expect(await stream(saysJson(goodInvoice), { checks: [warns] }, object)).toMatchObject(live);
    },
    async 'It is JSON without a schema'() {
      expect(await stream(saysJson(goodInvoice), {}, { output: Output.json() })).toMatchObject(held('responseFormat'));
      const tools = { lookup: lookup() };
      const demanded = { tools, toolChoice: 'required' };
      expect(await stream(says(calls('lookup', { query: 'x' })), {}, demanded)).toMatchObject(held('toolInputs'));
      expect(await stream(says(calls('lookup', { query: 'x' })), {}, { tools })).toMatchObject(live);
    },
    async 'You want it at once, whatever the checks say later'() {
      const given = await stream(
        saysJson({ vendor: 'Acme', total: 30 }),
        { checks: [cheap], delivery: 'live' },
        object,
      );
      expect(given).toMatchObject({ ...live, text: expect.stringContaining('"Acme"') });
      expect(StagesExhaustedError.isInstance(given.error)).toBe(true);
    },
    async 'The answer begins with prose'() {
      const text = JSON.stringify(goodInvoice);
      const firstPiece = async (answer: string) => {
        const given = await stream(says(answer), {}, object);
        expect(given).toMatchObject(live);
        expect(given.text.trim()).toBe(text);
        return given.pieces[0];
      };
      for (const opening of ['Sure: ', '<think>Total?</think>']) expect(await firstPiece(opening + text)).toBe(text);
      for (const fence of ['```json\n', '\n']) expect(await firstPiece(fence + text)).not.toBe(text);
    },
  },

  'Why does the cache never hit?': {
    async 'The prompt differs'() {
      expect(await second({}, [{}, {}])).toEqual({ status: 'hit' });
      expect(await second({}, [{ prompt: 'Today is Monday.' }, { prompt: 'Today is Tuesday.' }])).toEqual(absent);
      const [a, b] = [lookup(), lookup()];
      expect(await second({}, [{ tools: { a, b } }, { tools: { b, a } }])).toEqual(absent);
    },
    async 'The answer was not accepted'() {
      expect(await second({ checks: [right], whenExhausted: 'deliver' }, [{}, {}], says('ten'))).toEqual(absent);
      const step = { tools: { lookup: lookup() } };
      expect(await second({}, [step, step], says(calls('lookup', { query: 'x' })))).toEqual(absent);
      const cutOff = { content: [{ type: 'text', text: 'twelve' } as const], finishReason: 'length' };
      expect(await second({}, [{}, {}], says(cutOff))).toEqual(absent);
      const inbox = createInbox();
      const stages = [retry({ attempts: 1 }), human({ inbox })];
      const [first, again] = twice({ checks: [right], stages }, [{}, {}], says('ten'));
      await first();
      const [open] = (await inbox.list({ scope: 'public' })).escalations;
      await inbox.decide(open?.id ?? '', { type: 'edit', text: 'eleven', force: true }, { by: 'ada' });
      expect((await first()).text).toBe('eleven');
      expect((await again()).events.of('cache-miss')).toMatchObject([{ reason: 'absent' }]);
    },
    async 'Provider options differ'() {
      const by = (user: string) => ({ providerOptions: { openai: { user } } });
      expect(await second({}, [by('ada'), by('bob')])).toEqual(absent);
      const cache = { store: memoryStore(), ignoreProviderOptions: ['openai.user'] };
      expect(await second({ cache }, [by('ada'), by('bob')])).toEqual({ status: 'hit' });
    },
    async 'The scope is another one'() {
      expect(await second({}, [{ call: { scope: 'a' } }, { call: { scope: 'b' } }])).toEqual(absent);
    },
    async 'The answer is too old'() {
      const expired = { status: 'miss', reason: 'expired' };
      const [first, again] = twice({}, [{}, { call: { maxAgeMs: 1 } }]);
      await first();
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(statusOf(await again())).toEqual(expired);
    },
    async 'The store is down'() {
      const store = { ...memoryStore(), get: () => Promise.reject(new Error('down')) };
      const [first] = twice({ cache: { store } }, [{}, {}]);
      expect(statusOf(await first())).toEqual({ status: 'miss', reason: 'store-failed' });
      for (let more = 0; more < 20; more += 1) await first();
      expect(statusOf(await first())).toEqual({ status: 'miss', reason: 'store-skipped' });
      expect((await first()).text).toBe('twelve');
    },
    async 'The answer was accepted and not kept'() {
      const full = { ...memoryStore(), set: async () => Promise.reject(new Error('full')) };
      const { report } = await ask(says('twelve'), { checks: [right], cache: { store: full }, scope: 'public' });
      expect(report?.cache).toMatchObject({ status: 'miss', notKept: expect.any(String) });
    },
    async 'The call has no JSON form'() {
      const odd = { providerOptions: { openai: { user: Symbol('ada') } } };
      expect(await second({}, [odd, odd])).toEqual({ status: 'miss', reason: 'no-key' });
    },
    async 'You asked for none'() {
      expect(await second({}, [{}, { call: { cache: 'refresh' } }])).toEqual({ status: 'refresh', reason: 'refresh' });
      expect(await second({ checks: [right] }, [{}, { call: { cache: 'bypass' } }])).toEqual({ status: 'bypass' });
      expect(await second({ mode: 'observe', checks: [right] }, [{}, {}])).toEqual({});
    },
  },
};

const document = readFileSync(`${root}docs/troubleshooting.md`, 'utf8');

describe.each(Object.entries(programs))('%s', (heading, points) => {
  test('has a program for each of its points', () => {
    const [, answer = ''] = document.split(`## ${heading}\n`);
    const [section = ''] = answer.split('\n## ');
    const named = [...section.matchAll(/^(?:\| (`[a-z-]+`) \||- \*\*(.+?)\*\*)/gm)].map(
      ([, row, point]) => row ?? point,
    );
    expect(named.filter((name) => name !== '`reason`')).toEqual(Object.keys(points));
  });

  test.each(Object.entries(points))('%s', (_, program) => program());
});
