import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plainWords } from '../../src/trace/plain-words.ts';

/** Lists of words, and what is said to a judge. */
const others = /\/(?:evidence|judging|languages|refusal)\//;

test('each word of what the library says is plain', () => {
  const unknown = sentences().flatMap(({ file, sentence }) =>
    (sentence.match(/(?<!`)\p{L}+(?!`)/gu) ?? [])
      .filter((word) => !plainWords.has(word) && !plainWords.has(word.toLowerCase()))
      .map((word) => `${word} (${file}: ${sentence})`),
  );
  expect(sentences().length).toBeGreaterThan(100);
  expect(unknown).toEqual([]);
});

/** The sentences in the code of checks and of the validator, but for what a wrong use throws. */
function sentences(): { readonly file: string; readonly sentence: string }[] {
  const files = globSync('src/{checks,incremental,context,run}/**/*.ts').filter((file) => !others.test(file));
  return files.flatMap((file) => {
    const code = readFileSync(file, 'utf8')
      .replaceAll(/\/\*[\s\S]*?\*\//g, '')
      .replaceAll(/(^|\s)\/\/.*$/gm, '$1')
      .replaceAll(/(?:throw|refuse\w*|Error|invalid)\b[^;]*?\([\s\S]*?\);/g, '')
      .replaceAll(/const message =[\s\S]*?;/g, (given) => (/\b\w+\(\)|backtracking/.test(given) ? '' : given));
    const literals = code.match(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
    return literals
      .map((literal) => literal.slice(1, -1).replaceAll(/\$\{[^}]*\}/g, ' '))
      .filter((text) => /^[A-Z][a-z]* .*[a-z ]\.$/.test(text))
      .map((sentence) => ({ file, sentence }));
  });
}
