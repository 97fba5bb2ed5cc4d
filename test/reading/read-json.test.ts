import { InvalidArgumentError } from '@ai-sdk/provider';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readJson } from '../../src/reading/index.ts';

const text = { type: 'string' };
const number = { type: 'number' };
const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
const list = (items: object) => ({ type: 'array', items });
const any = true;

describe('text that is not quite JSON is read', () => {
  test.each<[what: string, text: string, read: string, rule: string]>([
    ['a pattern with single backslashes', '{"t":"^\\d+\\.\\d{2}$"}', '{"t":"^\\\\d+\\\\.\\\\d{2}$"}', 'backslash'],
    ['a Windows path', '{"p":"C:\\Windows"}', '{"p":"C:\\\\Windows"}', 'backslash'],
    ['a formula', '{"f":"\\(K_\\alpha\\)"}', '{"f":"\\\\(K_\\\\alpha\\\\)"}', 'backslash'],
    ['a path that looks like a code point', '{"p":"D:\\users"}', '{"p":"D:\\\\users"}', 'backslash'],
    ["Python's literals", '{"a":True,"b":None,"c":False}', '{"a":true,"b":null,"c":false}', 'literal'],
    ['single quotes', "{'a':'b'}", '{"a":"b"}', 'quotes'],
    ['an apostrophe in single quotes', "{'a':'it's'}", '{"a":"it\'s"}', 'quotes'],
    ['an apostrophe behind a comma and words', "{'a':'no, I think it's'}", '{"a":"no, I think it\'s"}', 'quotes'],
    ['an escaped apostrophe', "{'a':'it\\'s'}", '{"a":"it\'s"}', 'quotes'],
    ['typographic quotes', '{“a”: "b"}', '{"a": "b"}', 'quotes'],
    ['quotes in a string', '{"city":"the "old" Lyon","n":1}', '{"city":"the \\"old\\" Lyon","n":1}', 'inner-quote'],
    ['markup in a string', '{"h":"<a id="x">y</a>"}', '{"h":"<a id=\\"x\\">y</a>"}', 'inner-quote'],
    ['a line break in a string', '{"a":"one\ntwo"}', '{"a":"one\\ntwo"}', 'line-break'],
    ['unquoted names', '{a:1,b_c:2}', '{"a":1,"b_c":2}', 'name'],
    ['trailing commas', '{"a":[1,2,],}', '{"a":[1,2]}', 'comma'],
    ['a missing comma', '{"a":"b"\n"c":"d"}', '{"a":"b",\n"c":"d"}', 'comma'],
    ['comments', '{"a":1 // one\n,/* two */"b":2}', '{"a":1 \n,"b":2}', 'comment'],
    ['no-break spaces', '{\u00a0"a":\u00a0 1,\u3000"b":[\u200b2\u202f]}', '{ "a": 1, "b":[ 2 ]}', 'white-space'],
    ['a no-break space in a string stays', '{\u00a0"a":"b\u00a0c"}', '{ "a":"b\u00a0c"}', 'white-space'],
    ['missing closers', '{"a":["b",{"c":"d"', '{"a":["b",{"c":"d"}]}', 'closer'],
    ['a surplus closer', '{"a":1}}', '{"a":1}', 'surroundings'],
    ['a fence', 'Here it is:\n```json\n{"a":1}\n```\nEnjoy!', '{"a":1}', 'surroundings'],
    ['a fence that does not end', '```json\n{"a":1}', '{"a":1}', 'surroundings'],
    ['prose around a line', 'Sure!\n\n{"a":1}\n\nReasoning: it is one.', '{"a":1}', 'surroundings'],
    ['prose after most of the text', '{"answer":"a long answer"} is it.', '{"answer":"a long answer"}', 'surroundings'],
    ['thoughts', '<think>Maybe {"a":2}. No.</think>{"a":1}', '{"a":1}', 'surroundings'],
    ['a tag', '<tool_call>{"a":1}</tool_call>', '{"a":1}', 'surroundings'],
    ['one value said twice', '{"a":1}\n{"a": 1}', '{"a":1}', 'surroundings'],
  ])('%s', (_, given, read, rule) => {
    const result = readJson(given);
    expect(result?.text).toBe(read);
    expect(result?.value).toEqual(JSON.parse(read));
    expect(result?.fixes.map((fix) => fix.rule)).toContain(rule);
  });
});

describe('values that are not quite the schema are read', () => {
  const schema = object({ n: number, ok: { type: 'boolean' }, t: text, tags: list(text), filter: { type: 'object' } });

  test.each<[what: string, text: string, schema: object, read: string, rule: string]>([
    ['a number in a string', '{"n":"12"}', schema, '{"n":12}', 'number'],
    ['a number keeps its digits', '{"n":"1.10"}', schema, '{"n":1.10}', 'number'],
    ['a boolean in a string', '{"ok":"True"}', schema, '{"ok":true}', 'boolean'],
    ['a number where a string is wanted', '{"t":1.50}', schema, '{"t":"1.50"}', 'string'],
    ['a boolean where a string is wanted', '{"t":true}', schema, '{"t":"true"}', 'string'],
    ['one value where a list is wanted', '{"tags":"a"}', schema, '{"tags":["a"]}', 'list-of-one'],
    ['a list of one where the value is wanted', '{"n":[3]}', schema, '{"n":3}', 'single-item'],
    ['JSON in a string', '{"filter":"{\\"x\\":1}"}', schema, '{"filter":{"x":1}}', 'json-in-string'],
    ['null for an optional member', '{"n":null,"t":"a"}', schema, '{"t":"a"}', 'null-member'],
    ['null for the last member', '{"t":"a","n":null}', schema, '{"t":"a"}', 'null-member'],
    [
      'another spelling of a constant',
      '{"s":"In Progress"}',
      object({ s: { enum: ['in_progress', 'done'] } }),
      '{"s":"in_progress"}',
      'constant',
    ],
    [
      'another spelling of a name',
      '{"Unit-Price":1}',
      object({ unit_price: number }, 'unit_price'),
      '{"unit_price":1}',
      'member-name',
    ],
    ['a wrapper', '{"answer":{"a":1}}', object({ a: number }, 'a'), '{"a":1}', 'wrapper'],
    ['a list around the answer', '[{"a":1}]', object({ a: number }, 'a'), '{"a":1}', 'single-item'],
    ['the arguments of a call', '{"name":"f","arguments":{"a":1}}', object({ a: number }, 'a'), '{"a":1}', 'wrapper'],
    [
      'the function of a call',
      '{"id":"call_1","type":"function","function":{"a":1}}',
      object({ a: number }, 'a'),
      '{"a":1}',
      'wrapper',
    ],
    [
      'the schema echoed around',
      '{"type":"object","properties":{"a":1}}',
      object({ a: number }, 'a'),
      '{"a":1}',
      'wrapper',
    ],
    [
      'values in a row',
      '<tool_call>{"a":1}</tool_call>\n<tool_call>{"a":2}</tool_call>',
      list(object({ a: number }, 'a')),
      '[{"a":1}, {"a":2}]',
      'values-in-a-row',
    ],
    ['the value that fits', '{"b":1}\n{"a":1}', object({ a: number }, 'a'), '{"a":1}', 'surroundings'],
    [
      'behind a reference',
      '{"n":"1"}',
      { $defs: { n: number }, ...object({ n: { $ref: '#/$defs/n' } }) },
      '{"n":1}',
      'number',
    ],
    ['in one branch alone', '{"n":"1"}', object({ n: { anyOf: [number, { type: 'null' }] } }), '{"n":1}', 'number'],
    ['in both ways at once', "{'n':'1',}", schema, '{"n":1}', 'number'],
  ])('%s', (_, given, schemaOfRow, read, rule) => {
    const result = readJson(given, schemaOfRow);
    expect(result?.text).toBe(read);
    expect(result?.value).toEqual(JSON.parse(read));
    expect(result?.fixes.map((fix) => fix.rule)).toContain(rule);
  });
});

describe('what leaves no reading, or two, is not read', () => {
  test.each<[what: string, text: string, schema: unknown]>([
    ['a value that ends before the JSON does', '{"total": 5}, "currency": "EUR"}', object({ total: number })],
    ['a closer too many inside', '[{"id":1}},{"id":2}]', list(object({ id: number }))],
    ['a citation', 'Paris is the capital of France [1].', any],
    ['a bracket in a refusal', 'Sorry, I can only give {} here.', object({ a: number })],
    ['a backslash that may be an escape or a character', '{"p":"C:\\Users\\new"}', object({ p: text })],
    ['a cut string', '{"a":"b', any],
    ['a cut number', '{"a":12', any],
    ['a value to come', '{"a":"b",', any],
    ['a missing value', '{"a":}', any],
    ['an odd quote', '["one" two", "three"]', any],
    ['two strings that may be one', '{"a":["b" "c"]}', any],
    ['a string that swallows a member', '{"a":"b", COMMENT "c":"d"}', any],
    ['two answers', '{"a":1}\n{"a":2}', object({ a: number })],
    ['two fences', '```json\n{"a":1}\n```\nor\n```json\n{"a":2}\n```', object({ a: number })],
    ['one name twice', '{"a":1,"a":2,}', any],
    ['a name that swallows a value', '[{"n":true, "x", "y"], "z":{"b":null', any],
    ['values between strings that lack their commas', '["a" 1 "b"]', any],
    ['a quote that leans on nothing', '{"a":"one " two " three"}', any],
    ['an item where a name was to come', '[{"a":"b", "c"]', any],
    ['a closer too many, with members behind it', '{"a":[{"b":1}]\n}} ,\n"c": "" ,"d":"e"\n}]', any],
    ['a closer too many that may be an inner one', '{"a":{"b":1},"c":2}}', any],
    ['the second of two values that belong together', 'Sure! [[{}]],["", "The"]] ]', any],
    ['a value within a word', '[true,"x"]12"', any],
    ['a comment that may be part of a string', '["", 1e3,"",//" ],["b"]]', any],
    ['a value inside brackets that are no JSON', '[,"old town",{}]', any],
    ['a value behind a name without its colon', '{Z\n  []}', any],
    ['a value among words', '[Lyon, []]', any],
    ['lines between two wrong quotes', '["12"," [null,\n  1,\n  True",\n  1.5]', any],
    ['a name that holds a name', "{'n-1:\n 1.5, x\": 2, y':true}", any],
    ['a quote on the wrong side of a comma', '{"Z":[[""]]",x":"é"}', any],
    ['a quote on the wrong side of a closer', "['é]'", any],
    ['an apostrophe that may be what parts two members', "{Z:'\"naïve?\",\n  a'a'}", any],
    ['the same on one line', "{Z:'-1,a'b'}", any],
    ['an apostrophe before what may be a name', "{Z:'a'b: None'}", any],
    ['an apostrophe that may be what parts two items', "['old town'b', 1]", any],
    ['an apostrophe before what may be a literal', "['a'None']", any],
    ['an apostrophe in what may be two names', "{'a'False, b':1}", any],
    ['values that a comment parts', ' /* one */ [["a"]]\n# three\n,{"b":1}', any],
    ['what closes nothing, further on', '{"a":1}\nb:2}', any],
    ['a thousands separator', '{"n":"1,000"}', object({ n: number })],
    ['a unit', '{"n":"12 EUR"}', object({ n: number })],
    ['a leading zero', '{"n":"007"}', object({ n: number })],
    ['null where the member is required', '{"n":null}', object({ n: number }, 'n')],
    ['a constant that two resemble', '{"s":"A B"}', object({ s: { enum: ['a_b', 'a-b'] } })],
    ['a list of two where one is wanted', '{"n":[1,2]}', object({ n: number })],
    ['two members around the answer', '{"a":{"n":1},"b":{"n":2}}', object({ n: number }, 'n')],
    ['prose', 'There is no answer.', any],
    ['nothing', ' \n', any],
    ['words without quotes', '{"a": some words}', any],
  ])('%s', (_, given, schema) => {
    expect(readJson(given, schema)).toBeUndefined();
  });
});

test('an answer that stands there twice is one, where a list of such is wanted too', () => {
  const twice = '```json\n[1]\n```\n```json\n[1]\n```';
  expect(readJson(twice, { type: 'array' })?.value).toEqual([1]);
});

test('a name is spelled anew only where it is missed, or may not stand', () => {
  const optional = object({ note: text, n: number });
  expect(readJson('{"Note":"a","n":"3"}', optional)?.text).toBe('{"Note":"a","n":3}');
  expect(readJson('{"Note":"a"}', { ...optional, additionalProperties: false })?.text).toBe('{"note":"a"}');
  expect(readJson('{"Note":"a"}', object({ note: text }, 'note'))?.text).toBe('{"note":"a"}');
});

test('a text that fits comes back as it is', () => {
  const given = ' {"a" : 2512292042121000001, "b":\t1.10, "c":"\\u00e9\\/"}\n';
  expect(readJson(given, object({ a: number }))).toMatchObject({ text: given, fixes: [] });
});

test('characters that are no part of a fix stay', () => {
  const given = '{ "id": 2512292042121000001,\n  "price": 1.10, "name":"\\u00e9", "n" : "3" }';
  expect(readJson(given, object({ n: number }))?.text).toBe(given.replace('"3"', '3'));
});

test('a fix says where, by which rule, from what to what', () => {
  expect(readJson('{"lines":[{"price":"12"}]}', object({ lines: list(object({ price: number })) }))?.fixes).toEqual([
    { path: ['lines', 0, 'price'], rule: 'number', from: '"12"', to: '12' },
  ]);
});

test('one half of reading can be switched off', () => {
  const schema = object({ n: number });
  expect(readJson('{"n":"1"}', schema, { values: false })).toBeUndefined();
  expect(readJson("{'n':1}", schema, { syntax: false })).toBeUndefined();
  expect(readJson("{'n':1}", schema, { values: false })?.text).toBe('{"n":1}');
});

test.each<[what: string, given: string, paths: unknown, schema?: object]>([
  ['a name, its value and a comma', '{a:[True,1,],}', [[], ['a', 0], ['a'], []]],
  ['quotes', "['a',{\"b\":'c'}]", [[0], [1, 'b']]],
  ['comments and white space', '[[1]/**/,[/**/2\u00a0]]', [[], [1], [1]]],
  ['missing commas', '[[1][2]]', [[]]],
  ['missing closers', '{"a":[{"b":[1],"c":["d"', [['a', 0, 'c'], ['a', 0], ['a'], []]],
  ['values in a row', '{n:1}\n{"n":+1}', [[], [0], [], [1, 'n'], []], list(object({ n: number }))],
  ['in a wrapper', '{"answer":{n:+1}}', [[], ['answer'], ['answer', 'n']], object({ n: number })],
])('the path of a syntax fix is where its text stands: %s', (_, given, paths, schema) => {
  expect(readJson(given, schema)?.fixes.map(({ path }) => path)).toEqual(paths);
});

test('the path of a fix behind a thousand is where its text stands', () => {
  const names = Array.from({ length: 600 }, (_, index) => `n${index}`);
  const schema = object(Object.fromEntries(names.map((name) => [name, number])));
  const fixes = readJson(`{${names.map((name) => `'${name}': None`)}, 'x': [True]}`, schema)?.fixes;
  expect(fixes?.map(({ path }) => path)).toEqual([...names.map((name) => [name]), [], ['x', 0]]);
});

describe('hostile text is left alone', () => {
  const long = (piece: string) => piece.repeat(Math.ceil(500_000 / piece.length));

  test.each([
    ['opening brackets', long('[')],
    ['nested objects', long('{"a":')],
    ['quotes', `{"a":${long('"')}`],
    ['backslashes', `{"a":"${long('\\')}`],
    ['numbers without commas', `[${long('1 ')}]`],
    ['quotes in words', `{"a":"${long('x"y')}`],
    ['comments', `["a"${long('/**/')}`],
    ['quotes and commas on one line', `{"a":"x${long('", a')}`],
    ['half comments', `[${long('/a//a/')}]`],
    ['strings without commas', `{a:${long('"b" ')}}`],
    ['tags of thoughts', long('<think></think>')],
    ['tags of thoughts in a string', `{"a":"${long('</think>')}`],
    ['10,000 levels', `${'['.repeat(10_000)}'a'${']'.repeat(10_000)}`],
    ['lone surrogates', `{"a":"\ud800${long('\udc00"')}`],
    ['two million characters', `{'a':'${'b'.repeat(2_000_000)}'}`],
  ])('%s', (_, given) => {
    expect(readJson(given, object({ a: number }, 'a'))).toBeUndefined();
  });
});

describe('a value that nests deeper than the call stack is used for', () => {
  const chain = {
    $defs: { t: { anyOf: [number, { items: { $ref: '#/$defs/t' }, type: 'array' }] } },
    $ref: '#/$defs/t',
  };
  const nested = (inner: string, depth: number) => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;

  test.each([390, 420, 500, 511, 600])('is left alone where nothing mends it, at %d levels', (depth) => {
    expect(readJson(nested('"x"', depth), chain)).toBeUndefined();
    expect(readJson(nested('1', depth), chain)?.fixes).toEqual([]);
  });
});

describe('an object of many names', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `name${index}`);
  const schema = object(Object.fromEntries(names.map((name) => [name, number])), ...names);

  test('that are spelled otherwise is read in time linear in them', { timeout: 10_000 }, () => {
    const written = JSON.stringify(Object.fromEntries(names.map((name, index) => [`Name_${name.slice(4)}`, index])));
    const wanted = Object.fromEntries(names.map((name, index) => [name, index]));
    expect(readJson(written, schema)?.value).toEqual(wanted);
  });

  test('is read whose members have names of their own', () => {
    const inner = object({ total: number }, 'total');
    const outer = object(Object.fromEntries(names.map((name) => [name, inner])), 'name0');
    const written = JSON.stringify(Object.fromEntries(names.slice(0, 5000).map((name) => [name, { Total: 1 }])));
    expect(readJson(written, outer)?.fixes).toHaveLength(1000);
  });
});

describe('constants in another spelling', () => {
  test('are found in time linear in the list and in the strings', { timeout: 10_000 }, () => {
    const listed = Array.from({ length: 15_000 }, (_, index) => `value ${index}`);
    const schema = list({ type: 'string', enum: listed } as object);
    const written = JSON.stringify(listed.map((value) => value.toUpperCase()));
    expect(readJson(written, schema)?.value).toEqual(listed);
  });
});

describe('a text of characters that JSON knows', () => {
  const schema = { type: 'object', properties: { t: { type: 'string' }, n: { type: 'number' } }, required: ['n'] };

  test.each(['\u007f', '\u0085', '\u2028', '\ud800'])('is read by its values with %j in a string', (character) => {
    expect(readJson(`{"t":"a${character}b","n":"1"}`, schema)?.text).toBe(`{"t":"a${character}b","n":1}`);
  });

  test('of a hundred thousand numbers in strings is read', () => {
    const list = { type: 'array', items: { type: 'number' } };
    expect(readJson(JSON.stringify(Array(100_000).fill('1')), list)?.value).toEqual(Array(100_000).fill(1));
  });

  test.each([
    ['a byte order mark', '\uFEFF{"n":1}', '\uFEFF'],
    ['no-break spaces around it', '\u00a0{"n":1}\u00a0', '\u00a0\u00a0'],
  ])('with %s says that it is left out', (_, text, from) => {
    expect(readJson(text, schema)).toMatchObject({
      text: '{"n":1}',
      fixes: [{ path: [], rule: 'white-space', from, to: '' }],
    });
  });
});

test.each<[options: unknown, message: string]>([
  [{ sintax: false }, 'There is no option "sintax" of readJson(). Did you mean "syntax"?'],
  [{ fix: false }, 'There is no option "fix" of readJson(). There are syntax, values, additionalMembers.'],
  [{ values: 'no' }, 'values of readJson() must be a boolean.'],
  [{ additionalMembers: 'deny' }, 'additionalMembers must be "judge" or "allow".'],
  [false, 'readJson() takes options: { syntax, values, additionalMembers }.'],
])('the options %j are refused', (options, message) => {
  expect(() => readJson('{}', true, options as object)).toThrow(message);
});

describe('a schema that is no JSON Schema is refused', () => {
  test.each<[what: string, schema: unknown]>([
    ['a text', '{"type":"object"}'],
    ['a number', 5],
    ['null', null],
  ])('%s', (_, schema) => {
    expect(() => readJson('{"a":1}', schema)).toThrow(InvalidArgumentError);
    expect(() => readJson('{"a":1', schema)).toThrow(InvalidArgumentError);
  });

  test('its JSON Schema is read by', () => {
    expect(readJson('{"a":1}', z.toJSONSchema(z.object({ a: z.string() })))?.value).toEqual({ a: '1' });
  });
});

test.each<[what: string, text: string, schema: object, rules: readonly string[]]>([
  ['one text', '{"f":"true"}', { properties: { f: { type: 'array', items: { type: 'string' } } } }, ['list-of-one']],
  [
    'a list that lacks its end',
    '[{"a":1}',
    { type: 'object', properties: { a: {} }, required: ['a'] },
    ['single-item'],
  ],
])('the rule that is told is the one that was followed, and no fix is empty: %s', (_, text, schema, rules) => {
  const fixes = readJson(text, schema)?.fixes ?? [];
  expect([...new Set(fixes.map(({ rule }) => rule))]).toEqual(rules);
  expect(fixes.filter(({ from, to }) => from === to)).toEqual([]);
});
