import { generateText, jsonSchema, Output, streamText, type ToolSet } from 'ai';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { prototypeIn } from '../../src/incremental/prototype-member.ts';
import { withStagedRetry } from '../../src/index.ts';
import { readJson } from '../../src/reading/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { askedAgain, firstAnswer } from './first-answer.ts';

/*
 * The SDK refuses JSON with a member that could become a prototype, however right it is: the model is asked again.
 */

const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
const n = object({ n: { type: 'number' } }, 'n');
const f = object({ f: { type: 'object' } }, 'f');

describe('an answer with a member that the SDK refuses is asked again', () => {
  test.each<[written: string, schema: object, wanted: unknown]>([
    ['{"__proto__":1,"n":5}', n, askedAgain],
    ['{"n":5,"__proto__":{"x":1}}', n, askedAgain],
    ['{__proto__:1,n:5}', n, askedAgain],
    ['{__proto__:{"n":1}}', n, askedAgain],
    ['{"\\u005f_proto__":1,"n":5}', n, askedAgain],
    ['{"n":5,"x":[{"__proto__":1}]}', n, askedAgain],
    ['{"n":5,"constructor":{"prototype":{}}}', n, askedAgain],
    ['{"f":"{\\"__proto__\\":1}"}', f, askedAgain],
    ['{"f":{"__proto__":1}}', f, askedAgain],
    ['{"__proto__":"2"}', { type: 'object', additionalProperties: { type: 'number' } }, askedAgain],
    ['{"n":5,"constructor":"Ferrari"}', n, { n: 5, constructor: 'Ferrari' }],
    ['{"n":5,"prototype":true}', n, { n: 5, prototype: true }],
    ['{"n":5,"t":"__proto__"}', n, { n: 5, t: '__proto__' }],
    ['{"n":5,"t":"\\u0041"}', n, { n: 5, t: 'A' }],
  ])('%s', async (written, schema, wanted) => {
    expect(await firstAnswer(written, schema)).toEqual(wanted);
  });
});

test.each([
  '{"__proto__":1,"n":"5"}',
  "{'__proto__':1,'n':5}",
  '{"n":"5","x":[{"__proto__":1}]}',
  '{"n":5,"constructor":{"prototype":{}},}',
  '{"__proto__":{"x":1},}',
  '{"n":"5","f":{"\\u005f_proto__":1}}',
])('nor is anything else in its text changed: %s', (written) => {
  expect(readJson(written, n)).toBeUndefined();
});

test.each(['{"__proto__":1,"n":5}', '{__proto__:1,"n":"5"}', '"{\\"__proto__\\":1,\\"n\\":5}"'])(
  'the input %s of a tool is asked for again',
  async (input) => {
    const ran: unknown[] = [];
    const execute = (given: unknown) => ran.push(given);
    const tools = { forecast: { inputSchema: jsonSchema(n), execute } } as unknown as ToolSet;
    const called = (given: string) => ({
      content: [{ type: 'tool-call' as const, toolCallId: '1', toolName: 'forecast', input: given }],
      finishReason: 'tool-calls',
    });
    const model = scriptedModel([called(input), called('{"n":5}'), 'Done.']);
    await generateText({ model: withStagedRetry(model), prompt: 'x', tools });
    expect(ran).toEqual([{ n: 5 }]);
  },
);

describe('whoever judges the JSON, the model is asked again', () => {
  const answers = ['{"__proto__":{"x":1},"n":5}', '{__proto__:1,n:5}', '{"n":"5","constructor":{"prototype":{}}}'];
  const zod = z.looseObject({ n: z.number() });
  test.each([
    ['the SDK alone', { output: Output.json() }, {}],
    ["a caller's zod", {}, { checks: [zod] }],
    ["a caller's zod beside the SDK", { output: Output.json() }, { checks: [zod] }],
  ])('%s', async (_, call, options) => {
    for (const answer of answers) {
      const generated = scriptedModel([answer, '{"n":5}']);
      const result = await generateText({ model: withStagedRetry(generated, options), prompt: 'x', ...call });
      expect(result.text).toBe('{"n":5}');
      const streamed = scriptedModel([answer, '{"n":5}']);
      const stream = streamText({ model: withStagedRetry(streamed, options), prompt: 'x', ...call });
      expect(await stream.text).toBe('{"n":5}');
      expect([generated.calls.length, streamed.calls.length]).toEqual([2, 2]);
    }
  });
});

test('such a member is found however deep it is', () => {
  const nested = (inner: string) => `${'['.repeat(15_000)}${inner}${']'.repeat(15_000)}`;
  expect(prototypeIn(JSON.parse(nested('{"__proto__":1}')))).toHaveLength(15_001);
  expect(prototypeIn(JSON.parse(nested('"__proto__"')))).toBeUndefined();
});
