import { generateText, isStepCount, type ModelMessage } from 'ai';
import * as ai6 from 'ai-v6';
import { expect, test } from 'vitest';
import {
  check,
  createInbox,
  EscalationPendingError,
  fallback,
  human,
  retry,
  withStagedRetry,
} from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { calls, errorOf, lookup } from '../fixtures.ts';

const question: ModelMessage = { role: 'user', content: 'Who?' };
const acme = check('acme', ({ text }) => text.includes('Acme') || 'Name the vendor.');
const asks = (query: string) => calls('lookup', { query });

/** An agent that looks something up and then guesses; every process asks with other words. */
function agentOn(specificationVersion: 'v3' | 'v4' = 'v4') {
  const inbox = createInbox();
  const ran: string[] = [];
  const answers = [asks('vendor'), 'I guess.', asks('the vendor'), 'I guess.'];
  const model = scriptedModel(answers, { specificationVersion });
  const wrapped = withStagedRetry(model, { checks: [acme], stages: [retry({ attempts: 1 }), human({ inbox })] });
  const tools = { lookup: lookup((query) => ran.push(query)) };
  return { inbox, ran, model, wrapped, tools };
}

const keyOf = (step: number) => ({ stagedRetry: { scope: 'tenant', resumeKey: `mail-7/${step}` } });

test.each([
  ['ai@7', 'v4'],
  ['ai@6', 'v3'],
] as const)(
  'with %s an agent sent again with the steps that ended goes on at the one that waits',
  async (sdk, version) => {
    const send = sdk === 'ai@7' ? generateText : (ai6.generateText as unknown as typeof generateText);
    const { inbox, ran, model, wrapped, tools } = agentOn(version);
    let ended: ModelMessage[] = [];
    const job = () => {
      const done = ended.length / 2;
      return send({
        model: wrapped as never, // of the installed major
        tools,
        messages: [question, ...ended],
        stopWhen: isStepCount(3) as never,
        prepareStep: ({ stepNumber }) => ({ providerOptions: keyOf(done + stepNumber) }),
        onStepFinish: ({ response }) => {
          ended = [...ended, ...(response.messages as ModelMessage[])];
        },
      });
    };
    const pending = EscalationPendingError.find(await errorOf(job()));
    expect(ended).toHaveLength(2);
    const again = EscalationPendingError.find(await errorOf(job()));
    expect(again?.escalation.id).toBe(pending?.escalation.id);
    await inbox.decide(pending?.escalation.id ?? '', { type: 'edit', text: 'Acme.' });
    expect((await job()).text).toBe('Acme.');
    expect([ran, model.calls.length, (await inbox.list({ state: 'decided' })).escalations.length]).toEqual([
      ['vendor'],
      2,
      1,
    ]);
  },
);

test('sent again from the beginning it asks its tools again, and a person about what it then calls', async () => {
  const { inbox, ran, wrapped, tools } = agentOn();
  const job = () =>
    generateText({
      model: wrapped,
      tools,
      messages: [question],
      stopWhen: isStepCount(3),
      providerOptions: { stagedRetry: { scope: 'tenant' } },
    });
  await errorOf(job());
  await errorOf(job());
  expect([ran, (await inbox.list()).escalations.length]).toEqual([['vendor', 'the vendor'], 2]);
});

test('steps that go on from a call of a fallback are told apart under one resumeKey', async () => {
  const inbox = createInbox();
  const other = scriptedModel([asks('one'), asks('two'), 'Somebody.'], { modelId: 'other' });
  const model = withStagedRetry(scriptedModel(['I guess.'], { provider: 'anthropic.messages' }), {
    checks: [acme],
    stages: [retry({ attempts: 1 }), fallback({ model: other, attempts: 1 }), human({ inbox })],
  });
  const stagedRetry = { scope: 'tenant', resumeKey: 'mail-7' };
  const send = (messages: ModelMessage[]) =>
    generateText({ model, messages, tools: { lookup: lookup() }, providerOptions: { stagedRetry } });
  const one = [question, ...(await send([question])).responseMessages];
  const two = [...one, ...(await send(one)).responseMessages];
  for (const messages of [two, one]) expect(await errorOf(send(messages))).toSatisfy(EscalationPendingError.isInstance);
  expect((await inbox.list()).escalations).toHaveLength(2);
});
