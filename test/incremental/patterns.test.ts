import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern, compileRegExp } from '../../src/incremental/patterns/compile-pattern.ts';
import { allowSteps } from '../../src/incremental/patterns/effort.ts';

function matches(source: string, text: string): boolean | undefined {
  const pattern = compilePattern(source);
  if (pattern.type === 'skipped') throw new Error(`${source}: ${pattern.reason}`);
  allowSteps();
  return pattern.test(text);
}

function matchesNatively(source: string, text: string): boolean {
  try {
    return new RegExp(source, 'u').test(text);
  } catch {
    return new RegExp(source).test(text);
  }
}

/** Patterns put together from parts, short enough that backtracking ends. */
const patterns = fc.letrec<{ pattern: string; repeated: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      'a',
      'b',
      '.',
      '\\d',
      '\\w',
      '\\W',
      '\\s',
      '[ab]',
      '[^a]',
      '[a-c_]',
      '\\u0061',
      '\\x62',
      '1',
      '_',
      '-',
    ),
    fc.constantFrom(
      'é',
      '😀',
      '[😀b]',
      '\\u{1f600}',
      '\\ud83d\\ude00',
      '\\p{L}',
      '\\P{L}',
      '[^\\p{Lu}]',
      '\\ud83d',
      '[]',
      '[^]',
    ),
    fc.constantFrom('^', '$', '\\b', '\\B'),
    fc
      .tuple(fc.constantFrom('(', '(?:', '(?=', '(?!', '(?<=', '(?<!'), tie('pattern'))
      .map(([opening, inside]) => `${opening}${inside})`),
  ),
  repeated: fc
    .tuple(tie('atom'), fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '{2}', '{0}', '{1,3}', '{2,}', '{0,2}?'))
    .map(([atom, quantifier]) => (/^(?:[$^]|\\[bB]|\(\?[=!<])/.test(atom) ? atom : atom + quantifier)),
  pattern: fc
    .array(
      fc.array(tie('repeated'), { maxLength: 3 }).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 2 },
    )
    .map((options) => options.join('|')),
})).pattern;

const texts = fc
  .array(fc.constantFrom('a', 'b', 'c', 'A', '1', '_', '-', ' ', '\n', '\u2028', 'é', '😀', '\ud83d', '\ude00'), {
    maxLength: 9,
  })
  .map((characters) => characters.join(''));

/** Where case and the ends of lines matter. */
const cased = fc
  .array(fc.constantFrom('a', 'A', 'É', 'é', 'ſ', 's', '\u212a', '_', '\n', '\r', '\u2029', ' '), { maxLength: 9 })
  .map((characters) => characters.join(''));

function asRegExp(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

/** V8 looks for matches of assertions in the middle of these too, against ECMA-262. */
const ASTRAL = /[\u{10000}-\u{10ffff}]/u;

describe('a pattern', () => {
  test('matches just what the language’s own regular expressions match', () => {
    fc.assert(
      fc.property(patterns, fc.array(texts, { minLength: 5, maxLength: 5 }), (source, samples) => {
        for (const text of samples) {
          if (/\\B|\(\?/.test(source) && ASTRAL.test(text)) continue;
          expect([source, text, matches(source, text)]).toEqual([source, text, matchesNatively(source, text)]);
        }
      }),
      { numRuns: 3_000, seed: 1 },
    );
  });

  test('with flags matches what a regular expression with these flags does', () => {
    const flags = fc.subarray(['i', 'm', 's', 'u']).map((some) => some.join(''));
    const samples = fc.array(fc.oneof(texts, cased), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(patterns, flags, samples, (source, some, all) => {
        const native = asRegExp(source, some);
        if (native === undefined) return;
        const pattern = compileRegExp(native);
        for (const text of all) {
          if (/\\B|\(\?/.test(source) && ASTRAL.test(text)) continue;
          allowSteps();
          expect([String(native), text, pattern.type === 'runs' && pattern.test(text)]).toEqual([
            String(native),
            text,
            native.test(text),
          ]);
        }
      }),
      { numRuns: 3_000, seed: 1 },
    );
  });

  test.each([
    ['a{', 'a{'],
    ['a{,3}', 'a{,3}'],
    ['{a}', '{a}'],
    ['x]', 'x]'],
    ['\\012', '\n'],
    ['\\8\\-\\_', '8-_'],
    ['\\1(a)?\\-', '-'],
    ['(?=a)*b', 'b'],
    ['[\\012-]\\-', '\n-'],
    ['\\u00e9\\-', 'é-'],
    ['\\u{2}\\-', 'uu-'],
    ['\\cJ', '\n'],
    ['(?<year>\\d{4})', '2024'],
    ['[a\\]]\\]', ']]'],
  ])('%s that reads differently with and without the u flag is read as the language does', (source, text) => {
    const pattern = compilePattern(source);
    for (const sample of [text, '', `x${text}`, text.slice(1), 'b']) {
      allowSteps();
      if (pattern.type === 'runs')
        expect([sample, pattern.test(sample)]).toEqual([sample, matchesNatively(source, sample)]);
    }
  });
});
