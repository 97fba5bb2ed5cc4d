import { describe } from 'vitest';
import { bool, expectEach, int, list, nil, num, object, text } from './read-rows.ts';

/*
 * What is read of a value by its schema: how it reads, and by which rules, each with the place of the fix; or that it is left
 * alone, where nothing more is said. The live reader passes on the same, or what stands in the last place: less, where only
 * the whole answer tells, or the text as it stands, which its schema holds then.
 */

describe('a number or a boolean in a string', () => {
  expectEach(object({ v: num }, 'v'), [
    ['{"v":"1"}', '{"v":1}', 'number@v'],
    ['{"v":" 1 "}', '{"v":1}', 'number@v'],
    ['{"v":"1."}', '{"v":1}', 'number@v'],
    ['{"v":".5"}', '{"v":0.5}', 'number@v'],
    ['{"v":"+1"}', '{"v":1}', 'number@v'],
    ['{"v":"-1.50"}', '{"v":-1.50}', 'number@v'],
    ['{"v":"01"}'],
    ['{"v":"1e3"}'],
    ['{"v":"1,5"}'],
    ['{"v":"1.000"}'],
    ['{"v":"12.000"}'],
    ['{"v":"1234.000"}', '{"v":1234.000}', 'number@v'],
    ['{"v":"0.000"}', '{"v":0.000}', 'number@v'],
    ['{"v":"-1.000"}'],
    ['{"v":"1 000"}'],
    ['{"v":""}'],
    ['{"v":"one"}'],
    ['{"v":true}'],
    ['{"v":null}'],
    ['{"v":"9007199254740993"}'],
    ['{"v":"0.12345678901234567"}'],
    ['{"v":"1.10000000000000000"}', '{"v":1.10000000000000000}', 'number@v'],
    ['{"v":"100000000000000000000"}', '{"v":100000000000000000000}', 'number@v'],
    ['{"v":"123456789012345678"}'],
    ['{"v":"12345678901234500000"}', '{"v":12345678901234500000}', 'number@v'],
    ['{"v":[1]}', '{"v":1}', 'single-item@v single-item@v'],
    ['{"v":["1"]}', '{"v":1}', 'single-item@v number@v single-item@v'],
    ['{"v":[]}'],
    ['{"v":[1,2]}'],
    ['{"v":{}}'],
  ]);
  expectEach(object({ v: int }, 'v'), [
    ['{"v":"1"}', '{"v":1}', 'number@v'],
    ['{"v":"1.5"}'],
    ['{"v":"1.0"}', '{"v":1.0}', 'number@v'],
    ['{"v":1.0}', '{"v":1.0}'],
  ]);
  expectEach(object({ v: bool }, 'v'), [
    ['{"v":"true"}', '{"v":true}', 'boolean@v'],
    ['{"v":"FALSE"}', '{"v":false}', 'boolean@v'],
    ['{"v":" True "}', '{"v":true}', 'boolean@v'],
    ['{"v":"yes"}'],
    ['{"v":"1"}'],
    ['{"v":1}'],
    ['{"v":[true]}', '{"v":true}', 'single-item@v single-item@v'],
  ]);
  expectEach(object({ v: { type: ['number', 'boolean'] } }, 'v'), [
    ['{"v":"1"}', '{"v":1}', 'number@v'],
    ['{"v":"true"}', '{"v":true}', 'boolean@v'],
    ['{"v":"x"}'],
  ]);
  expectEach(object({ v: { type: 'number', maximum: 5 } }, 'v'), [['{"v":"1"}', '{"v":1}', 'number@v'], ['{"v":"9"}']]);
  expectEach(object({ v: { type: ['number', 'null'] } }, 'v'), [
    ['{"v":"1"}', '{"v":1}', 'number@v'],
    ['{"v":"null"}'],
    ['{"v":"None"}'],
  ]);
  expectEach(object({ v: nil }, 'v'), [
    ['{"v":"null"}'],
    ['{"v":[null]}', '{"v":null}', 'single-item@v single-item@v'],
    ['{"v":""}'],
  ]);
});

describe('a text where something else is written', () => {
  expectEach(object({ v: text }, 'v'), [
    ['{"v":1}', '{"v":"1"}', 'string@v'],
    ['{"v":1.50}', '{"v":"1.50"}', 'string@v'],
    ['{"v":-0}', '{"v":"-0"}', 'string@v'],
    ['{"v":1e3}', '{"v":"1e3"}', 'string@v'],
    ['{"v":true}', '{"v":"true"}', 'string@v'],
    ['{"v":false}', '{"v":"false"}', 'string@v'],
    ['{"v":null}'],
    ['{"v":[1]}', '{"v":"1"}', 'single-item@v string@v single-item@v'],
    ['{"v":["x"]}', '{"v":"x"}', 'single-item@v single-item@v'],
    ['{"v":[]}'],
    ['{"v":{}}'],
    ['{"v":[null]}'],
    ['{"v":12345678901234567890}', '{"v":"12345678901234567890"}', 'string@v'],
  ]);
  expectEach(object({ v: { type: ['string', 'number'] } }, 'v'), [
    ['{"v":true}'],
    ['{"v":1}', '{"v":1}'],
    ['{"v":[true]}'],
  ]);
  expectEach(object({ v: { type: 'string', maxLength: 2 } }, 'v'), [
    ['{"v":1}', '{"v":"1"}', 'string@v'],
    ['{"v":100}'],
  ]);
  expectEach(object({ v: { type: 'string', pattern: '^\\d+$' } }, 'v'), [
    ['{"v":1}', '{"v":"1"}', 'string@v'],
    ['{"v":1.5}'],
    ['{"v":true}'],
  ]);
  expectEach(object({ v: { type: ['string', 'null'] } }, 'v'), [
    ['{"v":1}', '{"v":"1"}', 'string@v'],
    ['{"v":null}', '{"v":null}'],
  ]);
});

describe('a constant', () => {
  expectEach(object({ v: { enum: ['in_progress', 'done'] } }, 'v'), [
    ['{"v":"In Progress"}', '{"v":"in_progress"}', 'constant@v'],
    ['{"v":"in-progress"}', '{"v":"in_progress"}', 'constant@v'],
    ['{"v":"DONE"}', '{"v":"done"}', 'constant@v'],
    ['{"v":"done!"}'],
    ['{"v":"inprogress"}', '{"v":"in_progress"}', 'constant@v'],
    ['{"v":"in.progress"}'],
    ['{"v":["done"]}', '{"v":"done"}', 'single-item@v single-item@v'],
    ['{"v":" done "}', '{"v":"done"}', 'constant@v'],
    ['{"v":"in\\\\_progress"}', '{"v":"in_progress"}', 'constant@v'],
    ['{"v":1}'],
  ]);
  expectEach(object({ v: { const: 'a1' } }, 'v'), [
    ['{"v":"A1"}', '{"v":"a1"}', 'constant@v'],
    ['{"v":"a 1"}', '{"v":"a1"}', 'constant@v'],
    ['{"v":"a-1"}'],
    ['{"v":"a_1"}', '{"v":"a1"}', 'constant@v'],
  ]);
  expectEach(object({ v: { enum: ['1', '2'] } }, 'v'), [
    ['{"v":1}', '{"v":"1"}', 'string@v'],
    ['{"v":"1"}', '{"v":"1"}'],
    ['{"v":1.0}'],
    ['{"v":"01"}'],
  ]);
  expectEach(object({ v: { enum: [1, 2] } }, 'v'), [
    ['{"v":"1"}', '{"v":1}', 'number@v'],
    ['{"v":"3"}'],
    ['{"v":[1]}', '{"v":1}', 'single-item@v single-item@v'],
    ['{"v":"1.0"}', '{"v":1.0}', 'number@v'],
  ]);
  expectEach(object({ v: { enum: [true, 'x'] } }, 'v'), [
    ['{"v":"true"}', '{"v":true}', 'boolean@v'],
    ['{"v":"X"}', '{"v":"x"}', 'constant@v'],
    ['{"v":"True"}', '{"v":true}', 'boolean@v'],
  ]);
  expectEach(object({ v: { enum: ['A', 'a'] } }, 'v'), [['{"v":"A"}', '{"v":"A"}'], ['{"v":"Á"}'], ['{"v":" a"}']]);
  expectEach(object({ v: { enum: ['a b', 'a_b'] } }, 'v'), [['{"v":"A B"}'], ['{"v":"a b"}', '{"v":"a b"}']]);
  expectEach(object({ v: { enum: [null, 'x'] } }, 'v'), [['{"v":"null"}'], ['{"v":"X"}', '{"v":"x"}', 'constant@v']]);
  expectEach(object({ v: { enum: [1, '1'] } }, 'v'), [['{"v":"1"}', '{"v":"1"}'], ['{"v":" 1"}']]);
  expectEach(object({ v: { type: 'string', enum: ['a'], minLength: 3 } }, 'v'), [['{"v":"A"}']]);
  expectEach(object({ v: { allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] } }, 'v'), [
    ['{"v":"A"}'],
    ['{"v":"B"}', '{"v":"b"}', 'constant@v'],
  ]);
  expectEach(object({ v: { enum: ['é'] } }, 'v'), [
    ['{"v":"É"}', '{"v":"é"}', 'constant@v'],
    ['{"v":"e\u0301"}', '{"v":"é"}', 'constant@v'],
    ['{"v":"e"}'],
  ]);
  expectEach(object({ v: { const: 5 } }, 'v'), [
    ['{"v":"5"}', '{"v":5}', 'number@v'],
    ['{"v":5.0}', '{"v":5.0}'],
  ]);
  expectEach(object({ v: { enum: ['one_2', '1-2', '1_2', '-'] } }, 'v'), [
    ['{"v":"one 2"}', '{"v":"one_2"}', 'constant@v'],
    ['{"v":"1 2"}'],
    ['{"v":"12"}'],
    ['{"v":"1-2 "}', '{"v":"1-2"}', 'constant@v'],
    ['{"v":"_"}'],
  ]);
});

describe('a list of one', () => {
  expectEach(object({ v: list(text) }, 'v'), [
    ['{"v":"a"}', '{"v":["a"]}', 'list-of-one@v list-of-one@v'],
    ['{"v":1}', '{"v":["1"]}', 'list-of-one@v string@v.0 list-of-one@v'],
    ['{"v":"a, b"}'],
    ['{"v":"a and b"}'],
    ['{"v":"a/b"}'],
    ['{"v":"a|b"}'],
    ['{"v":"none"}'],
    ['{"v":"None of it"}'],
    ['{"v":"no"}'],
    ['{"v":"nothing"}'],
    ['{"v":""}'],
    ['{"v":" "}'],
    ['{"v":"-"}'],
    ['{"v":"n/a"}'],
    ['{"v":"[x]"}'],
    ['{"v":"- a"}'],
    ['{"v":"1. a"}'],
    ['{"v":"a\\nb"}'],
    ['{"v":"a  b"}'],
    ['{"v":"#a #b"}'],
    ['{"v":"#a"}', '{"v":["#a"]}', 'list-of-one@v list-of-one@v'],
    ['{"v":"and/or"}'],
    ['{"v":"http://x/y"}', '{"v":["http://x/y"]}', 'list-of-one@v list-of-one@v'],
    ['{"v":"a & b"}'],
    ['{"v":"R&D"}', '{"v":["R&D"]}', 'list-of-one@v list-of-one@v'],
    ['{"v":"a → b"}'],
    ['{"v":"a、b"}'],
    ['{"v":"a和b"}'],
    ['{"v":"a或b"}'],
    ['{"v":"keine"}'],
    ['{"v":"keiner"}'],
    ['{"v":"rien"}'],
    ['{"v":"无"}'],
    ['{"v":"«a»"}'],
    ['{"v":"(a)"}'],
    ['{"v":"5%"}', '{"v":["5%"]}', 'list-of-one@v list-of-one@v'],
    ['{"v":null}'],
    ['{"v":{}}'],
    ['{"v":["a"]}', '{"v":["a"]}'],
    ['{"v":"a; b"}'],
    ['{"v":"x <br> y"}'],
    ['{"v":"a - b"}'],
    ['{"v":"a-b"}', '{"v":["a-b"]}', 'list-of-one@v list-of-one@v'],
    ['{"v":"a = b"}'],
    ['{"v":"a + b"}'],
    ['{"v":"a oder b"}'],
  ]);
  expectEach(object({ v: list(num) }, 'v'), [
    ['{"v":1}', '{"v":[1]}', 'list-of-one@v list-of-one@v'],
    ['{"v":"1"}', '{"v":[1]}', 'list-of-one@v number@v.0 list-of-one@v'],
    ['{"v":"1,2"}'],
    ['{"v":"1.000"}'],
    ['{"v":"one"}'],
    ['{"v":[["1"]]}', '{"v":[1]}', 'single-item@v.0 number@v.0 single-item@v.0'],
    ['{"v":"[1]"}', '{"v":[1]}', 'json-in-string@v'],
    ['{"v":"[\\"1\\"]"}', '{"v":[1]}', 'json-in-string@v'],
  ]);
  expectEach(object({ v: list(object({ a: num }, 'a')) }, 'v'), [
    ['{"v":{"a":1}}', '{"v":[{"a":1}]}', 'list-of-one@v list-of-one@v'],
    ['{"v":{"a":"1"}}', '{"v":[{"a":1}]}', 'list-of-one@v number@v.0.a list-of-one@v'],
    ['{"v":{"b":1}}'],
    ['{"v":{}}'],
    ['{"v":[[{"a":1}]]}', '{"v":[{"a":1}]}', 'single-item@v.0 single-item@v.0'],
    ['{"v":"{\\"a\\":1}"}', '{"v":[{"a":1}]}', 'list-of-one@v json-in-string@v.0 list-of-one@v'],
  ]);
  expectEach(object({ v: list({ type: 'object' }) }, 'v'), [['{"v":{"b":1}}'], ['{"v":{}}']]);
  expectEach(object({ v: list(list(num)) }, 'v'), [
    ['{"v":[1]}', undefined, undefined, '{"v":['],
    ['{"v":[1,2]}', undefined, undefined, '{"v":['],
    ['{"v":[[1],"2"]}', undefined, undefined, '{"v":[[1]'],
    ['{"v":1}', '{"v":[[1]]}', 'list-of-one@v list-of-one@v.0 list-of-one@v.0 list-of-one@v'],
    ['{"v":"[1,2]"}'],
  ]);
  expectEach(object({ v: { type: 'array', maxItems: 0 } }, 'v'), [['{"v":1}']]);
  expectEach(object({ v: { type: 'array', minItems: 2, items: num } }, 'v'), [['{"v":1}']]);
  expectEach(object({ v: list({ enum: ['a, b', 'c'] }) }, 'v'), [
    ['{"v":"a, b"}', '{"v":["a, b"]}', 'list-of-one@v list-of-one@v'],
    ['{"v":"c"}', '{"v":["c"]}', 'list-of-one@v list-of-one@v'],
    ['{"v":"C"}', '{"v":["c"]}', 'list-of-one@v constant@v.0 list-of-one@v'],
    ['{"v":"A, b"}', '{"v":["a, b"]}', 'list-of-one@v constant@v.0 list-of-one@v'],
  ]);
  expectEach(object({ v: list({ type: ['string', 'number'] }) }, 'v'), [
    ['{"v":"5"}'],
    ['{"v":"x"}', '{"v":["x"]}', 'list-of-one@v list-of-one@v'],
    ['{"v":5}', '{"v":[5]}', 'list-of-one@v list-of-one@v'],
  ]);
  expectEach(object({ v: { type: 'array', prefixItems: [num] } }, 'v'), [
    ['{"v":"1"}', '{"v":[1]}', 'list-of-one@v number@v.0 list-of-one@v'],
    ['{"v":1}', '{"v":[1]}', 'list-of-one@v list-of-one@v'],
    ['{"v":["1","2"]}', '{"v":[1,"2"]}', 'number@v.0'],
  ]);
  expectEach(object({ v: { type: 'array' } }, 'v'), [
    ['{"v":1}', '{"v":[1]}', 'list-of-one@v list-of-one@v'],
    ['{"v":"x"}', '{"v":["x"]}', 'list-of-one@v list-of-one@v'],
    ['{"v":{"a":1}}'],
  ]);
});

describe('JSON in a string', () => {
  expectEach(object({ v: { type: 'object' } }, 'v'), [
    ['{"v":"{\\"a\\":1}"}', '{"v":{"a":1}}', 'json-in-string@v'],
    ['{"v":"{a:1}"}', '{"v":{"a":1}}', 'json-in-string@v'],
    ['{"v":"{}"}', '{"v":{}}', 'json-in-string@v'],
    ['{"v":"[]"}'],
    ['{"v":"x {\\"a\\":1}"}'],
    ['{"v":"{\\"a\\":1} ok"}'],
    ['{"v":"```json\\n{\\"a\\":1}\\n```"}', '{"v":{"a":1}}', 'json-in-string@v'],
    ['{"v":"{\\"a\\":12345678901234567890}"}'],
    ['{"v":"5"}'],
    ['{"v":"\\"{}\\""}', '{"v":{}}', 'json-in-string@v'],
    ['{"v":""}'],
  ]);
  expectEach(object({ v: object({ a: num }, 'a') }, 'v'), [
    ['{"v":"{\\"a\\":\\"1\\"}"}', '{"v":{"a":1}}', 'json-in-string@v'],
    ['{"v":"{\\"b\\":1}"}'],
    ['{"v":"{\\"a\\":1}{\\"a\\":1}"}'],
  ]);
  expectEach(object({ v: list(num) }, 'v'), [
    ['{"v":"[1,2]"}', '{"v":[1,2]}', 'json-in-string@v'],
    ['{"v":"[\\"1\\"]"}', '{"v":[1]}', 'json-in-string@v'],
    ['{"v":"[1,]"}', '{"v":[1]}', 'json-in-string@v'],
    ['{"v":"1,2"}'],
    ['{"v":"1"}', '{"v":[1]}', 'list-of-one@v number@v.0 list-of-one@v'],
    ['{"v":"[]"}', '{"v":[]}', 'json-in-string@v'],
    ['{"v":" [1] "}', '{"v":[1]}', 'json-in-string@v'],
  ]);
  expectEach(object({ v: { type: ['object', 'string'] } }, 'v'), [['{"v":"{\\"a\\":1}"}', '{"v":"{\\"a\\":1}"}']]);
  expectEach(object({ v: { type: ['object', 'null'] } }, 'v'), [
    ['{"v":"null"}'],
    ['{"v":"{}"}', '{"v":{}}', 'json-in-string@v'],
  ]);
});

describe('a list around one', () => {
  expectEach(object({ v: object({ a: num }, 'a') }, 'v'), [
    ['{"v":[{"a":1}]}', '{"v":{"a":1}}', 'single-item@v single-item@v'],
    ['{"v":[ {"a":"1"} ]}', '{"v":{"a":1}}', 'single-item@v number@v.a single-item@v'],
    ['{"v":[{"a":1},]}', '{"v":{"a":1}}', 'single-item@v single-item@v', '{"v":[{"a":1},]}'],
    ['{"v":[[{"a":1}]]}', '{"v":{"a":1}}', 'single-item@v single-item@v single-item@v single-item@v'],
    ['{"v":[{"a":1},{"a":2}]}'],
    ['{"v":[]}'],
  ]);
  expectEach(object({ v: num }, 'v'), [
    ['{"v":[ 1 ]}', '{"v":1}', 'single-item@v single-item@v'],
    ['{"v":[[1]]}', '{"v":1}', 'single-item@v single-item@v single-item@v single-item@v'],
    ['{"v":["1"]}', '{"v":1}', 'single-item@v number@v single-item@v'],
    ['{"v":[1,null]}'],
  ]);
  expectEach(object({ v: { type: ['number', 'array'], items: text } }, 'v'), [
    ['{"v":[1]}', '{"v":["1"]}', 'string@v.0'],
  ]);
});

describe('members', () => {
  expectEach(object({ a: num }), [
    ['{"n":1,"a":"1","x":null}', '{"n":1,"a":1,"x":null}', 'number@a', '{'],
    ['{"x":1,"a":"1"}', '{"x":1,"a":1}', 'number@a', '{'],
    ['{"a":"1","x":1,}', '{"a":1,"x":1}', 'number@a comma'],
    ['{"x":1,}', undefined, undefined, '{'],
    ['{"x":1,"a":2,}', '{"x":1,"a":2}', 'comma', '{'],
    ['{"a":1,"A":"2",}', '{"a":1,"A":"2"}', 'comma', '{"a":1'],
    ['{"a":null}', '{}', 'null-member@a'],
    ['{"a":null,"A":1}', undefined, undefined, '{'],
    ['{"a":null,}', '{}', 'null-member@a comma'],
    ['{"x":null}', '{"x":null}', undefined, '{'],
    ['{"A":1}', '{"A":1}', undefined, '{'],
  ]);
  expectEach({ type: 'object', properties: { a: num }, required: [], additionalProperties: false }, [
    ['{"x":{"a":1}}', '{"a":1}', 'wrapper', '{'],
    ['{"A":1}', '{"a":1}', 'member-name@a', '{'],
  ]);
  expectEach(object({ a: num, b: num }), [
    ['{"B":1,"a":"1"}', '{"B":1,"a":1}', 'number@a', '{'],
    ['{"a":null,"b":1}', '{"b":1}', 'null-member@a'],
    ['{"b":1,"a":null}', '{"b":1}', 'null-member@a'],
    ['{"a":None,"b":1}', '{"b":1}', 'null-member@a'],
    ['{"a":"null","b":1}'],
  ]);
  expectEach(object({ a: bool, b: num }), [['{"a":True,"b":None,}', '{"a":true}', 'literal@a null-member@b comma']]);
  expectEach(object({ a: num, b: num, c: num }), [
    ['{"a":null,"b":null,"c":1}', '{"c":1}', 'null-member@a null-member@b'],
    ['{"c":1,"a":null,"b":null}', '{"c":1}', 'null-member@a null-member@b'],
    ['{"a":null,"c":1,"b":null}', '{"c":1}', 'null-member@a null-member@b'],
  ]);
  expectEach(object({ a: { enum: ['none', 'x'] } }), [['{"a":null}']]);
  expectEach(object({ a: { enum: ['x'] } }), [['{"a":null}', '{}', 'null-member@a']]);
  expectEach(object({ a: { anyOf: [num, text] } }), [['{"a":null}', '{}', 'null-member@a']]);
  expectEach(object({ a: num }, 'a'), [
    ['{"A":1}', '{"a":1}', 'member-name@a', '{'],
    ['{"A":1,"a":2}', '{"A":1,"a":2}', undefined, '{'],
    ['{"A":1,"Ａ":2}', '{"a":1,"Ａ":2}', 'member-name@a', '{'],
    ['{"A":"1"}', '{"a":1}', 'member-name@a number@a', '{'],
  ]);
  expectEach(object({ unitPrice: num }, 'unitPrice'), [
    ['{"Unit Price":1}', '{"unitPrice":1}', 'member-name@unitPrice', '{'],
    ['{"unit price":1,"unit-price":2}', undefined, undefined, '{'],
  ]);
  expectEach(object({ a_b: num, 'a-b': num }, 'a_b'), [['{"AB":1}', undefined, undefined, '{']]);
  expectEach({ type: 'object', properties: { a: num }, required: ['a'], additionalProperties: num }, [
    ['{"A":1}', '{"a":1}', 'member-name@a', '{'],
    ['{"x":"1","a":1}', '{"x":1,"a":1}', 'number@x', '{'],
  ]);
  expectEach({ type: 'object', properties: { a: num }, required: [], additionalProperties: num }, [
    ['{"A":1}', '{"A":1}', undefined, '{'],
  ]);
  expectEach({ type: 'object', properties: { a: num }, required: [], additionalProperties: text }, [
    ['{"A":1}', '{"a":1}', 'member-name@a', '{'],
  ]);
  expectEach(object({ a: num, b: num }, 'a', 'b'), [
    ['{"A":1,"B":2}', '{"a":1,"b":2}', 'member-name@a member-name@b', '{'],
  ]);
  expectEach({ type: 'object', additionalProperties: num }, [['{"x":"1"}', '{"x":1}', 'number@x']]);
  expectEach({ type: 'object', patternProperties: { '^x': num } }, [['{"x1":"1"}', '{"x1":1}', 'number@x1']]);
  expectEach(object({ o: object({ a: num }, 'a') }), [['{"o":{"A":1}}', '{"o":{"a":1}}', 'member-name@o.a', '{"o":{']]);
  expectEach({ required: ['a'], properties: { a: num } }, [['{"a":"1"}', '{"a":1}', 'number@a']]);
  expectEach(object({ o: object({ a: num }) }), [['{"o":{"a":null}}', '{"o":{}}', 'null-member@o.a']]);
  expectEach(list(object({ a: num, b: num })), [['[{"a":null,"b":1}]', '[{"b":1}]', 'null-member@0.a']]);
});

describe('a constant in any script', () => {
  expectEach(object({ v: { const: 'Grün-Blau' } }, 'v'), [['{"v":"grün blau"}', '{"v":"Grün-Blau"}', 'constant@v']]);
  expectEach(object({ v: { const: 'grünblau' } }, 'v'), [['{"v":"GRÜN_BLAU"}', '{"v":"grünblau"}', 'constant@v']]);
  expectEach(object({ v: { const: 'ü-1' } }, 'v'), [['{"v":"ü 1"}']]);
  expectEach(object({ v: { const: 'é_1' } }, 'v'), [['{"v":"é1"}', '{"v":"é_1"}', 'constant@v']]);
  expectEach(object({ v: { const: '1_é' } }, 'v'), [['{"v":"1é"}', '{"v":"1_é"}', 'constant@v']]);
  expectEach(object({ v: { const: '٣-٤' } }, 'v'), [['{"v":"٣٤"}']]);
  expectEach(object({ v: { const: '٣_٤' } }, 'v'), [['{"v":"٣٤"}']]);
  expectEach(object({ v: { const: '中文' } }, 'v'), [['{"v":"中_文"}', '{"v":"中文"}', 'constant@v']]);
  expectEach(object({ v: { const: 'a_%' } }, 'v'), [['{"v":"a%"}', '{"v":"a_%"}', 'constant@v']]);
  expectEach(object({ v: { const: '1_%' } }, 'v'), [['{"v":"1%"}']]);
  expectEach(object({ v: { const: 'a-%' } }, 'v'), [['{"v":"a%"}']]);
  expectEach(object({ v: { const: 'a.b' } }, 'v'), [['{"v":"ab"}']]);
  expectEach(object({ v: { const: 'a\\b' } }, 'v'), [['{"v":"ab"}']]);
  expectEach(object({ v: { const: 'a\\*b' } }, 'v'), [['{"v":"a*b"}', '{"v":"a\\\\*b"}', 'constant@v']]);
  expectEach(object({ v: { const: '_' } }, 'v'), [['{"v":"__"}']]);
  expectEach(object({ v: { const: 'a' } }, 'v'), [['{"v":"_a_"}', '{"v":"a"}', 'constant@v']]);
  expectEach(object({ v: { const: '1' } }, 'v'), [['{"v":"_1"}']]);
  expectEach(object({ v: { const: 'a1' } }, 'v'), [['{"v":"a_1"}', '{"v":"a1"}', 'constant@v']]);
  expectEach(object({ v: { const: '1a' } }, 'v'), [['{"v":"1-a"}']]);
  expectEach(object({ v: { const: 'n\u0303o' } }, 'v'), [['{"v":"ño"}', '{"v":"n\u0303o"}', 'constant@v']]);
});

describe('an object of many members', () => {
  expectEach(
    object(
      { a: num, b: num, c: num, d: num, e: num, f: num, g: num, h: num, i: num, j: num },
      'a',
      'b',
      'c',
      'd',
      'e',
      'f',
      'g',
      'h',
      'i',
      'j',
    ),
    [
      [
        '{"A":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1}',
        '{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1}',
        'member-name@a',
        '{',
      ],
    ],
  );
  expectEach(object({ a: num }), [
    [
      '{"A":"1","b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"a":1}',
      '{"A":"1","b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"a":1}',
      undefined,
      '{',
    ],
    [
      '{"A":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"a ":1}',
      '{"A":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"a ":1}',
      undefined,
      '{',
    ],
    [
      '{"a":null,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"A":1}',
      undefined,
      undefined,
      '{"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1',
    ],
    [
      '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"a":1,}',
      undefined,
      undefined,
      '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"a":1}',
    ],
    [
      '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"i":1,}',
      undefined,
      undefined,
      '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"i":1}',
    ],
    [
      '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":{"a":1,"i":2},"k":[{"a":1}],}',
      '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":{"a":1,"i":2},"k":[{"a":1}]}',
      'comma',
    ],
  ]);
  expectEach(object({ a: num }, 'a'), [
    ['{"A":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"a ":1}', undefined, undefined, '{'],
  ]);
});

describe('several schemas for one value', () => {
  expectEach({ type: 'object', properties: { x1: num }, patternProperties: { '^x': { maximum: 5 } } }, [
    ['{"x1":"1"}', '{"x1":1}', 'number@x1'],
    ['{"x1":"9"}'],
  ]);
  expectEach({ type: 'object', properties: { x1: list(num) }, patternProperties: { '^x': { maxItems: 0 } } }, [
    ['{"x1":["1"]}'],
  ]);
  expectEach({ type: 'object', properties: { x1: list(num) }, patternProperties: { '^x': { maxItems: 1 } } }, [
    ['{"x1":["1"]}', '{"x1":[1]}', 'number@x1.0', '{"x1":["1"]}'],
  ]);
  expectEach({ type: 'object', properties: { x1: bool }, patternProperties: { '^x': { const: false } } }, [
    ['{"x1":"true"}'],
  ]);
});

describe('a number or a member behind a union, while the text is written', () => {
  expectEach(object({ v: { anyOf: [object({ n: num }, 'n'), list(num)] } }, 'v'), [
    ['{"v":{"n":"1"}}', '{"v":{"n":1}}', 'number@v.n'],
    ['{"v":["1"]}', '{"v":[1]}', 'number@v.0'],
    ['{"v":"1"}', '{"v":[1]}', 'list-of-one@v number@v.0 list-of-one@v'],
  ]);
  expectEach(object({ v: { anyOf: [object({ n: num }), object({ m: num })] } }, 'v'), [
    ['{"v":{"n":"1","m":"2"}}'],
    ['{"v":{"m":"2","x":1}}', '{"v":{"m":"2","x":1}}'],
  ]);
  expectEach(
    object(
      { v: { anyOf: [object({ k: { const: 'a' }, n: num }, 'k'), object({ k: { const: 'b' }, n: text }, 'k'), nil] } },
      'v',
    ),
    [
      ['{"v":{"k":"a","n":"1"}}', '{"v":{"k":"a","n":1}}', 'number@v.n'],
      ['{"v":{"k":"B","n":1}}', '{"v":{"k":"b","n":"1"}}', 'constant@v.k string@v.n'],
      ['{"v":{"n":1,"k":"b"}}', '{"v":{"n":"1","k":"b"}}', 'string@v.n'],
      ['{"v":{"k":"c","n":1}}'],
      ['{"v":{"k":"a"}}', '{"v":{"k":"a"}}'],
      ['{"v":null}', '{"v":null}'],
      ['{"v":{}}'],
    ],
  );
  expectEach(
    object(
      {
        v: {
          anyOf: [
            { anyOf: [object({ k: { const: 'a' }, n: num }, 'k'), object({ k: { const: 'b' }, n: text }, 'k')] },
            nil,
          ],
        },
      },
      'v',
    ),
    [['{"v":{"k":"a","n":"1"}}', '{"v":{"k":"a","n":1}}', 'number@v.n']],
  );
  expectEach(object({ v: { oneOf: [{ $ref: '#/properties/w' }, nil] } }, 'v'), [['{"v":null}', '{"v":null}']]);
  expectEach(object({ v: { allOf: [object({ n: num }), { required: ['n'] }] } }, 'v'), [
    ['{"v":{"n":"1"}}', '{"v":{"n":1}}', 'number@v.n', '{"v":{"n":"1"}}'],
    ['{"v":{"N":1}}', '{"v":{"n":1}}', 'member-name@v.n', '{"v":{"N":1}}'],
  ]);
  expectEach(object({ v: { allOf: [object({ a: num }, 'a')] } }, 'v'), [
    ['{"v":{"a":"1"}}', '{"v":{"a":1}}', 'number@v.a'],
    ['{"v":{"A":1}}', '{"v":{"a":1}}', 'member-name@v.a', '{"v":{'],
  ]);
  expectEach(object({ v: { anyOf: [object({ a: num }, 'a')] } }, 'v'), [
    ['{"v":{"a":"1"}}', '{"v":{"a":1}}', 'number@v.a', '{"v":{"a":"1"}}'],
  ]);
  expectEach(object({ v: { anyOf: [object({ a: num }, 'a'), nil], type: 'object' } }, 'v'), [
    ['{"v":{"a":"1"}}', '{"v":{"a":1}}', 'number@v.a'],
  ]);
  expectEach(object({ v: { type: ['object', 'null'], properties: { n: num } } }, 'v'), [
    ['{"v":{"n":"1"}}', '{"v":{"n":1}}', 'number@v.n'],
    ['{"v":null}', '{"v":null}'],
    ['{"v":[{"n":"1"}]}', '{"v":{"n":1}}', 'single-item@v number@v.n single-item@v'],
  ]);
  expectEach(object({ v: { anyOf: [list(object({ a: num }, 'a')), nil] } }, 'v'), [
    ['{"v":[{"a":"1"},{"a":2}]}', '{"v":[{"a":1},{"a":2}]}', 'number@v.0.a'],
    ['{"v":{"a":"1"}}', '{"v":[{"a":1}]}', 'list-of-one@v number@v.0.a list-of-one@v'],
  ]);
  expectEach(object({ v: { anyOf: [{ type: 'string', pattern: '^a' }, nil] } }, 'v'), [
    ['{"v":"abc"}', '{"v":"abc"}'],
    ['{"v":1}'],
  ]);
  expectEach(object({ v: { anyOf: [{ enum: ['a'] }, text] } }, 'v'), [
    ['{"v":"A"}', '{"v":"A"}'],
    ['{"v":"a"}', '{"v":"a"}'],
  ]);
});

describe('by branches', () => {
  expectEach({ anyOf: [object({ n: num }, 'n'), object({ m: num }, 'm')] }, [
    ['{"n":"1"}', '{"n":1}', 'number@n', ''],
    ['{"m":"1"}', '{"m":1}', 'number@m', ''],
  ]);
  expectEach(
    { anyOf: [object({ k: { const: 'a' }, n: num }, 'k', 'n'), object({ k: { const: 'b' }, n: text }, 'k', 'n')] },
    [['{"k":"A","n":"1"}', '{"k":"a","n":1}', 'constant@k number@n']],
  );
  expectEach(
    { oneOf: [object({ k: { const: 'a' }, n: text }, 'k', 'n'), object({ k: { const: 'b' }, n: num }, 'k', 'n')] },
    [['{"k":"a","n":1}', '{"k":"a","n":"1"}', 'string@n']],
  );
  expectEach({ anyOf: [object({ n: num }, 'n'), object({ n: bool }, 'n')] }, [
    ['{"n":"1"}', '{"n":1}', 'number@n', ''],
  ]);
  expectEach({ anyOf: [object({ n: text }, 'n'), object({ n: bool }, 'n')] }, [
    ['{"n":1}', '{"n":"1"}', 'string@n', ''],
  ]);
  expectEach({ allOf: [object({ n: num }), object({ n: { maximum: 5 } })] }, [
    ['{"n":"1"}', '{"n":1}', 'number@n', '{"n":"1"}'],
    ['{"n":"9"}'],
  ]);
  expectEach({ $ref: '#/$defs/x', $defs: { x: object({ n: num }) } }, [['{"n":"1"}', '{"n":1}', 'number@n']]);
  expectEach(object({ v: { anyOf: [num, nil] } }, 'v'), [
    ['{"v":"1"}', '{"v":1}', 'number@v'],
    ['{"v":"null"}'],
    ['{"v":[1]}', '{"v":1}', 'single-item@v single-item@v'],
    ['{"v":"x"}'],
  ]);
  expectEach(object({ v: { anyOf: [num, bool] } }, 'v'), [
    ['{"v":"1"}', '{"v":1}', 'number@v'],
    ['{"v":"true"}', '{"v":true}', 'boolean@v'],
    ['{"v":"x"}'],
  ]);
  expectEach(object({ v: { anyOf: [list(num), num] } }, 'v'), [
    ['{"v":"1"}'],
    ['{"v":["1"]}'],
    ['{"v":["1","2"]}', '{"v":[1,2]}', 'number@v.0 number@v.1'],
  ]);
  expectEach(object({ v: { anyOf: [text, num] } }, 'v'), [
    ['{"v":true}', '{"v":"true"}', 'string@v'],
    ['{"v":[1]}'],
    ['{"v":["x"]}', '{"v":"x"}', 'single-item@v single-item@v'],
  ]);
  expectEach(
    object(
      {
        v: {
          oneOf: [
            { type: 'number', maximum: 5 },
            { type: 'number', minimum: 3 },
          ],
        },
      },
      'v',
    ),
    [['{"v":"4"}'], ['{"v":"1"}', '{"v":1}', 'number@v']],
  );
  expectEach(object({ v: { anyOf: [object({ a: num }, 'a'), text] } }, 'v'), [
    ['{"v":{"a":"1"}}', '{"v":{"a":1}}', 'number@v.a'],
    ['{"v":[{"a":1}]}', '{"v":{"a":1}}', 'single-item@v single-item@v'],
  ]);
  expectEach(object({ v: { anyOf: [object({ a: num }, 'a'), nil] } }, 'v'), [
    ['{"v":{"a":"1"}}', '{"v":{"a":1}}', 'number@v.a'],
    ['{"v":"{\\"a\\":1}"}', '{"v":{"a":1}}', 'json-in-string@v'],
    ['{"v":{"b":1}}'],
  ]);
  expectEach(object({ v: { anyOf: [{ enum: ['x'] }, { enum: ['y'] }] } }, 'v'), [
    ['{"v":"X"}', '{"v":"x"}', 'constant@v'],
    ['{"v":"Y"}', '{"v":"y"}', 'constant@v'],
    ['{"v":"z"}'],
  ]);
  expectEach(object({ v: { not: text } }, 'v'), [['{"v":"1"}']]);
});

describe('wrappers', () => {
  expectEach(object({ a: num }, 'a'), [
    ['{"result":{"a":1}}', '{"a":1}', 'wrapper', '{'],
    ['{"x":{"a":1}}', '{"a":1}', 'wrapper', '{'],
    ['{"x":{"a":"1"}}', '{"a":1}', 'wrapper number@a', '{'],
    ['{"x":[{"a":1}]}', '{"a":1}', 'wrapper single-item single-item', '{'],
    ['{"x":{"y":{"a":1}}}', undefined, undefined, '{'],
    ['{"x":"{\\"a\\":1}"}', '{"a":1}', 'wrapper json-in-string', '{'],
    ['{"a":{"a":1}}'],
    ['{"x":{"a":1},"y":2}', undefined, undefined, '{'],
    ['[{"x":{"a":1}}]'],
    ['{"properties":{"a":1},"type":"object"}', '{"a":1}', 'wrapper', '{'],
    ['{"a":1,"result":{"a":2}}', '{"a":1,"result":{"a":2}}'],
  ]);
  expectEach(list(num), [
    ['{"x":[1]}'],
    ['{"list":[1]}', '[1]', 'wrapper', '{"list":[1]}'],
    ['{"list":1}'],
    ['{"error":[1]}'],
    ['{"answer":[]}', '[]', 'wrapper', '{"answer":[]}'],
  ]);
  expectEach(num, [
    ['{"x":5}'],
    ['{"value":5}', '5', 'wrapper', '{"value":5}'],
    ['{"value":"5"}', '5', 'wrapper number', '{"value":"5"}'],
  ]);
  expectEach(text, [['{"answer":"x"}', '"x"', 'wrapper', '{"answer":"x"}'], ['{"x":"x"}']]);
  expectEach({ type: 'object', properties: { a: num }, required: ['a'], additionalProperties: true }, [
    ['{"result":{"a":1}}', '{"a":1}', 'wrapper', '{'],
  ]);
  expectEach({ type: 'object' }, [['{"result":{"x":1}}', '{"result":{"x":1}}']]);
  expectEach(object({ a: num }), [
    ['{"answer":{}}', '{"answer":{}}', undefined, '{'],
    ['{"answer":{"b":1}}', '{"answer":{"b":1}}', undefined, '{'],
  ]);
  expectEach(nil, [['{"answer":null}', 'null', 'wrapper', '{"answer":null}']]);
  expectEach(object({ a: num, b: num }), [
    ['{"b":"1","result":{"a":2}}', undefined, undefined, '{"b":1,"result":{"a":2}}'],
    ['{"b":"1","status":{"a":2}}', '{"b":1,"status":{"a":2}}', 'number@b'],
    ['{"b":"1","result":5}', '{"b":1,"result":5}', 'number@b'],
    ['{"b":"1","result":"x"}', '{"b":1,"result":"x"}', 'number@b'],
  ]);
});

describe('one item, or null left out, where the text lacks a closer or a comma', () => {
  expectEach(object({ v: object({ a: num }, 'a') }), [
    ['{"v":[{"a":1}', '{"v":{"a":1}}', 'single-item@v closer', '{'],
    ['{"v":[{"a":1},]}', '{"v":{"a":1}}', 'single-item@v single-item@v', '{"v":[{"a":1},]}'],
  ]);
  expectEach(object({ n: num, ok: bool }), [
    ['{"ok":true,"n":null', '{"ok":true}', 'null-member@n closer', '{"ok":true'],
    ['{"ok":true\n"n":null}', '{"ok":true}', 'null-member@n', '{"ok":true\n"n":null}'],
    ['{"n":null\n"ok":true}', '{"ok":true}', 'null-member@n', '{"n":null\n"ok":true}'],
  ]);
});

describe('a list in a wrapper', () => {
  expectEach({ type: 'array' }, [
    ['{"x":[1]}'],
    ['{"x":[{"b":1}]}'],
    ['{"list":[1]}', '[1]', 'wrapper', '{"list":[1]}'],
  ]);
});
