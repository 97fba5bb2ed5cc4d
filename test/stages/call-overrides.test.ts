import { InvalidArgumentError } from '@ai-sdk/provider';
import { generateText } from 'ai';
import { describe, expect, test } from 'vitest';
import { check, fallback, lendTools, retry, type Stage, withStagedRetry } from '../../src/index.ts';
import type { CallOptions } from '../../src/model/language-model.ts';
import { calls, lookup, says } from '../fixtures.ts';

const never = check('never', (_, { attempt }) => `No (${attempt}).`);
const tools = { lookup: lookup() };

/** What each call of the stages was made with. */
async function callsOf(stages: readonly Stage[], other = says('c')): Promise<Partial<CallOptions>[]> {
  const model = says('a', 'b', calls('lookup', { query: 'x' }), 'd');
  await generateText({
    model: withStagedRetry(model, { checks: [never], stages }),
    prompt: 'Total?',
    temperature: 0.5,
    maxOutputTokens: 100,
    providerOptions: { scripted: { tier: 'flex', seed: 1 }, other: { x: 1 } },
  }).catch(() => {});
  return [...model.calls, ...other.calls].map(({ temperature, maxOutputTokens, reasoning, providerOptions }) => ({
    temperature,
    maxOutputTokens,
    reasoning,
    providerOptions,
  }));
}

const own = {
  temperature: 0.5,
  maxOutputTokens: 100,
  providerOptions: { scripted: { tier: 'flex', seed: 1 }, other: { x: 1 } },
};

test('retry overrides its re-asks, not the plain call', async () => {
  const providerOptions = { scripted: { tier: 'priority' } };
  const overrides = { temperature: 0, maxOutputTokens: 50, reasoning: 'high', providerOptions };
  expect(await callsOf([retry({ attempts: 2, ...overrides })])).toEqual([
    { ...own, reasoning: undefined },
    { ...overrides, providerOptions: { scripted: { tier: 'priority', seed: 1 }, other: { x: 1 } } },
  ]);
});

test('lendTools overrides every call of an attempt, the last included', async () => {
  const stages = [retry({ attempts: 2 }), lendTools({ attempts: 1, tools, temperature: 0 })];
  expect((await callsOf(stages)).map(({ temperature }) => temperature)).toEqual([0.5, 0.5, 0, 0]);
});

test('fallback overrides the calls to its model', async () => {
  const other = says('c');
  const stages = [retry({ attempts: 1 }), fallback({ model: other, attempts: 1, maxOutputTokens: 7 })];
  expect((await callsOf(stages, other)).map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([100, 7]);
});

describe('an override of the wrong type is refused, by name', () => {
  test.each([
    { temperature: 'hot' },
    { temperature: Number.NaN },
    { maxOutputTokens: 0 },
    { maxOutputTokens: 1.5 },
    { reasoning: 3 },
    { providerOptions: { openai: 'priority' } },
    { providerOptions: [] },
  ])('%j', (override) => {
    const [argument] = Object.keys(override);
    const names = expect.toSatisfy((error) => InvalidArgumentError.isInstance(error) && error.argument === argument);
    expect(() => retry({ attempts: 1, ...(override as object) })).toThrow(names);
    expect(() => lendTools({ attempts: 1, tools, ...(override as object) })).toThrow(names);
    expect(() => fallback({ attempts: 1, model: says(''), ...(override as object) })).toThrow(names);
  });
});
