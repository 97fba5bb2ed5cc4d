import { generateText, jsonSchema, Output, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import { excludes, length, toolInputs } from '../../src/checks/index.ts';
import { type CheckInput, check, retry, type StagedRetryOptions, withStagedRetry } from '../../src/index.ts';
import { type ScriptedAnswer, scriptedModel } from '../../src/testing/index.ts';
import { calls } from '../fixtures.ts';
import { inPieces } from '../reading/first-answer.ts';

const schema = jsonSchema({
  type: 'object',
  properties: { n: { type: 'number' }, m: { type: 'number' } },
  required: ['n', 'm'],
});
const input = jsonSchema({ type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } } });
const object = { output: Output.object({ schema }) };
const tools = { tools: { save: { inputSchema: input } } };
const long = 'a text that is far too long, so';
const short = [length({ max: 20 })];
const noNames = [excludes(['Paris', 'Rome'])];
const noEnd = check('no-end', ({ text }) => !text.endsWith('!') || 'Do not shout.');
const save = (value: object): ScriptedAnswer => calls('save', value);

type Row = [what: string, answers: readonly (string | ScriptedAnswer)[], checks: readonly CheckInput[], call?: object];

/** Whether a stage makes progress is told from whole answers, of which a stream sees less where it is stopped early. */
describe('a stage of three attempts goes on streamed as it does generated', () => {
  test.each<Row>([
    ['a text that is too long comes again, cut otherwise', [long, long, 'short'], short],
    ['a text that is too long gets shorter', ['a'.repeat(60), 'b'.repeat(40), 'short'], short],
    ['another text is as long', ['a'.repeat(40), 'b'.repeat(40), 'short'], short],
    ['one of two unwanted words stays', ['Paris and Rome', 'Paris and so on', 'fine'], noNames],
    ['two unwanted words come again, cut otherwise', ['ParisRome', 'ParisRome', 'fine'], noNames],
    ['an unwanted word stays, and the length is right', [`Paris ${long}`, 'Paris', 'fine'], [...noNames, ...short]],
    ['an unwanted word stays, and what is judged at the end changes', ['Paris!', 'Paris', 'fine'], [...noNames, noEnd]],
    ['one of two wrong values stays', ['{"n":"x","m":{}}', '{"n":"x","m":1}', '{"n":1,"m":1}'], [], object],
    ['a second value is wrong too', ['{"n":"x","m":1}', '{"n":"x","m":{}}', '{"n":1,"m":1}'], [], object],
    ['a value is wrong before text that breaks the JSON', ['{"n":"x",', '{"n":"y",', '{"n":1,"m":1}'], [], object],
    [
      'one of two wrong inputs of a call stays',
      [save({ a: {}, b: {} }), save({ a: {}, b: 1 }), save({ a: 1 })],
      [toolInputs()],
      tools,
    ],
  ])('%s', async (_, answers, checks, call = {}) => {
    const end = async (options?: StagedRetryOptions) => {
      const model = scriptedModel(
        answers.map((answer, index) =>
          typeof answer === 'string'
            ? { content: [{ type: 'text', text: answer }], parts: inPieces(answer, 3 + 7 * index) }
            : answer,
        ),
      );
      const wrapped = withStagedRetry(model, { checks, stages: [retry({ attempts: 3 })], ...options });
      const given = { ...call, model: wrapped, prompt: 'Go.' };
      const errors: unknown[] = [];
      const result =
        options === undefined
          ? generateText(given)
          : streamText({ ...given, onError: ({ error }) => void errors.push(error) });
      const said = await Promise.resolve(result)
        .then(async (settled) => {
          const made = (await settled.toolCalls).map((toolCall) => toolCall.input as unknown);
          return JSON.stringify(['output' in call ? await settled.output : await settled.text, made]);
        })
        .catch((error: Error) => error.name);
      return { said: errors.length > 0 ? (errors[0] as Error).name : said, asked: model.calls.length };
    };
    const generated = await end();
    for (const delivery of ['auto', 'buffer'] as const) expect(await end({ delivery }), delivery).toEqual(generated);
  });

  test('and a stage of two is not read to its end for that', async () => {
    const model = scriptedModel([{ parts: inPieces(long, 3) }, 'short']);
    const wrapped = withStagedRetry(model, { checks: short, stages: [retry({ attempts: 2 })] });
    const { text, providerMetadata } = streamText({ model: wrapped, prompt: 'Go.' });
    expect(await text).toBe('short');
    expect(JSON.stringify(await providerMetadata)).toMatch(/"discardedTokens":[1-9]/);
  });
});
