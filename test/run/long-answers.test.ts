import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { withStagedRetry } from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';

const schema = { type: 'object', additionalProperties: { type: 'number' } };
const members = (count: number, value: (index: number) => string) =>
  `{${Array.from({ length: count }, (_, index) => `"m${index}":${value(index)}`).join(',')}}`;

const tools = [{ type: 'function' as const, name: 'store', inputSchema: schema as never }];

async function turnsOf(answer: Parameters<typeof scriptedModel>[0][number], signal?: AbortSignal): Promise<number> {
  const wrapped = withStagedRetry(scriptedModel([answer, answer, answer]));
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 0);
  const responseFormat = { type: 'json' as const, schema: schema as never };
  try {
    await wrapped.doGenerate({ prompt: [], responseFormat, tools, ...(signal && { abortSignal: signal }) });
  } finally {
    clearInterval(counting);
  }
  return turns;
}

describe('a long answer that comes whole', () => {
  // Each look at the clock finds that the step took long.
  beforeEach(() => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 20;
      return now;
    });
  });
  afterEach(() => void vi.restoreAllMocks());

  test.each([
    ['as it stands', members(10_000, String), 2],
    ['by its values', members(10_000, (index) => `"${index}"`), 6],
    ['by its syntax', members(10_000, (index) => `'${index}'`), 6],
  ])('lets the event loop turn while it is read %s', async (_, text, atLeast) => {
    expect(await turnsOf(text)).toBeGreaterThanOrEqual(atLeast);
  });

  test('lets it turn while the input of a tool is read', async () => {
    const input = members(10_000, (index) => `"${index}"`);
    const call = { type: 'tool-call' as const, toolCallId: '1', toolName: 'store', input };
    expect(await turnsOf({ content: [call] })).toBeGreaterThanOrEqual(6);
  });

  test('is given up when the caller leaves meanwhile', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 0);
    await expect(turnsOf(members(10_000, String), controller.signal)).rejects.toThrow('enough');
  });
});
