import { getEventListeners } from 'node:events';
import { type ToolSet, tool } from 'ai';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  check,
  createEmitter,
  createInbox,
  fallback,
  human,
  lendTools,
  memoryStore,
  retry,
  type StagedRetryOptions,
  withStagedRetry,
} from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { calls, fails, type Reply, says } from '../servers/replay-reply.ts';
import { type ReplayServer, startReplayServer } from '../servers/replay-server.ts';
import { ask, callTypes, chatModel } from './ask.ts';

let server: ReplayServer;
afterEach(() => server?.close());

const never = check('never', () => 'No.');
const hangs = () => new Promise<never>(() => {});

interface Scenario {
  readonly title: string;
  /** Aborts, at the moment the title tells. */
  readonly options: (abort: () => void) => StagedRetryOptions;
  readonly script: readonly Reply[];
  /** Aborts when the server gets this request, counted from 1. */
  readonly abortOnRequest?: number;
  /** Requests the provider must have got, and no more. */
  readonly requests: number;
  /** Whether the last of them is still open when the abort comes. */
  readonly isOpen?: boolean;
}

const scenarios: readonly Scenario[] = [
  {
    title: 'before the first attempt',
    options: (abort) => {
      abort();
      return { checks: [never] };
    },
    script: [],
    requests: 0,
  },
  {
    title: 'during the first attempt',
    options: () => ({ checks: [never] }),
    script: [{ type: 'stall' }],
    abortOnRequest: 1,
    requests: 1,
    isOpen: true,
  },
  {
    title: 'between attempts',
    options: (abort) => {
      const events = createEmitter();
      events.on('attempt-end', abort);
      return { checks: [never], events };
    },
    script: [says('Wrong.')],
    requests: 1,
  },
  {
    title: 'during the second attempt',
    options: () => ({ checks: [never] }),
    script: [says('Wrong.'), { type: 'stall' }],
    abortOnRequest: 2,
    requests: 2,
    isOpen: true,
  },
  {
    title: 'while the second attempt streams',
    options: () => ({ checks: [never] }),
    script: [says('Wrong.'), says('Not any better.', { fault: { type: 'stall', afterChunks: 1 } })],
    abortOnRequest: 2,
    requests: 2,
  },
  {
    title: 'while another model answers',
    options: () => ({
      checks: [never],
      stages: [retry({ attempts: 1 }), fallback({ model: chatModel(server), attempts: 1 })],
    }),
    script: [says('Wrong.'), { type: 'stall' }],
    abortOnRequest: 2,
    requests: 2,
    isOpen: true,
  },
  {
    title: 'in the wait before a re-ask',
    options: (abort) => ({
      checks: [never],
      stages: [
        retry({
          attempts: 2,
          delay: () => {
            queueMicrotask(abort);
            return 3_600_000;
          },
        }),
      ],
    }),
    script: [says('Wrong.')],
    requests: 1,
  },
  {
    title: 'in the backoff after a failure of the provider',
    options: (abort) => {
      const events = createEmitter();
      events.on('transport-retry', () => queueMicrotask(abort));
      return { checks: [never], events, transport: { initialMs: 3_600_000, maxMs: 3_600_000, jitter: 'none' } };
    },
    script: [fails(503)],
    requests: 1,
  },
  {
    title: 'while a check judges',
    options: (abort) => ({
      checks: [
        check('slow', () => {
          queueMicrotask(abort);
          return hangs();
        }),
      ],
    }),
    script: [says('Wrong.')],
    requests: 1,
  },
  {
    title: 'while a lent tool runs',
    options: (abort) => ({
      checks: [never],
      stages: [
        retry({ attempts: 1 }),
        lendTools({
          attempts: 1,
          tools: lookUp(() => {
            queueMicrotask(abort);
            return hangs();
          }),
        }),
      ],
    }),
    script: [says('Wrong.'), calls('lookUp', {})],
    requests: 2,
  },
  {
    title: 'while lent tools connect',
    options: (abort) => ({
      checks: [never],
      stages: [
        retry({ attempts: 1 }),
        lendTools({
          attempts: 1,
          tools: () => {
            queueMicrotask(abort);
            return hangs();
          },
        }),
      ],
    }),
    script: [says('Wrong.')],
    requests: 1,
  },
  {
    title: 'while a person is awaited',
    options: (abort) => {
      const events = createEmitter();
      events.on('escalation-request', () => queueMicrotask(abort));
      const person = human({ inbox: createInbox(), wait: { timeoutMs: 3_600_000, pollMs: 3_600_000 } });
      return { checks: [never], stages: [retry({ attempts: 1 }), person], scope: 'public', events };
    },
    script: [says('Wrong.')],
    requests: 1,
  },
  {
    title: 'while the inbox is read',
    options: (abort) => {
      const store = memoryStore();
      const get = () => {
        queueMicrotask(abort);
        return hangs();
      };
      const inbox = createInbox({ store: { ...store, get } });
      return { checks: [never], stages: [retry({ attempts: 1 }), human({ inbox })], scope: 'public' };
    },
    script: [],
    requests: 0,
  },
  {
    title: 'while an escalation is written',
    options: (abort) => {
      const store = memoryStore();
      const set = () => {
        queueMicrotask(abort);
        return hangs();
      };
      const inbox = createInbox({ store: { ...store, set } });
      return { checks: [never], stages: [retry({ attempts: 1 }), human({ inbox })], scope: 'public' };
    },
    script: [says('Wrong.')],
    requests: 1,
  },
  {
    title: 'while a limiter makes the call wait',
    options: (abort) => {
      const reserve = () => {
        queueMicrotask(abort);
        return hangs();
      };
      return { checks: [never], limits: [{ reserve, settle: async () => {} }] };
    },
    script: [],
    requests: 0,
  },
];

function lookUp(execute: () => unknown): ToolSet {
  return { lookUp: tool({ inputSchema: z.object({}), execute }) };
}

describe.each(callTypes)('%s: an abort', (type) => {
  test.each(scenarios)('$title ends the run with its reason', async (scenario) => {
    const controller = new AbortController();
    const abort = () => controller.abort();
    server = await startReplayServer((_, index) => {
      if (index + 1 === scenario.abortOnRequest) setImmediate(abort);
      return scenario.script[index];
    });
    const model = withStagedRetry(chatModel(server), scenario.options(abort));
    const { error } = await ask(type, { model, abortSignal: controller.signal });

    expect(error).toBe(controller.signal.reason);
    expect(server.requests).toHaveLength(scenario.requests);
    await Promise.all(server.requests.map(({ ended }) => ended));
    if (scenario.isOpen === true) expect(server.requests.at(-1)?.isClosedEarly).toBe(true);
    // The SDK takes its own listener away when our stream has rejected, which loads with the first one.
    await expect.poll(() => getEventListeners(controller.signal, 'abort')).toEqual([]);
  });
});

describe('a run that nobody aborts', () => {
  test.each(callTypes)('leaves no listener on the signal, %s', async (type) => {
    const { signal } = new AbortController();
    const answer = { content: [{ type: 'tool-call' as const, toolCallId: '1', toolName: 'lookUp', input: '{}' }] };
    const inner = scriptedModel(['Wrong.', answer, 'Wrong as well.']);
    const inbox = createInbox();
    const events = createEmitter();
    events.on('escalation-request', ({ escalation }) => {
      void inbox.decide(escalation.id, { type: 'edit', text: 'Right.' });
    });
    const isRight = check('right', async ({ text }) => text === 'Right.' || 'No.');
    const model = withStagedRetry(inner, {
      checks: [isRight],
      stages: [
        retry({ attempts: 1 }),
        lendTools({ attempts: 1, tools: lookUp(async () => 'found') }),
        human({ inbox, wait: { timeoutMs: 60_000 } }),
      ],
      transport: { timeout: { callMs: 60_000, firstChunkMs: 60_000, chunkMs: 60_000 } },
      scope: 'public',
      events,
    });

    const params = {
      prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Go on.' }] }],
      abortSignal: signal,
    };
    if (type === 'generate') await model.doGenerate(params);
    else for await (const part of (await model.doStream(params)).stream) expect(part.type).not.toBe('error');

    expect(inner.calls).toHaveLength(3);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('whose consumer cancels the stream cancels the provider, and asks no more', async () => {
    server = await startReplayServer([
      says('Wrong.'),
      says('Not any better.', { fault: { type: 'stall', afterChunks: 1 } }),
    ]);
    const model = withStagedRetry(chatModel(server), { checks: [never] });
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Go on.' }] }];
    const { stream } = await model.doStream({ prompt });
    const reader = stream.getReader();
    await reader.read();
    await expect.poll(() => server.requests.length).toBe(2);
    await reader.cancel(new Error('gone'));

    await Promise.all(server.requests.map(({ ended }) => ended));
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]?.isClosedEarly).toBe(true);
  });
});
