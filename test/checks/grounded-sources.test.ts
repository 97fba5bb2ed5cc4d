import { describe, expect, test } from 'vitest';
import { grounded } from '../../src/checks/index.ts';
import type { CheckContext } from '../../src/index.ts';
import { runCheck } from '../../src/testing/index.ts';

type Prompt = CheckContext['params']['prompt'];
type ToolOutput = { readonly type: string } & Readonly<Record<string, unknown>>;

const words = 'The vendor is Zephyr.';
const bytes = new TextEncoder().encode(words);
const base64 = btoa(words);
const json = { vendor: 'Zephyr' };

const user = (content: unknown) => [{ role: 'user', content: [content] }] as unknown as Prompt;
const file = (data: unknown, mediaType = 'text/plain') => user({ type: 'file', data, mediaType });
const returned = (output: ToolOutput) =>
  [
    {
      role: 'tool',
      content: [{ type: 'tool-result', toolCallId: '1', toolName: 'lookup', output }],
    },
  ] as unknown as Prompt;
const item = (value: unknown) => returned({ type: 'content', value: [value] });

const read: readonly (readonly [string, Prompt])[] = [
  ['a system message', [{ role: 'system', content: words }]],
  ['a text', user({ type: 'text', text: words })],
  ['bytes', file(bytes)],
  ['tagged bytes', file({ type: 'data', data: bytes })],
  ['base64', file(base64)],
  ['tagged base64', file({ type: 'data', data: base64 })],
  ['an inline text', file({ type: 'text', text: words }, 'application/pdf')],
  ['a file whose type is given by its first word', file(base64, 'text')],
  ['a file of JSON', file(btoa(JSON.stringify(json)), 'application/json')],
  ['a file of a type that is JSON', file(btoa(JSON.stringify(json)), 'application/ld+json; charset=utf-8')],
  ['the text of a tool', returned({ type: 'text', value: words })],
  ['the JSON of a tool', returned({ type: 'json', value: json })],
  ['the error of a tool, as text', returned({ type: 'error-text', value: words })],
  ['the error of a tool, as JSON', returned({ type: 'error-json', value: json })],
  ['the reason a tool was not allowed', returned({ type: 'execution-denied', reason: words })],
  ['a text among the parts of a result', item({ type: 'text', text: words })],
  [
    'a file among the parts of a result',
    item({ type: 'file', data: { type: 'data', data: base64 }, mediaType: 'text/csv' }),
  ],
  ['a file of the older form', item({ type: 'file-data', data: base64, mediaType: 'text/csv' })],
  [
    'an inline text among the parts',
    item({ type: 'file', data: { type: 'text', text: words }, mediaType: 'text/plain' }),
  ],
];

const unread: readonly (readonly [string, Prompt])[] = [
  ['a file that is no text', file(bytes, 'image/png')],
  ['base64 that is none', file('Zephyr!')],
  ['a file elsewhere', file(new URL('https://files.test/Zephyr'))],
  ['a tagged file elsewhere', file({ type: 'url', url: new URL('https://files.test/Zephyr') })],
  ['a file without data', file(null)],
  ['what the model thought', user({ type: 'reasoning', text: words })],
  ['what the model asked a tool', user({ type: 'tool-call', toolCallId: '1', toolName: 'lookup', input: json })],
  ['a tool that was not allowed, for no reason', returned({ type: 'execution-denied' })],
  ['an image among the parts of a result', item({ type: 'image-data', data: base64, mediaType: 'image/png' })],
  ['a link among the parts of a result', item({ type: 'file-url', url: 'https://files.test/Zephyr' })],
];

async function isGrounded(prompt: Prompt): Promise<boolean> {
  const verdict = await runCheck(grounded(), '{"vendor":"Zephyr"}', { params: { prompt } });
  return verdict.type === 'pass';
}

describe('a value may rest on', () => {
  test.each(read)('%s', async (_, prompt) => {
    expect(await isGrounded(prompt)).toBe(true);
  });
});

describe('a value may not rest on', () => {
  test.each(unread)('%s', async (_, prompt) => {
    expect(await isGrounded(prompt)).toBe(false);
  });
});
