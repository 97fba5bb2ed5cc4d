import { describe, expect, test } from 'vitest';
import { foreignPrompt, forModel, isNote } from '../../src/feedback/foreign-prompt.ts';
import { promptWithNote } from '../../src/feedback/note.ts';
import type { Message, PromptPart } from '../../src/model/language-model.ts';

const user: Message = { role: 'user', content: [{ type: 'text', text: 'Who?' }] };
const assistant = (...content: readonly PromptPart[]) => ({ role: 'assistant', content }) as Message;
const tool = (...content: readonly object[]) => ({ role: 'tool', content }) as Message;
const text = (words: string): PromptPart => ({ type: 'text', text: words });
const call = (toolCallId: string, providerExecuted?: boolean): PromptPart => ({
  type: 'tool-call',
  toolCallId,
  toolName: 'pay',
  input: {},
  ...(providerExecuted === undefined ? {} : { providerExecuted }),
});
const result = (toolCallId: string): PromptPart => ({
  type: 'tool-result',
  toolCallId,
  toolName: 'pay',
  output: { type: 'text', value: toolCallId },
});
const approval = (approved: boolean) => ({ type: 'tool-approval-response', approvalId: 'a', approved });
const empty = assistant(text('(no answer)'));
const openai = { provider: 'openai.responses', modelId: 'gpt-5-mini' };
const anthropic = { provider: 'anthropic.messages', modelId: 'claude' };
const handed = (...prompt: readonly Message[]) => foreignPrompt(prompt, { model: openai, idPrefix: 'past' });
const told = (words: string | RegExp) => ({ role: 'user', content: [text(expect.stringMatching(words))] });

describe('a note', () => {
  test.each([
    ['the question', user],
    ['results', tool(result('1'))],
  ])('that follows %s is told after a turn without an answer', (_, last) => {
    expect(promptWithNote([last], 'Go on.')).toEqual([last, empty, told('Go on.')]);
  });

  test("that follows the model's turn is told at once", () => {
    const turn = assistant(text('Acme.'));
    expect(promptWithNote([user, turn], 'Go on.')).toEqual([user, turn, told('Go on.')]);
  });

  test('can be all there is', () => {
    expect(promptWithNote([], 'Go on.')).toEqual([told('Go on.')]);
  });
});

describe("another model's turn", () => {
  test('has each result under the new id of the call that it answers', () => {
    const [, turn, results] = handed(
      user,
      assistant(call('1'), call('1'), call('2')),
      tool(...'121'.split('').map(result)),
    );
    const ids = ((turn?.content ?? []) as readonly { toolCallId: string }[]).map(({ toolCallId }) => toolCallId);
    expect(new Set(ids).size).toBe(3);
    expect(results?.content).toMatchObject([{ toolCallId: ids[0] }, { toolCallId: ids[2] }, { toolCallId: ids[1] }]);
  });

  test('has no result of a call that it did not make', () => {
    expect(handed(user, assistant(text('Acme.')), tool(result('1')))).toEqual([user, assistant(text('Acme.'))]);
  });

  test('goes on after results of nothing as one turn', () => {
    const [first, second, third] = ['It', 'is', 'Acme.'].map(text) as [PromptPart, PromptPart, PromptPart];
    const prompt = [user, assistant(first), tool(result('1')), assistant(second), tool(result('2')), assistant(third)];
    expect(handed(...prompt, user)).toEqual([user, assistant(first, second, third), user]);
  });

  test('has nothing of what its provider executed, and tells in words of a call that has no result', () => {
    const turn = assistant(call('1', true), result('1'), call('2', true), text(' '), text('Acme.'));
    expect(handed(user, turn)).toEqual([
      user,
      assistant(text(expect.stringContaining('called the tool "pay"')), text('Acme.')),
    ]);
  });

  test.each([
    [true, 'approved'],
    [false, 'denied'],
  ])('is told what a person decided of its call (%s)', (approved, words) => {
    const turn = assistant(call('1', true), call('2'));
    expect(handed(user, turn, tool(approval(approved))).at(-1)).toEqual(told(words));
    expect(handed(user, turn, tool(result('2'), approval(approved))).slice(2)).toEqual([
      { role: 'tool', content: [{ ...result('2'), toolCallId: expect.stringMatching(/^past\w{5}$/) }] },
      empty,
      told(words),
    ]);
  });
});

describe('a prompt that ends in results of another model', () => {
  const prompt = [user, assistant(call('1')), tool(result('1'))];
  const tools = [{ type: 'function', name: 'pay', inputSchema: {} } as const];

  test('is gone on from by a note of ours, for a model that wants its own thoughts', () => {
    const sent = forModel(prompt, { model: anthropic, tools });
    expect(sent).toMatchObject([...prompt, empty, told('Go on')]);
    expect(sent.map(isNote)).toEqual([false, false, false, false, true]);
  });

  test('stays as it is for others, and if the latest turn is its own', () => {
    expect(forModel(prompt, { model: openai, tools })).toEqual(prompt);
    expect(forModel(prompt, { model: anthropic, tools, isLast: false })).toEqual(prompt);
  });

  test('is told in words to a model that is offered no tools', () => {
    const words = [user, assistant(text(expect.stringContaining('called'))), told(/returned: "1"/)];
    expect(forModel(prompt, { model: openai })).toEqual(words);
    expect(forModel(prompt, { model: openai, tools, toolChoice: { type: 'none' } })).toEqual(words);
  });

  test('that is empty stays empty', () => {
    expect(forModel([], { model: anthropic, tools })).toEqual([]);
  });
});
