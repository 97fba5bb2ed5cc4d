import { describe, expect, test } from 'vitest';
import { readJson } from '../../src/reading/index.ts';
import { askedAgain, firstAnswer } from './first-answer.ts';

const number = { type: 'number' };
const a = { type: 'object', properties: { a: number }, required: ['a'] };
const person = { type: 'object', properties: { name: { type: 'string' }, age: number }, required: ['name'] };

describe('a tag that begins the text is one of thoughts, unless it names an answer', () => {
  test.each<[text: string, value: unknown]>([
    ['<thoughts>\n{"a":1}\n', undefined],
    ['<analysis>\n{"a":1}', undefined],
    ['<reflection>Let me try\n{"a":1}\nno', undefined],
    ['<inner_monologue>\n```json\n{"a":1}\n```\n', undefined],
    ['\n <Plan step="1">\n{"a":1}\n', undefined],
    ['<thoughts>{"a":1}? No.</thoughts>{"a":2}', { a: 2 }],
    ['<thoughts>{"a":1}</thoughts>{"a":2}', { a: 2 }],
    ['<seed:think>{"a":1}? No.</seed:think>{"a":2}', { a: 2 }],
    ['<antThinking>{"a":1}</antThinking>\n{"a":2}', { a: 2 }],
    ['<check_work>Is it {"a":1}? No.</check_work>\n```json\n{"a":2}\n```', { a: 2 }],
    ['<thoughts>{"a":1}? No.</thoughts> I do not know.', undefined],
    ['<thoughts>{"a":1}</thoughts>', undefined],
    ['<musing>Maybe {"a":1}.</musing> I do not know.', undefined],
    ['<invoice>{"a":1}</invoice>\n{"a":2}', undefined],
    ['<analysis>{"a":1}</analysis>\n{"a":2}', undefined],
    ['<analysis>It is {"a":1}? No.</analysis>\n{"a":2}', { a: 2 }],
    ['<thoughts>Two: <thoughts>{"a":1}</thoughts></thoughts>{"a":2}', { a: 2 }],
    ['<thoughts>so</thoughts><answer>{"a":2}</answer>', { a: 2 }],
    ['<thoughts>so</thoughts>{"a":2}\n', { a: 2 }],
  ])('%j', async (text, value) => {
    expect(readJson(text, a)?.value).toEqual(value);
    expect(await firstAnswer(text, a)).toEqual(value ?? askedAgain);
  });

  test.each([
    '<answer>\n{"a":2}',
    '<final_answer>{"a":2}\n',
    '<json>{"a":2}',
    '<result>{"a":2}</result>\nThat is it.',
    '<output>Here it is:\n{"a":2}</output>\nThat is it.',
    '<response type="json">\n{"a":2}\n',
    '<tool_call>{"name":"f","arguments":{"a":2}}',
    '<function=f>{"a":2}',
    '<function_calls><invoke name="f">{"a":2}</invoke>',
    '<start_of_turn>model\n{"a":2}',
    '<s>{"a":2}',
    '<p>Here it is:\n{"a":2}',
    '<br/>{"a":2}',
    '<break />{"a":2}',
    '<analysis>{"a":2}</analysis>',
    '<div>Here it is:\n{"a":2}\n</div>\nThat is it.',
    '<invoice>{"a":2}</invoice>\nThat is it.',
    '<invoice>\n```json\n{"a":2}\n```\n</invoice>',
    '<item>The one {"a":2}</item><item>{"a":2}</item>',
  ])('%j', (text) => {
    expect(readJson(text, a)?.value).toEqual({ a: 2 });
  });

  test('rows in tags of any name', () => {
    const rows = '<city>{"a":1}</city>\n<city>{"a":2}</city>\nThat is all.';
    expect(readJson(rows, { type: 'array', items: a })?.value).toEqual([{ a: 1 }, { a: 2 }]);
  });
});

describe('an answer that begins the text and is thought about is a draft', () => {
  test.each([
    '{"name":"A","age":"3"}\n<think>hm</think>\n{"name":"B"}',
    '{"name":"A"}<think>hm</think>{"name":"B"}',
    '{"name":"A"}</think>{"name":"B"}',
    '{"name":"A"}? No.</think>{"name":"B"}',
    '```json\n{"name":"A"}\n```\n<think>Is it?</think>\n```json\n{"name":"B"}\n```',
    '{"name":"A","age":}</think>{"name":"B"}',
    '{"name":"A"}\n<think>Or B',
  ])('%j', async (text) => {
    expect(await firstAnswer(text, person)).toBe(askedAgain);
  });

  test.each(['[so] it is {"name":"A"}?</think>{"name":"B"}', 'Maybe {"name":"A"}?\n<think>No.</think>{"name":"B"}'])(
    'unless words begin the text: %j',
    async (text) => {
      expect(await firstAnswer(text, person)).toEqual({ name: 'B' });
    },
  );
});
