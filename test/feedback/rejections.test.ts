import { describe, expect, test } from 'vitest';
import { assistantTurn } from '../../src/feedback/assistant-turn.ts';
import { rejectionMessages } from '../../src/feedback/rejection-messages.ts';
import type { ContentPart, LanguageModel } from '../../src/model/language-model.ts';
import type { Issue } from '../../src/trace/issue.ts';

const thought: ContentPart = { type: 'reasoning', text: 'Hm.' };
const known: ContentPart = { ...thought, providerMetadata: { openai: { itemId: 'rs_1' } } };
const text = (words: string, metadata?: object): ContentPart =>
  ({ type: 'text', text: words, ...(metadata && { providerMetadata: metadata }) }) as ContentPart;
const call = (toolCallId: string, toolName = 'pay'): ContentPart => ({
  type: 'tool-call',
  toolCallId,
  toolName,
  input: '{"a":1}',
});
const image: ContentPart = { type: 'file', data: { type: 'data', data: 'aGk=' }, mediaType: 'image/png' };
const signed: ContentPart = { ...image, providerMetadata: { google: { thoughtSignature: 's' } } };
const executed: ContentPart = { ...call('p', 'search'), providerExecuted: true } as ContentPart;
const found = (result: unknown, isError?: boolean) =>
  ({ type: 'tool-result', toolCallId: 'p', toolName: 'search', result, ...(isError && { isError }) }) as ContentPart;
const by = (provider: string, specificationVersion = 'v4') =>
  ({ provider, modelId: 'm', specificationVersion }) as LanguageModel;
const kinds = (parts: readonly { type: string }[]) => parts.map(({ type }) => type);

describe("a model's own turn", () => {
  test('has a result as text or JSON, and says which is an error', () => {
    const turn = assistantTurn([found('a'), found('b', true), found({ c: 1 }), found({ d: 1 }, true)]);
    expect(turn).toMatchObject([
      { output: { type: 'text', value: 'a' } },
      { output: { type: 'error-text', value: 'b' } },
      { output: { type: 'json', value: { c: 1 } } },
      { output: { type: 'error-json', value: { d: 1 } } },
    ]);
  });

  test('begins with empty thoughts for DeepSeek, if it called a tool without any', () => {
    const deepseek = by('deepseek.chat');
    expect(assistantTurn([call('1')], deepseek)[0]).toEqual({ type: 'reasoning', text: '' });
    expect(kinds(assistantTurn([thought, call('1')], deepseek))).toEqual(['reasoning', 'tool-call']);
    expect(kinds(assistantTurn([text('Acme.')], deepseek))).toEqual(['text']);
    expect(kinds(assistantTurn([call('1')], by('openai.responses')))).toEqual(['tool-call']);
    expect(kinds(assistantTurn([call('1')]))).toEqual(['tool-call']);
  });

  test('has nothing that Google executed, where its package of ai@6 loses the result', () => {
    const content = [executed, found('a'), text('Acme.')];
    expect(kinds(assistantTurn(content, by('google.generative-ai', 'v3')))).toEqual(['text']);
    expect(assistantTurn(content, by('google.generative-ai'))).toHaveLength(3);
    expect(assistantTurn(content, by('anthropic.messages', 'v3'))).toHaveLength(3);
  });

  test('does not end in thoughts that are known by an id', () => {
    expect(kinds(assistantTurn([known, text('Acme.'), known]))).toEqual(['reasoning', 'text']);
    expect(kinds(assistantTurn([text('Acme.'), thought]))).toEqual(['text', 'reasoning']);
  });

  test('has blank text only if it is signed', () => {
    const blank = assistantTurn([text(' '), text('', { google: { thoughtSignature: 's' } })]);
    expect(blank).toEqual([{ type: 'text', text: '', providerOptions: { google: { thoughtSignature: 's' } } }]);
  });
});

const write = (issues: readonly Issue[], about?: { toolCallId: string }) =>
  [...(about ? [about.toolCallId] : []), ...issues.map(({ message }) => message)].join(' ');
const issue = (message: string, toolCallId?: string) =>
  ({ message, path: [], check: 'c', ...(toolCallId && { toolCallId }) }) as unknown as Issue;
const rejected = (content: readonly ContentPart[], issues: readonly Issue[] = [issue('Wrong.')], more: object = {}) =>
  rejectionMessages({ content, text: 'Acme.', issues, ...more }, write, { isSendable: (name) => name === 'pay' });
const said = (messages: ReturnType<typeof rejected>) => {
  const [part] = messages.at(-1)?.content ?? [];
  return (part as { text: string }).text;
};

describe('a rejected answer', () => {
  test('with calls goes back without the items of a response that was aborted', () => {
    const content = [known, text('Acme.', { openai: { itemId: 'msg_1' } }), call('1')];
    const aborted = rejected(content, undefined, { isAborted: true });
    expect(kinds(aborted[0]?.content as [])).toEqual(['text', 'tool-call']);
    expect(JSON.stringify(aborted)).not.toContain('itemId":');
    expect(kinds(rejected(content)[0]?.content as [])).toEqual(['reasoning', 'text', 'tool-call']);
  });

  test('with a signed image goes back whole, unless it was aborted', () => {
    const content = [text('Acme.'), signed];
    expect(rejected(content)[0]?.content).toMatchObject([
      { text: 'Acme.' },
      { providerOptions: signed.providerMetadata },
    ]);
    expect(rejected(content, undefined, { isAborted: true })[0]?.content).toEqual([text('Acme.')]);
  });

  test('whose signature is on its text goes back as text', () => {
    const content = [text('Acme.', { google: { thoughtSignature: 's' } })];
    expect(rejected(content)[0]?.content).toEqual([text('Acme.')]);
  });

  test('with an image that nobody signed goes back with it', () => {
    expect(rejected([text('Acme.'), image])[0]?.content).toEqual([text('Acme.'), image]);
  });
});

describe('what is said of calls that cannot go back', () => {
  const none = (id: string) => call(id, 'no tool');

  test('names the one call that all of it is about', () => {
    expect(said(rejected([none('1'), none('2')], [issue('Wrong.', '2')]))).toBe('2 Wrong.');
  });

  test('tells of each call by its number, after what is about none', () => {
    const issues = [issue('Not it.'), issue('First.', '1'), issue('Second.', '2'), issue('Also.', '1')];
    expect(said(rejected([none('1'), none('2')], issues))).toBe(
      'Not it.\n\nAbout call 1: 1 First. Also.\n\nAbout call 2: 2 Second.',
    );
    expect(said(rejected([none('1')], issues.slice(0, 2)))).toBe('Not it.\n\nAbout call 1: 1 First.');
    expect(said(rejected([none('1'), none('2')], issues.slice(1, 3)))).toBe(
      'About call 1: 1 First.\n\nAbout call 2: 2 Second.',
    );
  });

  test('names no call if nothing is about one', () => {
    expect(said(rejected([none('1')]))).toBe('Wrong.');
  });
});

test('the result of a call tells its own issues and those of no call', () => {
  const [, results] = rejected([call('1'), call('2'), call('3')], [issue('All.'), issue('First.', '1')]);
  const values = ['1 All. First.', '2 All.', '3 All.'];
  expect(results?.content).toMatchObject(values.map((value) => ({ output: { type: 'error-text', value } })));
});
