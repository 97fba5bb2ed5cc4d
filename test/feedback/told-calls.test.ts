import { describe, expect, test } from 'vitest';
import { callNote, callsAsText } from '../../src/feedback/calls-as-text.ts';
import type { Message, Prompt, PromptPart, ToolOutput } from '../../src/model/language-model.ts';

const isSendable = (name: string) => name !== 'look up';

function call(toolCallId: string, toolName: string, rest: object = {}): PromptPart {
  return { type: 'tool-call', toolCallId, toolName, input: { id: toolCallId }, ...rest };
}

function result(toolCallId: string, toolName: string, output: ToolOutput): PromptPart {
  return { type: 'tool-result', toolCallId, toolName, output };
}

const says = (...content: readonly PromptPart[]) => ({ role: 'assistant', content }) as Message;
const returns = (...content: readonly PromptPart[]) => ({ role: 'tool', content }) as Message;
const text = (value: string): PromptPart => ({ type: 'text', text: value });
const found: ToolOutput = { type: 'text', value: 'found' };
const note = (id: string) => `(called the tool "look up" with {"id":"${id}"})`;
const system: Message = { role: 'system', content: 'Be brief.' };

test('a prompt whose calls can all be sent stays the very same', () => {
  const prompt: Prompt = [system, says(call('1', 'lookup')), returns(result('1', 'lookup', found))];
  expect(callsAsText(prompt, isSendable)).toBe(prompt);
  const executed: Prompt = [says(call('1', 'look up', { providerExecuted: true }))];
  expect(callsAsText(executed, isSendable)).toBe(executed);
});

test('a call that cannot be sent is told in words, and its result by the user, without the thoughts behind it', () => {
  const thought: PromptPart = { type: 'reasoning', text: 'Hm.' };
  const prompt: Prompt = [
    system,
    says(thought, text('Let me see.'), call('1', 'look up')),
    returns(result('1', 'look up', found)),
    says(text('Done.')),
  ];
  expect(callsAsText(prompt, isSendable)).toEqual([
    system,
    says(text('Let me see.'), text(note('1'))),
    { role: 'user', content: [text('The tool "look up" returned: "found"')] },
    says(text('Done.')),
  ]);
});

test('beside a call that can be sent, the result is told with the call, and the other stays a call', () => {
  const thought: PromptPart = { type: 'reasoning', text: 'Hm.' };
  const prompt: Prompt = [
    says(thought, call('1', 'look up'), call('2', 'lookup'), call('3', 'look up')),
    returns(result('1', 'look up', found), result('2', 'lookup', found)),
  ];
  expect(callsAsText(prompt, isSendable, (said) => `<${said}>`)).toEqual([
    says(thought, text(`${note('1')}\nThe tool "look up" returned: <found>`), call('2', 'lookup'), text(note('3'))),
    returns(result('2', 'lookup', found)),
  ]);
});

test('a call that nothing answers yet is told alone', () => {
  expect(callsAsText([says(call('1', 'look up')), says(text('Well.'))], isSendable)).toEqual([
    says(text(note('1'))),
    says(text('Well.')),
  ]);
});

describe('what a tool returned is told', () => {
  test.each<[string, ToolOutput, string]>([
    ['as text', { type: 'text', value: 'found' }, 'found'],
    ['as an error', { type: 'error-text', value: 'broken' }, 'broken'],
    ['as JSON', { type: 'json', value: { a: 1 } }, '{"a":1}'],
    ['as an error in JSON', { type: 'error-json', value: [1] }, '[1]'],
    ['as nothing', { type: 'json', value: undefined as never }, ''],
    ['as a denial with its reason', { type: 'execution-denied', reason: 'Not today.' }, 'Not today.'],
    ['as a denial', { type: 'execution-denied' }, 'The call was denied.'],
    [
      'as texts and files',
      {
        type: 'content',
        value: [
          { type: 'text', text: 'a' },
          { type: 'media', data: 'aGk=', mediaType: 'image/png' },
        ],
      } as never,
      'a\n(a file)',
    ],
  ])('%s', (_, output, expected) => {
    const told = callsAsText(
      [says(call('1', 'look up')), returns(result('1', 'look up', output))],
      isSendable,
      (said) => said,
    );
    expect(told[1]).toEqual({ role: 'user', content: [text(`The tool "look up" returned: ${expected}`)] });
  });
});

test('a note of a call is bounded', () => {
  expect(callNote('a', 'b')).toBe('(called the tool "a" with b)');
  expect(callNote('a', undefined)).toBe('(called the tool "a" with )');
  expect(callNote('a'.repeat(200), 'b'.repeat(3000))).toBe(
    `(called the tool "${'a'.repeat(127)}…" with ${'b'.repeat(2047)}…)`,
  );
});
