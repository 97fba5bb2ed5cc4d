import { generateText, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  BudgetExceededError,
  type Check,
  check,
  createInbox,
  EscalationPendingError,
  fallback,
  human,
  lendTools,
  ProviderFailedError,
  repair,
  retry,
  type Stage,
  type StagedRetryOptions,
  StagesExhaustedError,
  withStagedRetry,
} from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { calls, errorOf, failsWith, lookup, recorder } from '../fixtures.ts';
import { inPieces } from '../reading/first-answer.ts';

const prompt = 'Total?';
const right = check('right', ({ text }, { attempt }) => text === '12' || `Not yet (${attempt}).`);
const stubborn = check('right', ({ text }) => text === '12' || 'Make it twelve.');

/** Why each stage ended, as the events and the history tell it. */
async function endsOf(stages: readonly Stage[], answers: readonly unknown[], options: StagedRetryOptions = {}) {
  const events = recorder();
  const model = scriptedModel(answers as never);
  const wrapped = withStagedRetry(model, { checks: [right], stages, events, scope: 'public', ...options });
  const error = await errorOf(generateText({ model: wrapped, prompt, maxRetries: 0 })).catch(() => undefined);
  return {
    ends: events.of('stage-end').map(({ stage, reason }) => `${stage}: ${reason}`),
    events,
    error,
    message: error instanceof Error ? error.message : '',
  };
}

const oneByOne = ['uno', 'due', 'tre', 'quattro', 'cinque', 'sei'];

describe('a stage says why it ended', () => {
  test('accepted, after one that used its attempts', async () => {
    const { ends } = await endsOf([retry({ attempts: 2 }), retry({ name: 'more', attempts: 2 })], ['1', '2', '12']);
    expect(ends).toEqual(['retry: attempts-used', 'more: accepted']);
  });

  test('no progress, with the attempt that was repeated', async () => {
    const { ends, events, message } = await endsOf([retry({ attempts: 6 })], ['13']);
    expect(ends).toEqual(['retry: no-progress']);
    expect(events.of('stage-end')[0]).toMatchObject({
      attempts: 2,
      maxAttempts: 6,
      repeats: { type: 'answer', attempt: 1 },
    });
    expect(message).toMatch(/^No answer passed the checks after 2 of 6 attempts: .*repeated the answer of attempt 1/);
    expect(message).toContain("convergence: 'off'");
  });

  test('no progress, with the issues that were repeated', async () => {
    const { events, message } = await endsOf([retry({ attempts: 3 })], oneByOne, { checks: [stubborn] });
    expect(events.of('stage-end')[0]?.repeats).toEqual({ type: 'issues', attempt: 1 });
    expect(message).toContain('repeated the issues of attempt 1');
    expect(message).toContain('Last issue: Make it twelve (right).');
  });

  test('not handled, with the kinds', async () => {
    const missing = check('order', () => [{ message: 'Ask for it.', kind: 'missing-information' }]);
    const stages = [retry({ attempts: 2 }), repair({ attempts: 1 }), human({ inbox: createInbox() })];
    const { ends, events, error } = await endsOf(stages, oneByOne, { checks: [missing as Check] });
    expect(ends).toEqual(['retry: not-handled', 'repair: not-handled']);
    expect(events.of('stage-end')[0]?.kinds).toEqual(['missing-information']);
    expect(EscalationPendingError.isInstance(error)).toBe(true);
  });

  test('skipped', async () => {
    const { ends } = await endsOf([repair({ attempts: 1 })], oneByOne);
    expect(ends).toEqual(['repair: skipped']);
  });

  test('budget, with the limit', async () => {
    const budget = { attempts: 1 };
    const { ends, events, error } = await endsOf([retry({ attempts: 3 })], oneByOne, { budget });
    expect(ends).toEqual(['retry: budget']);
    expect(events.of('stage-end')[0]?.limit).toBe('attempts');
    expect(BudgetExceededError.find(error)?.history.at(-1)).toMatchObject({ type: 'stage-end', reason: 'budget' });
    expect(BudgetExceededError.find(error)?.message).toMatch(/\(attempts\).*after 1 of 3 attempts.*Not yet \(1\)/);
  });

  test('provider failed', async () => {
    const stages = [retry({ attempts: 3 }), fallback({ model: scriptedModel(['no']), attempts: 1 })];
    const { ends } = await endsOf(stages, ['uno', failsWith(401)]);
    expect(ends).toEqual(['retry: provider-failed', 'fallback: attempts-used']);
    const alone = await endsOf([retry({ attempts: 3 })], ['uno', failsWith(401)]);
    expect(ProviderFailedError.isInstance(alone.error)).toBe(true);
    expect(alone.message).toContain('status 401 from scripted-model in stage retry');
    expect(alone.message).toContain('Not yet (1)');
  });

  test('provider failed, where the caller gets its error', async () => {
    for (const status of [503, 400]) {
      const failure = failsWith(status);
      const { ends, events, error } = await endsOf([retry({ attempts: 3 })], [failure]);
      expect(error).toBe(failure);
      expect(ends).toEqual(['retry: provider-failed']);
      const described = { reason: 'provider-failed', error: { statusCode: status, model: 'scripted-model' } };
      expect(events.of('attempt-failed')).toMatchObject([described]);
      expect(events.of('stage-end')).toMatchObject([described]);
    }
  });

  test.each([
    ['a name in a list', ['list', 'total']],
    ['an index of an object', [0]],
    ['a member of a text', ['name', 'first']],
    ['a member of nothing', ['lines', 'first', 'sum']],
    ['a list that goes on', ['list']],
  ])('not released, where an issue is at a place that was not delivered: %s', async (_, path) => {
    const events = recorder();
    const given = '{"name":"Ada","list":[1,2';
    const answers = [given, `${given}]}`].map((text) => ({ content: [{ type: 'text' as const, text }] }));
    const again = check('again', ({ text }) => text.endsWith('}') || [{ message: 'Go on.', path }]);
    const wrapped = withStagedRetry(scriptedModel(answers), { checks: [again], delivery: 'live', events });
    expect(await streamText({ model: wrapped, prompt }).text).toBe(`${given}]}`);
    expect(events.of('stage-end').map(({ reason }) => reason)).toEqual(['accepted']);
  });

  test('released, where a live stream had delivered what a check rejects', async () => {
    const events = recorder();
    for (const stages of [[retry({ attempts: 3 })], [fallback({ model: scriptedModel(['12']), attempts: 1 })]]) {
      const model = scriptedModel(['hello', '12']);
      const errors: unknown[] = [];
      const wrapped = withStagedRetry(model, { checks: [right], stages, delivery: 'live', events });
      const result = streamText({ model: wrapped, prompt, onError: ({ error }) => void errors.push(error) });
      await result.consumeStream();
      const [{ name = '' } = {}] = stages;
      const { message = '' } = StagesExhaustedError.find(errors[0]) ?? {};
      expect(events.of('stage-end').at(-1)).toMatchObject({ stage: name, reason: 'released' });
      expect(message).toContain(`${name} was left, as a check rejected what the live stream had delivered.`);
      expect(message).toContain("To go on from here, set delivery: 'buffer'");
    }
  });

  test.each([
    ['attempts used', {}, "To go on from here, set delivery: 'buffer'"],
    [
      'budget',
      { budget: { attempts: 2 }, stages: [retry({ attempts: 3 })] },
      "Raise budget.attempts above 2 (2 spent), set delivery: 'buffer'",
    ],
  ])('%s, where an answer contradicts what a live stream had delivered', async (_, options, advice) => {
    const written = (text: string) => ({ content: [{ type: 'text' as const, text }], parts: inPieces(text) });
    const again = check('again', z.object({ title: z.string(), n: z.number() }), () => 'Write another title.');
    const two = scriptedModel([written('{"title":"One","n":1}'), written('{"title":"Two","n":2}')]);
    const errors: unknown[] = [];
    const model = withStagedRetry(two, { checks: [again], delivery: 'live', ...options });
    await streamText({ model, prompt, onError: ({ error }) => void errors.push(error) }).consumeStream();
    const [error] = errors;
    expect((StagesExhaustedError.find(error) ?? BudgetExceededError.find(error))?.message).toContain(advice);
  });

  test('decided by a person, in the run that resumes', async () => {
    const inbox = createInbox();
    const stages = [retry({ attempts: 1 }), human({ inbox })];
    const first = await endsOf(stages, ['uno']);
    const pending = EscalationPendingError.find(first.error)?.escalation;
    expect(first.ends).toEqual(['retry: attempts-used']);
    await inbox.decide(pending?.id ?? '', { type: 'approve' });
    const second = await endsOf(stages, ['uno']);
    expect(second.events.of('stage-start').map(({ stage }) => stage)).toEqual(['human']);
    expect(second.ends).toEqual(['human: decided']);
  });

  test('rejected by a person: the run that resumes tells of the attempts before, too', async () => {
    const inbox = createInbox();
    const stages = [retry({ attempts: 1 }), human({ inbox })];
    const first = await endsOf(stages, ['uno']);
    const stillPending = await endsOf(stages, ['uno']);
    const pending = EscalationPendingError.find(first.error)?.escalation;
    await inbox.decide(pending?.id ?? '', { type: 'reject', reason: 'no' });
    const rejected = await endsOf(stages, ['uno']);
    for (const { events } of [first, stillPending, rejected])
      expect(events.of('run-end')).toMatchObject([{ attempts: 1 }]);
  });
});

test('the history of an error holds why each stage ended, and its message says it', async () => {
  const { error, message } = await endsOf([retry({ attempts: 2 }), retry({ name: 'more', attempts: 1 })], oneByOne);
  expect(StagesExhaustedError.find(error)?.history.map(({ type, stage }) => `${type} ${stage}`)).toEqual([
    ...['attempt retry', 'attempt retry', 'stage-end retry', 'attempt more', 'stage-end more'],
  ]);
  expect(message).toBe(
    'No answer passed the checks after 3 attempts: retry used its 2 attempts; more used its one attempt. ' +
      'Last issue: Not yet (3) (right). To go on from here, add a stage to the ladder, or relax a check. See history and bestAttempt.',
  );
});

describe('the message of an error explains the run by itself', () => {
  const advice = 'Decide it in the inbox, then send the same request again.';

  test('that waits for a person', async () => {
    const stages = [retry({ attempts: 2 }), human({ inbox: createInbox() })];
    const { error, message } = await endsOf(stages, oneByOne);
    const { id, expiresAt } = EscalationPendingError.find(error)?.escalation ?? {};
    const expected = `Escalation ${id} of stage human waits for a person until ${expiresAt}, after 2 attempts: retry used its 2 attempts. Last issue: Not yet (2) (right). ${advice}`;
    expect(message).toBe(expected);
    const { message: again } = await endsOf(stages, oneByOne);
    expect(again).toBe(expected);
  });

  test('that a person rejected', async () => {
    const inbox = createInbox();
    const stages = [retry({ attempts: 1 }), human({ inbox })];
    const pending = EscalationPendingError.find((await endsOf(stages, oneByOne)).error);
    await inbox.decide(pending?.escalation.id ?? '', { type: 'reject' });
    const { message } = await endsOf(stages, oneByOne);
    expect(message).toBe(
      "A person rejected the answer after 1 attempt: retry used its one attempt; human ended with a person's rejection. " +
        'Last issue: Not yet (1) (right). Send the request with a new resumeKey to start afresh.',
    );
  });

  test('whose budget is used up', async () => {
    const stages = [
      retry({ attempts: 2 }),
      repair({ attempts: 1 }),
      fallback({ model: scriptedModel(['no']), attempts: 1 }),
    ];
    const { message } = await endsOf(stages, oneByOne, { budget: { attempts: 2 } });
    expect(message).toBe(
      'The budget (attempts) is used up and no answer has passed the checks after 2 of 4 attempts: ' +
        'retry used its 2 attempts; repair was beyond the budget (attempts); fallback was beyond the budget (attempts). ' +
        'Last issue: Not yet (2) (right). Raise budget.attempts above 2 (2 spent), or put a human stage on the ladder.',
    );
  });

  test('whose provider failed', async () => {
    const other = scriptedModel([failsWith(402)], { modelId: 'other-model' });
    const stages = [retry({ attempts: 2 }), repair({ attempts: 1 }), fallback({ model: other, attempts: 1 })];
    const { message } = await endsOf(stages, ['uno', failsWith(401)]);
    expect(message).toBe(
      'The provider failed after 1 of 4 attempts: status 401 from scripted-model in stage retry; repair was left: status 401 from scripted-model; ' +
        'status 402 from other-model in stage fallback. Last issue: Not yet (1) (right). ' +
        'The provider asks to be paid: check the balance, or add a human stage after them.',
    );
  });
});

describe('the message of an error repeats nothing of the run', () => {
  const secrets = { prompt: 'Margarete Oberhuber', output: 'IBAN AT61 1904', answer: 'Kontostand 88412' };
  const said = Object.values(secrets).join(' ');
  const quotes = check('quotes', ({ text }, { toolResults }) =>
    toolResults.length === 0 ? `Do not say ${text}.` : `Keep ${said} as they are.`,
  );
  const lookUp = lendTools({ attempts: 1, tools: { lookup: lookup(() => secrets.output) } });
  const answers = [secrets.answer, calls('lookup', { query: 'x' }), 'nothing'];
  const ends: [string, readonly Stage[], StagedRetryOptions, readonly unknown[]][] = [
    ['that no stage is left for', [], {}, answers],
    ['that waits for a person', [human({ inbox: createInbox() })], {}, answers],
    ['whose budget is used up', [retry({ name: 'more', attempts: 1 })], { budget: { attempts: 2 } }, answers],
    ['whose provider failed', [retry({ name: 'more', attempts: 1 })], {}, [...answers, failsWith(401)]],
  ];

  test.each(ends)('%s', async (_, stages, options, script) => {
    const ladder = [retry({ attempts: 1 }), lookUp, ...stages];
    const wrapped = withStagedRetry(scriptedModel(script as never), {
      checks: [quotes],
      stages: ladder,
      scope: 'public',
      ...options,
    });
    const error = (await errorOf(
      generateText({ model: wrapped, prompt: `Of ${secrets.prompt}?`, maxRetries: 0 }),
    )) as Error;
    expect(error.message).toContain('Keep … as they are (quotes)');
    for (const secret of said.split(' ')) expect(error.message).not.toContain(secret);
  });
});

test('many and long issues are cut in the message, with their places', async () => {
  const issues = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
    message: `${name} ${'x'.repeat(500)}.`,
    path: ['lines', 0],
  }));
  const { message } = await endsOf([retry({ attempts: 1 })], ['{}'], { checks: [check('lines', () => issues)] });
  expect(message).toContain('Last issues: /lines/0: a xxx');
  expect(message).toContain('; and 2 more.');
  expect(message.length).toBeLessThan(1200);
});

test('every stage that starts ends, but for one that waits for a person', async () => {
  const { events } = await endsOf([retry({ attempts: 1 }), repair({ attempts: 1 })], oneByOne);
  const ended = events.of('stage-end').map(({ stage }) => stage);
  expect(events.of('stage-start').map(({ stage }) => stage)).toEqual(ended);
});
