import { expect, test } from 'vitest';
import { partialJson } from '../../src/stream/live/partial-value.ts';

test.each<[text: string, value: unknown]>([
  ['', undefined],
  ['no JSON', undefined],
  ['{"a":[1,2,{"b":"x', { a: [1, 2, { b: 'x' }] }],
  ['{"a":12', { a: 12 }],
  ['{"a":tr', {}],
  ['Sure: [{"a":null},', [{ a: null }]],
  [`${'['.repeat(900)}1`, JSON.parse(`${'['.repeat(900)}1${']'.repeat(900)}`)],
  ['['.repeat(990_000), undefined],
  ['{"a":'.repeat(200_000), undefined],
])('a text that breaks off is told as far as it is there: %#', (text, value) => {
  expect(partialJson(text)?.value).toEqual(value);
});
