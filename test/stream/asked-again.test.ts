import { jsonSchema, Output, streamText, tool } from 'ai';
import { expect, test } from 'vitest';
import { fallback, retry, type StagedRetryOptions, withStagedRetry } from '../../src/index.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { type ScriptedAnswer, type ScriptedModel, scriptedModel } from '../../src/testing/index.ts';
import { atOnce, calls, failsWith } from '../fixtures.ts';
import { inPieces } from '../reading/first-answer.ts';

const schema = jsonSchema({
  type: 'object',
  properties: { a: { type: 'string' }, n: { type: 'number' } },
  required: ['a', 'n'],
});
const save = tool({ inputSchema: jsonSchema({ type: 'object', properties: { total: { type: 'number' } } }) });
const object = { output: Output.object({ schema }) } as const;
const wrong = '{"a":"hello there","n":{}}';
const right = '{"a":"hello there","n":1}';

const said = (text: string): ScriptedAnswer => ({ parts: inPieces(text) });
const cut = (text: string, ...last: readonly StreamPart[]): ScriptedAnswer => ({
  parts: [...inPieces(text).slice(0, -2), ...last],
});
const failure: StreamPart = { type: 'error', error: new Error('busy') };
const saves = (total: unknown): ScriptedAnswer => ({
  content: [{ type: 'text', text: 'Let me see.' }, ...calls('save', { total }).content],
});

type Row = [
  what: string,
  answers: readonly ScriptedAnswer[],
  told: readonly boolean[],
  options?: ((model: ScriptedModel) => StagedRetryOptions) | undefined,
  call?: object,
];

const withOther = (model: ScriptedModel): StagedRetryOptions => ({
  transport: { attempts: 1 },
  stages: [retry({ attempts: 1 }), fallback({ model: { ...model, modelId: 'other' }, attempts: 1 })],
});

test.each<Row>([
  ['broke off', [cut('{"a":"hello'), said(right)], [false, true]],
  ['ended with an error', [cut('{"a":"hello', failure), said(right)], [false, true]],
  ['broke off, and the next call fails', [cut('{"a":"hello'), failsWith(529), said(right)], [false, true, true]],
  ['broke off twice', [cut('{"a":"he'), cut('{"a":"hello'), said(right)], [false, true, true]],
  ['broke off before anything was shown', [cut(' '), said(right)], [false, false]],
  ['was wrong, and the next call fails', [said(wrong), failsWith(529), said(right)], [false, true, true]],
  ['broke off for good, and another model goes on', [cut('{"a":"hello'), said(right)], [false, true], withOther],
  [
    'showed its text beside a wrong call, and the next call fails',
    [saves({}), failsWith(529), saves(2)],
    [false, false, false],
    undefined,
    { tools: { save } },
  ],
])('a model whose answer %s is told once what it has to keep', async (_, answers, told, options, call = object) => {
  const model = scriptedModel(answers);
  const wrapped = withStagedRetry(model, { transport: atOnce, ...options?.(model) });
  const result = streamText({ model: wrapped, prompt: 'Go.', maxRetries: 0, ...call });
  expect(await result.text).toBe(call === object ? right : 'Let me see.');
  const prompts = model.calls.map(({ prompt }) => JSON.stringify(prompt));
  expect(prompts.map((prompt) => prompt.split('was delivered already').length - 1)).toEqual(told.map(Number));
});

test.each(['live', 'buffer'] as const)(
  'an answer that came whole stands though its connection breaks: %s',
  async (delivery) => {
    const model = scriptedModel([said(right)]);
    const doStream = async (params: never) => {
      const { stream, ...rest } = await model.doStream(params);
      const breaking = new TransformStream({
        flush() {
          throw new TypeError('terminated');
        },
      });
      return { ...rest, stream: (stream as ReadableStream).pipeThrough(breaking) };
    };
    const breaks = { ...model, doStream } as unknown as ScriptedModel;
    const wrapped = withStagedRetry(breaks, { transport: atOnce, delivery });
    const { output } = streamText({ model: wrapped, prompt: 'Go.', ...object });
    expect(await output).toEqual(JSON.parse(right));
    expect(model.calls).toHaveLength(1);
  },
);
