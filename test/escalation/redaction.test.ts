import { expect, test } from 'vitest';
import { promptToJson, redactHistory, redactIssues } from '../../src/escalation/redaction.ts';
import type { Prompt } from '../../src/model/language-model.ts';
import { failed, history, passed, providerFailed } from '../policy/history.ts';

const stars = (text: string) => '*'.repeat(text.length);

function json(content: unknown): unknown {
  const [message] = promptToJson([{ role: 'user', content } as never] as Prompt, stars) as { content: unknown }[];
  return message?.content;
}

test('every text of a prompt is redacted, and the names around it stay', () => {
  expect(promptToJson([{ role: 'system', content: 'secret' }], stars)).toEqual([{ role: 'system', content: '******' }]);
  expect(
    json([
      { type: 'tool-call', toolCallId: 'c1', toolName: 'pay', input: { to: 'Bob', list: ['a', 1, true, null] } },
      { type: 'text', text: 'abc', providerOptions: { openai: { itemId: 'i' } } },
    ]),
  ).toEqual([
    { type: 'tool-call', toolCallId: 'c1', toolName: 'pay', input: { to: '***', list: ['*', 1, true, null] } },
    { type: 'text', text: '***' },
  ]);
});

test('a member that is only named like a structural one is redacted', () => {
  expect(json([{ type: { deep: 'abc' }, role: undefined }])).toEqual([{ type: { deep: '***' } }]);
});

test('what a tool is sent and what it answers is redacted whatever its names are', () => {
  const input = { type: 'card', role: 'x', data: 'abc', providerOptions: 'abc', list: [{ mediaType: 'a' }] };
  const redacted = { type: '****', role: '*', data: '***', providerOptions: '***', list: [{ mediaType: '*' }] };
  const result = { type: 'tool-result', toolCallId: 'c1', toolName: 'pay' };
  expect(
    json([
      { type: 'tool-call', toolCallId: 'c1', toolName: 'pay', input },
      { ...result, output: { type: 'json', value: input } },
      { ...result, output: { type: 'error-json', value: [input] } },
      { ...result, output: { type: 'content', value: [{ type: 'media', mediaType: 'image/png', data: 'aGk=' }] } },
    ]),
  ).toEqual([
    { type: 'tool-call', toolCallId: 'c1', toolName: 'pay', input: redacted },
    { ...result, output: { type: 'json', value: redacted } },
    { ...result, output: { type: 'error-json', value: [redacted] } },
    {
      ...result,
      output: { type: 'content', value: [{ type: 'media', mediaType: 'image/png', data: '[4 characters of base64]' }] },
    },
  ]);
});

test('of files only how large they are is kept', () => {
  const file = (data: unknown) => json([{ type: 'file', mediaType: 'image/png', data }]);
  const kept = (data: unknown) => [{ type: 'file', mediaType: 'image/png', data }];
  expect(file('aGk=')).toEqual(kept('[4 characters of base64]'));
  expect(file(new Uint8Array(3))).toEqual(kept('[3 bytes]'));
  expect(file(new Uint8Array(3).buffer)).toEqual(kept('[3 bytes]'));
  expect(file(new URL('https://a.test/b'))).toEqual(kept(stars('https://a.test/b')));
  expect(file(new URL('data:,secret'))).toEqual(kept(stars('[12 characters of a data URL]')));
  expect(file({ type: 'data', data: 'aGk=' })).toEqual(kept({ type: 'data', data: '[4 characters of base64]' }));
  expect(file(() => 1)).toEqual(kept(null));
});

test('issues are redacted in what they say, not in where they are', () => {
  const issue = { message: 'abc', path: ['total'], check: 'sum', kind: 'content' } as const;
  expect(redactIssues([issue, { ...issue, suggestion: 'ab' }], stars)).toEqual([
    { ...issue, message: '***' },
    { ...issue, message: '***', suggestion: '**' },
  ]);
});

test('a history is redacted in its issues alone', () => {
  const given = history(failed('retry'), passed('retry'), providerFailed('retry'));
  const [first, ...others] = redactHistory(given, stars);
  expect(others).toEqual(given.slice(1));
  expect(first).toMatchObject({
    text: expect.stringContaining('wrong'),
    verdict: { issues: [{ message: expect.stringMatching(/^\*+$/) }] },
  });
});
