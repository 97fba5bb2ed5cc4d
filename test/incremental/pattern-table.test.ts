import { expect, test } from 'vitest';
import { compilePattern, compileRegExp } from '../../src/incremental/patterns/compile-pattern.ts';
import { allowSteps } from '../../src/incremental/patterns/effort.ts';

const texts = [
  ...[
    '',
    'a',
    'b',
    'ab',
    'ba',
    'aa',
    'aab',
    'abab',
    'aaaa',
    'A',
    'aB',
    'c',
    'a b',
    ' a',
    'a ',
    'a-b',
    'a1',
    '1',
    '12',
    '123',
    '_',
    '-',
    ']',
    '{',
  ],
  ...[
    'a\nb',
    '\n',
    'a\n',
    '\nb',
    'a\r\nb',
    '\r',
    'b\u2028a',
    'b\u2029',
    'é',
    'É',
    'aé',
    'éa',
    'ſ',
    's',
    'S',
    'K',
    'k',
    '\u212a',
  ],
  ...[
    '😀',
    'a😀',
    '😀b',
    '\ud83d',
    '\ude00',
    '\ud83da',
    '\uffff',
    '(\u0001-',
    'a\u0001-',
    '\u0001-',
    '\u0002-',
    '\uffffb',
    'x',
    'xyz',
    '0',
    'zz',
    'user@host',
    '2024-01-31',
    'foo.bar',
    'foobar',
    'barfoo',
    '@',
    '[',
    '`',
    '/',
    ':',
  ],
];

/** V8 looks for matches of assertions in the middle of a surrogate pair too, against ECMA-262. */
const isTold = (source: string, text: string) => !(/\\B|\(\?/.test(source) && /[\u{10000}-\u{10ffff}]/u.test(text));

test.each([
  ...[
    '[(]\\1\\-',
    '\\(\\1\\-',
    '(?:a)\\1\\-',
    '(?=a)a\\1\\-',
    '(?<=a)\\1\\-',
    '(a)?\\2\\-',
    '^(?:(?=a)a){2}',
    '(?:(?<!b)a|c){1,2}$',
  ],
  ...['', 'a', '^a', 'a$', '^a$', '^$', '^', '$', 'a|b', '^(a|b)$', '^a|b$', 'ab|', '(a)(b)', '(?:ab)+', '^(ab)*$'],
  ...[
    'a*',
    '^a+$',
    '^a?b',
    '^a{2}$',
    '^a{2,}$',
    '^a{1,2}$',
    '^a{0}$',
    '^a{0,1}b?$',
    'a+?b',
    'a*?$',
    'a??b',
    '^a{2,3}?$',
  ],
  ...[
    '.',
    '^.$',
    '^..$',
    '^.*$',
    '[ab]',
    '[^ab]',
    '^[^ab]+$',
    '^[a-c]+$',
    '[]',
    '[^]',
    '[\\]]',
    '[-a]',
    '^[\\w-]+$',
    '\\.',
  ],
  ...['\\d', '\\D', '^\\d+$', '^\\D+$', '\\w', '\\W', '^\\w+$', '\\s', '\\S', '^\\S+$', '\\n', '^\\s$', '\\t|\\r'],
  ...[
    '\\ba',
    'a\\b',
    '\\b',
    '\\B',
    '\\Ba',
    'a\\B',
    '\\bé',
    '^\\b',
    '\\b$',
    '\\bfoo\\b',
    '\\Bb\\B',
    '1\\b',
    '_\\b',
    '\\b@',
    '\\bZ|z\\b',
  ],
  ...[
    'a(?=b)',
    'a(?!b)',
    '(?<=a)b',
    '(?<!a)b',
    '^(?=.*a)(?=.*b)',
    '^(?!a)',
    '(?<=^a)b',
    '(?=$)',
    '(?!^)b',
    '(?<!b|c)a$',
    '(?=(?!ab)a)',
  ],
  ...[
    '(?<=a.*)b',
    '(?<=\\ba)b',
    '(?<=(?=a).)b',
    '(?<=ab{0,2})a',
    '(?<!a+)b',
    '(?=a|b).$',
    '(?<=[^a])a',
    '(?<=a|b)$',
    '^(?=a{2}b)',
  ],
  ...[
    'é',
    '😀',
    '^😀$',
    '^.$|b',
    '[😀b]',
    '^[^😀]$',
    '\\u{1f600}',
    '\\ud83d\\ude00',
    '\\ud83d',
    '\\p{L}',
    '^\\P{L}$',
    '[^\\p{Lu}]',
    '\\u0061',
    '\\x61',
    '\\cJ',
  ],
  ...[
    '(?<year>\\d{4})-\\d{2}',
    '^[^@]+@[^@]+$',
    '^foo(?:bar)?$',
    '^(?:a|b|)$',
    '(?:(?:a|b)c?){2}',
    '^(?:a{2}){2}$',
    '^(a?b?){2}$',
    'a{',
    '{',
    ']',
    'a{,2}',
  ],
  ...['^\\/$', '\\-', '[\\-]', '^[+-]$', '[0-9]', '^[\\d\\s]+$', '^(?:\\r\\n|\\n)$', 'a\\nb', '^[@-\\[]$', '^[`-a/:]$'],
])('the pattern %s matches what the language matches by it', (source) => {
  const isUnicode = (() => {
    try {
      return new RegExp(source, 'u') !== undefined;
    } catch {
      return false;
    }
  })();
  const pattern = compilePattern(source);
  expect(pattern.type).toBe('runs');
  const native = new RegExp(source, isUnicode ? 'u' : '');
  const matched = texts.filter((text) => isTold(source, text) && native.test(text));
  allowSteps();
  expect(texts.filter((text) => isTold(source, text) && pattern.type === 'runs' && pattern.test(text))).toEqual(
    matched,
  );
});

test.each([
  ...[
    /^a/i,
    /^b/m,
    /a$/m,
    /^$/m,
    /^.$/s,
    /a.b/s,
    /a.b/,
    /^b/,
    /a$/,
    /é/i,
    /é/iu,
    /\bs/i,
    /\bs/iu,
    /s\b/iu,
    /k/iu,
    /k/i,
  ],
  ...[
    /\w/iu,
    /\w/i,
    /\W/iu,
    /^\w$/iu,
    /[a-c]/i,
    /[^a]/i,
    /^😀/,
    /^.$/,
    /^.$/u,
    /\bK/iu,
    /(?<=^)b/m,
    /(?=$)\n/m,
    /^\s*$/m,
    /a/g,
    /a/y,
    /a/d,
    /^A/gimsuy,
  ],
])('the expression %s matches what the language matches by it', (expression) => {
  const { source, flags } = expression;
  const native = new RegExp(source, flags.replace(/[gy]/g, ''));
  const pattern = compileRegExp(expression);
  allowSteps();
  const matched = texts.filter((text) => isTold(source, text) && pattern.type === 'runs' && pattern.test(text));
  expect(matched).toEqual(texts.filter((text) => isTold(source, text) && native.test(text)));
});

test.each([
  ['(a)\\1', 'it has a back-reference'],
  ['(a)\\1\\-', 'it has a back-reference'],
  ['\\[(a)\\1\\-', 'it has a back-reference'],
  ['(?<n>a)\\1\\-', 'it has a back-reference'],
  ['(?<n>a)\\k<n>', 'it has a back-reference'],
  ['(', 'it is no regular expression'],
  ['[z-a]', 'it is no regular expression'],
  ['\\p{L}\\-', 'it is none with the u flag'],
  [`${'('.repeat(201)}a${')'.repeat(201)}`, 'it is nested too deep'],
  ['(?=a)'.repeat(21), 'it looks around too often'],
  ['a{20000}', 'it is too long'],
  ['(?:a{9000})+', 'it is too long'],
  ['a|b{19999}', 'it is too long'],
  ['(?=a{20000})', 'it is too long'],
  ['(?:a{99}b{99}){99}', 'it is too long'],
  ['(?:a{200}){200}', 'it is too long'],
])('the pattern %s is not run: %s', (source, reason) => {
  allowSteps();
  expect(compilePattern(source)).toEqual({ type: 'skipped', reason });
});

test('no more than is bounded is refused', () => {
  for (const source of [
    `${'('.repeat(200)}a${')'.repeat(200)}`,
    '(?=a)'.repeat(20),
    'a{9000}',
    '(?:a{9000})*',
    'a|b{9000}',
    '(?:a{49}b{49}){49}',
    '(a)(b)'.repeat(150),
    '\\1(?:a)',
    '\\2(a)\\-',
  ]) {
    allowSteps();
    expect([source, compilePattern(source).type]).toEqual([source, 'runs']);
  }
  const flags = 'v';
  expect(compileRegExp(new RegExp('a', flags))).toEqual({ type: 'skipped', reason: 'it has the v flag' });
});

test('a pattern that costs more steps than there are is not run, and none is run once they are used up', () => {
  allowSteps();
  const pattern = compilePattern('a');
  allowSteps(100);
  expect(compilePattern('a')).toEqual({ type: 'skipped', reason: 'it is too long' });
  expect(pattern.type === 'runs' && [pattern.test('a')]).toEqual([undefined]);
  allowSteps();
  expect(pattern.type === 'runs' && [pattern.test('a'), pattern.test('b')]).toEqual([true, false]);
});

test('what is looked for in each repetition is counted once', () => {
  allowSteps();
  const pattern = compilePattern('^(?:(?=a)(?<!b).){40}$');
  const isMatch = (text: string) => pattern.type === 'runs' && pattern.test(text);
  expect([isMatch('a'.repeat(40)), isMatch(`${'a'.repeat(39)}b`), isMatch(`b${'a'.repeat(39)}`)]).toEqual([
    true,
    false,
    false,
  ]);
});

/** V8 reads half of a pair here. */
test('what stands before a character is a whole character, and half a pair only where it is alone', () => {
  const isMatch = (source: string, text: string) => {
    allowSteps();
    const pattern = compilePattern(source);
    return pattern.type === 'runs' && pattern.test(text);
  };
  expect(['\u{1f600}b', '\ude00b', 'xb', 'x\ude00b'].map((text) => isMatch('(?<=^.)b', text))).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(['\u{1f600}b', 'x\ude00b', 'xyb'].map((text) => isMatch('(?<=^..)b', text))).toEqual([false, true, true]);
  expect(['\u{1f600}b', '\ude00b', 'b'].map((text) => isMatch('(?<!\u{1f600})b', text))).toEqual([false, true, true]);
  expect(['\u{1f600}b', '\ude00b'].map((text) => isMatch('(?<=\\ude00)b', text))).toEqual([false, true]);
});

test('without the u flag, a lookaround sees each half of a pair', () => {
  const isMatch = (text: string) => (expression: RegExp) => {
    allowSteps();
    const pattern = compileRegExp(expression);
    return pattern.type === 'runs' && pattern.test(text);
  };
  expect([/(?<=^..)b/, /(?<=^.)b/, /(?<=^.)b/u, /(?<=\ude00)b/].map(isMatch('\u{1f600}b'))).toEqual([
    true,
    false,
    true,
    true,
  ]);
  expect([/^b(?=..$)/, /^b(?=.$)/, /^b(?=.$)/u, /^b(?!..$)/].map(isMatch('b\u{1f600}'))).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
