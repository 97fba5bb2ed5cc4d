import { expect, test } from 'vitest';
import type { JsonObject } from '../../examples/practice-server/json.ts';
import { providerRules, type RuledProvider } from './provider-rules/index.ts';

/** What a Responses server gave: a thought, a search and a text it led to. */
const answered = {
  output: [
    { type: 'reasoning', id: 'rs_1' },
    { type: 'web_search_call', id: 'ws_1' },
    { type: 'message', id: 'msg_1' },
  ],
};

function broken(provider: RuledProvider, body: JsonObject, path = '/'): string[] {
  const issued = new Set(['rs_1', 'ws_1', 'msg_1']);
  return providerRules[provider]
    .filter((rule) => rule.broken({ body, path, issued, answers: [answered] }).length > 0)
    .map(({ says }) => says);
}

function references(...ids: readonly string[]): JsonObject {
  return { input: [{ role: 'user', content: 'Q' }, ...ids.map((id) => ({ type: 'item_reference', id }))] };
}

test.each([
  ['all three', references('rs_1', 'ws_1', 'msg_1'), []],
  ['a search without its thought', references('ws_1'), ["An item was provided without its required 'reasoning' item."]],
  ['a text without its thought', references('msg_1'), ["An item was provided without its required 'reasoning' item."]],
  [
    'a thought and its text with a question between',
    { input: [...[references('rs_1', 'ws_1').input].flat(), ...[references('msg_1').input].flat()] },
    ["An item was provided without its required 'reasoning' item."],
  ],
  ['the same text by itself', { input: [{ role: 'assistant', content: 'A' }] }, []],
  [
    'a thought alone',
    references('rs_1'),
    ["Item of type 'reasoning' was provided without its required following item."],
  ],
])('OpenAI wants what led to an item it keeps: %s', (_, body, says) => {
  expect(broken('openai-responses', body)).toEqual(says);
});

const prefilled = {
  messages: [
    { role: 'user', content: 'Q' },
    { role: 'assistant', content: '{' },
  ],
};
const noPrefill = 'This model does not support assistant message prefill.';

test.each([
  ['claude-3-7-sonnet-20250219', true],
  ['claude-sonnet-4-20250514', true],
  ['claude-opus-4-1-20250805', true],
  ['claude-sonnet-4-5', true],
  ['claude-haiku-4-5-20251001', true],
  ['claude-sonnet-4-6', false],
  ['claude-opus-4-10', false],
  ['claude-sonnet-5', false],
])('Claude models take the beginning of an answer up to 4.5: %s', (model, isTaken) => {
  const path = `/model/us.anthropic.${model}-v1:0/converse`;
  const said = [...broken('anthropic', { ...prefilled, model }), ...broken('bedrock', bedrockForm(prefilled), path)];
  expect(said.filter((says) => says.startsWith(noPrefill))).toHaveLength(isTaken ? 0 : 2);
});

function bedrockForm({ messages }: typeof prefilled): JsonObject {
  return { messages: messages.map(({ role, content }) => ({ role, content: [{ text: content }] })) };
}

test('Claude takes no beginning of an answer that ends in white space, and none while it thinks', () => {
  const model = 'claude-sonnet-4-5';
  const blank = { ...prefilled, model, messages: [prefilled.messages[0], { role: 'assistant', content: '{ ' }] };
  expect(broken('anthropic', blank)).toEqual(['final assistant content cannot end with trailing whitespace']);
  expect(broken('anthropic', { ...prefilled, model, thinking: { type: 'enabled' } })).toEqual([
    'Prefilling is not supported with extended thinking.',
  ]);
});

test('Perplexity knows neither tools nor calls', () => {
  const messages = [
    { role: 'user', content: 'Q' },
    { role: 'assistant', content: 'A', tool_calls: [{ id: 'c', function: { name: 'lookUp', arguments: '{}' } }] },
    { role: 'tool', tool_call_id: 'c', content: 'R' },
  ];
  expect(broken('perplexity', { messages, tools: [{ type: 'function', function: { name: 'lookUp' } }] })).toEqual([
    'Tool calling is not supported for this model',
    "At body -> messages -> role: Input should be 'system', 'user' or 'assistant'",
  ]);
});

test('every rule names where it is published', () => {
  const sources = Object.values(providerRules).flatMap((rules) => rules.map(({ source }) => source));
  expect(sources.filter((source) => !/^https:\/\/[^/]+\/.+/.test(source))).toEqual([]);
});
