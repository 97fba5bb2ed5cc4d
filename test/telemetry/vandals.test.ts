import { generateText, Output, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import { judge } from '../../src/checks/index.ts';
import {
  check,
  createInbox,
  EscalationPendingError,
  type EventSink,
  human,
  lendTools,
  memoryStore,
  reportOf,
  retry,
  type StagedRetryOptions,
  StagesExhaustedError,
  withStagedRetry,
} from '../../src/index.ts';
import { type ScriptedAnswer, scriptedModel } from '../../src/testing/index.ts';
import { calls, Invoice, lookup, recorder, says } from '../fixtures.ts';

/** A sink that overwrites and deletes all that it is given, but for errors of others. */
const vandal: EventSink = {
  emit(_, event) {
    vandalise(event, new Set());
  },
};

function vandalise(value: unknown, seen: Set<unknown>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  if (value instanceof Error && !StagesExhaustedError.isInstance(value)) return;
  seen.add(value);
  for (const name of Reflect.ownKeys(value)) {
    if (name === 'length') continue;
    const member: unknown = Reflect.get(value, name);
    vandalise(member, seen);
    if (typeof member === 'string') Reflect.set(value, name, '[redacted]');
    else if (typeof member === 'number') Reflect.set(value, name, 7_000_000);
    else Reflect.deleteProperty(value, name);
  }
  if (Array.isArray(value)) value.length = 0;
}

const right = check('right', ({ text }) => text === 'ok' || `Not ${text}.`);
const price = { input: 1, output: 10 };

interface Scenario {
  readonly answers: readonly ScriptedAnswer[];
  readonly options?: () => StagedRetryOptions;
  readonly output?: boolean;
  readonly stream?: boolean;
}

const scenarios: Readonly<Record<string, Scenario>> = {
  'a ladder of five': { answers: ['a', 'b', 'c', 'd', 'ok'], options: () => ({ stages: [retry({ attempts: 5 })] }) },
  'a stream': { answers: ['a', 'ok'], stream: true },
  'an answer that is read': { answers: ['```json\n{"vendor":"Acme","total":"12"}\n```'], output: true },
  'the best of what failed': { answers: ['a', 'b'], options: () => ({ whenExhausted: 'deliver' }) },
  'an error': { answers: ['a', 'b'] },
  'an answer that is only observed': { answers: ['a'], options: () => ({ mode: 'observe' }) },
  'lent tools': {
    answers: ['a', calls('lookup', { query: 'x' }), 'ok'],
    options: () => ({
      stages: [
        retry({ attempts: 1 }),
        lendTools({ attempts: 1, tools: { lookup: lookup(() => ({ rows: [{ id: 'r1' }] })) } }),
      ],
      checks: [
        right,
        check(
          'rows',
          (_, { toolResults: found }) => found.length === 0 || JSON.stringify(found) === rows || 'No rows.',
        ),
      ],
    }),
  },
  'a judge': {
    answers: ['ok'],
    options: () => ({ checks: [judge({ model: says('{"issues":[]}'), rubric: 'Good?' })] }),
  },
};

const rows = JSON.stringify([{ toolName: 'lookup', output: { rows: [{ id: 'r1' }] } }]);

async function played({ answers, options, output, stream }: Scenario, sinks: readonly EventSink[]) {
  const model = scriptedModel(answers);
  const wrapped = withStagedRetry(model, { checks: [right], price, events: sinks, ...options?.() });
  const given = {
    model: wrapped,
    prompt: 'p',
    maxRetries: 0,
    providerOptions: { stagedRetry: { runId: 'run', metadata: { tags: ['a'] } } },
    ...(output === true ? { output: Output.object({ schema: Invoice }) } : {}),
  };
  const answered = async () => {
    const result = stream === true ? streamText(given) : await generateText(given);
    const report = reportOf(await result.providerMetadata);
    return { text: await result.text, usage: await result.usage, report };
  };
  const result = await answered().catch((error: unknown) => {
    const { message, history, bestAttempt } = StagesExhaustedError.find(error) ?? {};
    return { message, history, bestAttempt };
  });
  const untimed = JSON.stringify([result, model.calls.map(({ prompt }) => prompt)]).replace(times, '');
  return untimed.replaceAll(/[\da-f]{8}(?=\b)/g, 'nonce');
}

const times = /"(?:startedAt|durationMs)":[^,}]*/g;

describe('a sink that changes what it is given', () => {
  test.each(Object.entries(scenarios))('does not change %s, nor what the next sink sees', async (_, scenario) => {
    const [alone, beside] = [recorder(), recorder()];
    const untouched = await played(scenario, [alone]);
    expect(await played(scenario, [vandal, beside])).toBe(untouched);
    const told = (events: ReturnType<typeof recorder>) => JSON.stringify(events.seen).replace(times, '');
    expect(told(beside)).toBe(told(alone));
  });

  test('does not change what a person approves', async () => {
    const inbox = createInbox({ store: memoryStore() });
    const model = withStagedRetry(says('a', 'b'), {
      checks: [right],
      stages: [retry({ attempts: 2 }), human({ inbox })],
      scope: 'public',
      events: vandal,
    });
    const sent = () => generateText({ model, prompt: 'p', maxRetries: 0 });
    const { escalation } = EscalationPendingError.find(await sent().catch((error: unknown) => error)) ?? {};
    expect(escalation?.proposal).toBe('b');
    await inbox.decide(escalation?.id ?? '', { type: 'approve' });
    const { text, providerMetadata } = await sent();
    expect(text).toBe('b');
    expect(reportOf(providerMetadata)).toMatchObject({ attempts: 2, decision: { type: 'approve' } });
  });
});
