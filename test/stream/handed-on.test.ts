import { streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import {
  createInbox,
  fallback,
  human,
  logEvents,
  rateLimiter,
  reportOf,
  type StagedRetryOptions,
  withStagedRetry,
} from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { failsWith, says } from '../fixtures.ts';

type Model = ReturnType<typeof says>;

/** What came of a text stream of which nothing is to be judged. */
async function ask(model: Model, options: StagedRetryOptions) {
  const lines: string[] = [];
  const events = logEvents((line) => lines.push(line.replaceAll(/\d+ ms|\d\.\d s/g, '# ms')));
  const wrapped = withStagedRetry(model, { ...options, events });
  const providerOptions = { stagedRetry: { runId: 'job-1' } };
  const result = streamText({ model: wrapped, prompt: 'Total?', providerOptions, maxRetries: 0, onError: () => {} });
  await result.consumeStream();
  const [text, usage, metadata, { messages }] = await Promise.all([
    result.text,
    result.usage,
    result.providerMetadata,
    result.response,
  ]);
  return { text, usage, report: reportOf(metadata), messages, lines };
}

describe('a stream that is handed on', () => {
  const limits = [rateLimiter({ requestsPerMinute: 600 })];

  test('is logged with the tokens its provider told', async () => {
    const { lines } = await ask(says('twelve'), { limits });
    expect(lines).toContain('[job-1] attempt 1 (retry, scripted-model) passed in # ms, 20 tokens');
  });

  test('has the report that the same answer has in one piece', async () => {
    const { report, usage } = await ask(says('twelve'), { limits });
    expect(usage).toMatchObject({ inputTokens: 10, outputTokens: 10 });
    expect(report).toMatchObject({ runId: 'job-1', outcome: 'accepted', attempts: 1 });
    expect(report?.usage.accepted.outputTokens.total).toBe(10);
  });

  test('has the report of the fallback that wrote it, and its parts say who did', async () => {
    const kept = { type: 'text', text: 'twelve', providerMetadata: { other: { itemId: 'msg_1' } } } as const;
    const other = scriptedModel([{ content: [kept] }], { modelId: 'other-model' });
    const { text, report, messages, lines } = await ask(says(failsWith(400)), {
      stages: [fallback({ model: other, attempts: 1 })],
    });
    expect(text).toBe('twelve');
    expect(report).toMatchObject({ outcome: 'accepted', stage: 'fallback', attempts: 1 });
    expect(JSON.stringify(messages)).toContain('"stagedRetry":{"author":"scripted');
    expect(lines.join('\n')).toMatch(/attempt 1 \(fallback, other-model\) passed in # ms, 20 tokens/);
  });

  test('is what a person answered when no model was heard', async () => {
    const stages = [
      fallback({ model: says(failsWith(401)), attempts: 1 }),
      human({ inbox: createInbox(), whenPending: 'respond', response: () => 'Wait.' }),
    ];
    const { text, report } = await ask(says(failsWith(401)), { stages, scope: 'public' });
    expect(text).toBe('Wait.');
    expect(report).toMatchObject({ outcome: 'pending' });
  });
});
