import { generateText, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import { judge } from '../../src/checks/index.ts';
import {
  CallbackFailedError,
  CheckCrashedError,
  check,
  type ExhaustedContext,
  fallback,
  type History,
  type Limiter,
  LimitReachedError,
  logEvents,
  type Pricing,
  rateLimiter,
  reportOf,
  retry,
  type StagedRetryOptions,
  spendLimiter,
  withStagedRetry,
} from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { errorOf, recorder, says } from '../fixtures.ts';

const prompt = 'Hi';
const price = { input: 1, output: 2 };
/** Rejects the first answer; what follows it happens to the second. */
const notFirst = check('notFirst', (_, { attempt }) => attempt > 1 || 'Not the first.');
const judging = scriptedModel(['{"issues":[]}'], { modelId: 'judge-model' });
const kind = judge({ model: judging, rubric: 'It is kind.', after: ['notFirst'] });
const checks = [notFirst, kind];
const onlyMain = (({ model }) => (model === 'scripted-model' ? price : undefined)) as Pricing;

/** Refuses the calls of the judge. */
function refusing(error: unknown): Limiter[] {
  const reserve = async ({ model }: { model: string }) => {
    if (model === 'judge-model') throw error;
  };
  return [{ reserve, settle: async () => {} }];
}

const shared = () => scriptedModel(['a', 'b', '{"issues":[]}']);
const other = () => scriptedModel(['c'], { modelId: 'other' });
const secret = new RangeError('my salary');

interface Fault {
  readonly options: () => StagedRetryOptions;
  readonly model?: () => ReturnType<typeof says>;
  readonly type: typeof LimitReachedError | typeof CallbackFailedError | typeof CheckCrashedError;
  readonly message: readonly string[];
  /** What `whenExhausted: 'deliver'` gives; `undefined` where the error stays. */
  readonly delivers: string | undefined;
  /** Why the last answer was not judged, if it was not. */
  readonly unjudged?: string;
}

const faults: Record<string, Fault> = {
  'a rate limit that the judge shares': {
    options: () => {
      const model = shared();
      const limits = [rateLimiter({ requestsPerMinute: 2, maxWaitMs: 1 })];
      return { model, checks: [notFirst, judge({ model, rubric: 'It is kind.', after: ['notFirst'] })], limits };
    },
    type: LimitReachedError,
    message: [
      'The limit requestsPerMinute held back the model call of the check "judge" after 2 attempts. Last issue: Not the first (notFirst).',
      'It allows a call again in ',
      "call again then, raise the limit, give the check another model, or set whenExhausted: 'deliver' for the best answer so far.",
    ],
    delivers: 'b',
    unjudged: 'The answer was not judged: the model call of the check "judge" was refused (requestsPerMinute).',
  },
  'an open circuit': {
    options: () => ({ checks, limits: refusing(new LimitReachedError({ limit: 'circuit', retryAfterMs: 5000 })) }),
    type: LimitReachedError,
    message: ['An open circuit held back the model call of the check "judge" after 2 attempts.', 'in 5 seconds: call'],
    delivers: 'b',
    unjudged: 'was refused (circuit).',
  },
  'a limiter of the caller that says when to call again': {
    options: () => ({ checks, limits: refusing(Object.assign(new Error('my salary'), { retryAfterMs: 5000 })) }),
    type: LimitReachedError,
    message: ['A limiter of your own held back the model call of the check "judge" after 2 attempts.'],
    delivers: 'b',
    unjudged: 'was refused (own).',
  },
  'a limiter of the caller that throws': {
    options: () => ({ checks, limits: refusing(secret) }),
    type: CallbackFailedError,
    message: ['reserve of a limiter threw RangeError after 2 attempts. Last issue: Not the first (notFirst).'],
    delivers: 'b',
    unjudged: 'The answer was not judged: the model call of the check "judge" was refused.',
  },
  'a price that the model of the judge lacks': {
    options: () => ({ checks, price: onlyMain, budget: { usd: 1 } }),
    type: CallbackFailedError,
    message: [
      'price returned nothing for the model "judge-model" of "scripted", and a limit in USD cannot count its calls: return USD per million tokens, or { input: 0, output: 0 }.',
      'It ended the run after 2 attempts. Last issue: Not the first (notFirst).',
    ],
    delivers: 'b',
    unjudged: 'the model call of the check "judge" was refused.',
  },
  'a price that another model lacks': {
    options: () => ({
      checks: [check('never', (_, { attempt }) => `Not ${attempt}.`)],
      limits: [spendLimiter({ usd: 1, price: onlyMain })],
      stages: [retry({ attempts: 2 }), fallback({ model: other(), attempts: 1 })],
    }),
    type: CallbackFailedError,
    message: [
      'price returned nothing for the model "other"',
      'after 2 of 3 attempts: retry used its 2 attempts. Last issue: Not 2 (never).',
    ],
    delivers: 'b',
  },
  'a check that throws': {
    options: () => ({
      checks: [
        notFirst,
        check('late', (_, { attempt }) => {
          if (attempt > 1) throw secret;
          return true;
        }),
      ],
    }),
    type: CheckCrashedError,
    message: [
      'The check "late" failed to judge the answer with RangeError. It ended the run after 2 attempts. Last issue: Not the first (notFirst). See the cause',
    ],
    delivers: undefined,
    unjudged: 'The check "late" failed to judge the answer with RangeError.',
  },
  'a check that says nothing': {
    options: () => ({ checks: [notFirst, check('late', (_, { attempt }) => attempt < 2 || (undefined as never))] }),
    type: CheckCrashedError,
    message: ['It returned nothing.', 'It ended the run after 2 attempts.'],
    delivers: undefined,
    unjudged: 'The check "late" failed to judge the answer. It returned nothing.',
  },
};

test('what other checks found is kept beside a check that failed to judge', async () => {
  const found = check('found', async () => 'Not this.');
  const crashes = check('crashes', () => Promise.reject(new RangeError('x')));
  const model = withStagedRetry(says('a'), { checks: [found, crashes] });
  const error = CheckCrashedError.find(await errorOf(generateText({ model, prompt })));
  expect(error?.history[0]).toMatchObject({
    isUnjudged: true,
    verdict: { issues: [{ check: 'crashes' }, { check: 'found', message: 'Not this.' }] },
  });
});

describe.each(Object.entries(faults))('an answer that was paid for is kept: %s', (_, fault) => {
  const { type, message, delivers, unjudged } = fault;

  /** The wrapped model; a row may bring a model that the judge calls too. */
  function wrap(more: StagedRetryOptions) {
    const { model = says('a', 'b'), ...options } = fault.options() as StagedRetryOptions & { model?: never };
    return withStagedRetry(model, { ...options, ...more });
  }

  test.each(['generateText', 'streamText'])('in the error and the events of %s', async (how) => {
    const events = recorder();
    const lines: string[] = [];
    const model = wrap({ events: [events, logEvents((line) => lines.push(line))] });
    const error = how === 'generateText' ? await errorOf(generateText({ model, prompt })) : await streamed(model);
    if (!type.isInstance(error)) throw error;
    for (const part of message) expect(error.message).toContain(part);
    expect(attemptsIn(error.history)).toMatchObject(['a', 'b']);
    expect(error.history.at(-1)).toMatchObject({ type: 'stage-end', reason: 'error' });
    const last = error.history.findLast((entry) => entry.type === 'attempt');
    if (unjudged !== undefined)
      expect(last).toMatchObject({
        isUnjudged: true,
        verdict: { issues: [{ message: expect.stringContaining(unjudged) }] },
      });
    expect(events.of('attempt-end').map(({ attempt }) => attempt.text)).toEqual(['a', 'b']);
    expect(events.of('run-end')).toMatchObject([{ outcome: 'failed', attempts: 2 }]);
    expect(lines.join()).not.toContain('salary');
  });

  test("and delivered by whenExhausted: 'deliver' where a limit refused a call", async () => {
    const given = generateText({ model: wrap({ whenExhausted: 'deliver' }), prompt });
    if (delivers === undefined) return expect(type.isInstance(await errorOf(given))).toBe(true);
    const { text, providerMetadata } = await given;
    const report = reportOf(providerMetadata);
    expect([text, report?.outcome]).toEqual([delivers, 'not-accepted']);
    if (unjudged !== undefined) expect(report?.issues?.[0]?.message).toContain(unjudged);
    const told: ExhaustedContext[] = [];
    const own = wrap({ whenExhausted: (context) => void told.push(context) as undefined });
    expect(type.isInstance(await errorOf(generateText({ model: own, prompt })))).toBe(true);
    expect(told).toMatchObject([{ reason: 'limit', bestAttempt: { text: delivers } }]);
  });
});

function attemptsIn(history: History): string[] {
  return history.flatMap((entry) => (entry.type === 'attempt' ? [entry.text] : []));
}

async function streamed(model: Parameters<typeof streamText>[0]['model']): Promise<unknown> {
  const errors: unknown[] = [];
  await streamText({ model, prompt, onError: ({ error }) => void errors.push(error) }).consumeStream();
  return errors[0];
}

test('a price that failed is in the report of what was delivered', async () => {
  const stages = [retry({ attempts: 1 }), fallback({ model: other(), attempts: 1 })];
  const options = { checks: [notFirst], price: onlyMain, budget: { usd: 1 }, stages };
  const model = withStagedRetry(says('a'), { ...options, whenExhausted: 'deliver' });
  const report = reportOf((await generateText({ model, prompt })).providerMetadata);
  expect(report?.priceFaults).toEqual([expect.stringContaining('price returned nothing for the model "other"')]);
});

test('a limit that a guard reaches says that nothing was answered', async () => {
  const model = withStagedRetry(says('a'), {
    guards: [judge({ model: judging, rubric: 'It is kind.' })],
    limits: refusing(new LimitReachedError({ limit: 'tokensPerMinute', retryAfterMs: 1 })),
  });
  const error = await errorOf(generateText({ model, prompt }));
  expect(String(error)).toContain(
    'The limit tokensPerMinute held back the model call of the check "judge" before the first answer. It allows a call again in 1 ms: call again then, raise the limit, or give the check another model.',
  );
});
