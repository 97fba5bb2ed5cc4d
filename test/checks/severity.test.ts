import { generateText, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { length, matches } from '../../src/checks/index.ts';
import { check, logEvents, reportOf, retry, type StagedRetryOptions, withStagedRetry } from '../../src/index.ts';
import { runCheck } from '../../src/testing/index.ts';
import { Invoice, recorder, says, saysJson } from '../fixtures.ts';

const prompt = 'Hi';
const polite = check({ name: 'polite', severity: 'warning', test: ({ text }) => /please/.test(text) || 'Say please.' });
const polish = { check: 'polite', kind: 'content', message: 'Say please.', path: [] };

async function reportWith(answers: readonly string[], options: StagedRetryOptions) {
  const events = recorder();
  const model = says(...answers);
  const result = await generateText({ model: withStagedRetry(model, { events, ...options }), prompt });
  const attempts = events.of('attempt-end').map(({ attempt }) => attempt);
  return { text: result.text, report: reportOf(result.providerMetadata), attempts, calls: model.calls.length };
}

describe('a check of severity warning', () => {
  test('is told in the report and the events, and never climbs', async () => {
    const { report, attempts, calls } = await reportWith(['Now!'], {
      checks: [polite],
      stages: [retry({ attempts: 3 })],
    });
    expect(calls).toBe(1);
    expect(report).toMatchObject({ outcome: 'accepted', attempts: 1, warnings: [{ type: 'check', ...polish }] });
    expect(attempts[0]).toMatchObject({ verdict: { type: 'pass' }, warnings: [polish] });
  });

  test('is judged once, on the answer that passed everything else', async () => {
    let judged = 0;
    const counted = check({ name: 'counted', severity: 'warning', test: () => ++judged < 0 || 'Counted.' });
    const { attempts } = await reportWith(['too long', 'ok'], { checks: [counted, length({ max: 3 })] });
    expect(judged).toBe(1);
    expect(attempts.map(({ warnings }) => warnings?.length)).toEqual([undefined, 1]);
  });

  test('leaves nothing behind when it finds nothing', async () => {
    const { report, attempts } = await reportWith(['please'], { checks: [polite] });
    expect(report?.warnings).toEqual([]);
    expect(attempts[0]).not.toHaveProperty('warnings');
  });

  test('may be any check, and a schema', async () => {
    const strict = check({ name: 'strict', severity: 'warning', schema: z.object({ total: z.number() }) });
    const upper = { ...matches(/^[A-Z]/), severity: 'warning' } as const;
    const { report } = await reportWith(['{"total":"5"}'], { checks: [strict, upper] });
    expect(report?.warnings.map((warning) => 'check' in warning && warning.check)).toEqual(['strict']);
    const prose = await reportWith(['no JSON'], { checks: [strict] });
    expect(prose.report).toMatchObject({ outcome: 'accepted', warnings: [{ kind: 'syntax' }] });
  });

  test('sees the value that a schema makes', async () => {
    const cheap = check({
      name: 'cheap',
      severity: 'warning',
      schema: Invoice,
      test: ({ value }) => value.total < 10 || 'Is it that much?',
    });
    const model = withStagedRetry(saysJson({ vendor: 'Acme', total: 12 }), { checks: [Invoice, cheap] });
    const { providerMetadata } = await generateText({ model, prompt });
    expect(reportOf(providerMetadata)?.warnings).toMatchObject([{ check: 'cheap' }]);
  });

  test('that crashes is a warning itself', async () => {
    const broken = check({
      name: 'broken',
      severity: 'warning',
      test: () => {
        throw new RangeError('secret');
      },
    });
    const { report } = await reportWith(['Now!'], { checks: [broken, polite] });
    expect(report?.warnings).toMatchObject([{ check: 'polite' }, { check: 'broken' }]);
    expect(JSON.stringify(report)).toContain('with RangeError. The answer was let go');
    expect(JSON.stringify(report)).not.toContain('secret');
  });

  test('does not hold a stream', async () => {
    const events = recorder();
    const model = withStagedRetry(says('Now, or never, or some day.'), { checks: [polite], events });
    const result = streamText({ model, prompt });
    await result.consumeStream();
    expect(events.of('delivery-start')).toMatchObject([{ delivery: 'live', heldBy: [] }]);
    expect(reportOf(await result.providerMetadata)?.warnings).toMatchObject([{ check: 'polite' }]);
  });

  test('is printed', async () => {
    const lines: string[] = [];
    await reportWith(['Now!'], { checks: [polite], events: logEvents((line) => lines.push(line)) });
    expect(lines.join('\n')).toMatch(/passed in .*, 20 tokens, warned: Say please \(polite\)/);
  });

  test('is no part of what other checks wait for', () => {
    const after = check({ name: 'after', after: ['polite'], test: () => true });
    expect(() => withStagedRetry(says(''), { checks: [polite, after] })).toThrow('"polite", which only warns');
    expect(() => check({ name: 'x', severity: 'info' as never, test: () => true })).toThrow('must be error or warning');
  });
});

test('runCheck judges by a check that only warns', async () => {
  expect(await runCheck(polite, 'Now!')).toEqual({ type: 'fail', issues: [polish] });
});

test("whenCheckCrashes: 'pass' tells of the check that was let go", async () => {
  const broken = check('broken', () => {
    throw new TypeError('secret');
  });
  const { report } = await reportWith(['ok'], { checks: [broken], whenCheckCrashes: 'pass' });
  expect(report?.warnings).toMatchObject([{ check: 'broken', message: expect.stringContaining('TypeError') }]);
});

test('a check that only warns may wait for one that does not', async () => {
  const checks = [
    check('short', ({ text }) => text.length < 5 || 'Shorten it.'),
    check({ name: 'polite', severity: 'warning', after: ['short'], test: () => 'Say please.' }),
  ];
  const { providerMetadata } = await generateText({ model: withStagedRetry(says('Now!'), { checks }), prompt: 'Hi' });
  expect(reportOf(providerMetadata)?.warnings).toMatchObject([{ check: 'polite' }]);
});
