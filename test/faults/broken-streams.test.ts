import { afterEach, describe, expect, test } from 'vitest';
import {
  check,
  fallback,
  ProviderFailedError,
  retry,
  type StagedRetryOptions,
  withStagedRetry,
} from '../../src/index.ts';
import { fails, type Reply, says, streams } from '../servers/replay-reply.ts';
import { type ReplayServer, startReplayServer } from '../servers/replay-server.ts';
import { ask, chatModel } from './ask.ts';

let server: ReplayServer;
afterEach(() => server.close());

const checks = [check('right', ({ text }) => text.startsWith('Right') || 'Look again.')];
const atOnce = { initialMs: 0, jitter: 'none' } as const;
const impatient = { ...atOnce, timeout: { callMs: 10_000, firstChunkMs: 100, chunkMs: 100 } };

/** An answer of many chunks: about one for each word. */
const long = `Right. ${'It goes on and on. '.repeat(60)}`;
const right = says('Right.');

/** A chunk that tells of an error of the provider, as OpenAI sends it amid a stream. */
const errorChunk = JSON.stringify({ error: { message: 'The server had an error.', type: 'server_error' } });
const textChunk = JSON.stringify({
  id: 'x',
  object: 'chat.completion.chunk',
  created: 0,
  model: 'replayed',
  choices: [{ index: 0, delta: { content: 'Right. ' } }],
});
const finishChunk = textChunk.replace('"delta":{"content":"Right. "}', '"delta":{},"finish_reason":"stop"');

interface Broken {
  readonly title: string;
  readonly reply: Reply;
  readonly transport?: StagedRetryOptions['transport'];
  /** What the provider's own error leaves of an answer to which no check objects. */
  readonly left?: string;
}

const broken: readonly Broken[] = [
  { title: 'is cut after 50 chunks', reply: says(long, { fault: { type: 'reset', afterChunks: 50 } }) },
  {
    title: 'tells of an error after 50 chunks',
    reply: streams([...Array(50).fill(textChunk), errorChunk, finishChunk]),
    left: 'Right. '.repeat(50),
  },
  { title: 'holds a chunk that is no JSON', reply: streams([textChunk, '{"id":', finishChunk]), left: 'Right. ' },
  { title: 'ends after 50 chunks without a finish', reply: says(long, { fault: { type: 'end', afterChunks: 50 } }) },
  { title: 'ends before its first chunk', reply: says(long, { fault: { type: 'end', afterChunks: 0 } }) },
  {
    title: 'stalls before its first chunk',
    reply: says(long, { fault: { type: 'stall', afterChunks: 0 } }),
    transport: impatient,
  },
  {
    title: 'stalls after 50 chunks',
    reply: says(long, { fault: { type: 'stall', afterChunks: 50 } }),
    transport: impatient,
  },
];

describe.each(broken)('a stream that $title', ({ reply, transport = atOnce, left = '' }) => {
  test('is called for again, and costs no attempt', async () => {
    server = await startReplayServer([reply, right]);
    const { text, report } = await ask('stream', { model: withStagedRetry(chatModel(server), { checks, transport }) });

    expect(text).toBe('Right.');
    expect(report?.attempts).toBe(1);
    await Promise.all(server.requests.map(({ ended }) => ended));
  });

  test('in the second attempt is called for again', async () => {
    server = await startReplayServer([says('Wrong.'), reply, right]);
    const { text, report } = await ask('stream', { model: withStagedRetry(chatModel(server), { checks, transport }) });

    expect(text).toBe('Right.');
    expect(report?.attempts).toBe(2);
  });

  test('every time ends with the typed error after the tries the caller allows', async () => {
    server = await startReplayServer(() => reply);
    const options = { checks, transport: { ...transport, attempts: 2 } };
    const { text, error } = await ask('stream', { model: withStagedRetry(chatModel(server), options) });

    expect(text).toBe(left);
    expect(error).toBeInstanceOf(ProviderFailedError);
    expect(server.requests).toHaveLength(2);
    await Promise.all(server.requests.map(({ ended }) => ended));
  });

  test('every time is left for another model', async () => {
    server = await startReplayServer(({ body }) => (body.model === 'other' ? right : reply));
    const stages = [retry({ attempts: 2 }), fallback({ model: chatModel(server, 'other'), attempts: 1 })];
    const options = { checks, stages, transport: { ...transport, attempts: 1 } };
    const { text, report } = await ask('stream', { model: withStagedRetry(chatModel(server), options) });

    expect(text).toBe('Right.');
    expect(report).toMatchObject({ stage: 'fallback', attempts: 1 });
  });
});

describe('a call that never answers', () => {
  test.each(['generate', 'stream'] as const)('%s: is given up when its time is up', async (type) => {
    server = await startReplayServer([{ type: 'stall' }, right]);
    const transport = { ...atOnce, timeout: { callMs: 100 } };
    const { text } = await ask(type, { model: withStagedRetry(chatModel(server), { checks, transport }) });

    expect(text).toBe('Right.');
    await server.requests[0]?.ended;
    expect(server.requests[0]?.isClosedEarly).toBe(true);
  });

  test.each(['generate', 'stream'] as const)('%s: whose connection is cut is made again', async (type) => {
    server = await startReplayServer([{ type: 'reset' }, fails(500), right]);
    const { text, report } = await ask(type, {
      model: withStagedRetry(chatModel(server), { checks, transport: atOnce }),
    });

    expect(text).toBe('Right.');
    expect(report?.attempts).toBe(1);
  });
});

test('a broken stream with nothing to judge goes out broken, as the bare model gives it', async () => {
  server = await startReplayServer(() => says(long, { fault: { type: 'reset', afterChunks: 50 } }));
  const bare = await ask('stream', { model: chatModel(server) });
  const wrapped = await ask('stream', { model: withStagedRetry(chatModel(server)) });

  expect(wrapped.text).toBe(bare.text);
  expect(String(wrapped.error)).toBe(String(bare.error));
  expect(server.requests).toHaveLength(2);
});
