import { expect, test } from 'vitest';
import { parseJson } from '../../src/trace/parse-json.ts';

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

test('a text that nests 20,000 levels deep is parsed, a deeper one is no JSON', () => {
  expect(parseJson(nested(20_000))).toBeDefined();
  expect(parseJson(nested(20_001))).toBeUndefined();
  expect(parseJson('{"a":'.repeat(20_001))).toBeUndefined();
  expect(parseJson(`${'{"a":'.repeat(20_001)}1${'}'.repeat(20_001)}`)).toBeUndefined();
});

test.each([
  ['brackets in strings', JSON.stringify(['['.repeat(30_000), '\\"{'.repeat(30_000)])],
  ['many brackets beside one another', `[${Array(30_000).fill('{}').join(',')}]`],
  ['brackets behind escaped quotes', JSON.stringify({ a: `\\"${'["'.repeat(30_000)}` })],
])('%s are not levels', (_, text) => {
  expect(parseJson(text)?.value).toEqual(JSON.parse(text));
});
