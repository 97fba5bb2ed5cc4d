import { InvalidArgumentError } from '@ai-sdk/provider';
import { generateText, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import {
  check,
  createInbox,
  EscalationPendingError,
  exponential,
  fallback,
  human,
  lendTools,
  repair,
  reportOf,
  retry,
  type Stage,
  StagesExhaustedError,
  stagesFromThresholds,
  withStagedRetry,
} from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { appended, errorOf, failsWith, feedback, lookup, recorder, says } from '../fixtures.ts';

const prompt = 'Who sold it?';
const numbered = () => check('refuses', (_, { attempt }) => `Change it (${attempt}).`);
const until = (text: string) =>
  check('until', (answer, { attempt }) => answer.text === text || `Not yet (${attempt}).`);

async function stagesOf(stages: readonly Stage[], ...answers: string[]): Promise<string[]> {
  const events = recorder();
  const model = withStagedRetry(says(...answers), { checks: [numbered()], stages, events, scope: 'public' });
  await errorOf(generateText({ model, prompt }));
  return events.of('attempt-start').map(({ attempt, stage }) => `${attempt} ${stage}`);
}

describe('attempts are numbered across the run', () => {
  test('by default the plain call and one re-ask', async () => {
    const model = says('a', 'b', 'c');
    const error = await errorOf(generateText({ model: withStagedRetry(model, { checks: [numbered()] }), prompt }));
    expect(StagesExhaustedError.find(error)?.history).toMatchObject([
      { number: 1, stage: 'retry' },
      { number: 2, stage: 'retry' },
      { type: 'stage-end', reason: 'attempts-used' },
    ]);
  });

  test('the first is the plain call, whatever the ladder begins with', async () => {
    const tools = { lookup: lookup() };
    expect(await stagesOf([lendTools({ attempts: 1, tools })], 'a', 'b')).toEqual(['1 call', '2 tools']);
    expect(await stagesOf([fallback({ model: says('x'), attempts: 1 })], 'a')).toEqual(['1 call', '2 fallback']);
    expect(await stagesOf([human({ inbox: createInbox() })], 'a')).toEqual(['1 call']);
    expect(await stagesOf([], 'a')).toEqual(['1 call']);
    const model = says('a', 'b');
    const wrapped = withStagedRetry(model, { checks: [until('b')], stages: [lendTools({ attempts: 1, tools })] });
    await generateText({ model: wrapped, prompt });
    expect(model.calls[0]?.tools).toBeUndefined();
    expect(model.calls[1]?.tools).toHaveLength(1);
  });

  test('with retry 2, tools 2 and a person the tools come in attempt 3, the escalation after attempt 4', async () => {
    const events = recorder();
    const model = says('a', 'b', 'c', 'd', 'e');
    const wrapped = withStagedRetry(model, {
      checks: [numbered()],
      stages: [
        retry({ attempts: 2 }),
        lendTools({ attempts: 2, tools: { lookup: lookup() } }),
        human({ inbox: createInbox() }),
      ],
      scope: 'public',
      events,
    });
    const pending = EscalationPendingError.find(await errorOf(generateText({ model: wrapped, prompt })));
    expect(model.calls.map(({ tools = [] }) => tools.length)).toEqual([0, 0, 1, 1]);
    expect(pending?.escalation.attempts.map(({ stage }) => stage)).toEqual(['retry', 'retry', 'tools', 'tools']);
    expect(events.of('stage-start').map(({ stage }) => stage)).toEqual(['retry', 'tools', 'human']);
  });

  test('stages carry names of the caller', async () => {
    const stages = [
      retry({ name: 'first', attempts: 1 }),
      retry({ name: 'second', attempts: 1 }),
      fallback({ name: 'better', model: says('x'), attempts: 1 }),
      fallback({ name: 'best', model: says('y'), attempts: 1 }),
    ];
    expect(await stagesOf(stages, 'a', 'b')).toEqual(['1 first', '2 second', '3 better', '4 best']);
  });
});

describe('a stage is passed over', () => {
  test('for issue kinds it does not handle: no model supplies what is missing, a person does', async () => {
    const model = says('a', 'b');
    const missing = check('iban', () => [{ message: 'Add the IBAN.', kind: 'missing-information' }]);
    const stages = [
      retry({ attempts: 3 }),
      lendTools({ attempts: 1, tools: { lookup: lookup() } }),
      human({ inbox: createInbox() }),
    ];
    const wrapped = withStagedRetry(model, { checks: [missing], stages, scope: 'public' });
    expect(EscalationPendingError.isInstance(await errorOf(generateText({ model: wrapped, prompt })))).toBe(true);
    expect(model.calls).toHaveLength(1);
  });

  test('for kinds other than those it names', async () => {
    const refused = check('refused', () => [{ message: 'Answer.', kind: 'refused' }]);
    const events = recorder();
    const stages = [
      retry({ attempts: 1 }),
      retry({ name: 'content-only', attempts: 1, handles: ['content'] }),
      retry({ name: 'refusals', attempts: 1, handles: ['refused'] }),
    ];
    const model = withStagedRetry(says('a', 'b', 'c'), { checks: [refused], stages, events });
    await errorOf(generateText({ model, prompt }));
    expect(events.of('attempt-start').map(({ stage }) => stage)).toEqual(['retry', 'refusals']);
  });

  test('when it goes in circles: the same answer, in other words of JSON', async () => {
    const stages = [retry({ attempts: 5 })];
    expect(await stagesOf(stages, '{"a":1,"b":2}', '{"b": 2, "a": 1.0}', 'c')).toHaveLength(2);
    expect(await stagesOf(stages, 'a', 'b', 'a', 'c')).toHaveLength(3);
  });

  test('when it goes in circles: the same issues twice in a row', async () => {
    const model = says('a', 'b', 'c');
    const wrapped = withStagedRetry(model, { checks: [check('no', () => 'No.')], stages: [retry({ attempts: 5 })] });
    await errorOf(generateText({ model: wrapped, prompt }));
    expect(model.calls).toHaveLength(2);
  });

  test('not when convergence is off, and not for what another stage said', async () => {
    const model = says('a');
    const checks = [check('no', () => 'No.')];
    const stages = [retry({ attempts: 3 })];
    await errorOf(generateText({ model: withStagedRetry(model, { checks, stages, convergence: 'off' }), prompt }));
    expect(model.calls).toHaveLength(3);
    expect(await stagesOf([retry({ attempts: 1 }), retry({ name: 'again', attempts: 2 })], 'a', 'a', 'b')).toHaveLength(
      3,
    );
  });
});

describe('a delay', () => {
  test('is waited before each re-ask of its stage, as given or drawn', async () => {
    const seen: [number, number][] = [];
    const delay = (attempt: number, random: number) => {
      seen.push([attempt, random]);
      return 0;
    };
    await errorOf(
      generateText({
        model: withStagedRetry(says('a', 'b', 'c'), { checks: [numbered()], stages: [retry({ attempts: 3, delay })] }),
        prompt,
      }),
    );
    expect(seen.map(([attempt]) => attempt)).toEqual([1, 2]);
    for (const [, random] of seen) expect(random >= 0 && random < 1).toBe(true);
  });

  test('ends with the abort of the caller', async () => {
    const controller = new AbortController();
    const stages = [retry({ attempts: 2, delay: 3_600_000 })];
    const model = withStagedRetry(
      says(() => {
        queueMicrotask(() => setImmediate(() => controller.abort(new DOMException('stopped', 'AbortError'))));
        return 'a';
      }),
      { checks: [numbered()], stages },
    );
    const error = await errorOf(generateText({ model, prompt, abortSignal: controller.signal }));
    expect(error).toMatchObject({ name: 'AbortError', message: 'stopped' });
  });

  test.each([
    [{}, [250, 500, 1000, 15_000]],
    [{ jitter: 'none' }, [500, 1000, 2000, 30_000]],
    [{ initialMs: 10, factor: 3, maxMs: 100, jitter: 'none' }, [10, 30, 90, 100]],
  ] as const)('of exponential(%o) grows to its maximum', (options, delays) => {
    const backoff = exponential(options);
    expect([1, 2, 3, 20].map((retry) => backoff(retry, 0.5))).toEqual(delays);
  });
});

describe('stagesFromThresholds', () => {
  const tools = { lookup: lookup() };

  test('with 5, 2 and 4: two retries, two with tools, a person, who may send the model back once', async () => {
    const inbox = createInbox();
    const stages = stagesFromThresholds({
      maxAttempts: 5,
      maxAttemptsBeforeToolUse: 2,
      maxAttemptsBeforeHuman: 4,
      tools,
      inbox,
    });
    expect(stages.map(({ name, attempts }) => [name, attempts])).toEqual([
      ['retry', 2],
      ['tools', 2],
      ['human', 1],
    ]);
    const model = says('a', 'b', 'c', 'd', 'e', 'f');
    const wrapped = withStagedRetry(model, { checks: [numbered()], stages, scope: 'public' });
    const pending = EscalationPendingError.find(await errorOf(generateText({ model: wrapped, prompt })));
    expect(model.calls).toHaveLength(4);
    await inbox.decide(pending?.escalation.id ?? '', { type: 'retry', advice: 'Look again.' });
    const error = await errorOf(generateText({ model: wrapped, prompt }));
    expect(model.calls).toHaveLength(5);
    expect(feedback(model, 5)).toContain('Look again.');
    expect(StagesExhaustedError.find(error)?.history.filter(({ type }) => type === 'attempt')).toHaveLength(5);
  });

  test.each([
    [{ maxAttempts: 3 }, ['retry 3']],
    [{ maxAttempts: 3, tools }, ['retry 3']],
    [{ maxAttempts: 3, maxAttemptsBeforeToolUse: 1, tools }, ['retry 1', 'tools 2']],
    [{ maxAttempts: 3, maxAttemptsBeforeToolUse: 1 }, ['retry 3']],
    [{ maxAttempts: 3, inbox: createInbox() }, ['retry 3', 'human 0']],
    [{ maxAttempts: 3, maxAttemptsBeforeHuman: 2, inbox: createInbox() }, ['retry 2', 'human 1']],
  ])('of %o', (thresholds, stages) => {
    expect(stagesFromThresholds(thresholds).map(({ name, attempts }) => `${name} ${attempts}`)).toEqual(stages);
  });

  test('takes sources of tools, too', async () => {
    const source = async () => ({ tools: async () => tools, close: async () => {} });
    const model = says('a', 'b');
    const stages = stagesFromThresholds({ maxAttempts: 2, maxAttemptsBeforeToolUse: 1, tools: [source] });
    await generateText({ model: withStagedRetry(model, { checks: [until('b')], stages }), prompt });
    expect(model.calls[1]?.tools).toHaveLength(1);
  });
});

describe("a stage of the user's own", () => {
  test('proposes an answer of its own, which is judged', async () => {
    const seen: unknown[] = [];
    const archive: Stage = {
      name: 'archive',
      attempts: 1,
      async propose({ attempt, stage, rejected, params }) {
        seen.push([attempt, stage, rejected?.text, rejected?.issues.length, params.prompt.length]);
        return { text: 'From the archive.', value: undefined, content: [], finishReason: 'stop' };
      },
    };
    const model = withStagedRetry(says('a'), {
      checks: [until('From the archive.')],
      stages: [retry({ attempts: 1 }), archive],
    });
    const { text, finishReason, providerMetadata, usage } = await generateText({ model, prompt });
    expect([text, finishReason]).toEqual(['From the archive.', 'stop']);
    expect(seen).toEqual([[2, 'archive', 'a', 1, 1]]);
    expect(reportOf(providerMetadata)).toMatchObject({ attempts: 2, stage: 'archive' });
    expect(usage.totalTokens).toBe(20);
  });

  test('is left when it has nothing to propose', async () => {
    const empty: Stage = { name: 'empty', attempts: 3, propose: async () => undefined };
    const model = says('a', 'b');
    const stages = [retry({ attempts: 1 }), empty, retry({ name: 'again', attempts: 1 })];
    const { text } = await generateText({ model: withStagedRetry(model, { checks: [until('b')], stages }), prompt });
    expect(text).toBe('b');
    expect(appended(model, 2)).toHaveLength(2);
  });

  test('calls the model, or another, with words of its own', async () => {
    const other = says('b');
    const rephrase: Stage = {
      name: 'rephrase',
      attempts: 1,
      propose: (context) => context.call({ ...context.params, temperature: 1 }, { model: other as never }),
    };
    const model = withStagedRetry(says('a'), { checks: [until('b')], stages: [rephrase] });
    expect((await generateText({ model, prompt })).text).toBe('b');
    expect(other.calls[0]?.temperature).toBe(1);
  });

  test('that throws ends the run, with what it threw as the cause', async () => {
    const broken: Stage = {
      name: 'broken',
      attempts: 1,
      propose: async () => {
        throw new Error('no archive');
      },
    };
    const model = withStagedRetry(says('a'), { checks: [numbered()], stages: [broken] });
    expect(await errorOf(generateText({ model, prompt }))).toMatchObject({
      name: 'StagedRetry_CallbackFailedError',
      cause: { message: 'no archive' },
    });
  });

  test('streams what it proposes', async () => {
    const archive: Stage = {
      name: 'archive',
      attempts: 1,
      propose: async () => ({ text: 'From the archive.', value: undefined, content: [], finishReason: 'stop' }),
    };
    const model = withStagedRetry(says('a'), { checks: [until('From the archive.')], stages: [archive] });
    expect(await streamText({ model, prompt }).text).toBe('From the archive.');
  });
});

describe('ladders that make no sense are refused', () => {
  const inbox = createInbox();
  const refused: [string, string, () => unknown][] = [
    [
      'two stages of one name',
      'stages',
      () => withStagedRetry(says(''), { stages: [retry({ attempts: 1 }), retry({ attempts: 1 })] }),
    ],
    [
      'a stage without a name',
      'stages',
      () => withStagedRetry(says(''), { stages: [{ name: '', attempts: 1, propose: async () => undefined }] }),
    ],
    [
      'a stage that takes the name of the plain call',
      'stages',
      () => withStagedRetry(says(''), { stages: [retry({ name: 'call', attempts: 1 })] }),
    ],
    ['no list', 'stages', () => withStagedRetry(says(''), { stages: retry({ attempts: 1 }) as never })],
    ['something else in the list', 'stages', () => withStagedRetry(says(''), { stages: [null as never] })],
    ['no attempts', 'attempts', () => retry({ attempts: 0 })],
    ['half an attempt', 'attempts', () => retry({ attempts: 1.5 })],
    ['attempts left out', 'attempts', () => retry({} as never)],
    ['repair without attempts', 'attempts', () => repair({ attempts: 0 })],
    ['a share above 1', 'maxShare', () => repair({ attempts: 1, maxShare: 2 })],
    ['a fallback without a model', 'model', () => fallback({ attempts: 1 } as never)],
    ['a fallback without attempts', 'attempts', () => fallback({ model: says(''), attempts: 0 })],
    ['a person without an inbox', 'inbox', () => human({} as never)],
    ['a negative delay', 'stages', () => withStagedRetry(says(''), { stages: [retry({ attempts: 2, delay: -1 })] })],
    [
      'a delay that is none',
      'stages',
      () => withStagedRetry(says(''), { stages: [retry({ attempts: 2, delay: '1s' as never })] }),
    ],
    ['an answer of its own while pending', 'whenPending', () => human({ inbox, whenPending: 'answer' as never })],
    ['a wait without a limit', 'wait', () => human({ inbox, wait: {} as never })],
    [
      'an issue kind there is not',
      'stages',
      () => withStagedRetry(says(''), { stages: [retry({ attempts: 2, handles: ['wrong' as never] })] }),
    ],
    ['lending nothing', 'tools', () => lendTools({ attempts: 1 } as never)],
    ['lending without attempts', 'attempts', () => lendTools({ attempts: 0, tools: { lookup: lookup() } })],
    ['lending for one step', 'tools', () => lendTools({ attempts: 1, tools: { lookup: lookup() }, maxSteps: 1 })],
    [
      'thresholds out of order',
      'maxAttempts',
      () => stagesFromThresholds({ maxAttempts: 2, maxAttemptsBeforeHuman: 3, inbox }),
    ],
    ['a threshold of 0', 'maxAttempts', () => stagesFromThresholds({ maxAttempts: 0 })],
  ];

  test.each(refused)('%s', (_, argument, make) => {
    expect(make).toThrow(
      expect.toSatisfy((error) => InvalidArgumentError.isInstance(error) && error.argument === argument),
    );
  });
});

test('a fallback that was never reached is never called', async () => {
  const other = says('b');
  const model = withStagedRetry(says('a'), { checks: [until('a')], stages: [fallback({ model: other, attempts: 1 })] });
  await generateText({ model, prompt });
  expect(other.calls).toHaveLength(0);
});

test('a fallback takes over when the provider fails for good, and is named in the history', async () => {
  const other = says('b', 'c');
  const events = recorder();
  const model = withStagedRetry(says(failsWith(401)), {
    checks: [until('c')],
    stages: [retry({ attempts: 3 }), fallback({ model: other, attempts: 2 })],
    events,
  });
  expect((await generateText({ model, prompt })).text).toBe('c');
  expect(appended(other, 1)).toEqual([]);
  expect(events.of('attempt-end').map(({ attempt: { stage, number } }) => [number, stage])).toEqual([
    [1, 'fallback'],
    [2, 'fallback'],
  ]);
});

test('the model of an attempt, and of a failure, is the one that was called', async () => {
  const other = scriptedModel(['b', failsWith(401)], { modelId: 'other-model' });
  const model = withStagedRetry(says('a'), {
    checks: [numbered()],
    stages: [retry({ attempts: 1 }), fallback({ model: other, attempts: 2 })],
  });
  const error = await errorOf(generateText({ model, prompt }));
  expect((error as { history: unknown }).history).toMatchObject([
    { type: 'attempt', model: 'scripted-model' },
    { type: 'stage-end', stage: 'retry' },
    { type: 'attempt', model: 'other-model' },
    { type: 'provider-failure', model: 'other-model', statusCode: 401 },
    { type: 'stage-end', stage: 'fallback', reason: 'provider-failed' },
  ]);
});
