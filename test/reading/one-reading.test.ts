import { describe, expect, test } from 'vitest';
import { readJson } from '../../src/reading/index.ts';
import { askedAgain, firstAnswer } from './first-answer.ts';

/*
 * What may be read in two ways is asked again, generated and streamed alike; next to it, what may not be.
 */

type Row = readonly [written: string, schema: object, wanted: unknown];

const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
const list = (items: object) => ({ type: 'array', items });
const number = { type: 'number' };
const text = { type: 'string' };
const t = object({ t: text }, 't');
const n = object({ n: number }, 'n');
const f = object({ f: { type: 'object' } }, 'f');
const tags = object({ tags: list(text) }, 'tags');
const nums = object({ nums: list(number) }, 'nums');
const texts = list(text);
const ids = list(object({ id: number }, 'id'));
const record = { type: 'object', additionalProperties: number };

function expectEach(rows: readonly Row[]): void {
  test.each(rows)('%s', async (written, schema, wanted) => {
    expect(await firstAnswer(written, schema)).toEqual(wanted);
  });
}

describe('a sign or a point is never dropped from a constant', () => {
  test.each<[written: string, constants: readonly string[], wanted: string | undefined]>([
    ['-1', ['1', '0'], undefined],
    ['- 1', ['1', '0'], undefined],
    ['temp -5', ['temp 5'], undefined],
    ['1.0', ['10', '20'], undefined],
    ['1-0', ['10', '20'], undefined],
    ['1 0', ['10', '20'], undefined],
    ['0.5', ['05', '10'], undefined],
    ['A-', ['A', 'B'], undefined],
    ['A -', ['A', 'B'], undefined],
    ['-a', ['a', 'b'], undefined],
    ['v11.0', ['v1.10', 'v2.0'], undefined],
    ['done.', ['done'], undefined],
    ['', ['-', '+'], undefined],
    ['_', ['-', '+'], undefined],
    ['-', ['', 'a'], undefined],
    [' ', ['', 'a'], undefined],
    ['In-Progress', ['in_progress'], 'in_progress'],
    [' done ', ['done'], 'done'],
    ['Step 1', ['step_1'], 'step_1'],
    ['GPT-4', ['gpt-4'], 'gpt-4'],
  ])('%j of %j', async (written, constants, wanted) => {
    const schema = object({ s: { type: 'string', enum: constants } }, 's');
    const value = await firstAnswer(JSON.stringify({ s: written }), schema);
    expect(value).toEqual(wanted === undefined ? askedAgain : { s: wanted });
  });
});

describe('nor from a name', () => {
  expectEach([
    ['{"2.5":1}', object({ 25: number }, '25'), askedAgain],
    ['{"-1":5}', object({ 1: number }, '1'), askedAgain],
    ['{"1-2":5}', object({ 12: number }, '12'), askedAgain],
    ['{"unit.price":5}', object({ unit_price: number }, 'unit_price'), askedAgain],
    ['{"unit-price":5}', object({ unit_price: number }, 'unit_price'), { unit_price: 5 }],
    ['{"Line 1":5}', object({ line1: number }, 'line1'), { line1: 5 }],
  ]);
});

describe('a point before three last digits is a decimal one only where the schema says so', () => {
  expectEach([
    ['{"n":"1.000"}', n, askedAgain],
    ['{"n":"-12.500"}', n, askedAgain],
    ['{"n":"1.000"}', object({ n: { type: 'integer' } }, 'n'), askedAgain],
    ['{"nums":["1.5","999.999"]}', nums, askedAgain],
    ['{"n":"48.857"}', object({ n: { type: 'number', maximum: 90 } }, 'n'), { n: 48.857 }],
    ['{"n":"0.125"}', n, { n: 0.125 }],
    ['{"n":"1.0000"}', n, { n: 1 }],
    ['{"nums":"1.000"}', nums, askedAgain],
    ['{"nums":"\\"1.000\\""}', nums, askedAgain],
    ['{"nums":["1.000",-5]}', object({ nums: list(list(number)) }), askedAgain],
    ['{"nums":"1.000"}', object({ nums: { anyOf: [list(number), { type: 'null' }] } }), askedAgain],
    ['{"nums":"1.000"}', object({ nums: { type: 'array', prefixItems: [number] } }), askedAgain],
    ['{"x":"1.000"}', { type: 'object', additionalProperties: list(number) }, askedAgain],
    ['{"nums":"12e5"}', nums, askedAgain],
    ['{"nums":"1e400"}', nums, askedAgain],
    ['{"nums":"12"}', nums, { nums: [12] }],
    ['{"nums":"[1.000]"}', nums, { nums: [1] }],
    ['{"n":"1234.567"}', n, { n: 1234.567 }],
  ]);
});

describe('nor what its spelling does not vary', () => {
  const of = (...constants: unknown[]) => object({ s: { enum: constants } }, 's');
  const composed = 'caf\u00e9';
  const name = object({ first_name: text }, 'first_name');
  expectEach([
    ['{"s":"1"}', of(1, 2), { s: 1 }],
    ['{"s":"true"}', object({ s: { const: true } }, 's'), { s: true }],
    ['{"s":1}', of('1', '2'), { s: '1' }],
    ['{"s":[1]}', of(1, 2), { s: 1 }],
    ['{"s":"1"}', object({ s: { type: ['string', 'number'], enum: [1, 'a'] } }, 's'), { s: 1 }],
    ['{"s":"3"}', of(1, 2), askedAgain],
    ['{"s":"1"}', of(1, ' 1'), askedAgain],
    ['{"s":"null"}', of(1, null), askedAgain],
    ['{"s":"cafe\u0301"}', of(composed), { s: composed }],
    ['{"s":"cafe"}', of(composed), askedAgain],
    ['{"cafe\u0301":5}', object({ [composed]: number }, composed), { [composed]: 5 }],
    ['{"first\\_name":"a"}', name, { first_name: 'a' }],
    ['{"first\\\\_name":"a"}', name, { first_name: 'a' }],
    ['{"s":"in\\_progress"}', of('in_progress', 'done'), { s: 'in_progress' }],
    ['{"first\\name":"a"}', name, askedAgain],
    ['{"first_name":"a\\_b"}', name, { first_name: 'a\\_b' }],
  ]);
});

describe('a sign that parts or joins two strings is no part of one', () => {
  const signs = [
    '，',
    '；',
    '、',
    '،',
    ';',
    '+',
    '|',
    '.',
    '...',
    '/',
    '=',
    '=>',
    '->',
    '-',
    '~',
    '&',
    '·',
    '(',
    '#',
    '<b>',
  ];
  const rows = [...signs, ';1.5;', '+1+', '+x+', 'and', '和', '(x)'].map(
    (sign): Row => [`["a"${sign}"b"]`, texts, askedAgain],
  );
  expectEach([
    ...rows,
    ['["东京"，"大阪"]', texts, askedAgain],
    ['{"t":"a"+"b"}', t, askedAgain],
    ['{"t":"a"+x+"b"}', t, askedAgain],
    ["{'t':'a'+'b'}", t, askedAgain],
    ['{"t":`a`+`b`}', t, askedAgain],
    ['["a"\n"b"]', texts, askedAgain],
    ['["a",\n"b"\n"c"]', texts, askedAgain],
    ['{"t":"他说"你好"吗"}', t, { t: '他说"你好"吗' }],
    ['{"t":"the "old," town"}', t, { t: 'the "old," town' }],
    ['["the "old" town","b"]', texts, ['the "old" town', 'b']],
  ]);
});

describe('what stands between two strings is no quotation in one', () => {
  const strays = ['(x)', 'x', '[x]', '<x>', '#x', '$x', '_x_', '1', '@x', 'and', 'or then', '（x）', '(x)"c"(y)'];
  expectEach([
    ...strays.map((stray): Row => [`{"t":"a"${stray}"b"}`, t, askedAgain]),
    ['{"t":"一"（二）"三"}', t, askedAgain],
    ['{"t":"one."(x)"two"}', t, askedAgain],
    ['{"t":"a "x"b"}', t, askedAgain],
    ['{"t":"a"x" b"}', t, askedAgain],
    ["{'t':'a'(x)'b'}", t, askedAgain],
    ['{"t":`a`(x)`b`}', t, askedAgain],
    ["{'t':'rock'n'roll'}", t, { t: "rock'n'roll" }],
    ['{"t":"the "(old)" town"}', t, { t: 'the "(old)" town' }],
    ['{"t":"the ("old") town"}', t, { t: 'the ("old") town' }],
    ['{"t":"he said "hi", and "bye"."}', t, { t: 'he said "hi", and "bye".' }],
    ['{"t":"f("x")"}', t, { t: 'f("x")' }],
    ['{"t":"그는 "안녕"이라고 했다"}', t, { t: '그는 "안녕"이라고 했다' }],
  ]);
});

describe('typographic quotes do not stand in each other', () => {
  expectEach([
    ['[““q””,,“b"]', texts, askedAgain],
    ['{“t”:“L“q”” n:“5”}', t, askedAgain],
    ['{“t”:“a “b” c”}', t, askedAgain],
    ['{“t”:“a”b”}', t, askedAgain],
    ['{‘t’:‘a‘b’’}', t, askedAgain],
    ['{“t”:“a”}', t, { t: 'a' }],
    ['{‘t’:‘it’s’}', t, { t: 'it’s' }],
    ['{"t":"a “b” c",}', t, { t: 'a “b” c' }],
  ]);
});

describe('an escape of the language whose quotes stand there may be meant', () => {
  const escapes = ['\\xe9', '\\u{e9}', '\\U0001f600', '\\N{BULLET}', '\\0', '\\v', '\\a', '\\101', '\\x0a', '\\033[0m'];
  const broken = ['Caf\\u00e', '\\u00', '\\u2', '\\ud83d\\ude0', '\\u 00e9', '\\u{1f600', '\\u00g1', '\\xe', '\\x{e9}'];
  const kept = [
    'C:\\unzip',
    '\\underline{a}',
    '\\d',
    '\\alpha',
    '\\vec{x}',
    '(a)\\1',
    'C:\\xampp',
    'D:\\users',
    '\\U+1F600',
  ];
  const rows = [...escapes, ...kept].map((written): Row => [`{'t':'${written}'}`, t, askedAgain]);
  expectEach([
    ...rows,
    ...escapes.map((written): Row => [`{"t":"${written}"}`, t, askedAgain]),
    ...broken.map((written): Row => [`{"t":"${written}"}`, t, askedAgain]),
    ...kept.map((written): Row => [`{"t":"${written}"}`, t, { t: written }]),
    ["{'t':'a\\/b'}", t, askedAgain],
    ['{"t":`\\d`}', t, askedAgain],
    ['{“t”:“\\d”}', t, { t: '\\d' }],
  ]);
});

describe('a comment that says something is left out leaves a list unread', () => {
  expectEach([
    ['{"nums":[1,2,\n// ... and 97 more\n100]}', nums, askedAgain],
    ['{"nums":[1,2,\n// …\n100]}', nums, askedAgain],
    ['{"nums":[1,2 /* etc. */]}', nums, askedAgain],
    ['{"nums":[1,2\n# and so on\n]}', nums, askedAgain],
    ['{"nums":[1,\n// the rest is omitted\n2]}', nums, askedAgain],
    ['[\n{"id":1},\n// more items\n]', ids, askedAgain],
    ['{"nums":[1 /* 99 items */]}', nums, askedAgain],
    ['[{"id":1},\n// other entries\n{"id":9}]', ids, askedAgain],
    ['[{"id":1}\n// same for id 2\n]', ids, askedAgain],
    ...[
      '98 further entries',
      'additional entries here',
      'and so forth',
      '(97 additional)',
      'further rows follow',
      'as above',
      'et cetera',
      'rows 3-100',
      'left out',
      'items 4 to 9',
      'und weiteres',
    ].map((comment): Row => [`[1,\n// ${comment}\n2]`, list(number), askedAgain]),
    ['{"nums":[1, // one\n2]}', nums, { nums: [1, 2] }],
    ['[1, // 3-4 cups, the above\n2 // in row 7\n]', list(number), [1, 2]],
    ['[{"id":1}]\nand 97 further entries', ids, askedAgain],
    ...[
      '(List truncated.)',
      '(truncated)',
      '[Output truncated]',
      '*(continued in the next message)*',
      'There are 2 more items.',
      '2 additional rows follow',
      'The list is truncated.',
      'Output truncated',
      'To be continued',
      'The remaining entries were omitted.',
      '(gekürzt)',
    ].flatMap((words): Row[] => [
      [`[{"id":1},{"id":2}]\n${words}`, ids, askedAgain],
      [`\`\`\`json\n[{"id":1}]\n\`\`\`\n\n${words}`, ids, askedAgain],
      [`{"id":1}\n{"id":2}\n${words}`, ids, askedAgain],
    ]),
    ...[
      'Let me know if you need more items.',
      '(complete, nothing omitted)',
      'Incomplete tasks are marked.',
      'There are 2 items in the list.',
      'These are 3 more expensive ones, and the rest is not.',
    ].map((words): Row => [`\`\`\`json\n[{"id":1}]\n\`\`\`\n${words}`, ids, [{ id: 1 }]]),
  ]);
});

describe('a text that may be a list itself is not its one item', () => {
  const lists = [
    'red, green, blue',
    'a; b',
    'a | b',
    '赤、青',
    'a / b',
    'a & b',
    '- a\n- b',
    '1. a',
    '[a, b]',
    '"a", "b"',
    '["a","b',
    'a and b',
    'Terms and Conditions',
    'a or b',
    'a plus b',
    'rot und grün',
    'rouge et bleu',
    'rojo y azul',
    'красный и синий',
    '北京和上海',
    '東京と大阪',
    'Lyon/Paris',
    'a -> b',
    'a => b',
    'a · b',
    'a → b',
    'a ⇒ b',
    'a<br>b',
    'a<br/>b',
    'a  b',
    '#a #b',
    '@a @b',
  ];
  const nothing = ['', ' ', 'null', 'None', 'N/A', 'n.a.', '-', '—', 'nothing', 'none of them', 'No tags', '(empty)'];
  nothing.push(
    'keine',
    'Keine Tags',
    'nichts',
    'aucun',
    'aucune étiquette',
    'rien',
    'ninguno',
    'nada',
    'nessuna',
    'niente',
    'nenhum',
  );
  nothing.push('geen', 'ingen', 'нет', 'ничего', '无', '没有', '無し', 'なし', '없음');
  const rows = [...lists, ...nothing].map((value): Row => [JSON.stringify({ tags: value }), tags, askedAgain]);
  const listOf = (items: object) => object({ l: list(items) }, 'l');
  expectEach([
    ...rows,
    ['{"tags":"a"}', tags, { tags: ['a'] }],
    ...[
      'urgent',
      'old town',
      'Android',
      'Northern Europe',
      'src/index.ts',
      'https://a.b/c',
      '24/7',
      '#a',
      'C++',
      'Nadal',
      '无锡',
      'Keinemann',
    ].map((value): Row => [JSON.stringify({ tags: value }), tags, { tags: [value] }]),
    ['{"l":"a and b"}', listOf({ enum: ['A and B', 'c'] }), { l: ['A and B'] }],
    ['{"l":"A, B"}', listOf({ enum: ['a, b', 'c'] }), { l: ['a, b'] }],
    ['{"l":null}', listOf({}), askedAgain],
    ['{"l":null}', listOf({ type: ['string', 'null'] }), askedAgain],
    ['{"l":{}}', listOf({}), askedAgain],
    ['{"l":{"x":1}}', listOf({ type: 'object' }), askedAgain],
    ['{"l":{"x":1}}', listOf(object({ id: number })), askedAgain],
    ['{"l":{"id":1}}', listOf(object({ id: number })), { l: [{ id: 1 }] }],
    ['{"l":5}', listOf(number), { l: [5] }],
  ]);
});

describe('arguments of a call, or what an envelope holds, are not lost beside a name that both have', () => {
  const strict = (...names: string[]) => ({
    ...object({ name: text, status: text, n: number }, ...names),
    additionalProperties: false,
  });
  expectEach([
    ['```json\n{"name":"f","arguments":{"n":5,"name":"x"}}\n```', strict('name'), askedAgain],
    ["{'name':'f','arguments':{'n':5,'name':'x'}}", strict('name'), askedAgain],
    ['```json\n{"status":"ok","data":{"n":5}}\n```', strict('status'), askedAgain],
    ['```json\n{"status":"ok","data":{"x":5}}\n```', strict('status'), { status: 'ok', data: { x: 5 } }],
    ['```json\n{"name":"f","arguments":"{\\"name\\":\\"x\\",\\"n\\":5}"}\n```', strict('name'), askedAgain],
    ['```json\n{"name":"f","results":[{"n":5}]}\n```', strict('name'), askedAgain],
    ['```json\n{"name":"f","data":{"items":[{"n":5}]}}\n```', strict('name'), askedAgain],
    ['```json\n{"name":"f","data":"{x} of 5"}\n```', strict('name'), { name: 'f', data: '{x} of 5' }],
  ]);
});

describe('nor in the items of a list, however it is written', () => {
  const closed = (properties: object, ...names: string[]) => ({
    ...object(properties, ...names),
    additionalProperties: false,
  });
  const people = list(closed({ name: text, age: number }, 'name'));
  const elements = closed({ elements: people }, 'elements');
  const rows = list(closed({ id: number, x: number }, 'id'));
  const call = (name: string) => `{"name":"f","arguments":{"name":"${name}","age":3}}`;
  const row = '{"id":"1","data":{"id":"7","x":5}}';
  const calls = [
    `<tool_call>${call('Ann')}</tool_call>\n<tool_call>${call('Bob')}</tool_call>`,
    `<tool_call>${call('Ann')}</tool_call>`,
    `\`\`\`json\n[${call('Ann')}]\n\`\`\``,
    `\`\`\`json\n[{"name":"f","arguments":${JSON.stringify('{"name":"Ann"}')}}]\n\`\`\``,
    `{"people":[${call('Ann')}]}`,
  ];
  expectEach([
    ...calls.flatMap((written): Row[] => [
      [written, people, askedAgain],
      [written, elements, askedAgain],
    ]),
    [`[${call('Ann')}]`, people, [JSON.parse(call('Ann'))]],
    [`{"elements":[${call('Ann')}]}`, elements, { elements: [JSON.parse(call('Ann'))] }],
    [`[${call('Ann')}]`, elements, askedAgain],
    [`{"elements":${call('Ann')}}`, elements, askedAgain],
    ['{"people":{"name":"f","arguments":[{"name":"Ann"},{"name":"Bob"}]}}', closed({ people }, 'people'), askedAgain],
    [`{"people":[${call('Ann')},]}`, closed({ people }, 'people'), askedAgain],
    [`\`\`\`json\n{"a":${call('Ann')}}\n\`\`\``, { type: 'object', additionalProperties: people.items }, askedAgain],
    [`[${row}]`, rows, askedAgain],
    [`\`\`\`json\n[${row}]\n\`\`\``, rows, askedAgain],
    [`\`\`\`json\n[${row.replaceAll('"1"', '1')}]\n\`\`\``, rows, askedAgain],
    [`{"rows":[${row}]}`, closed({ rows }, 'rows'), askedAgain],
    ['[{"id":"1","data":{"y":5}}]', rows, [{ id: 1, data: { y: 5 } }]],
  ]);
});

describe('what another value holds, however it is wrapped, is not lost beside one that fits', () => {
  const row = object({ id: number, t: text }, 'id');
  const strict = {
    ...object({ name: text, n: number, tags: list(text), l: list(row) }, 'name'),
    additionalProperties: false,
  };
  const held = '{"name":"x","n":5}';
  const short = '{"name":"q"}';
  const long = '{"name":"q","tags":["a"],"l":[{"id":1}],"n":5}';
  const pairs: readonly [one: string, other: string][] = [
    [short, `{"name":"f","arguments":${held}}`],
    [short, `{"name":"f","arguments":${JSON.stringify(held)}}`],
    [short, `{"status":"ok","data":${held}}`],
    [short, '{"status":"ok","data":{"name":"x"}}'],
    [short, '{"name":"q","data":{"n":5}}'],
    [short, `{"tool_calls":[{"function":{"name":"f","arguments":${held}}}]}`],
    [short, `{"results":[${held}]}`],
    [short, `{"text":${JSON.stringify(`Here:\n${held}`)}}`],
    [short, JSON.stringify(held)],
    [short, JSON.stringify(JSON.stringify(JSON.parse(held), undefined, 2))],
    [long, '{"name":["q"],"tags":["a","b"],"n":"x"}'],
    [long, '{"name":"q","n":"x","l":[{"id":"x","t":"y"}]}'],
    [long, '{"name":"q","n":"x","l":[{"id":1},{"id":2}]}'],
    [long, '{"name":"q","n":"x","l":{"id":1,"t":"y"}}'],
  ];
  expectEach([
    ...pairs.map(([one, other]): Row => [`${one}\n${other}`, strict, askedAgain]),
    ...pairs.map(([one, other]): Row => [`${other}\n${one}`, strict, askedAgain]),
    ['{"name":"q","l":[{"id":1}]}\n{"name":"q","l":[{"id":"x"}]}', strict, { name: 'q', l: [{ id: 1 }] }],
    ['{"status":"ok","data":{"name":"q"}}\n{"name":"q"}', strict, { name: 'q' }],
    ['{"status":"ok","data":[{"id":1},{"id":2}]}\n[{"id":3}]', ids, askedAgain],
    ['{"status":"ok","data":[]}\n[{"id":3}]', ids, [{ id: 3 }]],
  ]);
});

describe('where lists are wanted in a list, one level missing may be either', () => {
  const points = object({ points: list(list(number)) }, 'points');
  expectEach([
    ['{"l":[1,0]}', object({ l: list(list(number)) }), askedAgain],
    ['{"l":["a","b"]}', object({ l: list(list(text)) }), askedAgain],
    ['{"l":"[1,2]"}', object({ l: list(list(number)) }), askedAgain],
    ['{"points":[1,2]}', points, askedAgain],
    ['{"points":["1","2"]}', points, askedAgain],
    ['[{"id":1},{"id":2}]', list(ids), askedAgain],
    ['{"points":[[1,2],3]}', points, { points: [[1, 2], [3]] }],
    ['{"points":["[1,2]","[3]"]}', points, { points: [[1, 2], [3]] }],
    ['{"points":7}', points, { points: [[7]] }],
  ]);
});

describe('a quote that was escaped twice may be a backslash and a quote', () => {
  expectEach([['{"t":"x \\\\"y\\\\" z"}', t, askedAgain]]);
});

describe('a schema that comes back is not its answer', () => {
  const address = object({ address: object({ street: text, city: text }) }, 'address');
  const schema = JSON.stringify(address);
  expectEach([
    [schema, address, askedAgain],
    [`{"answer":${schema}}`, address, askedAgain],
    [`{"properties":${JSON.stringify(address.properties)}}`, address, askedAgain],
    ['{"type":"object","properties":{"address":{"$ref":"#/x"}}}', address, askedAgain],
    ['{"type":"object","properties":{"t":"string"}}', t, askedAgain],
    ['{"properties":{"t":"string"}}', t, askedAgain],
    ['{"type":"array","items":{"type":"object"}}', list({ type: 'object' }), askedAgain],
    ['{"type":"object","properties":{"address":{"city":"Lyon"}}}', address, { address: { city: 'Lyon' } }],
  ]);
});

describe('a refusal is no answer', () => {
  const optional = object({ a: number, b: text });
  expectEach([
    ['{"error":"no data"}', texts, askedAgain],
    ['{"message":"I cannot"}', texts, askedAgain],
    ['{"answer":"no data"}', texts, askedAgain],
    ['{"errors":["no data"]}', texts, askedAgain],
    ['{"missing":["the date"]}', texts, askedAgain],
    ['"I cannot do that"', texts, askedAgain],
    ['{"error":{"code":404}}', list({ type: 'object' }), askedAgain],
    ['{"error":{"id":404}}', ids, askedAgain],
    ['I have nothing:\n{}', optional, askedAgain],
    ['{}\n\nSorry.', optional, askedAgain],
    ['I have nothing:\n[]', texts, askedAgain],
    ['{"f":"I would filter on nothing:\\n{}"}', f, askedAgain],
    ['{"f":"Use this one:\\n{\\"x\\":1}"}', f, askedAgain],
    ['{"answer":["a"]}', texts, ['a']],
    ['{"answer":"[{\\"id\\":1}]"}', ids, [{ id: 1 }]],
    ['{"id":4}', ids, [{ id: 4 }]],
    ['Here it is:\n```json\n{}\n```', optional, {}],
    ['{"f":"```json\\n{\\"x\\":1}\\n```"}', f, { f: { x: 1 } }],
  ]);

  test.each([
    ['{"error":true}', { type: 'boolean' }, undefined],
    ['{"not_answer":{"a":1}}', object({ a: number }, 'a'), undefined],
    ['{"exampleOutput":{"a":1}}', object({ a: number }, 'a'), undefined],
    ['{"previous":{"a":1}}', object({ a: number }, 'a'), undefined],
    ['<example>{"a":1}</example>', object({ a: number }, 'a'), undefined],
    ['<previous_answer>\n```json\n{"a":1}\n```\n</previous_answer>', object({ a: number }, 'a'), undefined],
    ['<draft>{"a":1}</draft><final>{"a":2}</final>', object({ a: number }, 'a'), '{"a":2}'],
    ['<answer>{"a":1}</answer>', object({ a: number }, 'a'), '{"a":1}'],
    ['{"name":"f","arguments":{"name":["a"],"n":2}}', object({ name: list(text), n: number }, 'name'), undefined],
    ['{"name":"f","arguments":{"name":"a","n":2}}', object({ name: list(text), n: number }, 'name'), undefined],
    ['{"id":"7","data":{"id":1}}', object({ id: number }, 'id'), undefined],
    ['{"id":"7","data":{"x":1}}', object({ id: number }, 'id'), '{"id":7,"data":{"x":1}}'],
    ['{"id":"7","customer":{"id":1}}', object({ id: number }, 'id'), '{"id":7,"customer":{"id":1}}'],
    ['{"invoice_no_7":{"a":1}}', object({ a: number }, 'a'), '{"a":1}'],
    ['{"success":false}', { type: 'boolean' }, undefined],
    ['{"code":404}', number, undefined],
    ['{"answer":true}', { type: 'boolean' }, 'true'],
    ['{"result":5}', number, '5'],
  ])('%s', (written, schema, wanted) => {
    expect(readJson(written, schema)?.text).toBe(wanted);
  });
});

describe('a number that only a string can hold stays one', () => {
  const values = ['9'.repeat(400), '9007199254740993', '0.12345678901234567890', '12345678901234567891'];
  expectEach([
    ...values.map((value): Row => [`{"n":"${value}"}`, n, askedAgain]),
    ['{"n":"9007199254740993"}', object({ n: { type: 'integer' } }), askedAgain],
    ['{"f":"{\\"id\\":9007199254740993}"}', f, askedAgain],
    ['{"n":"9007199254740992"}', n, { n: 9007199254740992 }],
    ['{"n":"1.10000000000000000000"}', n, { n: 1.1 }],
    ['{"n":"0.30000000000000004"}', n, { n: 0.30000000000000004 }],
    ['{"f":"{\\"id\\":1.50}"}', f, { f: { id: 1.5 } }],
  ]);
});

describe('a member is left out only where its schema says that it may be', () => {
  const amounts = object({ n: number, b: number });
  expectEach([
    ['{"a":null,"b":"2"}', record, askedAgain],
    ['{"a":{"x":null,"y":"2"}}', object({ a: record }), askedAgain],
    ['{"n":null,"N":5}', amounts, askedAgain],
    ['{"N":5,"n":null}', amounts, askedAgain],
    ['{"n":null,"b":"2"}', amounts, { b: 2 }],
  ]);
});

describe("Python's literals are no text", () => {
  expectEach([
    ['{"t":True}', t, askedAgain],
    ['{"tags":[True]}', tags, askedAgain],
    ['{"t":true}', t, { t: 'true' }],
  ]);
});
