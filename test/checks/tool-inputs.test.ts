import { expect, test } from 'vitest';
import { toolInputs } from '../../src/checks/index.ts';
import { runCheck } from '../../src/testing/index.ts';

const tool = (name: string, inputSchema: object = { type: 'object' }) => ({ type: 'function', name, inputSchema });
const call = (toolName: string, input = '{}', more: object = {}) => ({
  ...{ type: 'tool-call', toolCallId: toolName, toolName, input, ...more },
});
const found = async (content: readonly object[], params: object) => {
  const verdict = await runCheck(
    toolInputs(),
    { content: content as never },
    { params: { prompt: [], ...params } as never },
  );
  return verdict.type === 'fail' ? verdict.issues.map(({ toolCallId, message }) => [toolCallId, message]) : [];
};
const text = { type: 'text', text: 'Hm.' };

test('names the tools that there are', async () => {
  expect(await found([call('find')], { tools: [tool('search'), tool('save')] })).toEqual([
    ['find', 'Call one of the tools search, save; there is no tool "find".'],
  ]);
  expect(await found([call('find')], { tools: [] })).toEqual([['find', 'Do not call it; there is no tool "find".']]);
  expect(await found([call('f'.repeat(200))], {})).toEqual([
    ['f'.repeat(200), expect.stringMatching(/^Do not call it; there is no tool "f{100,130}/)],
  ]);
});

test('asks for the call that was demanded, among other parts too', async () => {
  const tools = [tool('search'), tool('save')];
  const required = { tools, toolChoice: { type: 'required' } };
  expect(await found([text], required)).toEqual([
    [undefined, 'Call one of the tools search, save instead of answering with text.'],
  ]);
  expect(await found([text, call('save')], required)).toEqual([]);
  const named = { tools, toolChoice: { type: 'tool', toolName: 'save' } };
  expect(await found([text, call('search')], named)).toEqual([[undefined, 'Call the tool save.']]);
  expect(await found([text, call('search'), call('save')], named)).toEqual([]);
  expect(await found([text], { tools, toolChoice: { type: 'auto' } })).toEqual([]);
});

test('judges inputs by the schema of their own tool', async () => {
  const tools = [tool('search', { type: 'object', required: ['query'] }), tool('save')];
  expect(await found([call('save')], { tools })).toEqual([]);
  expect(await found([call('save', ' \n')], { tools })).toEqual([]);
  expect(await found([call('search', '')], { tools })).toMatchObject([['search', expect.stringContaining('query')]]);
  expect(await found([call('search', '{"query":')], { tools })).toEqual([
    ['search', 'Give the tool search an input that is valid JSON.'],
  ]);
  expect(
    await found([call('search', '{}', { providerExecuted: true }), call('x', '{}', { dynamic: true })], { tools }),
  ).toEqual([]);
  expect(toolInputs()).toMatchObject({ name: 'toolInputs', phase: 'tool-input', unknownMembers: 'judge' });
});
