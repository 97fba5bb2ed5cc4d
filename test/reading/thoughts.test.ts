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

describe('thoughts stand between other marks, too', () => {
  const marks: readonly [opening: string, closing: string][] = [
    ['<|begin_of_thought|>', '<|end_of_thought|>'],
    ['<|START_THINKING|>', '<|END_THINKING|>'],
    ['<|think|>', '<|/think|>'],
    ['[THINK]', '[/THINK]'],
    ['◁think▷', '◁/think▷'],
    ['Hm. <seed:think>', '</seed:think>'],
    ['Hm. <antThinking>', '</antThinking>'],
    ['<|channel|>analysis<|message|>', '<|end|><|start|>assistant<|channel|>final<|message|>'],
    ['<|channel|>analysis<|message|>', '<|end|>'],
    ['<|channel>thought\n', '<channel|>'],
    ['Thinking...\n', '\n...done thinking.\n\n'],
  ];
  test.each(marks)('%s %s', async (opening, closing) => {
    const read = async (text: string) => {
      const value = readJson(text, a)?.value;
      expect(await firstAnswer(text, a)).toEqual(value ?? askedAgain);
      return value;
    };
    expect(await read(`${opening}{"a":1}${closing}{"a":2}`)).toEqual({ a: 2 });
    expect(await read(`${opening}\nOr\n{"a":1}\nthen?${closing}{"a":"two"}`)).toBeUndefined();
    expect(await read(`${opening}\n{"a":1}\n${closing}\nI cannot say.`)).toBeUndefined();
    expect(await read(`{"a":1}\n${opening}Or 2?${closing}{"a":2}`)).toBeUndefined();
    if (!opening.endsWith('...\n')) expect(await read(`${opening}\n{"a":1}\n`)).toBeUndefined();
    expect(await read(`Here:\n{"a":1,"t":"${opening.trim()} x"}\n`)).toEqual({ a: 1, t: `${opening.trim()} x` });
  });

  test('a mark that ends answers ends no thoughts', () => {
    expect(readJson('{"a":1}<|end|>', a)?.value).toEqual({ a: 1 });
    expect(readJson('<|channel|>final<|message|>{"a":1}<|return|>', a)?.value).toEqual({ a: 1 });
  });
});

describe('a value anywhere in an element that says it is no answer is none', () => {
  const value = '{"a":1}';
  test.each<[text: string, value: unknown]>([
    [`<example>Input: x\nOutput:\n${value}\n</example>`, undefined],
    [`<example id="1">${value}</example>`, undefined],
    [`<Example>\n<output>${value}</output>\n</Example>\nPlease send me the text.`, undefined],
    [`<examples>\n${value}\n${value}\n</examples>`, undefined],
    [`<examples><example>1</example>\n${value}\n</examples>`, undefined],
    [`<example><example>1</example>\n${value}\n</example>`, undefined],
    [`<draft>\nfirst\n${value}\n</draft>\n{"a":"two"}`, undefined],
    [`Like this: <previous_answer>\n${value}\n</previous_answer>\n{"a":"two"}`, undefined],
    [`Like this:\n<example>\n${value}\n`, undefined],
    [`<draft>\nfirst\n${value}\n</draft>\n{"a":2}`, { a: 2 }],
    [`<example/>\n<answer>\n${value}\n</answer>`, { a: 1 }],
    [`${value}\n<example>such as\n{"a":2}\n</example>`, { a: 1 }],
    [`Here:\n{"t":"<example>","a":2}\n`, { t: '<example>', a: 2 }],
  ])('%j', async (text, wanted) => {
    expect(readJson(text, a)?.value).toEqual(wanted);
    expect(await firstAnswer(text, a)).toEqual(wanted ?? askedAgain);
  });

  test('nor is a row of them', () => {
    const list = { type: 'array', items: a };
    expect(readJson(`<examples>\n${value}\n{"a":2}\n</examples>`, list)).toBeUndefined();
    expect(readJson(`<examples>\n${value}\n${value}\n</examples>`, list)).toBeUndefined();
  });
});

describe('a value that is called an example is none', () => {
  const value = '{"a":1}';
  test.each<[text: string, value: unknown]>([
    [`[EXAMPLE]\n${value}\n[/EXAMPLE]`, undefined],
    [`[EXAMPLE]\nOutput:\n${value}\n[/EXAMPLE]`, undefined],
    [`~~~example\n${value}\n~~~`, undefined],
    [`\`\`\`json example\n${value}\n\`\`\``, undefined],
    [`Example of the format:\n${value}`, undefined],
    [`Sample output: ${value}`, undefined],
    [`Here is an example:\n\`\`\`json\n${value}\n\`\`\``, undefined],
    [`### Example 2\n\n${value}`, undefined],
    [`**Previous answer**\n${value}`, undefined],
    [`--- DRAFT ---\n${value}`, undefined],
    [`// example\n${value}`, undefined],
    [`It looks like this, for instance:\n${value}`, undefined],
    [`{"mock":${value}}`, undefined],
    [`{"dummyAnswer":${value}}`, undefined],
    [`{"placeholder":${value}}`, undefined],
    [`{"sample_output":${value}}`, undefined],
    [`[EXAMPLE]\n{"a":2}\n[/EXAMPLE]\nAnswer:\n${value}`, { a: 1 }],
    [`Example:\n{"a":2}\n\nAnswer:\n${value}`, { a: 1 }],
    [`As shown in [example 1], the total is:\n${value}`, { a: 1 }],
    [`Here is the answer, following your example:\n${value}`, { a: 1 }],
    [`Here are some examples of dogs:\n${value}`, { a: 1 }],
    [`The result of the sample:\n${value}`, { a: 1 }],
    [`{'a':1,'t':'Example:'}`, { a: 1, t: 'Example:' }],
    [`Sure:\n{"t":"[EXAMPLE]\\n","a":1}`, { t: '[EXAMPLE]\n', a: 1 }],
  ])('%j', async (text, wanted) => {
    expect(readJson(text, a)?.value).toEqual(wanted);
    expect(await firstAnswer(text, a)).toEqual(wanted ?? askedAgain);
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
