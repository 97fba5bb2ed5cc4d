import { generateText, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import {
  CallbackFailedError,
  CheckCrashedError,
  check,
  createInbox,
  human,
  logEvents,
  memoryStore,
  retry,
  type Stage,
  type StagedRetryOptions,
  StoreError,
  withStagedRetry,
} from '../../src/index.ts';
import { errorOf, failsWith, recorder, says } from '../fixtures.ts';

const prompt = 'Say ok.';
const any = (value: unknown) => value as never;
const ok = check('ok', ({ text }) => text === 'ok' || `Not ${text}.`);
const secret = new RangeError('the prompt was: my salary');
const fails = () => {
  throw secret;
};
const rejects = async () => fails();
const stage = (propose: unknown) => ({ stages: [{ name: 'own', attempts: 2, propose: any(propose) }] });
const later = () => {
  let calls = 0;
  const reserve = async () => {
    calls += 1;
    if (calls > 1) fails();
  };
  return [{ reserve, settle: async () => {} }];
};
const asked = { whenPending: 'respond', response: fails } as const;

const faults: [string, () => StagedRetryOptions, string, unknown][] = [
  ['feedback', () => ({ feedback: fails }), 'threw RangeError', secret],
  ['feedback', () => ({ feedback: any(() => ({})) }), 'returned a value of type object instead of a text', undefined],
  ['feedback', () => ({ feedback: any(async () => 'Again.') }), 'returned a promise instead of a text', undefined],
  [
    'delay of the stage "retry"',
    () => ({ stages: [retry({ attempts: 2, delay: fails })] }),
    'threw RangeError',
    secret,
  ],
  ['propose of the stage "own"', () => stage(rejects), 'threw RangeError', secret],
  ['propose of the stage "own"', () => stage(fails), 'threw RangeError', secret],
  ['propose of the stage "own"', () => stage(() => ({})), 'returned an answer without a text', undefined],
  ['reserve of a limiter', () => ({ limits: later() }), 'threw RangeError', secret],
  [
    'response of the stage "human"',
    () => ({ stages: [human({ inbox: createInbox(), ...asked })], scope: 'public' }),
    'threw RangeError',
    secret,
  ],
];

describe.each(['generateText', 'streamText'])(
  'a function of the caller that fails in the middle of a run of %s',
  (how) => {
    test.each(faults)('is named in a typed error: %s', async (callback, options, fault, cause) => {
      const events = recorder();
      const lines: string[] = [];
      const sinks = [events, logEvents((line) => lines.push(line))];
      const model = withStagedRetry(says('one', 'two'), { checks: [ok], events: sinks, ...options() });
      const ended = how === 'generateText' ? errorOf(generateText({ model, prompt })) : streamed(model);
      const error = CallbackFailedError.find(await ended);
      expect(error?.callback).toBe(callback);
      expect(error?.history[0]).toMatchObject({ type: 'attempt', text: 'one' });
      expect(error?.cause).toBe(cause);
      expect(error?.message.includes('in `cause`')).toBe(cause !== undefined);
      expect(error?.message).toContain(`${callback} ${fault} after 1 of `);
      expect(events.of('stage-end').at(-1)).toMatchObject({ reason: 'error' });
      expect(events.of('stage-end')).toHaveLength(events.of('stage-start').length);
      expect(lines.at(-1)).toContain(`${callback} ${fault}`);
      expect(`${lines}${error?.message}`).not.toContain('salary');
    });
  },
);

async function streamed(model: Parameters<typeof streamText>[0]['model']): Promise<unknown> {
  const errors: unknown[] = [];
  await streamText({ model, prompt, onError: ({ error }) => void errors.push(error) }).consumeStream();
  return errors[0];
}

test('a check that crashes leaves its stage, and its error has what was tried', async () => {
  const events = recorder();
  const crashing = check('late', (_, { attempt }) => attempt === 1 || fails());
  const model = withStagedRetry(says('one', 'two'), { checks: [ok, crashing], events });
  const error = CheckCrashedError.find(await errorOf(generateText({ model, prompt })));
  expect(error?.history).toMatchObject([{ text: 'one' }, { text: 'two' }, { type: 'stage-end', reason: 'error' }]);
  expect(events.of('stage-end')).toMatchObject([{ stage: 'retry', reason: 'error', attempts: 2 }]);
});

test('a person who cannot be asked ends the stage', async () => {
  const events = recorder();
  const store = { ...memoryStore(), get: rejects, set: rejects };
  const stages = [retry({ attempts: 1 }), human({ inbox: createInbox({ store }) })];
  const model = withStagedRetry(says('one'), { checks: [ok], stages, scope: 'public', events });
  const error = StoreError.find(await errorOf(generateText({ model, prompt })));
  expect(error?.history).toMatchObject([
    { type: 'attempt', text: 'one' },
    { stage: 'retry', reason: 'attempts-used' },
    { stage: 'human', reason: 'error' },
  ]);
  expect(error?.message).toMatch(
    /^The store failed at file of human: RangeError\. It ended the run after 1 .*Last issue: Not one \(ok\)\. .*`history`\.$/s,
  );
  expect(events.of('stage-end').map(({ stage, reason }) => `${stage}: ${reason}`)).toEqual([
    'retry: attempts-used',
    'human: error',
  ]);
});

test("the reason of the caller's signal stays as it is, whatever a stage throws then", async () => {
  const reason = new Error('Gone.');
  const controller = new AbortController();
  const propose = async () => {
    controller.abort(reason);
    return fails();
  };
  const model = withStagedRetry(says('one'), { checks: [ok], ...stage(propose) });
  expect(await errorOf(generateText({ model, prompt, abortSignal: controller.signal }))).toBe(reason);
});

test('failures of calls that a stage makes are those of the provider', async () => {
  const failure = failsWith(401);
  const asking: Stage['propose'] = ({ call, params }) => call(params);
  const model = withStagedRetry(says('one', failure), { checks: [ok], ...stage(asking) });
  expect(await errorOf(generateText({ model, prompt }))).toMatchObject({
    name: 'StagedRetry_ProviderFailedError',
    cause: failure,
  });
});
