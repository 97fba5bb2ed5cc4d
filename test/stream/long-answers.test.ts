import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { excludes, toolInputs } from '../../src/checks/index.ts';
import { retry, withStagedRetry } from '../../src/index.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { noUsage } from '../../src/trace/usage.ts';
import { atOnce } from '../fixtures.ts';

const schema = { type: 'object', properties: { n: { type: 'number' }, text: { type: 'string' } }, required: ['n'] };
const length = 200_000;
const halfCharacter = /[\uD800-\uDBFF]$/;
const answers = {
  'one string': `{"n":1,"text":"${'abcde 😀 '.repeat(length / 9)}"}`,
  'many members': `{"n":1${Array.from({ length: length / 12 }, (_, index) => `,"m${index}":${index}`).join('')}}`,
  'a name again and again': `{${'"n":1,'.repeat(length / 6)}"n":1}`,
  'what is no JSON': `{"n":1,"text":"${'x"y'.repeat(length / 3)}"}`,
};

/** A long answer that is in memory already, as what a socket has read is: no turn comes with its parts. */
function inMemory(text: string, pieceLength: number): ReturnType<typeof scriptedModel> {
  const pieces = text.match(new RegExp(`.{1,${pieceLength}}`, 'gsu')) ?? [];
  const parts = [
    { type: 'stream-start', warnings: [] },
    { type: 'text-start', id: '1' },
    ...pieces.map((delta) => ({ type: 'text-delta', id: '1', delta })),
    { type: 'text-end', id: '1' },
    { type: 'finish', usage: { inputTokens: {}, outputTokens: {} }, finishReason: { unified: 'stop', raw: undefined } },
  ];
  return scriptedModel([{ parts: parts as StreamPart[] }, '{"n":1}']);
}

describe.each(['live', 'buffer'] as const)('a long answer that is in memory, %s', (delivery) => {
  // Each look at the clock finds that the step took long.
  beforeEach(() => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 20;
      return now;
    });
  });
  afterEach(() => void vi.restoreAllMocks());

  describe.each(Object.entries(answers))('of %s', (_, text) => {
    test.each([
      ['whole', length * 2],
      ['in small pieces', 20],
    ])('lets the event loop turn while it is judged, %s', async (_, pieceLength) => {
      const wrapped = withStagedRetry(inMemory(text, pieceLength), { delivery });
      const given = await wrapped.doStream({ prompt: [], responseFormat: { type: 'json', schema } } as never);
      let turns = 0;
      const turning = setInterval(() => {
        turns += 1;
      }, 0);
      let released = '';
      for await (const part of given.stream as ReadableStream<StreamPart>) {
        if (part.type === 'text-delta') {
          expect(part.delta).not.toMatch(halfCharacter);
          released += part.delta;
        }
      }
      clearInterval(turning);
      expect(turns).toBeGreaterThan(5);
      expect([text, '{"n":1}']).toContain(released);
    });
  });

  test('is given up at once when its reader leaves', async () => {
    const wrapped = withStagedRetry(inMemory(answers['one string'], length * 2), { delivery });
    const controller = new AbortController();
    const call = { prompt: [], responseFormat: { type: 'json', schema }, abortSignal: controller.signal };
    const { stream } = await wrapped.doStream(call as never);
    const reader = (stream as ReadableStream<StreamPart>).getReader();
    setTimeout(() => controller.abort(new Error('enough')), 0);
    const all = async () => {
      for (;;) if ((await reader.read()).done) return;
    };
    await expect(all()).rejects.toThrow('enough');
  });
});

test.each([
  ['white space', ' '.repeat(length)],
  ['white space in a fence', `\`\`\`json\n${' '.repeat(length)}`],
  ['white space before half a fence', `${' '.repeat(length)}\` x `],
  ['the name of a fence', `\`\`\`${'a'.repeat(length)}\n`],
])('comes to its end after a long opening in small pieces: %s', async (_, opening) => {
  const wrapped = withStagedRetry(inMemory(`${opening}{"n":1}`, 4), { delivery: 'live' });
  const { stream } = await wrapped.doStream({ prompt: [], responseFormat: { type: 'json', schema } } as never);
  let released = '';
  for await (const part of stream as ReadableStream<StreamPart>) if (part.type === 'text-delta') released += part.delta;
  expect(released).toContain('{"n":1}');
});

const toolInput = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] };

/** The answers that are shown, as text and as inputs of tools. */
async function shownOf(wrapped: { doStream(call: never): PromiseLike<unknown> }, call: object): Promise<string> {
  const { stream } = (await wrapped.doStream({ prompt: [], ...call } as never)) as { stream: unknown };
  let shown = '';
  for await (const part of stream as ReadableStream<StreamPart>) {
    if (part.type === 'text-delta') shown += part.delta;
    if (part.type === 'tool-call') shown += part.input;
  }
  return shown;
}

test('comes to its end where a wrong input of a tool goes on in small pieces', { timeout: 15_000 }, async () => {
  const inputs = [`{"n":"x","m":"${'y'.repeat(length)}"}`, '{"n":1}'];
  const model = scriptedModel(
    inputs.map((input) => ({
      parts: [
        { type: 'tool-input-start', id: '1', toolName: 'save' },
        ...(input.match(/.{1,4}/g) ?? []).map((delta) => ({ type: 'tool-input-delta', id: '1', delta })),
        { type: 'tool-input-end', id: '1' },
        { type: 'tool-call', toolCallId: '1', toolName: 'save', input },
        { type: 'finish', usage: noUsage, finishReason: { unified: 'tool-calls', raw: undefined } },
      ] as StreamPart[],
    })),
  );
  const wrapped = withStagedRetry(model, { checks: [toolInputs()], stages: [retry({ attempts: 3 })] });
  expect(await shownOf(wrapped, { tools: [{ type: 'function', name: 'save', inputSchema: toolInput }] })).toBe(
    '{"n":1}',
  );
});

test('comes to its end where a long text that broke off is repeated in small pieces', { timeout: 15_000 }, async () => {
  const text = 'word '.repeat(length / 5);
  const pieces = (text.match(/.{1,4}/g) ?? []).map((delta) => ({ type: 'text-delta', id: '1', delta }));
  const begun = [{ type: 'text-start', id: '1' }, ...pieces];
  const rest = [
    { type: 'text-delta', id: '1', delta: 'end.' },
    { type: 'text-end', id: '1' },
    { type: 'finish', usage: noUsage, finishReason: { unified: 'stop', raw: undefined } },
  ];
  const model = scriptedModel([{ parts: begun as StreamPart[] }, { parts: [...begun, ...rest] as StreamPart[] }]);
  const wrapped = withStagedRetry(model, { checks: [excludes('x!')], transport: atOnce });
  expect(await shownOf(wrapped, {})).toBe(`${text}end.`);
});
