import { expect, test } from 'vitest';
import { cleanPrompt } from '../../src/feedback/clean-prompt.ts';
import type { Message, PromptPart } from '../../src/model/language-model.ts';

const model = { provider: 'scripted', modelId: 'first' };
const user: Message = { role: 'user', content: [{ type: 'text', text: 'Who?' }] };
const assistant = (...content: readonly PromptPart[]) => ({ role: 'assistant', content }) as Message;
const text = (words: string, providerOptions?: object) =>
  ({ type: 'text', text: words, ...(providerOptions && { providerOptions }) }) as PromptPart;
const thought = (words: string, providerOptions?: object) =>
  ({ type: 'reasoning', text: words, ...(providerOptions && { providerOptions }) }) as PromptPart;
const called = (toolCallId: string, providerOptions?: object) =>
  ({
    type: 'tool-call',
    toolCallId,
    toolName: 'pay',
    input: {},
    ...(providerOptions && { providerOptions }),
  }) as PromptPart;

function cleaned(...messages: readonly Message[]) {
  return cleanPrompt(messages, { model });
}

test('a prompt without marks stays the very same', () => {
  const prompt = [user, assistant(thought('Hm.'), text('Acme.', { scripted: { itemId: '1' } })), user];
  expect(cleaned(...prompt)).toEqual(prompt);
});

test('text that was spliced loses every option, and the thoughts that led to it', () => {
  const spliced = { scripted: { itemId: '1' }, stagedRetry: { spliced: true } };
  expect(cleaned(user, assistant(thought('Hm.'), text('Acme.', spliced)))).toEqual([user, assistant(text('Acme.'))]);
});

test('thoughts that led to a call stay beside spliced text', () => {
  const spliced = { stagedRetry: { spliced: true } };
  const turn = assistant(thought('To call.'), called('1'), thought('To speak.'), text('Acme.', spliced));
  expect(cleaned(user, turn)).toEqual([user, assistant(thought('To call.'), called('1'), text('Acme.'))]);
});

test('thoughts of answers that were not accepted go, as many as were discarded', () => {
  const marked = { scripted: { itemId: '1' }, stagedRetry: { discardedReasoning: 2 } };
  const turn = assistant(thought('One.'), thought('Two.'), thought('Three.'), text('Acme.', marked));
  expect(cleaned(user, turn)).toEqual([
    user,
    assistant(thought('Three.'), text('Acme.', { scripted: { itemId: '1' } })),
  ]);
});

test('a thought that a live stream marked goes, and the others stay', () => {
  const turn = assistant(thought('One.', { stagedRetry: { spliced: true } }), thought('Two.'), text('Acme.'));
  expect(cleaned(user, turn)).toEqual([user, assistant(thought('Two.'), text('Acme.'))]);
});

test('lent calls that were shown go with their results, and a turn that is empty then says so between two of others', () => {
  const result = (toolCallId: string) =>
    ({ type: 'tool-result', toolCallId, toolName: 'pay', output: { type: 'text', value: 'ok' } }) as PromptPart;
  const prompt = [
    user,
    assistant(called('lent-1')),
    { role: 'tool', content: [result('lent-1')] } as Message,
    assistant(text('Acme.')),
    user,
    assistant(called('lent-2')),
    user,
  ];
  expect(cleaned(...prompt)).toEqual([user, assistant(text('Acme.')), user, assistant(text('(no answer)')), user]);
});

test('text that went out before the thoughts of the answer stands behind them', () => {
  const marked = { stagedRetry: { discardedReasoning: 1 } };
  const turn = assistant(thought('One.'), thought('Two.'), text('Wait.', marked), thought('Three.'), called('1'));
  expect(cleaned(user, turn)).toEqual([
    user,
    assistant(thought('Two.'), thought('Three.'), text('Wait.'), called('1')),
  ]);
});

test('a call under a name that no tool can have stays one if the caller has a tool of that name', () => {
  const prompt = [user, assistant({ ...called('1'), toolName: 'pay it' } as PromptPart)];
  const tool = (name: string) => ({ type: 'function', name, inputSchema: {} }) as const;
  expect(cleanPrompt(prompt, { model, tools: [tool('pay'), tool('pay it')] })).toEqual(prompt);
  expect(cleanPrompt(prompt, { model, tools: [tool('pay')] })).not.toEqual(prompt);
});
