import { inspect } from 'node:util';
import { createOpenAI } from '@ai-sdk/openai';
import { tool } from 'ai';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  check,
  createInbox,
  human,
  lendTools,
  memoryStore,
  repair,
  retry,
  type StagedRetryOptions,
  withStagedRetry,
} from '../../src/index.ts';
import { calls, fails, type Reply, says } from '../servers/replay-reply.ts';
import { type ReplayServer, startReplayServer } from '../servers/replay-server.ts';
import { ask, callTypes } from './ask.ts';

let server: ReplayServer;
afterEach(() => server.close());

const prompt = 'prompt-7f3a';
const key = 'key-7f3a';
const answer = 'answer-7f3a';
const found = 'found-7f3a';
const secrets = [prompt, key, answer, found];

const never = check('never', () => 'No.');
const atOnce = { initialMs: 0, jitter: 'none' } as const;
const failing = (operation: 'get' | 'set') => {
  const reject = () => Promise.reject(new Error(`ECONNREFUSED redis://:${key}@localhost`));
  return createInbox({ store: { ...memoryStore(), [operation]: reject } });
};
const lent = { lookUp: tool({ inputSchema: z.object({}), execute: () => found }) };

/** Every way a run ends with an error of ours. */
const endings: readonly { name: string; script: readonly Reply[]; options: () => StagedRetryOptions }[] = [
  {
    name: 'StagedRetry_StagesExhaustedError',
    script: [says(answer), calls('lookUp', {}), says(`${answer} again`)],
    options: () => ({
      checks: [check('quotes', ({ text }) => `Do not say ${text}.`)],
      stages: [retry({ attempts: 1 }), lendTools({ attempts: 1, tools: lent })],
    }),
  },
  {
    name: 'StagedRetry_StagesExhaustedError',
    script: [says(`{"${answer}": 1}`), says(`{"${answer}": 2}`)],
    options: () => ({
      checks: [z.strictObject({ total: z.number() })],
      stages: [retry({ attempts: 1 }), repair({ attempts: 1, maxShare: 1 })],
    }),
  },
  {
    name: 'StagedRetry_EscalationPendingError',
    script: [says(answer)],
    options: () => ({
      checks: [never],
      stages: [retry({ attempts: 1 }), human({ inbox: createInbox() })],
      scope: 'public',
    }),
  },
  {
    name: 'StagedRetry_BudgetExceededError',
    script: [says(answer)],
    options: () => ({ checks: [never], budget: { outputTokens: 1 } }),
  },
  {
    name: 'StagedRetry_CheckCrashedError',
    script: [says(answer)],
    options: () => ({
      checks: [
        check('rows', ({ text }, { params }) => {
          throw new Error(`${text} ${JSON.stringify(params.prompt)}`);
        }),
      ],
    }),
  },
  {
    name: 'StagedRetry_ProviderFailedError',
    script: [says(answer), { type: 'body', status: 400, body: { error: { message: `Bad key ${key} in ${prompt}` } } }],
    options: () => ({ checks: [never] }),
  },
  {
    name: 'StagedRetry_ProviderFailedError',
    script: [fails(500), { type: 'body', status: 500, body: { error: { message: `${key} ${prompt}` } } }],
    options: () => ({ checks: [never], transport: { ...atOnce, attempts: 2 } }),
  },
  {
    name: 'StagedRetry_StoreError',
    script: [says(answer)],
    options: () => ({
      checks: [never],
      stages: [retry({ attempts: 1 }), human({ inbox: failing('set') })],
      scope: 'public',
    }),
  },
];

describe.each(callTypes)('%s: no error of ours tells the prompt, the key or an answer', (type) => {
  test.each(endings)('$name', async ({ name, script, options }) => {
    server = await startReplayServer(script);
    const bare = createOpenAI({ baseURL: server.url, apiKey: key }).chat('replayed');
    const { error } = await ask(type, { model: withStagedRetry(bare, options()), prompt });

    expect(error).toMatchObject({ name });
    const { message, stack = '' } = error as Error;
    const printed = inspect(error, { depth: 10 }) + JSON.stringify(error);
    for (const secret of secrets) expect(message + stack + printed).not.toContain(secret);
  });

  test('in the history of a provider that failed', async () => {
    const body = { error: { message: `Bad key ${key} in ${prompt}` } };
    server = await startReplayServer([says('Wrong.'), { type: 'body', status: 400, body }]);
    const bare = createOpenAI({ baseURL: server.url, apiKey: key }).chat('replayed');
    const { error } = await ask(type, { model: withStagedRetry(bare, { checks: [never] }), prompt });

    const history = JSON.stringify((error as { history?: unknown }).history);
    expect(history).toContain('provider-failure');
    for (const secret of secrets) expect(history).not.toContain(secret);
  });
});

test('a bad option is named without its value', () => {
  expect(() => withStagedRetry(createOpenAI({ apiKey: key })('x'), { scope: { key } as never })).toThrow(
    /^(?!.*7f3a).*scope/s,
  );
});
