import { generateText, Output, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { withStagedRetry } from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';

/*
 * The SDK asks for a list in an object of its own, `{"elements": [...]}`. A model that writes the list alone, or plain rows,
 * says the same.
 */

const askedAgain = 'asked again';

async function outcomes(answer: string, element: z.ZodType): Promise<unknown> {
  const output = Output.array({ element });
  const generated = scriptedModel([answer, '"no answer"']);
  const result = await generateText({ model: withStagedRetry(generated), prompt: 'x', output })
    .then((given) => given.output)
    .catch(() => undefined);
  const streamed = scriptedModel([answer, '"no answer"']);
  const stream = streamText({ model: withStagedRetry(streamed), prompt: 'x', output, onError() {} });
  const elements: unknown[] = [];
  const ended = (async () => {
    for await (const one of stream.elementStream) elements.push(one);
  })();
  await ended.catch(() => undefined);
  expect(streamed.calls.length).toBe(generated.calls.length);
  if (generated.calls.length > 1) return askedAgain;
  expect(elements).toEqual(result);
  return result;
}

describe('a list without the object that the SDK puts around it', () => {
  test.each<[string, z.ZodType, unknown]>([
    ['["a","b"]', z.string(), ['a', 'b']],
    ['{"elements":["a","b"]}', z.string(), ['a', 'b']],
    ['```json\n["a"]\n```', z.string(), ['a']],
    ["['a', 'b',]", z.string(), ['a', 'b']],
    ['[{"id":1},{"id":"2"}]', z.object({ id: z.number() }), [{ id: 1 }, { id: 2 }]],
    ['{"id":1}\n{"id":2}', z.object({ id: z.number() }), [{ id: 1 }, { id: 2 }]],
    ['[]', z.string(), []],
    ['I found nothing:\n[]', z.string(), askedAgain],
    ['["a"] or ["b"]', z.string(), askedAgain],
    ['["a", 1]', z.number(), askedAgain],
    ['"a"', z.string(), askedAgain],
  ])('%s', async (answer, element, wanted) => {
    expect(await outcomes(answer, element)).toEqual(wanted);
  });
});

describe('a choice without the object that the SDK puts around it', () => {
  const output = Output.choice({ options: ['positive', 'negative', 'very good'] });
  test.each<[string, unknown]>([
    ['{"result":"positive"}', 'positive'],
    ['"positive"', 'positive'],
    ['positive', 'positive'],
    ['  Very good\n', 'very good'],
    ["'negative'", 'negative'],
    ['The answer is positive', askedAgain],
    ['positive or negative', askedAgain],
    ['"neutral"', askedAgain],
    ['["positive"]', askedAgain],
  ])('%s', async (answer, wanted) => {
    const generated = scriptedModel([answer, '{"result":"?"}']);
    const result = await generateText({ model: withStagedRetry(generated), prompt: 'x', output })
      .then((given) => given.output)
      .catch(() => undefined);
    const streamed = scriptedModel([answer, '{"result":"?"}']);
    const stream = streamText({ model: withStagedRetry(streamed), prompt: 'x', output, onError() {} });
    const ended = await stream.output.then(
      (given) => given,
      () => undefined,
    );
    expect([ended, streamed.calls.length]).toEqual([result, generated.calls.length]);
    expect(generated.calls.length > 1 ? askedAgain : result).toBe(wanted);
  });
});

describe('rows of plain words', () => {
  test.each<[string, unknown]>([
    ['- a\n- the old town', ['a', 'the old town']],
    ['* a\n\n* b\n', ['a', 'b']],
    ['1. a\n2. b\n3. c', ['a', 'b', 'c']],
    ['  1) a\r\n  2) b', ['a', 'b']],
    ['Here they are:\n- a\n- b', askedAgain],
    ['- a\n- b\n\nAnything else?', askedAgain],
    ['- a\n  - b', askedAgain],
    ['- a\n* b', askedAgain],
    ['- a\n- b\n- and 5 more', askedAgain],
    ...[
      'and many more',
      'usw.',
      'and the rest',
      'others',
      'and 12 other countries',
      'u.s.w.',
      'many more',
      'et autres',
    ].map((last): [string, unknown] => [`- a\n- b\n- ${last}`, askedAgain]),
    ['- Other costs\n- Serve with the rest\n- b', ['Other costs', 'Serve with the rest', 'b']],
    ['- a\n- b\n- …', askedAgain],
    ['1. a\n3. b', askedAgain],
    ['- a:\n- b', askedAgain],
    ['- **a**\n- b', askedAgain],
    ['- "a",\n- "b"', askedAgain],
    ['- a', askedAgain],
    ['a\nb', askedAgain],
  ])('%s', async (answer, wanted) => {
    expect(await outcomes(answer, z.string())).toEqual(wanted);
  });
});
