import { describe, expect, it } from 'vitest';
import { priceOf } from '../../src/limits/quote.ts';
import { refuseNoPrice, usdOf } from '../../src/trace/price.ts';
import { inputTotal, noUsage, outputTotal, type Usage } from '../../src/trace/usage.ts';

function usage(input: Partial<Usage['inputTokens']>, output: Partial<Usage['outputTokens']> = {}): Usage {
  return {
    inputTokens: { ...noUsage.inputTokens, ...input },
    outputTokens: { ...noUsage.outputTokens, ...output },
  };
}

const million = 1_000_000;

describe('what a usage costs', () => {
  it('is the tokens at their prices, in USD a million', () => {
    expect(usdOf(usage({ total: 2 * million }, { total: million / 2 }), { input: 1, output: 8 })).toBe(6);
  });

  it('tells cached, written and reasoning tokens from the others', () => {
    const given = usage(
      { total: 10 * million, cacheRead: 6 * million, cacheWrite: million },
      { total: 3 * million, reasoning: million },
    );
    const price = { input: 10, output: 100, cachedInput: 1, cacheWrite: 12, reasoning: 50 };
    expect(usdOf(given, price)).toBe(3 * 10 + 6 * 1 + 1 * 12 + 2 * 100 + 1 * 50);
  });

  it('is told by the parts where a provider reports no total', () => {
    const given = usage({ noCache: million, cacheRead: million }, { text: million, reasoning: million });
    expect(usdOf(given, { input: 2, output: 4, cachedInput: 1 })).toBe(2 + 1 + 8);
    expect([inputTotal(given), outputTotal(given)]).toEqual([2 * million, 2 * million]);
  });

  it.each([Number.NaN, -5, Number.POSITIVE_INFINITY])('takes %s for no report', (total) => {
    expect(inputTotal(usage({ total }))).toBeUndefined();
    expect(outputTotal(usage({}, { total, text: 3 }))).toBe(3);
    expect(usdOf(usage({ total }, { total }), { input: 1, output: 1 })).toBe(0);
  });

  it('is never below zero, even if the parts exceed the total', () => {
    expect(
      usdOf(usage({ total: 1, cacheRead: million }, { total: 1, reasoning: million }), {
        input: 5,
        output: 5,
        cachedInput: 0,
        reasoning: 0,
      }),
    ).toBe(0);
  });
});

describe('a price', () => {
  it('is one for every model, or each its own', () => {
    const small = { input: 1, output: 2 };
    expect(priceOf(small, { provider: 'openai', model: 'gpt-5' })).toBe(small);
    expect(
      priceOf(({ model }) => (model === 'gpt-5-mini' ? small : { input: 9, output: 9 }), {
        provider: 'openai',
        model: 'gpt-5-mini',
      }),
    ).toBe(small);
  });

  it('names the model that has none', () => {
    const pricing = () => undefined as never;
    expect(() => priceOf(pricing, { provider: 'openai', model: 'gpt-6' })).toThrow('"gpt-6" of "openai"');
  });

  it.each([
    undefined,
    null,
    5,
    'cheap',
    {},
    { input: 1 },
    { input: 1, output: -1 },
    { input: 1, output: Number.NaN },
    { input: 1, output: 1, cachedInput: '1' },
  ])('is not %j', (pricing) => {
    expect(() => refuseNoPrice(pricing as never)).toThrow('price must be');
  });
});
