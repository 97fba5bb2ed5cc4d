import { generateText } from 'ai';
import { describe, expect, test } from 'vitest';
import {
  check,
  createInbox,
  EscalationPendingError,
  fallback,
  human,
  logEvents,
  ProviderFailedError,
  repair,
  reportOf,
  retry,
  type StagedRetryOptions,
  withStagedRetry,
} from '../../src/index.ts';
import { type ScriptedAnswer, scriptedModel } from '../../src/testing/index.ts';
import { errorOf, failsWith, recorder } from '../fixtures.ts';

const right = check('right', ({ text }) => text === '12' || `Not ${text}.`);

let models = 0;
async function run(
  answers: readonly ScriptedAnswer[],
  others: readonly ScriptedAnswer[],
  options: StagedRetryOptions = {},
) {
  const events = recorder();
  const lines: string[] = [];
  const primary = scriptedModel(answers, { modelId: `primary-${models++}` });
  const other = scriptedModel(others, { modelId: `other-${models++}` });
  const wrapped = withStagedRetry(primary, {
    checks: [right],
    stages: [retry({ attempts: 2 }), fallback({ model: other, attempts: 1 })],
    transport: { attempts: 1 },
    events: [events, logEvents((line) => lines.push(line))],
    ...options,
  });
  const sent = generateText({ model: wrapped, prompt: 'Total?', maxRetries: 0 });
  const result = await sent.catch(() => undefined);
  const error = result === undefined ? await errorOf(sent) : undefined;
  return { events, lines, error, primary, other, report: reportOf(result?.providerMetadata) };
}

/** What the provider said, with words that are nobody's to see. */
function spent(statusCode = 402) {
  const failure = failsWith(statusCode);
  Object.assign(failure, { message: 'no money: sk-secret', responseBody: '{"error":{"code":"insufficient_quota"}}' });
  return failure;
}

describe('a provider that failed is seen, though another answered', () => {
  test('in the end of its stage, the log and the report', async () => {
    const { events, lines, report, primary } = await run(['11', spent()], ['12']);
    const failure = { name: 'AI_APICallError', statusCode: 402, model: primary.modelId, isSpent: true };
    expect(events.of('stage-end')[0]).toMatchObject({ reason: 'provider-failed', error: failure });
    expect(lines.join('\n')).toContain(
      `stage: retry was left: status 402 from ${primary.modelId} (a quota or balance is used up)`,
    );
    expect(report).toMatchObject({ outcome: 'accepted', failures: [{ stage: 'retry', ...failure }] });
    expect(JSON.stringify([events.of('stage-end'), lines, report])).not.toContain('secret');
  });

  test('with the time it asked to wait', async () => {
    const { events } = await run([failsWith(429, { 'retry-after': '300' })], ['12']);
    expect(events.of('stage-end')[0]).toMatchObject({ error: { statusCode: 429, retryAfterMs: 300_000 } });
  });

  test('and one that never failed has none', async () => {
    const { report } = await run(['11', '12'], []);
    expect(report).not.toHaveProperty('failures');
  });

  test('before a person is asked', async () => {
    const stages = [retry({ attempts: 2 }), human({ inbox: createInbox() })];
    const { error, lines } = await run(['11', failsWith(401)], [], { stages, scope: 'public' });
    expect(EscalationPendingError.find(error)).toBeDefined();
    expect(lines.join('\n')).toContain('stage: retry was left: status 401 from');
  });

  test('where the fallback failed too, the error names both', async () => {
    const { error, primary, other } = await run(['11', failsWith(401)], [failsWith(500)]);
    const { message = '' } = ProviderFailedError.find(error) ?? {};
    expect(message).toContain(`status 401 from ${primary.modelId} in stage retry`);
    expect(message).toContain(`status 500 from ${other.modelId} in stage fallback`);
    expect(message).not.toContain('add a fallback stage');
  });
});

describe('each attempt that starts ends, or is said to have failed', () => {
  const pairs = (events: ReturnType<typeof recorder>) =>
    events.seen
      .filter(({ name }) => name.startsWith('attempt-'))
      .map(({ name, event }) => {
        const { attempt } = event as { attempt: number | { number: number } };
        return `${name} ${typeof attempt === 'number' ? attempt : attempt.number}`;
      });

  test('of a provider that failed', async () => {
    const { events } = await run(['11', failsWith(401)], ['12']);
    expect(pairs(events)).toEqual([
      'attempt-start 1',
      'attempt-end 1',
      'attempt-start 2',
      'attempt-failed 2',
      'attempt-start 2',
      'attempt-end 2',
    ]);
    expect(events.of('attempt-failed')[0]).toMatchObject({ reason: 'provider-failed', error: { statusCode: 401 } });
  });

  test.each<[string, readonly ScriptedAnswer[], StagedRetryOptions, string]>([
    ['of a first call', [failsWith(500)], { stages: [retry({ attempts: 2 })], transport: {} }, 'provider-failed'],
    [
      'of a stage with nothing to propose',
      ['11'],
      { stages: [retry({ attempts: 1 }), repair({ attempts: 1 })] },
      'skipped',
    ],
    [
      'of a stage that throws',
      ['11'],
      { stages: [{ name: 'own', attempts: 1, propose: () => Promise.reject(new Error('no')) }] },
      'error',
    ],
    ['that was only observed', [failsWith(500)], { mode: 'observe' }, 'provider-failed'],
  ])('%s', async (_, answers, options, reason) => {
    const { events } = await run(answers, ['12'], options);
    const names = pairs(events).map((pair) => pair.split(' ')[0]);
    expect(names.filter((name) => name === 'attempt-start').length).toBe(
      names.filter((name) => name !== 'attempt-start').length,
    );
    expect(events.of('attempt-failed').map((event) => event.reason)).toContain(reason);
  });
});
