import { InvalidArgumentError } from '@ai-sdk/provider';
import { expect, test } from 'vitest';
import { refuseBadBudget } from '../../src/policy/refuse-bad-budget.ts';
import { errorOf } from '../fixtures.ts';

test.each([{}, { attempts: 1 }, { usd: 0.01, elapsedMs: 1, totalTokens: undefined }])('%j is a budget', (budget) => {
  expect(() => refuseBadBudget(budget as never)).not.toThrow();
});

test.each([
  [null, 'budget must be { attempts, outputTokens, totalTokens, elapsedMs, usd }.'],
  ['1', 'budget must be { attempts, outputTokens, totalTokens, elapsedMs, usd }.'],
  [{ attempts: 0 }, 'budget.attempts must be a number above 0.'],
  [{ attempts: -1 }, 'budget.attempts must be a number above 0.'],
  [{ usd: '1' }, 'budget.usd must be a number above 0.'],
  [{ usd: null }, 'budget.usd must be a number above 0.'],
  [{ usd: Number.NaN }, 'budget.usd must be a number above 0.'],
])('%j is none, and the error says why', async (budget, message) => {
  const error = await errorOf(Promise.resolve().then(() => refuseBadBudget(budget as never)));
  expect(InvalidArgumentError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({ argument: 'budget', message });
});

test('the error names where the budget stands', () => {
  expect(() => refuseBadBudget({ usd: -1 }, 'stagedRetry.budget')).toThrow('stagedRetry.budget.usd must be');
  expect(() => refuseBadBudget({ dollars: 1 } as never, 'stagedRetry.budget')).toThrow('stagedRetry.budget.dollars');
});
