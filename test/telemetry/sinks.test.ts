import { runInNewContext } from 'node:vm';
import { InvalidArgumentError } from '@ai-sdk/provider';
import { generateText, Output, stepCountIs, streamText, ToolLoopAgent } from 'ai';
import * as ai6 from 'ai-v6';
import { describe, expect, test } from 'vitest';
import { judge } from '../../src/checks/index.ts';
import {
  check,
  createEmitter,
  lendTools,
  reportOf,
  retry,
  type StagedRetryCallOptions,
  withRunEvents,
  withStagedRetry,
} from '../../src/index.ts';
import type { RunTelemetry } from '../../src/telemetry/telemetry.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { calls, failsWith, Invoice, lookup, recorder, says } from '../fixtures.ts';

const prompt = 'Total?';
const right = check('right', ({ text }) => text === '12' || `Not ${text}.`);
const told = ['run-start', 'stage-start', 'attempt-start', 'attempt-end', 'stage-end', 'run-end'];

test('every sink of a list is told everything, whatever the others do', async () => {
  const [first, last] = [recorder(), recorder()];
  const rejecting = { emit: () => Promise.reject(new Error('no')) };
  const elsewhere = { emit: () => runInNewContext("Promise.reject(new Error('no'))") };
  const throwing = {
    emit() {
      throw new Error('no');
    },
  };
  const events = [first, throwing, rejecting, elsewhere, createEmitter(), last];
  await generateText({ model: withStagedRetry(says('12'), { checks: [right], events }), prompt });
  expect(first.names()).toEqual(told);
  expect(last.seen).toEqual(first.seen);
});

test('a list with something that is no sink is refused', () => {
  expect(() => withStagedRetry(says(''), { events: [recorder(), {}] as never })).toThrow(/events must have emit/);
});

test("the call's metadata is in every event and in the report", async () => {
  const events = recorder();
  const metadata = { job: 17, tags: ['a'] };
  const { providerMetadata } = await generateText({
    model: withStagedRetry(says('10', '12'), { checks: [right], events }),
    prompt,
    providerOptions: { stagedRetry: { metadata } satisfies StagedRetryCallOptions },
  });
  expect(events.seen.length).toBeGreaterThan(5);
  for (const { event } of events.seen) expect(event).toMatchObject({ metadata });
  expect(reportOf(providerMetadata)?.metadata).toEqual(metadata);
});

describe('withRunEvents tells of the runs within', () => {
  const model = () => withStagedRetry(says('12'), { checks: [right] });

  test('a generated answer, and of no other', async () => {
    const [mine, others] = [recorder(), recorder()];
    await Promise.all([
      withRunEvents(mine, () => generateText({ model: model(), prompt })),
      withRunEvents(others, () => generateText({ model: model(), prompt })),
      generateText({ model: model(), prompt }),
    ]);
    expect(mine.names()).toEqual(told);
    expect(others.names()).toEqual(told);
    expect(mine.of('run-start')[0]?.runId).not.toBe(others.of('run-start')[0]?.runId);
  });

  test('a stream that is read outside', async () => {
    const events = recorder();
    const result = withRunEvents(events, () => streamText({ model: model(), prompt }));
    expect(await result.text).toBe('12');
    expect(events.names()).toContain('run-end');
  });

  test('each step of an agent that was made outside', async () => {
    const events = recorder();
    const agent = new ToolLoopAgent({
      model: withStagedRetry(says(calls('lookup', { query: 'x' }), '12'), { checks: [right] }),
      tools: { lookup: lookup() },
      stopWhen: stepCountIs(3),
    });
    await withRunEvents(events, () => agent.generate({ prompt }));
    expect(events.of('run-end')).toHaveLength(2);
  });

  test('ai@6 too', async () => {
    const events = recorder();
    const v3 = withStagedRetry(scriptedModel(['{}', '{"vendor":"a","total":1}'], { specificationVersion: 'v3' }));
    const output = ai6.Output.object({ schema: Invoice });
    await withRunEvents(events, () => ai6.generateText({ model: v3 as never, output, prompt }));
    expect(events.of('run-end')).toMatchObject([{ attempts: 2 }]);
  });

  test('one inside the other, and the sinks of the model', async () => {
    const [outer, inner, own] = [recorder(), recorder(), recorder()];
    const wrapped = withStagedRetry(says('{}'), { events: own });
    await withRunEvents(outer, () =>
      withRunEvents(inner, () => generateText({ model: wrapped, output: Output.json(), prompt })),
    );
    for (const { names } of [outer, inner, own]) expect(names()).toEqual(told);
  });

  test('and refuses what is no sink', () => {
    expect(() => withRunEvents({} as never, () => 1)).toThrow(InvalidArgumentError);
  });
});

describe('telemetry that fails leaves the run as it is', () => {
  type Within = RunTelemetry['within'];
  const failing = () => {
    throw new Error('no tracer');
  };
  const withins: readonly [string, Within][] = [
    ['throws', failing],
    [
      'throws while the part runs',
      (_, code) => {
        code();
        return failing();
      },
    ],
    ['rejects without having begun', async () => failing()],
    ['rejects afterwards', (_, code) => code().then(failing)],
    ['never begins', async () => undefined as never],
    [
      'does not wait',
      async (_, code) => {
        code();
        return undefined as never;
      },
    ],
    ['begins twice', (_, code) => Promise.all([code(), code()]).then(([result]) => result)],
    ['is missing', undefined as never],
  ];

  test.each(withins)('within %s', async (_, within) => {
    const model = says('10', calls('lookup', { query: 'x' }), '12', failsWith(400));
    const judging = says('{"issues":[]}', '{"issues":[]}');
    const run = { emit: () => {}, within };
    const wrapped = withStagedRetry(model, {
      checks: [right, judge({ model: judging, rubric: 'Good?' })],
      stages: [retry({ attempts: 1 }), lendTools({ attempts: 1, tools: { lookup: lookup() } })],
      telemetry: { startRun: () => run },
    });
    const asked = () => generateText({ model: wrapped, prompt, maxRetries: 0 });
    const { text, providerMetadata } = await asked();
    expect([text, reportOf(providerMetadata)?.attempts]).toEqual(['12', 2]);
    expect([model.calls.length, judging.calls.length]).toEqual([3, 2]);
    await expect(asked()).rejects.toMatchObject({ statusCode: 400 });
    expect(model.calls).toHaveLength(4);
  });
});
