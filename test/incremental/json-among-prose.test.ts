import { expect, test } from 'vitest';
import { incrementalValidator } from '../../src/incremental/index.ts';

const array = { type: 'array' };
const number = { type: 'number' };
const object = { type: 'object' };

/** What of the text is safe stands between the marks, and the JSON begins at the first; then how the text ends. */
test.each<[schema: unknown, marked: string, state: string, end: string]>([
  [object, 'So: «{"a":1}» and {"b":2}', 'complete', 'valid'],
  [object, '«{"a":1}»', 'complete', 'valid'],
  [object, 'a {b} c «{»"d":1', 'open', 'd: Finish the JSON; the text ends too early.'],
  [object, '{«{"a":1}»', 'complete', 'valid'],
  [object, '{ «{}» }', 'complete', 'valid'],
  [object, '[1] «{}»', 'complete', 'valid'],
  [object, 'x {', 'open', ': Answer with JSON; there is none.'],
  [object, 'x { ', 'open', ': Answer with JSON; there is none.'],
  [object, 'x {"', 'open', ': Answer with JSON; there is none.'],
  [object, 'x {"a', 'open', ': Answer with JSON; there is none.'],
  [object, 'x {a', 'open', ': Answer with JSON; there is none.'],
  [array, 'see «[1]» and', 'complete', 'valid'],
  [array, '[see] «[2, 3]»', 'complete', 'valid'],
  [array, '«[[1]]»', 'complete', 'valid'],
  [array, '«[ ]»', 'complete', 'valid'],
  [array, 'x [-', 'open', ': Answer with JSON; there is none.'],
  [array, 'x [-1', 'open', ': Answer with JSON; there is none.'],
  [array, 'x «["a"», ', 'open', '0: Finish the JSON; the text ends too early.'],
  [array, 'x [t', 'open', ': Answer with JSON; there is none.'],
  [array, 'x «[true»', 'open', '0: Finish the JSON; the text ends too early.'],
  [array, '{"a":«[1]»}', 'complete', 'valid'],
  [array, 'x «[1» 2]', 'dead', '0: Write valid JSON; "2" is not expected here.'],
  [{ type: ['array', 'object'] }, 'x [y «{"a":[1]}» z', 'complete', 'valid'],
  [{ type: ['array', 'object'] }, '{«[1]»', 'complete', 'valid'],
  [{ properties: { a: number }, type: 'object' }, 'x «{»"a":"', 'dead', 'a: Make a a number; it is a string.'],
  [{ type: 'object', required: ['a'] }, 'x «{"b":1»} {"a":1}', 'dead', 'a: Add a; it is missing.'],
  [
    { type: 'object', properties: { a: { enum: ['xy'] } } },
    'Sure «{»"a":"x',
    'open',
    'a: Finish the JSON; the text ends too early.',
  ],
  [number, 'say "it is 42', 'open', 'valid'],
  [number, 'say "it is «42»\n', 'complete', 'valid'],
  [number, 'it is 4', 'open', 'valid'],
  [number, 'it is 4.', 'open', 'valid'],
  [number, 'it is «4». Or 5', 'complete', 'valid'],
  [number, '"4" or «5» ', 'complete', 'valid'],
  [number, '-', 'open', ': Answer with JSON; there is none.'],
  [number, '+4 «5» ', 'complete', 'valid'],
  [number, '4/5 «6» ', 'complete', 'valid'],
  [number, '"a\\"4" «5» ', 'complete', 'valid'],
  [number, 'x"«4»\ny" 5 z "', 'complete', 'valid'],
  [number, '1e5x 3,', 'open', 'valid'],
  [{ type: 'boolean' }, 'is «true», or false', 'complete', 'valid'],
  [{ type: 'string' }, 'the «"a b"» c', 'complete', 'valid'],
  [{ type: 'string', minLength: 2 }, '"a" «"bc"»', 'complete', 'valid'],
  [{ type: ['number', 'object'] }, '4 «{"a":1}»', 'complete', 'valid'],
  [{ type: ['number', 'object'] }, '4 {a', 'open', 'valid'],
  [{ type: ['number', 'array'], minimum: 5 }, 'no 4', 'open', ': Make the answer at least 5; it is the number 4.'],
  [{ const: 3 }, '1 2', 'open', ': Make the answer 3; it is the number 1.'],
  [false, '1 {}', 'open', ': Give no answer; the schema allows none.'],
  [true, 'x', 'open', ': Answer with JSON; there is none.'],
  [object, '', 'open', ': Answer with JSON; there is none.'],
  [number, '', 'open', ': Answer with JSON; there is none.'],
  [object, 'none', 'open', ': Answer with JSON; there is none.'],
])('%j finds its JSON in %j', (schema, marked, state, end) => {
  const text = marked.replace(/[«»]/g, '');
  const [jsonStart, safeLength] = [Math.max(0, marked.indexOf('«')), Math.max(0, marked.indexOf('»') - 1)];
  for (let at = 0; at <= text.length; at++) {
    const check = incrementalValidator(schema, { lenient: true }).start();
    check.push(text.slice(0, at));
    expect(check.push(text.slice(at))).toMatchObject({ state, jsonStart, safeLength });
    const { valid, issues } = check.end();
    const told = issues.map(({ path, message }) => `${path.join('/')}: ${message}`).join(' | ');
    expect([at, valid ? 'valid' : told]).toEqual([at, end]);
  }
});
