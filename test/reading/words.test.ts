import { describe, expect, test } from 'vitest';
import { readJson } from '../../src/reading/index.ts';

/*
 * Names and words decide what is the answer and what is around it, or an example. Each of them has a row here.
 */

const number = { type: 'number' };
const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
const a = object({ a: number }, 'a');
const numbers = { type: 'object', additionalProperties: number };
const words = (text: string) => text.split(' ');

describe('an answer that the schema names nothing of may stand in a wrapper', () => {
  test.each([
    ...words('answer answers final_answer Final-Answer result results output outputs response data json'),
    ...words('value values list array items elements object arguments parameters input args function'),
  ])('called %s', (name) => {
    expect(readJson(`{"${name}":{"x":1}}`, numbers)?.value).toEqual({ x: 1 });
  });

  test.each(['thing', 'question', 'x', 'answer_key'])('but not called %s', (name) => {
    expect(readJson(`{"${name}":{"x":1}}`, numbers)).toBeUndefined();
  });
});

const examples = [
  ...words('example examples sample samples template placeholder placeholders draft mock mocked dummy fake demo'),
  ...words('hypothetical illustration illustrative previous wrong incorrect'),
  ...words('beispiel exemple ejemplo esempio exemplo voorbeeld'),
];

describe('what a name says is no answer is none', () => {
  test.each([
    ...examples,
    ...words('error errors fail fails failed failure failures refuse refused refusal refusals exception rejected'),
    ...words('denied invalid not question old expected instead __proto__ lastError an_example'),
  ])('in a wrapper called %s', (name) => {
    expect(readJson(`{"${name}":{"a":1}}`, a)).toBeUndefined();
  });

  test.each([...examples, 'old', 'not-this'])('in a tag called %s', (name) => {
    expect(readJson(`<${name}>{"a":2}</${name}>\n{"a":1}`, a)?.value).toEqual({ a: 1 });
  });

  test.each(['terror', 'knot', 'thing'])('a wrapper called %s says nothing of that', (name) => {
    expect(readJson(`{"${name}":{"a":1}}`, a)?.value).toEqual({ a: 1 });
  });
});

describe('the arguments of a call are the answer', () => {
  test.each(words('name tool function type id toolName tool_name'))('beside its %s', (name) => {
    expect(readJson(`{"${name}":"f","arguments":{"a":1}}`, a)?.value).toEqual({ a: 1 });
  });

  test.each(words('arguments parameters input args Args'))('called %s', (name) => {
    expect(readJson(`{"type":"call","name":"f","${name}":{"a":1}}`, a)?.value).toEqual({ a: 1 });
  });

  test.each(['{"function":{"a":1},"index":0}', '{"type":"function","index":0,"function":{"a":1},"id":"1"}'])(
    'as a function beside its kind, id and index: %s',
    (written) => {
      expect(readJson(written, a)?.value).toEqual({ a: 1 });
    },
  );

  test.each([
    '{"name":"f","arguments":{"a":1},"input":{"a":2}}',
    '{"name":"f","arguments":{"a":1},"status":"done"}',
    '{"function":{"a":1},"status":"done"}',
    '{"name":"f","output":{"a":1}}',
    '{"type":"f","id":{"a":1}}',
    '{"arguments":{"a":1},"args":{"a":1}}',
  ])('beside anything else they may not be all: %s', (written) => {
    expect(readJson(written, a)).toBeUndefined();
  });
});

describe('the members of a schema that is echoed are the answer', () => {
  test.each([
    ...words('required additionalProperties $schema $id $defs definitions title description propertyOrdering strict'),
  ])('beside %s', (name) => {
    expect(readJson(`{"type":"object","properties":{"a":1},"${name}":[]}`, a)?.value).toEqual({ a: 1 });
  });

  test.each([
    ['beside another member', '{"type":"object","properties":{"a":1},"b":2}', a],
    ['where it is no schema of an object', '{"type":"thing","properties":{"a":1}}', a],
    ['where it has no type', '{"title":"A","properties":{"a":1}}', a],
    ['where they are no members', '{"type":"object","properties":[{"a":1}]}', a],
    [
      'where they are schemas',
      '{"type":"object","properties":{"a":{"type":"number"}}}',
      { type: 'object', required: ['a'] },
    ],
    [
      'where one of them is',
      '{"type":"object","properties":{"a":{"type":"number"},"b":1}}',
      { type: 'object', required: ['a'] },
    ],
    ['where they are types', '{"type":"object","properties":{"a":"number"}}', { type: 'object', required: ['a'] }],
  ])('but not %s', (_, written, schema) => {
    expect(readJson(written, schema)).toBeUndefined();
  });
});

describe('a schema in a wrapper is no answer', () => {
  const typed = object({ type: true }, 'type');
  test.each(words('properties required additionalProperties items prefixItems anyOf oneOf allOf enum'))(
    'with %s',
    (keyword) => {
      expect(readJson(`{"answer":{"type":"object","${keyword}":[]}}`, typed)).toBeUndefined();
    },
  );
  test.each(words('string number integer boolean array object null'))('of type %s', (type) => {
    expect(readJson(`{"answer":{"type":"${type}","enum":[]}}`, typed)).toBeUndefined();
  });
  test.each(['$ref', '$schema'])('with %s', (keyword) => {
    expect(readJson(`{"answer":{"type":"x","${keyword}":"#"}}`, typed)).toBeUndefined();
  });
  test.each(['{"type":"page","enum":[]}', '{"type":"object","x":[]}', '{"type":1,"items":[]}'])(
    'but %s is none',
    (value) => {
      expect(readJson(`{"answer":${value}}`, typed)?.value).toEqual(JSON.parse(value));
    },
  );
});

describe('what is called an example is none of the answers', () => {
  const readBelow = (label: string) => readJson(`${label}\n{"a":2}\n\nAnswer:\n{"a":1}`, a)?.value;

  test.each([
    ...examples.map((word) => `${word}:`),
    ...words('a an the one another some this that these here is are just only simple see how what it following').map(
      (word) => `${word} example:`,
    ),
    ...words('end begin start valid correct expected output outputs answer answers response responses reply').map(
      (word) => `example ${word}:`,
    ),
    ...words('result results format structure schema json object value values data call required desired').map(
      (word) => `Example ${word}：`,
    ),
    ...words('could would should might look looks like of s').map((word) => `## Example ${word}`),
    ...['**Example**', '__Example:__', '(example)', '=== Example ===', '--- example ---', '// example'],
    ...['<!-- example -->', '# An example', '**Example:**', 'Example: **', 'for example:', 'e.g.:', 'For instance,:_'],
    ...['```example', '~~~json example', 'Sample:\n```json'],
  ])('%s', (label) => {
    expect(readBelow(label)).toEqual({ a: 1 });
  });

  test.each([
    'Invoice:',
    'example invoice:',
    'output of the example:',
    'an example',
    '```json',
    'e.g. one:',
    '**example',
    'x',
  ])('but with %s it is one of them', (label) => {
    expect(readBelow(label)).toBeUndefined();
  });
});

describe('a comment that says that there is more is no reason to leave it out', () => {
  const everywhere = [
    ...['...', '…', 'etc', 'et cetera', 'more', 'the rest', 'remaining', 'omitted', 'others', 'truncated', 'repeat'],
    ...['repeated', 'continue', 'continues', 'continued', 'left out', 'so on', 'and so forth'],
  ];
  const inLists = [
    ...['other', 'same', 'similar', 'likewise', 'further', 'additional', 'as above', '3 items', '3 entries', 'items 3'],
    ...['skipped', 'abbreviated', 'abridged', 'shortened', 'elided', 'goes on', 'incomplete', 'partial', 'not all'],
    ...['to be completed', 'todo', 'first of 9', 'top 3 of 9', '3 of 9', '3 von 9', 'usw', 'u.s.w', 'und so weiter'],
    ...[
      'weitere',
      'übrige',
      'restliche',
      'gekürzt',
      'ausgelassen',
      'autres',
      'suite',
      'tronqué',
      'más',
      'otros',
      'otras',
    ],
    ...['resto', 'demás', 'omitido', 'mais', 'outros', 'outras', 'altri', 'altre', 'eccetera', 'ecc', 'enz', 'overige'],
    ...['meer', 'т.д', 'остальные', 'ещё', 'еще', '省略', '其余', '其他', '等等', 'その他', 'など', '나머지', '생략'],
  ];

  test.each([...everywhere, ...inLists])('in a list: %s', (words) => {
    expect(readJson(`[1 // ${words}\n]`)).toBeUndefined();
  });
  test.each(everywhere)('in an object: %s', (words) => {
    expect(readJson(`{"a":1 // ${words}\n}`)).toBeUndefined();
  });
  test.each(inLists)('in an object, of a list: %s', (words) => {
    expect(readJson(`{"a":1 // ${words}\n}`)?.value).toEqual({ a: 1 });
  });
  test.each(['moreover', 'discontinued', 'restless', 'an item', 'mother', 'one'])('but not: %s', (words) => {
    expect(readJson(`[1 // ${words}\n]`)?.value).toEqual([1]);
  });
});
