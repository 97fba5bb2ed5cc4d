import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readJson } from '../../src/incremental/index.ts';
import { askedAgain, firstAnswer } from '../reading/first-answer.ts';
import { root } from './markdown.ts';

const document = readFileSync(`${root}docs/reading.md`, 'utf8');
const constants = [...document.matchAll(/^const \w+ = (?:object\(|\().*;$/gm)].map(([line]) => line).join('\n');
const calls = [...document.matchAll(/^(readJson\(.*\)); \/\/ (.*)$/gm)];

test.each(calls.map(([, call = '', result = '']) => [call, result]))('%s is as documented', (call, result) => {
  const script = `${constants.replaceAll(/: (?:object|string\[\])(?=[,)])/g, '')}\nreturn ${call};`;
  const read = new Function('readJson', script)(readJson) as ReturnType<typeof readJson>;
  if (result.startsWith('undefined: ')) expect(read).toBeUndefined();
  else expect(JSON.stringify(read?.text).slice(1, -1).replaceAll('\\"', '"').replaceAll('\\\\', '\\')).toBe(result);
});

test('a model’s answer is read as the documented call is', async () => {
  const script = `${constants.replaceAll(/: (?:object|string\[\])(?=[,)])/g, '')}\nreturn [${calls.map(([, call]) => call)}];`;
  const seen: [text: string, schema: object][] = [];
  const keep = (text: string, schema: object = {}) => seen.push([text, schema]);
  new Function('readJson', script)(keep);
  const differ: string[] = [];
  for (const [text, schema] of seen) {
    const read = readJson(text, schema);
    const first = await firstAnswer(text, schema);
    if (JSON.stringify(first) !== JSON.stringify(read === undefined ? askedAgain : read.value)) differ.push(text);
  }
  expect(seen.length).toBeGreaterThan(100);
  expect(differ).toEqual([]);
});

test('every rule is documented', () => {
  const source = readFileSync(`${root}src/trace/fix.ts`, 'utf8');
  const rules = [...source.matchAll(/\| '([a-z-]+)'/g)].map(([, rule = '']) => rule);
  expect(rules.length).toBeGreaterThan(15);
  expect(rules.filter((rule) => !document.includes(rule))).toEqual([]);
});
