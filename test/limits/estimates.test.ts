import { expect, test } from 'vitest';
import { type CallCost, type Limiter, withStagedRetry } from '../../src/index.ts';
import { says } from '../fixtures.ts';

/** The tokens that a limiter is told a prompt of these parts may take, beyond an empty one. */
async function estimateOf(content: readonly unknown[], role = 'user'): Promise<number> {
  const costs: CallCost[] = [];
  const limiter: Limiter = {
    async reserve(cost) {
      costs.push(cost);
    },
    async settle() {},
  };
  const model = withStagedRetry(says('x'), { limits: [limiter], checks: [{ name: 'any', test: () => true }] });
  for (const parts of [[], content]) await model.doGenerate({ prompt: [{ role, content: parts }] } as never);
  const [empty, whole] = costs.map(({ estimatedTokens }) => estimatedTokens);
  return (whole ?? 0) - (empty ?? 0);
}

const words = 'word '.repeat(800);
const result = (output: object) => [{ type: 'tool-result', toolCallId: '1', toolName: 'lookup', output }];

test.each<[string, readonly unknown[]]>([
  ['a text', [{ type: 'text', text: words }]],
  ['a call', [{ type: 'tool-call', toolCallId: '1', toolName: 'lookup', input: { words } }]],
  ['the text of a tool', result({ type: 'text', value: words })],
  ['the JSON of a tool', result({ type: 'json', value: { words } })],
  ['the error of a tool', result({ type: 'error-text', value: words })],
  ['the texts of a tool', result({ type: 'content', value: [{ type: 'text', text: words }] })],
])('%s counts by its length', async (_, content) => {
  const estimated = await estimateOf(content, 'user');
  expect(estimated).toBeGreaterThan(800);
  expect(estimated).toBeLessThan(2500);
});

test.each<[string, readonly unknown[]]>([
  ['a file', [{ type: 'file', data: words, mediaType: 'image/png' }]],
  [
    'a file of a tool',
    result({ type: 'content', value: [{ type: 'image-data', data: words, mediaType: 'image/png' }] }),
  ],
  ['a denial', result({ type: 'execution-denied' })],
  ['what is no JSON', [{ type: 'tool-call', toolCallId: '1', toolName: 'lookup', input: { words: 1n } }]],
])('%s counts little', async (_, content) => {
  expect(await estimateOf(content)).toBeLessThan(50);
});
