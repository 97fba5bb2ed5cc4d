import { generateText, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import {
  type Check,
  check,
  createInbox,
  EscalationPendingError,
  human,
  reportOf,
  retry,
  type StagedRetryOptions,
  StagesExhaustedError,
  withStagedRetry,
} from '../../src/index.ts';
import { calls, errorOf, feedback, says } from '../fixtures.ts';

const prompt = 'Say ok.';
const wrong = check('wrong', ({ text }) => text === 'ok' || [{ message: `Not ${text}.` }, { message: 'Say ok.' }]);

/** Does to a value what its types forbid. */
function changing(change: (answer: never, context: never) => void): Check {
  return check('changing', (answer, context) => {
    change(answer as never, context as never);
    return true;
  });
}

describe('what a check writes into the content of an answer', () => {
  const overwrite = changing(({ content }: { content: { text: string }[] }) => {
    for (const part of content) part.text = 'overwritten';
    content.push({ text: 'more' });
  });

  test.each<StagedRetryOptions>([{}, { mode: 'observe' }, { delivery: 'buffer' }])(
    'is not delivered: %o',
    async (options) => {
      const model = () => withStagedRetry(says('ok'), { checks: [overwrite], ...options });
      expect((await generateText({ model: model(), prompt })).text).toBe('ok');
      expect(await streamText({ model: model(), prompt }).text).toBe('ok');
    },
  );

  test('nor what it does to the result of a tool', async () => {
    const found = { items: ['b', 'a'] };
    const call = calls('search', {}, { providerExecuted: true }).content;
    const result = { type: 'tool-result', toolCallId: 'search-1', toolName: 'search', result: found } as const;
    const sort = changing(({ content }: { content: [unknown, { result: { items: string[] } }] }) => {
      content[1].result.items.sort();
    });
    const model = withStagedRetry(says({ content: [...call, result as never] }), { checks: [sort] });
    await generateText({ model, prompt });
    expect(found.items).toEqual(['b', 'a']);
  });
});

test('a check, a stage and the wording of feedback may change the history and the issues that they are shown', async () => {
  const empty = changing((_: never, { history }: { history: unknown[] }) => history.splice(0));
  const model = says('a', 'b', 'c', 'ok');
  const wrapped = withStagedRetry(model, {
    checks: [empty, wrong],
    stages: [retry({ attempts: 3 })],
    feedback: ({ issues }) => `${(issues as unknown as { message: string }[]).splice(0).map(({ message }) => message)}`,
  });
  const { history } = StagesExhaustedError.find(await errorOf(generateText({ model: wrapped, prompt }))) ?? {};
  expect(history?.map(({ type }) => type)).toEqual(['attempt', 'attempt', 'attempt', 'stage-end']);
  expect(history?.[0]).toMatchObject({ verdict: { issues: [{ message: 'Not a.' }, { message: 'Say ok.' }] } });
  expect(feedback(model)).toBe('Not a.,Say ok.');
});

test('who describes an escalation does not change it', async () => {
  const inbox = createInbox();
  const stage = human({
    inbox,
    describe(request) {
      const { issues, attempts, prompt: messages } = request as never as Record<string, { text: string }[]>;
      issues?.splice(0);
      messages?.splice(0);
      for (const attempt of attempts ?? []) attempt.text = '[redacted]';
      return { title: 'An answer' };
    },
  });
  const model = withStagedRetry(says('a'), {
    checks: [wrong],
    stages: [retry({ attempts: 1 }), stage],
    scope: 'public',
  });
  const sent = () => generateText({ model, prompt, maxRetries: 0 });
  const { escalation } = EscalationPendingError.find(await errorOf(sent())) ?? {};
  expect(escalation).toMatchObject({ proposal: 'a', prompt: [{ role: 'user' }], issues: [{}, {}] });
  await inbox.decide(escalation?.id ?? '', { type: 'approve' });
  const { text, providerMetadata } = await sent();
  expect([text, reportOf(providerMetadata)?.attempts]).toEqual(['a', 1]);
});
