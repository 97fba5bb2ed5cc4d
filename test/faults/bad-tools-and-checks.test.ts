import { type ToolSet, tool } from 'ai';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { deferred } from '../../src/effects/deferred.ts';
import { CheckCrashedError, check, lendTools, retry, withStagedRetry } from '../../src/index.ts';
import { calls, says } from '../servers/replay-reply.ts';
import { type ReplayServer, startReplayServer } from '../servers/replay-server.ts';
import { ask, callTypes, chatModel } from './ask.ts';

let server: ReplayServer;
afterEach(() => server.close());

const isRight = check('right', ({ text }) => text === 'Right.' || 'Look it up.');

function looksUp(execute: () => unknown, toModelOutput?: () => never): ToolSet {
  const lookUp = { inputSchema: z.object({}), execute };
  return { lookUp: tool(toModelOutput === undefined ? lookUp : { ...lookUp, toModelOutput }) };
}

const hangs = () => new Promise(() => {}) as never;

const circular: Record<string, unknown> = {};
circular.self = circular;

/** A tool that would yield for ever; `whenStopped` is called when it is stopped. */
async function* endless(whenStopped = () => {}): AsyncGenerator<string> {
  try {
    for (;;) yield await new Promise<string>((resolve) => setTimeout(resolve, 1, 'Looking …'));
  } finally {
    whenStopped();
  }
}

interface BadTool {
  readonly name: string;
  readonly execute: () => unknown;
  readonly toModelOutput?: () => never;
  /** What the model is told. */
  readonly told: RegExp;
}

const badTools: readonly BadTool[] = [
  {
    name: 'throws',
    execute: () => {
      throw new Error('The register is closed.');
    },
    told: /The register is closed\./,
  },
  { name: 'rejects with no error', execute: () => Promise.reject('closed'), told: /closed/ },
  {
    name: 'rejects with an object of its own',
    execute: () => Promise.reject(Object.create(null)),
    told: /without saying why/,
  },
  { name: 'hangs', execute: hangs, told: /Nothing within 50 ms/ },
  { name: 'never stops yielding', execute: () => endless(), told: /Nothing within 50 ms/ },
  { name: 'hangs over its output', execute: () => 12, toModelOutput: hangs, told: /Nothing within 50 ms/ },
  { name: 'returns a circular object', execute: () => circular, told: /circular/ },
  { name: 'returns a bigint', execute: () => 12n, told: /BigInt/ },
  { name: 'returns nothing', execute: () => undefined, told: /null/ },
  { name: 'returns a function', execute: () => () => {}, told: /null/ },
  { name: 'returns 5 MB', execute: () => 'word '.repeat(1_000_000), told: /characters left out/ },
];

describe.each(callTypes)('%s: a lent tool that', (type) => {
  test.each(badTools)('$name: the model is told, and the run goes on', async ({ execute, toModelOutput, told }) => {
    server = await startReplayServer([says('Wrong.'), calls('lookUp', {}), says('Right.')]);
    const stages = [
      retry({ attempts: 1 }),
      lendTools({ attempts: 1, tools: looksUp(execute, toModelOutput), timeout: 50 }),
    ];
    const { text } = await ask(type, { model: withStagedRetry(chatModel(server), { checks: [isRight], stages }) });

    expect(text).toBe('Right.');
    const sent = JSON.stringify(server.requests[2]?.body);
    expect(sent).toMatch(told);
    expect(sent.length).toBeLessThan(200_000);
  });

  test('never stops yielding is stopped when its time is up', async () => {
    server = await startReplayServer([says('Wrong.'), calls('lookUp', {}), says('Right.')]);
    const isStopped = deferred<void>();
    const tools = looksUp(() => endless(isStopped.resolve));
    const stages = [retry({ attempts: 1 }), lendTools({ attempts: 1, tools, timeout: 20 })];
    await ask(type, { model: withStagedRetry(chatModel(server), { checks: [isRight], stages }) });

    await expect(isStopped.promise).resolves.toBeUndefined();
  });
});

const badChecks: readonly { name: string; test: () => never }[] = [
  {
    name: 'throws',
    test: () => {
      throw new Error('No rows.');
    },
  },
  { name: 'rejects', test: () => Promise.reject(new Error('No rows.')) as never },
  { name: 'hangs', test: hangs },
  ...Object.entries({
    false: false,
    null: null,
    'a number': 0,
    'an empty text': '',
    'an object': { message: 'no list' },
    'a list of texts': ['no'],
    'a list with a hole': [undefined],
    'an issue whose path is no list': [{ message: 'no', path: 'a' }],
    'an issue whose path holds objects': [{ message: 'no', path: [{}] }],
    'an issue of an unknown kind': [{ message: 'no', kind: 'bad' }],
    'a promise of garbage': Promise.resolve(12),
  }).map(([name, found]) => ({ name: `returns ${name}`, test: () => found as never })),
];

describe.each(callTypes)('%s: a check that', (type) => {
  test.each(badChecks)('$name ends the run, and the model is not asked again', async ({ test: judge }) => {
    server = await startReplayServer(() => says('Fine.'));
    const checks = [check({ name: 'rows', timeoutMs: 50, test: judge })];
    const { error } = await ask(type, { model: withStagedRetry(chatModel(server), { checks }) });

    expect(CheckCrashedError.isInstance(error) && error.check).toBe('rows');
    expect(server.requests).toHaveLength(1);
  });

  test.each(badChecks)('$name is let go where the caller says so', async ({ test: judge }) => {
    server = await startReplayServer(() => says('Fine.'));
    const checks = [check({ name: 'rows', timeoutMs: 50, test: judge })];
    const model = withStagedRetry(chatModel(server), { checks, whenCheckCrashes: 'pass' });

    expect(await ask(type, { model })).toMatchObject({ text: 'Fine.', error: undefined });
  });
});
