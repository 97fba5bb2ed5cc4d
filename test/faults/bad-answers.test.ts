import { jsonSchema, Output } from 'ai';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { json, notEmpty } from '../../src/checks/index.ts';
import {
  CheckCrashedError,
  check,
  ProviderFailedError,
  StagesExhaustedError,
  withStagedRetry,
} from '../../src/index.ts';
import { type Reply, responds, says, streams } from '../servers/replay-reply.ts';
import { type ReplayServer, startReplayServer } from '../servers/replay-server.ts';
import { ask, callTypes, chatModel } from './ask.ts';

let server: ReplayServer;
afterEach(() => server.close());

const megabytes = (text: string, count: number) => text.repeat((count * 1_000_000) / text.length);

/** Five megabytes that are no JSON value; each is the worst case of some way to look for one. */
const hugeTexts: Readonly<Record<string, string>> = {
  prose: megabytes('word ', 5),
  'an array without an end': `[${megabytes('1,', 5)}`,
  'an object with a trailing comma': `{"items":[${megabytes('1,', 5)}],}`,
  'a string without an end': `{"a":"${megabytes('x', 5)}`,
  'escapes without an end': `{"a":"${megabytes('\\', 5)}`,
  'opening brackets': megabytes('[', 5),
  fences: megabytes('```\n', 5),
  'a fence and spaces': `\`\`\`${megabytes(' ', 5)}`,
  'many objects': megabytes('{"a":1,} ', 4.5),
  'unclosed comments': megabytes('{/*', 3),
};

describe.each(callTypes)('%s: a model that', (type) => {
  test('says nothing is asked again', async () => {
    server = await startReplayServer([says(''), says('Here I am.')]);
    const { text, report } = await ask(type, {
      model: withStagedRetry(chatModel(server), { checks: [notEmpty()] }),
    });

    expect(text).toBe('Here I am.');
    expect(report?.attempts).toBe(2);
  });

  test('says nothing where JSON is due is asked again', async () => {
    server = await startReplayServer([says(''), says('{"total": 12}')]);
    const output = Output.object({ schema: z.object({ total: z.number() }) });
    const { text } = await ask(type, { model: withStagedRetry(chatModel(server)), output });

    expect(JSON.parse(text)).toEqual({ total: 12 });
    expect(JSON.stringify(server.requests[1]?.body)).toContain('the answer was empty');
  });

  test('never says anything ends the ladder', async () => {
    server = await startReplayServer(() => says(''));
    const { error } = await ask(type, { model: withStagedRetry(chatModel(server), { checks: [notEmpty()] }) });

    expect(error).toBeInstanceOf(StagesExhaustedError);
    expect(server.requests).toHaveLength(2);
  });

  test('nests JSON 10,000 deep is heard where that is right, and asked again where it is not', async () => {
    const deep = `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    server = await startReplayServer([says(deep), says(deep), says('{"a":1}')]);
    const nests: object = { type: 'array', items: { $ref: '#/definitions/nests' } };
    const accepts = jsonSchema({ properties: { a: { $ref: '#/definitions/nests' } }, definitions: { nests } });
    const refuses = jsonSchema({ type: 'object', properties: { a: { type: 'number' } } });

    const heard = await ask(type, { model: withStagedRetry(chatModel(server), { checks: [accepts] }) });
    expect(heard).toMatchObject({ text: deep, report: { attempts: 1 } });
    const reasked = await ask(type, { model: withStagedRetry(chatModel(server), { checks: [refuses] }) });
    expect(reasked).toMatchObject({ text: '{"a":1}', report: { attempts: 2 } });
  });

  test('nests JSON 10,000 deep around what a caller recurses into ends with the typed error of that check', async () => {
    server = await startReplayServer([says(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)]);
    const depthOf = (value: unknown): number => (Array.isArray(value) ? 1 + Math.max(0, ...value.map(depthOf)) : 0);
    const shallow = check('shallow', ({ value }) => depthOf(value) < 3 || 'Nest less.');
    const { error } = await ask(type, { model: withStagedRetry(chatModel(server), { checks: [json(), shallow] }) });

    expect(CheckCrashedError.isInstance(error) && error.check).toBe('shallow');
    expect(server.requests).toHaveLength(1);
  });

  test('repeats a deeply nested answer is recognised to make no progress', async () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    server = await startReplayServer(() => says(deep));
    const checks = [check('never', (_, { attempt }) => `Not this one either, number ${attempt}.`)];
    const { error } = await ask(type, { model: withStagedRetry(chatModel(server), { checks }) });

    expect(error).toBeInstanceOf(StagesExhaustedError);
    expect(server.requests).toHaveLength(2);
  });
});

describe('a model that says 5 MB', () => {
  for (const [name, huge] of Object.entries(hugeTexts)) {
    test(`of ${name} is asked again, with little of it`, async () => {
      server = await startReplayServer([says(huge), says('{"total": 12}')]);
      const { text } = await ask('generate', { model: withStagedRetry(chatModel(server), { checks: [json()] }) });

      expect(JSON.parse(text)).toEqual({ total: 12 });
      expect(JSON.stringify(server.requests[1]?.body).length).toBeLessThan(64_000);
    });
  }

  test.each(callTypes)('that are right is heard out, %s', async (type) => {
    const answer = JSON.stringify({ words: megabytes('word ', 5) });
    const deltas = answer.match(/.{1,65536}/gs) ?? [];
    server = await startReplayServer([type === 'generate' ? says(answer) : streams(chunksOf(deltas))]);
    const { text, error } = await ask(type, {
      model: withStagedRetry(chatModel(server), { checks: [z.object({ words: z.string() })] }),
    });

    expect(error).toBeUndefined();
    expect(text === answer).toBe(true);
  });
});

describe('a provider that', () => {
  const nothings: readonly (readonly [string, Reply])[] = [
    ['sends an empty body', responds('')],
    ['sends no choices', responds({ id: 'x', object: 'chat.completion', created: 0, model: 'replayed', choices: [] })],
    ['sends half a body', responds('{"id":"x","choices":[{"mess')],
  ];
  test.each(nothings)('%s fails the first call as it does bare, and a later one with our error', async (_, nothing) => {
    server = await startReplayServer((__, index) => (index === 2 ? says('wrong') : nothing));
    const bare = await ask('generate', { model: chatModel(server) });
    const model = withStagedRetry(chatModel(server), { checks: [check('never', () => 'No.')] });

    const first = await ask('generate', { model });
    expect(first.error).toMatchObject({ name: nameOf(bare.error), message: messageOf(bare.error) });
    const later = await ask('generate', { model });
    expect(later.error).toBeInstanceOf(ProviderFailedError);
    expect(nameOf(later.error instanceof Error && later.error.cause)).toBe(nameOf(bare.error));
  });

  test('streams no event at all is tried again', async () => {
    server = await startReplayServer([streams([]), says('Here I am.')]);
    const { text } = await ask('stream', { model: withStagedRetry(chatModel(server), { checks: [notEmpty()] }) });

    expect(text).toBe('Here I am.');
  });
});

function nameOf(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}

function messageOf(error: unknown): string | undefined {
  return error instanceof Error ? error.message : undefined;
}

/** Chat Completions chunks of a text, as it was cut. */
function chunksOf(deltas: readonly string[]): string[] {
  const chunk = (choice: object) =>
    JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 0, model: 'replayed', choices: [choice] });
  return [
    ...deltas.map((content) => chunk({ index: 0, delta: { content } })),
    chunk({ index: 0, delta: {}, finish_reason: 'stop' }),
  ];
}
