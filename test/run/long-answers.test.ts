import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { withStagedRetry } from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';

const numbers = { type: 'object', additionalProperties: { type: 'number' } };
const members = (count: number, value: (index: number) => string) =>
  `{${Array.from({ length: count }, (_, index) => `"m${index}":${value(index)}`).join(',')}}`;

interface Given {
  readonly schema?: object;
  readonly inputSchema?: object;
  readonly signal?: AbortSignal;
}

async function turnsOf(
  answer: Parameters<typeof scriptedModel>[0][number],
  { schema = numbers, inputSchema = numbers, signal }: Given = {},
): Promise<number> {
  const tools = [{ type: 'function' as const, name: 'store', inputSchema: inputSchema as never }];
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
    await expect(turnsOf(members(10_000, String), { signal: controller.signal })).rejects.toThrow('enough');
  });

  test('lets it turn while a large schema is compiled, for a short answer', async () => {
    const schema = wide('once');
    expect(await turnsOf('{"m1":1}', { schema })).toBeGreaterThanOrEqual(15);
    expect(await turnsOf('{"m1":1}', { schema })).toBe(0);
  });

  test('lets it turn while a short answer is read by a large schema', async () => {
    const schema = wide('read');
    await turnsOf('{"m1":1}', { schema });
    // The other way to read it, strict about members, is compiled in turns.
    expect(await turnsOf('Here: {"m1":"x"}', { schema })).toBeGreaterThanOrEqual(5);
  });

  test('lets it turn while the large schema of a tool is compiled', async () => {
    const call = { type: 'tool-call' as const, toolCallId: '1', toolName: 'store', input: '{"m1":1}' };
    expect(await turnsOf({ content: [call] }, { inputSchema: wide('tool') })).toBeGreaterThanOrEqual(15);
  });
});

/** A schema of 9,000 members that no other test has. */
function wide(title: string): object {
  const members = Array.from({ length: 9000 }, (_, index) => [`m${index}`, { type: 'number' }]);
  return { title, type: 'object', properties: Object.fromEntries(members), additionalProperties: false };
}
