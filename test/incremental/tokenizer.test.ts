import { expect, test } from 'vitest';
import { type Token, Tokenizer } from '../../src/incremental/index.ts';

/** What a text comes to, given in pieces, with where each token ends and how deep it is; parts of a string are joined. */
function tokensOf(pieces: readonly string[]): string[] {
  const tokenizer = new Tokenizer();
  const found: string[] = [];
  let part = '';
  let isOver = false;
  function read() {
    while (!isOver) {
      const token = tokenizer.next();
      if (token === 'more') return;
      if (token === 'string-part') {
        part += tokenizer.text;
        continue;
      }
      if (part !== '') found.push(`string-part ${JSON.stringify(part)}`);
      part = '';
      found.push(token + broughtBy(tokenizer, token));
      isOver = token === 'end' || token === 'error';
    }
  }
  for (const piece of pieces) {
    tokenizer.push(piece);
    read();
  }
  tokenizer.finish();
  read();
  return found;
}

function broughtBy({ text, literal, end, problem, depth }: Tokenizer, token: Token): string {
  switch (token) {
    case 'name':
    case 'number':
      return ` ${JSON.stringify(text)} ${end}`;
    case 'literal':
    case 'literal-start':
      return ` ${literal}`;
    case 'error':
      return ` ${end}: ${problem}`;
    case 'end':
      return '';
    default:
      return ` ${end} ${depth}`;
  }
}

test.each<[text: string, tokens: string[]]>([
  ['{}', ['object-start 1 1', 'object-end 2 0', 'end']],
  ['[]', ['array-start 1 1', 'array-end 2 0', 'end']],
  [
    ' {\t"a"\r:\n1 , "b":[ ] } ',
    [
      'object-start 2 1',
      'name "a" 6',
      'number-start 10 1',
      'number "1" 10',
      'name "b" 16',
      'array-start 18 2',
      'array-end 20 1',
      'object-end 22 0',
      'end',
    ],
  ],
  [
    '[true,false,null]',
    [
      'array-start 1 1',
      'literal-start true',
      'literal true',
      'literal-start false',
      'literal false',
      'literal-start null',
      'literal null',
      'array-end 17 0',
      'end',
    ],
  ],
  [
    '"a\\n\\t\\r\\b\\f\\/\\\\\\"b"',
    ['string-start 1 0', 'string-part "a\\n\\t\\r\\b\\f/\\\\\\"b"', 'string-end 20 0', 'end'],
  ],
  ['"\\u0041\\u00e9\\u20AC"', ['string-start 1 0', 'string-part "Aé€"', 'string-end 20 0', 'end']],
  ['"\\ud83d\\ude00"', ['string-start 1 0', 'string-part "😀"', 'string-end 14 0', 'end']],
  ['"😀x"', ['string-start 1 0', 'string-part "😀x"', 'string-end 5 0', 'end']],
  ['"a\\ud83d\ude00"', ['string-start 1 0', 'string-part "a😀"', 'string-end 10 0', 'end']],
  ['"\\ud83dx"', ['string-start 1 0', 'string-part "\\ud83dx"', 'string-end 9 0', 'end']],
  ['"\\ud83d\\n"', ['string-start 1 0', 'string-part "\\ud83d\\n"', 'string-end 10 0', 'end']],
  ['"\\ud83d"', ['string-start 1 0', 'string-part "\\ud83d"', 'string-end 8 0', 'end']],
  ['"\\ude00"', ['string-start 1 0', 'string-part "\\ude00"', 'string-end 8 0', 'end']],
  [
    '{"\\u0061\\ud83d\\ude00":{"":""}}',
    [
      'object-start 1 1',
      'name "a😀" 21',
      'object-start 23 2',
      'name "" 25',
      'string-start 27 2',
      'string-end 28 2',
      'object-end 29 1',
      'object-end 30 0',
      'end',
    ],
  ],
  ['-0', ['number-start 1 0', 'number "-0" 2', 'end']],
  ['12.5e-3', ['number-start 1 0', 'number "12.5e-3" 7', 'end']],
  ['1E+2', ['number-start 1 0', 'number "1E+2" 4', 'end']],
  [
    '[1,2]',
    ['array-start 1 1', 'number-start 2 1', 'number "1" 2', 'number-start 4 1', 'number "2" 4', 'array-end 5 0', 'end'],
  ],
  ['0', ['number-start 1 0', 'number "0" 1', 'end']],
  [
    '[[1],{"a":{"b":[]}}]',
    [
      'array-start 1 1',
      'array-start 2 2',
      'number-start 3 2',
      'number "1" 3',
      'array-end 4 1',
      'object-start 6 2',
      'name "a" 9',
      'object-start 11 3',
      'name "b" 14',
      'array-start 16 4',
      'array-end 17 3',
      'object-end 18 2',
      'object-end 19 1',
      'array-end 20 0',
      'end',
    ],
  ],
  ['', ['error 0: the text ends too early']],
  [' ', ['error 1: the text ends too early']],
  ['{', ['object-start 1 1', 'error 1: the text ends too early']],
  ['[1', ['array-start 1 1', 'number-start 2 1', 'number "1" 2', 'error 2: the text ends too early']],
  ['"a', ['string-start 1 0', 'string-part "a"', 'error 2: the text ends too early']],
  ['"a\\', ['string-start 1 0', 'string-part "a"', 'error 3: the text ends too early']],
  ['"a\\u00', ['string-start 1 0', 'string-part "a"', 'error 6: the text ends too early']],
  ['{"a', ['object-start 1 1', 'error 3: the text ends too early']],
  ['{"a"', ['object-start 1 1', 'name "a" 4', 'error 4: the text ends too early']],
  ['{"a":', ['object-start 1 1', 'name "a" 4', 'error 5: the text ends too early']],
  [
    '{"a":1',
    ['object-start 1 1', 'name "a" 4', 'number-start 6 1', 'number "1" 6', 'error 6: the text ends too early'],
  ],
  ['tru', ['literal-start true', 'error 3: the text ends too early']],
  ['-', ['number-start 1 0', 'error 1: "-" is no number']],
  ['1.', ['number-start 1 0', 'error 2: "1." is no number']],
  ['1e', ['number-start 1 0', 'error 2: "1e" is no number']],
  ['01', ['number-start 1 0', 'error 2: "01" is no number']],
  ['+1', ['error 1: "+" is not expected here']],
  ['.5', ['error 1: "." is not expected here']],
  ['1.e1', ['number-start 1 0', 'error 4: "1.e1" is no number']],
  ['--1', ['number-start 1 0', 'error 3: "--1" is no number']],
  ['1-2', ['number-start 1 0', 'error 3: "1-2" is no number']],
  ['[1 2]', ['array-start 1 1', 'number-start 2 1', 'number "1" 2', 'error 4: "2" is not expected here']],
  ['[1,]', ['array-start 1 1', 'number-start 2 1', 'number "1" 2', 'error 4: "]" is not expected here']],
  ['[,1]', ['array-start 1 1', 'error 2: "," is not expected here']],
  ['{,}', ['object-start 1 1', 'error 2: "," is not expected here']],
  [
    '{"a":1,}',
    ['object-start 1 1', 'name "a" 4', 'number-start 6 1', 'number "1" 6', 'error 8: "}" is not expected here'],
  ],
  ['{"a" 1}', ['object-start 1 1', 'name "a" 4', 'error 6: "1" is not expected here']],
  ['{"a":,}', ['object-start 1 1', 'name "a" 4', 'error 6: "," is not expected here']],
  ['{1:2}', ['object-start 1 1', 'error 2: "1" is not expected here']],
  [
    '{"a":1 "b":2}',
    ['object-start 1 1', 'name "a" 4', 'number-start 6 1', 'number "1" 6', 'error 8: "\\"" is not expected here'],
  ],
  ['[}', ['array-start 1 1', 'error 2: "}" is not expected here']],
  ['{]', ['object-start 1 1', 'error 2: "]" is not expected here']],
  [']', ['error 1: "]" is not expected here']],
  ['}', ['error 1: "}" is not expected here']],
  [',', ['error 1: "," is not expected here']],
  [':', ['error 1: ":" is not expected here']],
  ['[1:2]', ['array-start 1 1', 'number-start 2 1', 'number "1" 2', 'error 3: ":" is not expected here']],
  ['{"a"}', ['object-start 1 1', 'name "a" 4', 'error 5: "}" is not expected here']],
  ['{} {}', ['object-start 1 1', 'object-end 2 0', 'error 4: "{" is not expected here']],
  ['1 2', ['number-start 1 0', 'number "1" 1', 'error 3: "2" is not expected here']],
  ['"a" "b"', ['string-start 1 0', 'string-part "a"', 'string-end 3 0', 'error 5: "\\"" is not expected here']],
  ['nul]', ['literal-start null', 'error 4: "]" is not expected here']],
  ['trux', ['literal-start true', 'error 4: "x" is not expected here']],
  ['False', ['error 1: "F" is not expected here']],
  ["'a'", ['error 1: "\'" is not expected here']],
  ['[1}', ['array-start 1 1', 'number-start 2 1', 'number "1" 2', 'error 3: "}" is not expected here']],
  [
    '{"a":1]',
    ['object-start 1 1', 'name "a" 4', 'number-start 6 1', 'number "1" 6', 'error 7: "]" is not expected here'],
  ],
  ['"a\nb"', ['string-start 1 0', 'string-part "a"', 'error 3: "\\n" is not expected here']],
  ['"\\x"', ['string-start 1 0', 'error 2: "\\\\x" is no escape']],
  ['"\\u00g0"', ['string-start 1 0', 'error 5: "\\\\u00g" is no escape']],
  ['"a\\u12x"', ['string-start 1 0', 'string-part "a"', 'error 6: "\\\\u12x" is no escape']],
  ['{"a\u0001":1}', ['object-start 1 1', 'error 4: "\\u0001" is not expected here']],
  ['{"a\\q":1}', ['object-start 1 1', 'error 4: "\\\\q" is no escape']],
  ['"\ud83d\n"', ['string-start 1 0', 'error 3: "\\n" is not expected here']],
  ['[" \\ud83d\\q"]', ['array-start 1 1', 'string-start 2 1', 'string-part " "', 'error 10: "\\\\q" is no escape']],
  ['/* */1', ['error 1: "/" is not expected here']],
  [
    '[1]x',
    ['array-start 1 1', 'number-start 2 1', 'number "1" 2', 'array-end 3 0', 'error 4: "x" is not expected here'],
  ],
  ['"\u007f\u2028"', ['string-start 1 0', 'string-part "\u007f\u2028"', 'string-end 4 0', 'end']],
  [
    '"long long long long long long long long long long long long \\q"',
    [
      'string-start 1 0',
      'string-part "long long long long long long long long long long long long "',
      'error 62: "\\\\q" is no escape',
    ],
  ],
  [
    '[1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.]',
    ['array-start 1 1', 'number-start 2 1', 'error 61: "1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1… is no number'],
  ],
  [
    '{"a":"b"]',
    [
      'object-start 1 1',
      'name "a" 4',
      'string-start 6 1',
      'string-part "b"',
      'string-end 8 1',
      'error 9: "]" is not expected here',
    ],
  ],
  ['truefalse', ['literal-start true', 'literal true', 'error 5: "f" is not expected here']],
  ['[nulll]', ['array-start 1 1', 'literal-start null', 'literal null', 'error 6: "l" is not expected here']],
])('%j is split into the same tokens, whatever pieces it comes in', (text, tokens) => {
  for (let at = 0; at <= text.length; at++) expect(tokensOf([text.slice(0, at), text.slice(at)])).toEqual(tokens);
  expect(tokensOf(text.split(''))).toEqual(tokens);
});

test('a string comes in parts that end where the text that they stand for does', () => {
  const tokenizer = new Tokenizer();
  const parts: [string, number][] = [];
  for (const piece of [
    '"a',
    'b\\n',
    '\\u00',
    '41',
    'c\\ud83d',
    '\\ude00\\',
    '\\',
    '\ud83d',
    '\ude00d',
    '\ud83d',
    'e',
    '\\ud83d',
    '"',
  ]) {
    tokenizer.push(piece);
    for (let token = tokenizer.next(); token !== 'more'; token = tokenizer.next())
      if (token === 'string-part') parts.push([tokenizer.text, tokenizer.end]);
  }
  expect(parts).toEqual([
    ['a', 2],
    ['b\n', 5],
    ['A', 11],
    ['c', 12],
    ['\u{1f600}', 24],
    ['\\', 26],
    ['\u{1f600}d', 29],
    ['\ud83de', 31],
    ['\ud83d', 37],
  ]);
});

test('half a pair whose escape comes in two pieces waits for its other half', () => {
  const tokenizer = new Tokenizer();
  const parts: [string, number][] = [];
  for (const piece of ['["a\\ud83d\\ud8', '3d', '\\ude', '00b"]']) {
    tokenizer.push(piece);
    for (let token = tokenizer.next(); token !== 'more'; token = tokenizer.next())
      if (token === 'string-part') parts.push([tokenizer.text, tokenizer.end]);
  }
  expect(parts).toEqual([
    ['a', 3],
    ['\ud83d', 9],
    ['\u{1f600}b', 22],
  ]);
});

test('after an error there is nothing but that error', () => {
  const tokenizer = new Tokenizer();
  tokenizer.push('[x');
  expect([tokenizer.next(), tokenizer.next(), tokenizer.next()]).toEqual(['array-start', 'error', 'error']);
  tokenizer.push(']');
  expect([tokenizer.next(), tokenizer.problem, tokenizer.isComplete]).toEqual([
    'error',
    '"x" is not expected here',
    false,
  ]);
});

test('the value is complete once it is closed, or the text has ended', () => {
  const tokenizer = new Tokenizer();
  tokenizer.push('[');
  tokenizer.next();
  expect([tokenizer.isComplete, tokenizer.depth]).toEqual([false, 1]);
  tokenizer.push(']');
  tokenizer.next();
  expect([tokenizer.isComplete, tokenizer.depth]).toEqual([true, 0]);
  const number = new Tokenizer();
  number.push('12');
  expect([number.next(), number.next(), number.isComplete]).toEqual(['number-start', 'more', false]);
  number.finish();
  expect([number.next(), number.isComplete, number.next()]).toEqual(['number', true, 'end']);
});
