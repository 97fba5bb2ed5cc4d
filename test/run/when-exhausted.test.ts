import { generateText, jsonSchema, Output, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import {
  BudgetExceededError,
  CallbackFailedError,
  check,
  createInbox,
  type Decision,
  EscalationPendingError,
  type ExhaustedContext,
  human,
  memoryStore,
  ProviderFailedError,
  reportOf,
  retry,
  type StagedRetryOptions,
  StagesExhaustedError,
  type WhenExhausted,
  withStagedRetry,
} from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { errorOf, failsWith, recorder, says } from '../fixtures.ts';

const prompt = 'Three words, please.';
const short = check('short', ({ text }) => text.length <= 3 || `Cut ${text.length - 3} characters.`);
const plain = check('plain', ({ text }) => !text.includes('!') || 'Leave the exclamation mark out.');
const options: StagedRetryOptions = { checks: [short, plain], stages: [retry({ attempts: 3 })] };

const shown = 'shown as it comes, word by word, before the answer is whole';

/** Two issues, then one, then two again. */
const answers = ['too long!', 'long', 'even longer!'];

describe("whenExhausted: 'deliver'", () => {
  test('delivers the best attempt, and the report says that it was not accepted', async () => {
    const events = recorder();
    const model = says(...answers);
    const wrapped = withStagedRetry(model, { ...options, whenExhausted: 'deliver', events });
    const { text, providerMetadata, usage } = await generateText({ model: wrapped, prompt });
    const report = reportOf(providerMetadata);
    expect(text).toBe('long');
    expect(report).toMatchObject({ outcome: 'not-accepted', attempts: 3, stage: 'retry' });
    expect(report?.issues).toEqual([{ check: 'short', kind: 'content', message: 'Cut 1 characters.', path: [] }]);
    expect(usage.outputTokens).toBe(30);
    expect(events.of('run-end')[0]).toMatchObject({ outcome: 'not-accepted', attempts: 3 });
    expect(events.of('run-end')[0]?.error).toBeUndefined();
  });

  test('is never cached', async () => {
    const model = says(...answers, 'ok');
    const cache = { store: memoryStore(), singleFlight: true };
    const wrapped = withStagedRetry(model, { ...options, whenExhausted: 'deliver', cache, scope: 'public' });
    expect((await generateText({ model: wrapped, prompt })).text).toBe('long');
    expect((await generateText({ model: wrapped, prompt })).text).toBe('ok');
  });

  test('delivers what there is when the budget is used up', async () => {
    const events = recorder();
    const wrapped = withStagedRetry(says(...answers), {
      ...options,
      whenExhausted: 'deliver',
      budget: { attempts: 1 },
      events,
    });
    const { text, providerMetadata } = await generateText({ model: wrapped, prompt });
    expect([text, reportOf(providerMetadata)?.outcome]).toEqual(['too long!', 'not-accepted']);
    expect(events.of('run-end')).toMatchObject([{ attempts: 1, limit: 'attempts' }]);
  });

  test('delivers what there is when the provider fails, and its error when there is nothing', async () => {
    const broken = withStagedRetry(says('long', failsWith(401)), { ...options, whenExhausted: 'deliver' });
    expect((await generateText({ model: broken, prompt })).text).toBe('long');
    const dead = withStagedRetry(says(failsWith(503)), {
      ...options,
      whenExhausted: 'deliver',
      transport: { attempts: 1 },
    });
    expect(ProviderFailedError.find(await errorOf(generateText({ model: dead, prompt })))).toBeDefined();
  });

  test('waits for the person who is asked, and does not deliver what the person rejected', async () => {
    const inbox = createInbox();
    const wrapped = withStagedRetry(says('long'), {
      checks: [short],
      stages: [human({ inbox })],
      scope: 'public',
      whenExhausted: 'deliver',
    });
    const pending = EscalationPendingError.find(await errorOf(generateText({ model: wrapped, prompt })));
    await inbox.decide(pending?.escalation.id ?? '', { type: 'reject' });
    const error = await errorOf(generateText({ model: wrapped, prompt }));
    expect(StagesExhaustedError.find(error)?.reason).toBe('rejected');
  });

  // Live text is shown as it comes, so that the attempt that was shown is all there can be.
  test.each([
    ['buffer', 'long'],
    ['live', 'too long!'],
  ] as const)('streams the best attempt (%s)', async (delivery, best) => {
    const wrapped = withStagedRetry(says(...answers), { ...options, whenExhausted: 'deliver', delivery });
    const errors: unknown[] = [];
    const result = streamText({ model: wrapped, prompt, onError: ({ error }) => void errors.push(error) });
    let text = '';
    for await (const delta of result.textStream) text += delta;
    expect([text, errors]).toEqual([best, []]);
    expect(reportOf(await result.providerMetadata)?.outcome).toBe('not-accepted');
    expect(await result.finishReason).toBe('stop');
  });

  test('a live stream ends with the attempt that keeps what was shown, not with one it contradicts', async () => {
    const schema = jsonSchema<{ a: string; b: number }>({
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'number' } },
      required: ['a', 'b'],
    });
    const low = check({ name: 'low', test: ({ value }) => (value as { b: number }).b < 1 || 'Make b less than 1.' });
    const model = scriptedModel([`{"a":"${shown}","b":5}`, '{"a":"other","b":5}']);
    const wrapped = withStagedRetry(model, {
      checks: [low],
      stages: [retry({ attempts: 2 })],
      delivery: 'live',
      whenExhausted: 'deliver',
    });
    const result = streamText({ model: wrapped, prompt, output: Output.object({ schema }) });
    let text = '';
    for await (const delta of result.textStream) text += delta;
    expect(JSON.parse(text)).toEqual({ a: shown, b: 5 });
    expect(reportOf(await result.providerMetadata)?.outcome).toBe('not-accepted');
  });
});

describe("whenExhausted: 'deliver', where a person's answer contradicts what a live stream has shown", () => {
  const schema = jsonSchema<{ a: string; n: number }>({
    type: 'object',
    properties: { a: { type: 'string' }, n: { type: 'number', maximum: 10 } },
    required: ['a', 'n'],
  });

  test.each<[string, Decision]>([
    ['an edit', { type: 'edit', text: '{"a":"what the person wrote","n":5}' }],
    ['a forced edit', { type: 'edit', text: '{"a":"what the person wrote","n":5}', force: true }],
    ['an approved attempt', { type: 'approve', attempt: 2 }],
  ])('no answer that %s overruled is delivered', async (_, decision) => {
    const inbox = createInbox({ onFiled: ({ id }) => void inbox.decide(id, decision, { by: 'ann' }) });
    const wrapped = withStagedRetry(says(`{"a":"${shown}","n":99}`, '{"a":"second","n":98}'), {
      stages: [retry({ attempts: 2 }), human({ inbox, wait: { timeoutMs: 5000, pollMs: 5 } })],
      scope: 'public',
      delivery: 'live',
      whenExhausted: 'deliver',
    });
    const errors: unknown[] = [];
    const output = Output.object({ schema });
    const { textStream } = streamText({
      model: wrapped,
      prompt,
      output,
      onError: ({ error }) => void errors.push(error),
    });
    let text = '';
    for await (const delta of textStream) text += delta;
    expect(text).not.toContain('99');
    expect(StagesExhaustedError.find(errors[0])?.message).toContain('contradicts what the stream had delivered');
    const [{ outcome } = {}] = (await inbox.list({ state: 'decided' })).escalations;
    expect(outcome).toMatchObject({ type: 'failed' });
  });
});

describe('whenExhausted: a function', () => {
  async function endOf(whenExhausted: WhenExhausted, more: StagedRetryOptions = {}) {
    const wrapped = withStagedRetry(says(...answers), { ...options, ...more, whenExhausted });
    const providerOptions = { stagedRetry: { metadata: { ticket: 7 } } };
    return await generateText({ model: wrapped, prompt, providerOptions });
  }

  test('gives the text, and is told why the run ended', async () => {
    const told: ExhaustedContext[] = [];
    const { text, providerMetadata } = await endOf((context) => {
      told.push(context);
      return 'Please ask a colleague.';
    });
    expect(text).toBe('Please ask a colleague.');
    expect(reportOf(providerMetadata)).toMatchObject({ outcome: 'not-accepted', attempts: 3, stage: 'retry' });
    expect(told[0]).toMatchObject({ reason: 'exhausted', metadata: { ticket: 7 }, bestAttempt: { text: 'long' } });
    expect(told[0]?.error.message).toContain('retry used its 3 attempts');
  });

  test('undefined is the typed error', async () => {
    const error = await errorOf(endOf(() => undefined, { budget: { attempts: 1 } }));
    expect(BudgetExceededError.find(error)?.limit).toBe('attempts');
  });

  test('may be asynchronous, and what it throws is the cause of an error that has the run', async () => {
    expect((await endOf(async ({ reason }) => reason)).text).toBe('exhausted');
    const own = new Error('my own');
    const throwing = () => {
      throw own;
    };
    for (const failing of [throwing, async () => throwing()]) {
      const error = await errorOf(endOf(failing));
      const { cause, history, message } = CallbackFailedError.find(error) ?? {};
      expect([cause, history?.length]).toEqual([own, 4]);
      expect(message).toMatch(
        /^whenExhausted threw Error\. .* The run had ended: No answer passed the checks after 3 attempts/,
      );
      expect(message).not.toContain('my own');
      expect(StagesExhaustedError.find(error)?.reason).toBe('exhausted');
    }
  });

  test.each([
    [5, 'a value of type number'],
    [null, 'null'],
    [{}, 'a value of type object'],
  ])('anything else is refused, says what it was, and has the run: %j', async (wrong, what) => {
    const error = await errorOf(endOf((async () => wrong) as never));
    const { cause, history, message } = CallbackFailedError.find(error) ?? {};
    expect([cause, history?.length]).toEqual([undefined, 4]);
    expect(message).toContain(
      `whenExhausted returned ${what}: return a text, or undefined for the error. Fix the function. The run had ended: No answer`,
    );
    expect(StagesExhaustedError.find(error)?.reason).toBe('exhausted');
  });

  test('does not contradict what a live stream has shown', async () => {
    const wrapped = withStagedRetry(says(`{"a":"${shown}","b":5}`), {
      checks: [check('low', () => 'Make b less than 1.')],
      stages: [retry({ attempts: 1 })],
      delivery: 'live',
      whenExhausted: () => '{"a":"mine","b":0}',
    });
    const errors: unknown[] = [];
    const schema = jsonSchema({ type: 'object', properties: { a: { type: 'string' }, b: { type: 'number' } } });
    const output = Output.object({ schema });
    const result = streamText({ model: wrapped, prompt, output, onError: ({ error }) => void errors.push(error) });
    await result.consumeStream();
    expect(StagesExhaustedError.find(errors[0])).toBeDefined();
  });
});
