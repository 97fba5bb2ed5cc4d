import { generateText, jsonSchema, Output, type ToolSet } from 'ai';
import { describe, expect, test } from 'vitest';
import { repair, reportOf, withStagedRetry } from '../../src/index.ts';
import { type ScriptedAnswer, scriptedModel } from '../../src/testing/index.ts';

/*
 * What goes wrong with first answers, each kind with its siblings: read at the first call, or asked again. Nothing between.
 */

type Schema = Parameters<typeof jsonSchema>[0];

const object = (properties: Record<string, unknown>, ...required: string[]) =>
  ({ type: 'object', properties, required }) as Schema;
const list = (items: unknown) => ({ type: 'array', items }) as Schema;
const number = { type: 'number' };
const text = { type: 'string' };

const askedAgain = 'asked again';

/** What the caller gets of an answer at the first call, or that the model was asked again. */
async function first(answer: ScriptedAnswer, schema: Schema): Promise<unknown> {
  const model = scriptedModel([answer, '"no answer"']);
  const call = { model: withStagedRetry(model), prompt: 'x' };
  const output = Output.object({ schema: jsonSchema(schema) });
  const result = await generateText({ ...call, output }).catch(() => undefined);
  return model.calls.length > 1 ? askedAgain : JSON.parse(result?.text ?? '');
}

describe('backslashes are kept, or asked again', () => {
  const schema = object({ t: text }, 't');
  test.each<[string, unknown]>([
    ['^\\d+\\.\\d{2}$', '^\\d+\\.\\d{2}$'],
    ['C:\\Windows', 'C:\\Windows'],
    ['\\(K_\\alpha\\)', '\\(K_\\alpha\\)'],
    ['\\s*\\w+', '\\s*\\w+'],
    ['D:\\Games\\Quake', 'D:\\Games\\Quake'],
    ['\\$5 \\& more', '\\$5 \\& more'],
    ['\\.js$', '\\.js$'],
    ['\\sum_{i} \\pi', '\\sum_{i} \\pi'],
    ['it\\%27s', 'it\\%27s'],
    ['C:\\Users\\new', askedAgain],
    ['\\alpha\\beta', askedAgain],
    ['\\d\\t', askedAgain],
    ['\\w\\u00e9', askedAgain],
    ['\\x41\\n', askedAgain],
    ['\\\\server\\share', askedAgain],
    ['\\(x \\\\ y\\)', askedAgain],
    ['^\\/api\\/v\\d+$', askedAgain],
  ])('%s', async (written, wanted) => {
    const value = await first(`{"t":"${written}"}`, schema);
    expect(value).toEqual(wanted === askedAgain ? askedAgain : { t: wanted });
  });
});

describe('a backslash that was not escaped says that the others may not be either, in any string of the answer', () => {
  const texts = object({ a: text, b: text }, 'a', 'b');
  test.each<[string, string, unknown]>([
    ['\\alpha', '\\beta', askedAgain],
    ['C:\\Program Files', 'C:\\temp', askedAgain],
    ['\\d+', '\\bfoo\\b', askedAgain],
    ['\\sqrt{x}', '\\frac{1}{2}', askedAgain],
    ['\\alpha', '\\nabla', askedAgain],
    ['\\alpha', 'x \\\\ y', askedAgain],
    ['\\alpha', 'one:\\n- two', { a: '\\alpha', b: 'one:\n- two' }],
    ['\\alpha', 'say \\"so\\"', { a: '\\alpha', b: 'say "so"' }],
    ['\\alpha', '\\gamma', { a: '\\alpha', b: '\\gamma' }],
    ['\\alpha', 'caf\\u00e9', { a: '\\alpha', b: 'café' }],
  ])('%s and %s', async (a, b, wanted) => {
    expect(await first(`{"a":"${a}","b":"${b}"}`, texts)).toEqual(wanted);
    expect(await first(`{"b":"${b}","a":"${a}"}`, texts)).toEqual(wanted);
  });
});

describe('a value that ends before the text does is not the answer', () => {
  const total = object({ total: number, currency: text });
  const ids = object({ ids: list(object({ id: number })) });
  test.each<[string, Schema]>([
    ['{"total": 5}, "currency": "EUR"}', total],
    ['{"total": 5},\n"currency": "EUR"\n}', total],
    ['{"total": 5} "currency": "EUR"}', total],
    ['{"total": 5}, currency: "EUR"}', total],
    ['```json\n{"total": 5}, "currency": "EUR"}\n```', total],
    ['{"total": 5}\n, "currency": "EUR"}', total],
    ['{"total": 5}: "EUR"}', total],
    ['[{"id":1}},{"id":2}]', list(object({ id: number }))],
    ['{"ids":[{"id":1}},{"id":2}]}', ids],
    ['{"ids":[{"id":1}]},{"id":2}]}', ids],
    ['{"ids":[{"id":1}]], "more":[{"id":2}]}', ids],
    ['[{"id":1}]},{"id":2}]', list(object({ id: number }))],
    ['[1,2]],[3]', list(number)],
    ['{"ids":[{"id":1}],"a":{"b":1}},"c":2}', ids],
  ])('%s', async (written, schema) => {
    expect(await first(written, schema)).toBe(askedAgain);
  });
});

describe('a bracket in a sentence is no answer', () => {
  test.each<[string, Schema]>([
    ['Paris is the capital of France [1].', list(number)],
    ['As [2, 3] say, it is Paris.', list(number)],
    ['See {"page": 3} in the annex for more on what was said of it.', object({ page: number })],
    ['The set {1} has one member', list(number)],
    ['It rained [sic] all day long.', list(text)],
    ['Sorry, I can only give {} here.', object({ a: number })],
    ['{} is all that I can give you here.', object({ a: number })],
    ["I can't fill it in: {}", object({ a: number })],
    ['An empty list [] would be wrong here.', list(number)],
    ['No data.\nUse `{}` for none.', object({ a: number })],
    ['[1] Paris is the capital of France.', list(number)],
    ['Footnotes [1][2][3] are below the text here', list(number)],
  ])('%s', async (written, schema) => {
    expect(await first(written, schema)).toBe(askedAgain);
  });
});

describe('a value that says what the schema wants is read', () => {
  const schema = object({
    n: number,
    i: { type: 'integer' },
    ok: { type: 'boolean' },
    t: text,
    maybe: { type: ['number', 'null'] },
    a: {},
    b: {},
  });
  test.each<[string, unknown]>([
    ['{"n":"12"}', { n: 12 }],
    ['{"n":" 12.50 "}', { n: 12.5 }],
    ['{"n":"-0.5"}', { n: -0.5 }],
    ['{"i":"7"}', { i: 7 }],
    ['{"maybe":"3"}', { maybe: 3 }],
    ['{"ok":"True"}', { ok: true }],
    ['{"ok":"FALSE"}', { ok: false }],
    ['{"a":True,"b":None}', { a: true, b: null }],
    ['{"a":[False,{"b":None}]}', { a: [false, { b: null }] }],
    ['{"t":1.50}', { t: '1.50' }],
    ['{"t":false}', { t: 'false' }],
    ['{"t":12345678901234567890}', { t: '12345678901234567890' }],
    ['{"n":null,"t":"a"}', { t: 'a' }],
    ['{"n":"1,000"}', askedAgain],
    ['{"n":"12 EUR"}', askedAgain],
    ['{"n":"1e3"}', askedAgain],
    ['{"n":"007"}', askedAgain],
    ['{"n":"+5"}', { n: 5 }],
    ['{"n":".5"}', { n: 0.5 }],
    ['{"n":"-.5"}', { n: -0.5 }],
    ['{"n":"5."}', { n: 5 }],
    ['{"n":+5,"t":"a"}', { n: 5, t: 'a' }],
    ['{"n":.5,"t":"a"}', { n: 0.5, t: 'a' }],
    ['{"n":5.,"t":"a"}', { n: 5, t: 'a' }],
    ['{"t":"+5"}', { t: '+5' }],
    ['{"t":+5}', askedAgain],
    ['{"t":.5}', askedAgain],
    ['{"n":05}', askedAgain],
    ['{"n":--5}', askedAgain],
    ['{"n":"1,5"}', askedAgain],
    ['{"n":5.', askedAgain],
    ['{"n":""}', askedAgain],
    ['{"i":"7.5"}', askedAgain],
    ['{"ok":"yes"}', askedAgain],
    ['{"ok":1}', askedAgain],
    ['{"ok":"0"}', askedAgain],
    ['{"n":true}', askedAgain],
    ['{"n":"twelve"}', askedAgain],
  ])('%s', async (written, wanted) => {
    expect(await first(written, schema)).toEqual(wanted);
  });
});

describe('quotes inside a string are read where they come in pairs', () => {
  const schema = object({ city: text, n: number, list: list(text) });
  test.each<[string, unknown]>([
    ['{"city":"the "old" Lyon","n":1}', { city: 'the "old" Lyon', n: 1 }],
    ['{"city":"the "old" and "new" Lyon"}', { city: 'the "old" and "new" Lyon' }],
    ['{"city":"Lyon ("old")","n":1}', { city: 'Lyon ("old")', n: 1 }],
    ['{"city":"<b id="x">Lyon</b>"}', { city: '<b id="x">Lyon</b>' }],
    ['{"list":["the "old" one","b"]}', { list: ['the "old" one', 'b'] }],
    ["{'city':'the 'old' Lyon','n':1}", { city: "the 'old' Lyon", n: 1 }],
    ['{"city":"the "old", the new","n":1}', { city: 'the "old", the new', n: 1 }],
    ['{"city":"a 5" pipe","n":1}', askedAgain],
    ['{"city":"a" b","n":1}', askedAgain],
    ['{"city":"the "old" Lyon, "n":1}', askedAgain],
    ['{"list":["a" "b"]}', askedAgain],
    ['{"city":"a", or "b", or c","n":1}', askedAgain],
  ])('%s', async (written, wanted) => {
    expect(await first(written, schema)).toEqual(wanted);
  });
});

describe('what stands around the answer is told from it', () => {
  const call = object({ name: text, arguments: object({ a: number }) }, 'name', 'arguments');
  const calls = list(call);
  const answer = object({ a: number }, 'a');
  const one = '{"name":"f","arguments":{"a":1}}';
  const value = { name: 'f', arguments: { a: 1 } };
  test.each<[string, Schema, unknown]>([
    [`[${one}]`, call, value],
    [`{"call":${one}}`, call, value],
    [`<tool_call>${one}</tool_call>`, call, value],
    [`\`\`\`json\n[${one}]\n\`\`\``, call, value],
    [`{"tool_calls":[${one}]}`, call, value],
    ['{"answer":{"a":1}}', answer, { a: 1 }],
    ['{"result":{"a":"1"}}', answer, { a: 1 }],
    ['{"name":"f","arguments":{"a":1}}', answer, { a: 1 }],
    ['{"name":"f","arguments":"{\\"a\\":1}"}', answer, { a: 1 }],
    ['{"type":"object","properties":{"a":1}}', answer, { a: 1 }],
    ['{"answer":{"a":1},"other":{"a":2}}', answer, askedAgain],
    ['[{"a":1},{"a":2}]', answer, askedAgain],
    ['{"a":1}\n{"a":2}', answer, askedAgain],
    ['{"answer":{"b":1}}', answer, askedAgain],
    ['{"answer":{"a":{"answer":{"a":1}}}}', answer, askedAgain],
  ])('%s', async (written, schema, wanted) => {
    expect(await first(written, schema)).toEqual(wanted);
  });

  test.each([
    `<tool_call>${one}</tool_call><tool_call>${one}</tool_call>`,
    `${one}\n${one}`,
    `${one}, ${one}`,
    `${one}; ${one}`,
    `\`\`\`json\n${one}\n\`\`\`\n\`\`\`json\n${one}\n\`\`\``,
    `[${one}, ${one}]`,
    `{"calls":[${one},${one}]}`,
  ])('%s for a list', async (written) => {
    const model = scriptedModel([written, '"no answer"']);
    const wrapped = withStagedRetry(model, { checks: [jsonSchema(calls)] });
    const result = await generateText({ model: wrapped, prompt: 'x' });
    expect(JSON.parse(result.text)).toEqual([value, value]);
    expect(model.calls).toHaveLength(1);
  });
});

describe('an answer is read unless it was cut off', () => {
  const schema = object({ a: number }, 'a');
  test.each<[string, unknown]>([
    ['stop', { a: 1 }],
    ['other', { a: 1 }],
    ['unknown', { a: 1 }],
    ['tool-calls', { a: 1 }],
    ['length', askedAgain],
    ['content-filter', askedAgain],
    ['error', askedAgain],
  ])('%s', async (finishReason, wanted) => {
    const content = [{ type: 'text' as const, text: '```json\n{"a":"1"}\n```' }];
    expect(await first({ content, finishReason }, schema)).toEqual(wanted);
  });
});

describe('the input of a tool is read before the tool runs', () => {
  const inputSchema = jsonSchema(
    object({ days: number, tags: list(text), filter: { type: 'object' }, when: { enum: ['now', 'later'] } }, 'days'),
  );
  test.each<[string, unknown]>([
    ['{"days":"3","tags":"a","filter":"{\\"x\\":1}"}', { days: 3, tags: ['a'], filter: { x: 1 } }],
    ['{"days":3,"tags":"[\\"a\\",\\"b\\"]"}', { days: 3, tags: ['a', 'b'] }],
    ["{'days': 3, 'when': 'Now'}", { days: 3, when: 'now' }],
    ['{"Days":3,"tags":null}', { days: 3 }],
    ['"{\\"days\\":3}"', { days: 3 }],
    ['{"input":{"days":"3"}}', { days: 3 }],
    ['{"days":[3],"tags":["a",]}', { days: 3, tags: ['a'] }],
  ])('%s', async (input, wanted) => {
    const ran: unknown[] = [];
    const tools: ToolSet = {
      forecast: { inputSchema, execute: (given: unknown) => ran.push(given) },
    } as unknown as ToolSet;
    const call = { type: 'tool-call' as const, toolCallId: '1', toolName: 'forecast', input };
    const model = scriptedModel([{ content: [call], finishReason: 'tool-calls' }, 'Done.']);
    const result = await generateText({ model: withStagedRetry(model), prompt: 'x', tools });
    expect(ran).toEqual([wanted]);
    expect(model.calls).toHaveLength(1);
    expect(reportOf(result.finalStep.providerMetadata)?.fixes).toContainEqual(
      expect.objectContaining({ toolCallId: '1' }),
    );
  });

  test('an input whose members stand in two objects is asked again', async () => {
    const call = (input: string) => ({ type: 'tool-call' as const, toolCallId: '1', toolName: 'forecast', input });
    const given: unknown[] = [];
    const forecast = { inputSchema, execute: (input: unknown) => given.push(input) };
    const model = scriptedModel([
      { content: [call('{"days":3}\nAlso:\n{"tags":["a"]}')] },
      { content: [call('{"days":3,"tags":["a"]}')] },
      'Done.',
    ]);
    await generateText({ model: withStagedRetry(model), prompt: 'x', tools: { forecast } as unknown as ToolSet });
    expect(given).toEqual([{ days: 3, tags: ['a'] }]);
  });
});

test.each([
  ['{"id":2512292042121000001,"price":1.10,"n":"many"}', '{"id":2512292042121000001,"price":1.10,"n":3}'],
  ['{ "id" : 1e400, "n":"many", "z":-0.0 }', '{ "id" : 1e400, "n":3, "z":-0.0 }'],
  ['{"t":"\\u00e9\\/","n":"many"}', '{"t":"\\u00e9\\/","n":3}'],
  ['{"b":1,\n  "n":"many",\n  "a":2.0}', '{"b":1,\n  "n":3,\n  "a":2.0}'],
  ['{"n":"many","l":[1.00,{"x":1E2}]}', '{"n":3,"l":[1.00,{"x":1E2}]}'],
  [
    '{"n":"many","t":"a  b","id":123456789012345678901234567890}',
    '{"n":3,"t":"a  b","id":123456789012345678901234567890}',
  ],
])('a repair keeps every other character: %s', async (answer, wanted) => {
  const model = scriptedModel([answer, '{"n":3}']);
  const schema = object({ n: number }, 'n') as Record<string, unknown>;
  const result = await generateText({
    model: withStagedRetry(model, { stages: [repair({ attempts: 1 })] }),
    prompt: 'x',
    output: Output.object({ schema: jsonSchema(schema) }),
  });
  expect(result.text).toBe(wanted);
});
