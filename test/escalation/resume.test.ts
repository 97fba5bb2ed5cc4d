import {
  generateText,
  isStepCount,
  type LanguageModel,
  Output,
  type ProviderMetadata,
  streamText,
  ToolLoopAgent,
} from 'ai';
import { describe, expect, test } from 'vitest';
import {
  check,
  createInbox,
  type Decision,
  type Escalation,
  EscalationPendingError,
  type HumanOptions,
  human,
  type Inbox,
  memoryStore,
  reportOf,
  retry,
  type Stage,
  type StagedRetryOptions,
  StagesExhaustedError,
  type Store,
  StoreError,
  withStagedRetry,
} from '../../src/index.ts';
import { type ScriptedAnswer, type ScriptedModel, scriptedModel } from '../../src/testing/index.ts';
import {
  appended,
  badInvoice,
  calls,
  clientTool,
  errorOf,
  feedback,
  goodInvoice,
  Invoice,
  lookup,
  recorder,
  says,
} from '../fixtures.ts';

const prompt = 'Total?';
const right = check('right', ({ text }) => text === '12' || `Not ${text}.`);

/** A process of its own: new model, new inbox, on a store that others share. */
function processOn(
  store: Store,
  answers: readonly ScriptedAnswer[],
  {
    checks = [right],
    stages,
    ...options
  }: Partial<HumanOptions> & { checks?: never[] | (typeof right)[]; stages?: (inbox: Inbox) => Stage[] } = {},
) {
  const inbox = createInbox({ store });
  const model = scriptedModel(answers) as ScriptedModel;
  const events = recorder();
  const ladder = stages?.(inbox) ?? [retry({ attempts: 2 }), human({ inbox, ...options })];
  const wrapped = withStagedRetry(model, { checks, stages: ladder, scope: 'tenant', events });
  return { inbox, model, wrapped, events };
}

test('a request is known again, though the ids of its calls and approvals are new ones', async () => {
  const store = memoryStore();
  const asked = (id: string) => [
    { role: 'user' as const, content: prompt },
    {
      role: 'assistant' as const,
      content: [
        {
          type: 'tool-call' as const,
          toolCallId: `call-${id}`,
          toolName: 'lookup',
          input: { query: 'a' },
          providerExecuted: true,
        },
        { type: 'tool-approval-request' as const, approvalId: `approval-${id}`, toolCallId: `call-${id}` },
      ],
    },
    {
      role: 'tool' as const,
      content: [
        {
          type: 'tool-approval-response' as const,
          approvalId: `approval-${id}`,
          approved: false,
          reason: 'No.',
          providerExecuted: true,
        },
      ],
    },
  ];
  const first = processOn(store, ['13']);
  const { id } = await pendingOf(generateText({ model: first.wrapped, messages: asked('a') }));
  await first.inbox.decide(id, { type: 'edit', text: '12' });

  const second = processOn(store, ['unused']);
  const { text } = await generateText({ model: second.wrapped, messages: asked('b') });

  expect(text).toBe('12');
  expect(second.model.calls).toEqual([]);
});

async function pendingOf(run: PromiseLike<unknown>): Promise<Escalation> {
  const pending = EscalationPendingError.find(await errorOf(run));
  if (pending === undefined) throw new Error('Nothing is pending.');
  return pending.escalation;
}

/** The first escalation of an inbox, as soon as there is one. */
async function filedIn(inbox: Inbox): Promise<Escalation> {
  for (;;) {
    const [filed] = (await inbox.list()).escalations;
    if (filed !== undefined) return filed;
    await new Promise(setImmediate);
  }
}

describe('an escalation', () => {
  test('is filed when the ladder below is used up, before it is announced', async () => {
    const { model, wrapped, inbox, events } = processOn(memoryStore(), ['10', '11']);
    const escalation = await pendingOf(generateText({ model: wrapped, prompt }));
    expect(escalation).toMatchObject({
      scope: 'tenant',
      state: 'pending',
      prompt: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
      attempts: [
        { number: 1, stage: 'retry', text: '10' },
        { number: 2, stage: 'retry', text: '11' },
      ],
      issues: [{ check: 'right', message: 'Not 11.' }],
      proposal: '11',
    });
    expect(await inbox.get(escalation.id)).toMatchObject({ state: 'pending', proposal: '11' });
    expect(events.of('escalation-request')).toHaveLength(1);
    expect(events.of('run-end')).toMatchObject([{ outcome: 'pending', attempts: 2 }]);
    expect(model.calls).toHaveLength(2);
  });

  test('that is pending is found by the same request, from any process, without asking the model', async () => {
    const store = memoryStore();
    const first = await pendingOf(generateText({ model: processOn(store, ['10', '11']).wrapped, prompt }));
    const later = processOn(store, ['12']);
    const second = await pendingOf(generateText({ model: later.wrapped, prompt }));
    expect(second.id).toBe(first.id);
    expect(later.model.calls).toHaveLength(0);
    expect(later.events.of('escalation-request')).toHaveLength(0);
    expect(later.events.of('escalation-pending')).toMatchObject([{ escalation: { id: first.id, state: 'pending' } }]);
    expect((await later.inbox.list()).escalations).toHaveLength(1);
  });

  test('tells reviewers what the ladder says of it, and carries the metadata of the call', async () => {
    const { wrapped } = processOn(memoryStore(), ['10', '11'], {
      describe: ({ proposal, attempts, metadata }) => ({
        title: `${attempts.length} attempts, the best ${proposal}, for ${metadata?.job}`,
      }),
    });
    const providerOptions = { stagedRetry: { metadata: { job: 'j-7' } } };
    expect(await pendingOf(generateText({ model: wrapped, prompt, providerOptions }))).toMatchObject({
      title: '2 attempts, the best 11, for j-7',
      metadata: { job: 'j-7' },
    });
  });

  test('is filed once by two runs of one request at the same time', async () => {
    const store = memoryStore();
    const one = processOn(store, ['10', '11']);
    const other = processOn(store, ['8', '9']);
    const [first, second] = await Promise.all([
      pendingOf(generateText({ model: one.wrapped, prompt })),
      pendingOf(generateText({ model: other.wrapped, prompt })),
    ]);
    expect(second.id).toBe(first.id);
    expect([...one.events.of('escalation-request'), ...other.events.of('escalation-request')]).toHaveLength(1);
    expect([...one.events.of('escalation-pending'), ...other.events.of('escalation-pending')]).toHaveLength(1);
  });
});

describe('a decision is applied without asking the model', () => {
  async function decided(decision: Decision, answers: readonly ScriptedAnswer[] = ['99']) {
    const store = memoryStore();
    const first = processOn(store, ['10', '11']);
    const { id } = await pendingOf(generateText({ model: first.wrapped, prompt }));
    await first.inbox.decide(id, decision, { by: 'Ada' });
    return { store, id, ...processOn(store, answers) };
  }

  test('approve delivers the best attempt', async () => {
    const { wrapped, model, id, events } = await decided({ type: 'approve' });
    const result = await generateText({ model: wrapped, prompt });
    expect([result.text, result.finishReason]).toEqual(['11', 'stop']);
    expect(reportOf(result.providerMetadata)).toMatchObject({
      attempts: 2,
      stage: 'retry',
      decision: { type: 'approve', by: 'Ada', escalationId: id },
    });
    expect(model.calls).toHaveLength(0);
    expect(events.of('escalation-response')).toMatchObject([{ decision: { type: 'approve', by: 'Ada' } }]);
  });

  test('approve delivers the attempt that is named', async () => {
    const { wrapped } = await decided({ type: 'approve', attempt: 1 });
    expect((await generateText({ model: wrapped, prompt })).text).toBe('10');
  });

  test('edit delivers the text of the person, once it is judged', async () => {
    const { wrapped, model } = await decided({ type: 'edit', text: '12' });
    const result = await generateText({ model: wrapped, prompt });
    expect(result.text).toBe('12');
    expect(reportOf(result.providerMetadata)).toMatchObject({ attempts: 3, stage: 'human' });
    expect(model.calls).toHaveLength(0);
  });

  test('edit that fails is filed again with the issues, and the chain resumes without asking the model', async () => {
    const { wrapped, model, inbox, id, store } = await decided({ type: 'edit', text: '13' });
    const again = await pendingOf(generateText({ model: wrapped, prompt }));
    expect(again.id).not.toBe(id);
    expect(again.issues).toMatchObject([{ message: 'Not 13.' }]);
    expect(again.attempts.map(({ text, stage }) => [text, stage])).toEqual([
      ['10', 'retry'],
      ['11', 'retry'],
      ['13', 'human'],
    ]);
    await inbox.decide(again.id, { type: 'edit', text: '12' });
    const later = processOn(store, ['99']);
    expect((await generateText({ model: later.wrapped, prompt })).text).toBe('12');
    expect([...model.calls, ...later.model.calls]).toHaveLength(0);
  });

  test('edit with force stands whatever the checks say', async () => {
    const { wrapped } = await decided({ type: 'edit', text: 'twelve', force: true });
    const result = await generateText({ model: wrapped, prompt });
    expect(result.text).toBe('twelve');
    expect(reportOf(result.providerMetadata)?.decision).toMatchObject({ type: 'edit', force: true });
  });

  test('retry goes back to the model with the words of the person', async () => {
    const { wrapped, model } = await decided({ type: 'retry', advice: 'The tax is included.' }, ['12']);
    const result = await generateText({ model: wrapped, prompt });
    expect(result.text).toBe('12');
    expect(reportOf(result.providerMetadata)).toMatchObject({ attempts: 3, stage: 'human' });
    expect(appended(model, 1)).toEqual([]);
    expect(model.calls[0]?.prompt.slice(1)).toMatchObject([
      { role: 'assistant', content: [{ type: 'text', text: '11' }] },
      {
        role: 'user',
        content: [
          {
            type: 'text',
            text: expect.stringContaining('A person who looked at the answer advises:\nThe tax is included.'),
          },
        ],
      },
    ]);
    expect(feedback(model, 1)).toContain('Not 11.');
  });

  test('retry that fails is filed again', async () => {
    const { wrapped, id } = await decided({ type: 'retry', advice: 'Look again.' }, ['13']);
    const again = await pendingOf(generateText({ model: wrapped, prompt }));
    expect(again.id).not.toBe(id);
    expect(again.attempts).toHaveLength(3);
  });

  test('reject ends the run, each time, until a new resumeKey starts afresh', async () => {
    const { wrapped, model } = await decided({ type: 'reject', reason: 'Wrong customer.' }, ['12']);
    for (let time = 0; time < 2; time += 1) {
      const error = StagesExhaustedError.find(await errorOf(generateText({ model: wrapped, prompt })));
      expect(error).toMatchObject({ reason: 'rejected', bestAttempt: { text: '11' } });
    }
    expect(model.calls).toHaveLength(0);
    const providerOptions = { stagedRetry: { resumeKey: 'second-try' } };
    expect((await generateText({ model: wrapped, prompt, providerOptions })).text).toBe('12');
  });

  test('escalate to nobody is refused as it is decided, and leaves it pending', async () => {
    const { wrapped, inbox } = processOn(memoryStore(), ['10', '11']);
    const { id, passesOnTo } = await pendingOf(generateText({ model: wrapped, prompt }));
    expect(passesOnTo).toBeNull();
    expect(await errorOf(inbox.decide(id, { type: 'escalate' }))).toMatchObject({
      argument: 'decision',
      message: expect.stringContaining('"human" is the last person on the ladder'),
    });
    expect(await inbox.get(id)).toMatchObject({ state: 'pending' });
  });

  test('escalate to a person whom a deployment took off the ladder ends the run', async () => {
    const store = memoryStore();
    const first = processOn(store, ['10', '11'], {
      stages: (inbox) => [retry({ attempts: 2 }), human({ inbox }), human({ name: 'lawyer', inbox })],
    });
    const { id, passesOnTo } = await pendingOf(generateText({ model: first.wrapped, prompt }));
    expect(passesOnTo).toBe('lawyer');
    await first.inbox.decide(id, { type: 'escalate' });
    const { wrapped } = processOn(store, ['99']);
    const error = StagesExhaustedError.find(await errorOf(generateText({ model: wrapped, prompt })));
    expect(error).toMatchObject({
      reason: 'exhausted',
      message: expect.stringMatching(
        /passed the request on .* "human", .* no further person.*human\(\{ name, inbox \}\)/s,
      ),
    });
  });

  test("today's checks judge it, and stages of another deployment do not orphan it", async () => {
    const { store } = await decided({ type: 'edit', text: '13' });
    const lenient = processOn(store, ['99'], {
      checks: [check('other', ({ text }) => text === '13' || 'No.')],
      stages: (inbox) => [retry({ name: 'again', attempts: 1 }), human({ name: 'clerk', inbox })],
    });
    expect((await generateText({ model: lenient.wrapped, prompt })).text).toBe('13');
  });
});

test('a person may send an answer up to the next', async () => {
  const store = memoryStore();
  const two = (inbox: Inbox) => [
    retry({ attempts: 1 }),
    human({ name: 'clerk', inbox }),
    human({ name: 'lawyer', inbox }),
  ];
  const first = processOn(store, ['10'], { stages: two });
  const clerk = await pendingOf(generateText({ model: first.wrapped, prompt }));
  await first.inbox.decide(clerk.id, { type: 'escalate', reason: 'Above my pay grade.' });
  const second = processOn(store, ['99'], { stages: two });
  const lawyer = await pendingOf(generateText({ model: second.wrapped, prompt }));
  expect([clerk.stage, lawyer.stage]).toEqual(['clerk', 'lawyer']);
  await second.inbox.decide(lawyer.id, { type: 'approve' });
  const third = processOn(store, ['99'], { stages: two });
  const result = await generateText({ model: third.wrapped, prompt });
  expect(result.text).toBe('10');
  expect([...second.model.calls, ...third.model.calls]).toHaveLength(0);
});

test('the answers of a person may fail as often as human() says', async () => {
  const store = memoryStore();
  const texts = ['13', '14', '15'];
  for (const text of texts) {
    const { wrapped, inbox } = processOn(store, ['10', '11'], { attempts: 3 });
    const { id } = await pendingOf(generateText({ model: wrapped, prompt }));
    await inbox.decide(id, { type: 'edit', text });
  }
  const { wrapped } = processOn(store, ['99'], { attempts: 3 });
  const error = StagesExhaustedError.find(await errorOf(generateText({ model: wrapped, prompt })));
  expect(error?.history.filter(({ type }) => type === 'attempt')).toHaveLength(5);
});

describe("the answer to a person's advice, sent again", () => {
  /** The request is answered after advice, by a model that would answer otherwise the next time. */
  async function answered(answer: ScriptedAnswer = '12', send: (model: LanguageModel) => PromiseLike<unknown> = ask) {
    const store = memoryStore();
    const first = processOn(store, ['10', '11']);
    const { id } = await pendingOf(send(first.wrapped));
    await first.inbox.decide(id, { type: 'retry', advice: 'Look again.' });
    await send(processOn(store, [answer]).wrapped);
    return store;
  }
  const ask = (model: LanguageModel) => generateText({ model, prompt });

  test('is delivered without asking the model, generated or streamed, by any process', async () => {
    const store = await answered();
    for (const send of [generateText, streamText]) {
      const { model, wrapped, events } = processOn(store, ['99']);
      const result = send({ model: wrapped, prompt });
      expect(await (await result).text).toBe('12');
      expect(model.calls).toHaveLength(0);
      expect(events.of('run-end')).toMatchObject([{ outcome: 'accepted', attempts: 3, decision: 'retry' }]);
      expect(reportOf(await (await result).providerMetadata)?.decision?.type).toBe('retry');
    }
  });

  test('needs no budget', async () => {
    const inbox = createInbox({ store: await answered() });
    const wrapped = withStagedRetry(says('99'), {
      checks: [right],
      stages: [retry({ attempts: 2 }), human({ inbox })],
      scope: 'tenant',
      budget: { attempts: 1 },
    });
    expect((await generateText({ model: wrapped, prompt })).text).toBe('12');
  });

  test("is judged by today's checks, and asked about again where they find a fault", async () => {
    const stricter = check('right', () => 'Not any more.');
    const { model, wrapped } = processOn(await answered(), ['99'], { checks: [stricter] });
    const { proposal, issues } = await pendingOf(generateText({ model: wrapped, prompt }));
    expect([proposal, issues.map(({ message }) => message)]).toEqual(['12', ['Not any more.']]);
    expect(model.calls).toHaveLength(0);
  });

  test("is asked for again where it calls the caller's tools, or holds a file, as its text does not", async () => {
    const file = { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'AA==' } } as const;
    const tools = { lookup: clientTool() };
    const withTool = (model: LanguageModel) => generateText({ model, prompt, tools });
    for (const part of [...calls('lookup', { query: 'x' }).content, file as never]) {
      const store = await answered({ content: [{ type: 'text', text: '12' }, part] }, withTool);
      const { model, wrapped } = processOn(store, ['12']);
      await withTool(wrapped);
      expect(model.calls).toHaveLength(1);
    }
  });

  test('is asked for again where it passed no check', async () => {
    const inbox = createInbox();
    const model = says('10', '11', '13', '12');
    const wrapped = withStagedRetry(model, {
      checks: [right],
      stages: [retry({ attempts: 2 }), human({ inbox, attempts: 1 })],
      scope: 'public',
      whenExhausted: 'deliver',
    });
    const { id } = await pendingOf(generateText({ model: wrapped, prompt }));
    await inbox.decide(id, { type: 'retry', advice: 'Look again.' });
    expect((await generateText({ model: wrapped, prompt })).text).toBe('13');
    expect((await generateText({ model: wrapped, prompt })).text).toBe('12');
    expect(model.calls).toHaveLength(4);
  });
});

describe('the decided record keeps what came of it', () => {
  async function decidedAs(decision: Decision, answers: readonly ScriptedAnswer[] = ['99']) {
    const store = memoryStore();
    const first = processOn(store, ['10', '11']);
    const { id } = await pendingOf(generateText({ model: first.wrapped, prompt }));
    await first.inbox.decide(id, decision);
    const later = processOn(store, answers);
    const outcome = async () => (await later.inbox.get(id))?.outcome;
    return { ...later, outcome };
  }
  const fails = (message: string) => ({ type: 'fail', issues: [{ check: 'right', message }] });

  test.each<[string, Partial<StagedRetryOptions>, object]>([
    [
      'an answer that whenExhausted delivered',
      { whenExhausted: 'deliver' },
      { type: 'accepted', text: '13', verdict: fails('Not 13.') },
    ],
    ['a text of whenExhausted', { whenExhausted: () => 'sorry' }, { type: 'accepted', text: 'sorry' }],
    ['that whenExhausted had none', { whenExhausted: () => undefined }, { type: 'failed', text: '13' }],
    ['that the budget was used up', { budget: { attempts: 2 } }, { type: 'failed' }],
  ])('%s', async (_, options, expected) => {
    const store = memoryStore();
    const inbox = createInbox({ store });
    const wrap = (answers: readonly ScriptedAnswer[], more: Partial<StagedRetryOptions> = {}) =>
      withStagedRetry(scriptedModel(answers), {
        checks: [right],
        stages: [retry({ attempts: 2 }), human({ inbox, attempts: 1 })],
        scope: 'public',
        ...more,
      });
    const { id } = await pendingOf(generateText({ model: wrap(['10', '11']), prompt }));
    await inbox.decide(id, { type: 'retry', advice: 'Look again.' });
    await errorOf(generateText({ model: wrap(['13'], options), prompt })).catch(() => {});
    expect((await inbox.get(id))?.outcome).toMatchObject(expected);
  });

  test('an approved answer, at once, with what the checks say of it', async () => {
    const { outcome } = await decidedAs({ type: 'approve' });
    expect(await outcome()).toMatchObject({ type: 'accepted', text: '11', verdict: fails('Not 11.') });
  });

  test('an edit, once the checks have judged it', async () => {
    const { outcome, wrapped } = await decidedAs({ type: 'edit', text: '12' });
    expect(await outcome()).toBeUndefined();
    await generateText({ model: wrapped, prompt });
    expect(await outcome()).toMatchObject({ type: 'accepted', text: '12', verdict: { type: 'pass' } });
  });

  test('an edit that stands whatever the checks say, with what they say', async () => {
    const { outcome, wrapped } = await decidedAs({ type: 'edit', text: 'twelve', force: true });
    expect(await outcome()).toMatchObject({ type: 'accepted', text: 'twelve' });
    await generateText({ model: wrapped, prompt });
    expect(await outcome()).toMatchObject({ type: 'accepted', text: 'twelve', verdict: fails('Not twelve.') });
  });

  test('an edit that is asked about again, with the escalation that asks', async () => {
    const { outcome, wrapped } = await decidedAs({ type: 'edit', text: '13' });
    const again = await pendingOf(generateText({ model: wrapped, prompt }));
    expect(await outcome()).toMatchObject({
      type: 'asked-again',
      text: '13',
      verdict: fails('Not 13.'),
      escalationId: again.id,
    });
  });

  test("the answer to a person's advice", async () => {
    const { outcome, wrapped } = await decidedAs({ type: 'retry', advice: 'Look again.' }, ['12']);
    await generateText({ model: wrapped, prompt });
    expect(await outcome()).toMatchObject({ type: 'accepted', text: '12', verdict: { type: 'pass' } });
  });

  test.each<[string, Partial<StagedRetryOptions>]>([
    ['the error', {}],
    ['another text', { whenExhausted: () => 'sorry' }],
    ['the error, as nothing may be delivered', { whenExhausted: 'deliver' }],
  ])('a rejection, once its sender has got %s', async (_, options) => {
    const inbox = createInbox();
    const wrapped = withStagedRetry(scriptedModel(['10']), {
      checks: [right],
      stages: [human({ inbox })],
      scope: 'public',
      ...options,
    });
    const { id } = await pendingOf(generateText({ model: wrapped, prompt }));
    await inbox.decide(id, { type: 'reject' });
    expect((await inbox.get(id))?.outcome).toBeUndefined();

    await generateText({ model: wrapped, prompt }).catch(() => {});

    expect((await inbox.get(id))?.outcome).toEqual({ type: 'failed', at: expect.any(String) });
  });

  test('once, however often the request is sent again', async () => {
    const { inbox, outcome, wrapped } = await decidedAs({ type: 'edit', text: '12' });
    await generateText({ model: wrapped, prompt });
    const before = await outcome();
    const { audit } = (await inbox.list({ state: 'decided' })).escalations[0] ?? {};
    await generateText({ model: wrapped, prompt });
    expect(await outcome()).toEqual(before);
    expect(audit?.map(({ type }) => type)).toEqual(['filed', 'decided']);
  });

  test('and an inbox that cannot write it down does not hold the answer back', async () => {
    const store = memoryStore();
    const first = processOn(store, ['10', '11']);
    const { id } = await pendingOf(generateText({ model: first.wrapped, prompt }));
    await first.inbox.decide(id, { type: 'edit', text: '12' });
    const later = processOn({ ...store, set: () => Promise.reject(new Error('down')) }, ['99']);
    expect((await generateText({ model: later.wrapped, prompt })).text).toBe('12');
  });
});

describe('the same request', () => {
  async function sameAs(change: Record<string, unknown>, base: Record<string, unknown> = {}): Promise<boolean> {
    const store = memoryStore();
    const send = (more: Record<string, unknown>) =>
      pendingOf(generateText({ model: processOn(store, ['10', '11']).wrapped, prompt, ...more } as never));
    return (await send(base)).id === (await send({ ...base, ...change })).id;
  }

  test.each([
    ['sent again', {}],
    ['with other headers', { headers: { 'x-trace': '1' } }],
    ['with another number of retries', { maxRetries: 0 }],
    ['with another runId', { providerOptions: { stagedRetry: { runId: 'r' } } }],
    ['with other metadata', { providerOptions: { stagedRetry: { metadata: { job: 7 } } } }],
    ['with a signal', { abortSignal: new AbortController().signal }],
    ['with the scope said per call', { providerOptions: { stagedRetry: { scope: 'tenant' } } }],
  ])('is %s', async (_, change) => {
    expect(await sameAs(change)).toBe(true);
  });

  test.each([
    ['another prompt', { prompt: 'Sum?' }],
    ['a system prompt', { system: 'Be brief.' }],
    ['another scope', { providerOptions: { stagedRetry: { scope: 'other' } } }],
    ['tools', { tools: { lookup: lookup() } }],
    ['another temperature', { temperature: 0.3 }],
    ['another limit', { maxOutputTokens: 3 }],
    ['a seed', { seed: 3 }],
    ['stop sequences', { stopSequences: ['.'] }],
    ['a response format', { output: Output.json() }],
    ['a resumeKey', { providerOptions: { stagedRetry: { resumeKey: 'r' } } }],
  ])('is not one with %s', async (_, change) => {
    expect(await sameAs(change)).toBe(false);
  });

  test('is the same streamed', async () => {
    const store = memoryStore();
    const first = processOn(store, ['10', '11']);
    const { id } = await pendingOf(generateText({ model: first.wrapped, prompt }));
    await first.inbox.decide(id, { type: 'edit', text: '12' });
    const later = processOn(store, ['99']);
    expect(await streamText({ model: later.wrapped, prompt }).text).toBe('12');
    expect(later.model.calls).toHaveLength(0);
  });

  test('is known by its resumeKey where the prompt holds a date', async () => {
    const base = { prompt: 'It is 10:00. Total?', providerOptions: { stagedRetry: { resumeKey: 'invoice-7' } } };
    expect(await sameAs({ prompt: 'It is 10:05. Total?' }, base)).toBe(true);
    expect(await sameAs({ providerOptions: { stagedRetry: { resumeKey: 'invoice-8' } } }, base)).toBe(false);
    expect(await sameAs({ providerOptions: { stagedRetry: { resumeKey: 'invoice-7', scope: 'other' } } }, base)).toBe(
      false,
    );
  });

  test("is not another model's", async () => {
    const store = memoryStore();
    const stages = [retry({ attempts: 1 }), human({ inbox: createInbox({ store }) })];
    const ids = new Set<string>();
    for (const modelId of ['small', 'large']) {
      const model = withStagedRetry(scriptedModel(['10'], { modelId }), { checks: [right], stages, scope: 'tenant' });
      ids.add((await pendingOf(generateText({ model, prompt }))).id);
    }
    expect(ids.size).toBe(2);
  });

  test('is recognised in a later step of an agent, whose ids are new each time', async () => {
    const store = memoryStore();
    let ids = 0;
    const asks = () =>
      calls(
        'lookup',
        { query: 'tax' },
        { toolCallId: `call-${ids++}`, providerMetadata: { scripted: { itemId: `item-${ids}` } } },
      );
    const agentOf = (model: ReturnType<typeof processOn>['wrapped']) =>
      new ToolLoopAgent({ model, tools: { lookup: lookup() }, stopWhen: isStepCount(5) });
    const first = processOn(store, [asks, '10', '11']);
    const { id } = await pendingOf(agentOf(first.wrapped).generate({ prompt }));
    await first.inbox.decide(id, { type: 'edit', text: '12' });
    const later = processOn(store, [asks, '99']);
    expect((await agentOf(later.wrapped).generate({ prompt })).text).toBe('12');
    expect(later.model.calls).toHaveLength(1);
  });
});

describe('while nobody has decided', () => {
  test('whenPending: respond answers with a text, generated and streamed', async () => {
    const { wrapped } = processOn(memoryStore(), ['10', '11'], {
      whenPending: 'respond',
      response: ({ id }) => `We will call you (${id.length}).`,
    });
    const result = await generateText({ model: wrapped, prompt });
    expect(result.text).toMatch(/^We will call you \(\d+\)\.$/);
    expect(result.finishReason).toBe('other');
    expect(reportOf(result.providerMetadata)).toMatchObject({ attempts: 2, stage: 'human' });
    expect(result.usage.totalTokens).toBe(40);
    const streamed = streamText({ model: wrapped, prompt });
    expect(await streamed.text).toBe(result.text);
  });

  test.each(['respond', 'throw'] as const)(
    'whenPending: %s names the escalation, when it is sent again and when it is asked anew',
    async (whenPending) => {
      const { wrapped, inbox, events } = processOn(memoryStore(), ['10', '11', '13', '14', '15'], { whenPending });
      const told = async () => {
        const sent = await generateText({ model: wrapped, prompt }).catch((error: unknown) => error);
        const { providerMetadata } = sent as { readonly providerMetadata?: ProviderMetadata };
        const { escalationId } = events.of('run-end').at(-1) ?? {};
        if (whenPending === 'respond') expect(reportOf(providerMetadata)).toMatchObject({ escalationId });
        return escalationId;
      };
      const id = (await told()) ?? '';
      expect((await filedIn(inbox)).id).toBe(id);
      expect(await told()).toBe(id);
      await inbox.decide(id, { type: 'retry', advice: 'Count again.' });
      const next = await told();
      expect([next === undefined, next === id]).toEqual([false, false]);
      expect((await filedIn(inbox)).id).toBe(next);
      expect(await told()).toBe(next);
    },
  );

  test('whenPending: respond still throws where JSON is due', async () => {
    const { wrapped } = processOn(memoryStore(), [JSON.stringify(badInvoice)], { whenPending: 'respond', checks: [] });
    const output = Output.object({ schema: Invoice });
    expect((await pendingOf(generateText({ model: wrapped, output, prompt }))).state).toBe('pending');
  });

  test('a stream ends with the error, which onError and fullStream see', async () => {
    const { wrapped } = processOn(memoryStore(), ['10', '11']);
    const seen: unknown[] = [];
    const result = streamText({ model: wrapped, prompt, onError: ({ error }) => void seen.push(error) });
    const types: string[] = [];
    for await (const part of result.fullStream) types.push(part.type);
    expect(types).toContain('error');
    expect(EscalationPendingError.isInstance(seen[0])).toBe(true);
    expect(await result.finishReason).toBe('error');
  });

  test('wait waits inside the run for a decision', async () => {
    const store = memoryStore();
    const { wrapped, inbox, events } = processOn(store, ['10', '11'], { wait: { timeoutMs: 60_000, pollMs: 1 } });
    const result = generateText({ model: wrapped, prompt });
    const { id } = await filedIn(inbox);
    await createInbox({ store }).decide(id, { type: 'edit', text: '12' });
    expect((await result).text).toBe('12');
    expect(events.names().filter((name) => name.startsWith('escalation'))).toEqual([
      'escalation-request',
      'escalation-response',
    ]);
  });

  test('wait gives up in time', async () => {
    const { wrapped } = processOn(memoryStore(), ['10', '11'], { wait: { timeoutMs: 1 } });
    expect((await pendingOf(generateText({ model: wrapped, prompt }))).state).toBe('pending');
  });

  test('wait ends with the abort of the caller, and the escalation stands', async () => {
    const { wrapped, inbox } = processOn(memoryStore(), ['10', '11'], { wait: { timeoutMs: 3_600_000 } });
    const controller = new AbortController();
    const result = errorOf(generateText({ model: wrapped, prompt, abortSignal: controller.signal }));
    await filedIn(inbox);
    controller.abort(new DOMException('gone home', 'AbortError'));
    expect(await result).toMatchObject({ name: 'AbortError', message: 'gone home' });
    expect((await inbox.list()).escalations).toHaveLength(1);
  });
});

describe('scope', () => {
  const stages = () => [retry({ attempts: 1 }), human({ inbox: createInbox() })];

  test('is required where a person may be asked', async () => {
    const model = says('12');
    const wrapped = withStagedRetry(model, { checks: [right], stages: stages() });
    const error = await errorOf(generateText({ model: wrapped, prompt }));
    expect(error).toMatchObject({ name: 'AI_InvalidArgumentError', argument: 'scope' });
    expect(model.calls).toHaveLength(0);
    const result = await generateText({
      model: wrapped,
      prompt,
      providerOptions: { stagedRetry: { scope: 'public' } },
    });
    expect(result.text).toBe('12');
  });

  test('is not needed where nothing is judged', async () => {
    const wrapped = withStagedRetry(says('12'), { stages: stages() });
    expect((await generateText({ model: wrapped, prompt })).text).toBe('12');
  });

  test("keeps one tenant's decisions from another", async () => {
    const store = memoryStore();
    const { wrapped, inbox } = processOn(store, ['10', '11', '10', '11']);
    const { id } = await pendingOf(generateText({ model: wrapped, prompt }));
    await inbox.decide(id, { type: 'edit', text: '12' });
    const other = { stagedRetry: { scope: 'other' } };
    expect((await pendingOf(generateText({ model: wrapped, prompt, providerOptions: other }))).scope).toBe('other');
  });
});

describe('a store that fails', () => {
  const broken = (operations: readonly (keyof Store)[]): Store => {
    const store = memoryStore();
    const fail = () => Promise.reject(new StoreError({ operation: 'get', key: 'escalation', reason: 'down' }));
    return { ...store, ...Object.fromEntries(operations.map((operation) => [operation, fail])) };
  };

  test('on reading lets the run begin afresh', async () => {
    const { wrapped, model } = processOn(broken(['get']), ['12']);
    expect((await generateText({ model: wrapped, prompt })).text).toBe('12');
    expect(model.calls).toHaveLength(1);
  });

  test('on filing ends the run with a StoreError', async () => {
    const { wrapped } = processOn(broken(['set']), ['10', '11']);
    expect(StoreError.isInstance(await errorOf(generateText({ model: wrapped, prompt })))).toBe(true);
  });

  test('a full memory store never evicts what is pending; filing fails', async () => {
    const store = memoryStore({ maxBytes: 6000 });
    const { wrapped, inbox } = processOn(store, ['10', '11']);
    const pending: string[] = [];
    let error: unknown;
    for (let number = 0; number < 20 && error === undefined; number += 1) {
      const failed = await errorOf(generateText({ model: wrapped, prompt: `${prompt} ${number}` }));
      const id = EscalationPendingError.find(failed)?.escalation.id;
      if (id === undefined) error = failed;
      else pending.push(id);
    }
    expect(StoreError.isInstance(error)).toBe(true);
    expect(pending.length).toBeGreaterThan(0);
    for (const id of pending) expect(await inbox.get(id)).toMatchObject({ state: 'pending' });
  });
});

test('redact changes prompt and issues in the record, never the proposal', async () => {
  const redact = (text: string) => text.replaceAll('4111', '****');
  const inbox = createInbox({ redact });
  const model = withStagedRetry(says('card 4111'), {
    checks: [check('no-cards', ({ text }) => [{ message: `Drop ${text}.`, suggestion: 'Not 4111.' }])],
    stages: [retry({ attempts: 1 }), human({ inbox })],
    scope: 'tenant',
  });
  const escalation = await pendingOf(generateText({ model, prompt: 'Charge 4111.' }));
  expect(escalation.proposal).toBe('card 4111');
  expect(JSON.stringify([escalation.prompt, escalation.issues])).not.toContain('4111');
  expect(escalation.issues).toMatchObject([{ message: 'Drop card ****.', suggestion: 'Not ****.' }]);
});

test('a person may settle structured output, too', async () => {
  const store = memoryStore();
  const output = Output.object({ schema: Invoice });
  const first = processOn(store, [JSON.stringify(badInvoice), '{}'], { checks: [] });
  const { id } = await pendingOf(generateText({ model: first.wrapped, output, prompt }));
  await first.inbox.decide(id, { type: 'edit', text: `\`\`\`json\n${JSON.stringify(goodInvoice)}\n\`\`\`` });
  const later = processOn(store, ['99'], { checks: [] });
  expect((await generateText({ model: later.wrapped, output, prompt })).output).toEqual(goodInvoice);
});
