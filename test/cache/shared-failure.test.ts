import { APICallError, InvalidArgumentError } from '@ai-sdk/provider';
import { expect, test } from 'vitest';
import { mayServeStale, sharedError, sharedFailure } from '../../src/cache/shared-failure.ts';
import {
  BudgetExceededError,
  CheckCrashedError,
  EscalationPendingError,
  ProviderFailedError,
  StagesExhaustedError,
} from '../../src/index.ts';

const history = [] as const;
const exhausted = new StagesExhaustedError({ history, reason: 'exhausted', bestAttempt: undefined });
const rejected = new StagesExhaustedError({ history, reason: 'rejected', bestAttempt: undefined });
const callFailed = (statusCode?: number, isRetryable = false) =>
  new APICallError({
    message: 'secret',
    url: 'https://secret.test',
    requestBodyValues: {},
    isRetryable,
    ...(statusCode === undefined ? {} : { statusCode }),
  });
const overBudget = new BudgetExceededError({ history, limit: 'usd' });
const own = [
  rejected,
  overBudget,
  new CheckCrashedError({ check: 'adds-up', cause: new Error('no') }),
  new EscalationPendingError({ escalation: { id: 'e' } as never }),
  new InvalidArgumentError({ argument: 'a', message: 'b' }),
];

test.each([
  ['no answer that passed', exhausted, { type: 'exhausted' }],
  ['a provider', callFailed(503, true), { type: 'provider', statusCode: 503, isRetryable: true }],
  ['a provider without a status', callFailed(), { type: 'provider', isRetryable: false }],
  [
    'a provider, after the run tried again',
    new ProviderFailedError({ history, cause: callFailed(429, true), retryAfterMs: 50 }),
    { type: 'provider', statusCode: 429, isRetryable: false, retryAfterMs: 50 },
  ],
  ['an error of any kind', new Error('secret'), { type: 'provider', isRetryable: false }],
  ['an error with no number for a status', { statusCode: '503' }, { type: 'provider', isRetryable: false }],
  ['nothing', undefined, { type: 'provider', isRetryable: false }],
  ['null', null, { type: 'provider', isRetryable: false }],
])('others share the failure of %s', (_, error, shared) => {
  expect(sharedFailure(error)).toEqual(shared);
});

test.each(own.map((error) => [error.name, error] as const))('%s is its own caller’s alone', (_, error) => {
  expect(sharedFailure(error)).toBeUndefined();
});

test('who waited for an answer that did not pass is told so', () => {
  const error = sharedError({ type: 'exhausted' });
  expect(StagesExhaustedError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({
    reason: 'exhausted',
    history: [],
    message: expect.stringMatching(/waited for failed: no answer passed the checks\. The error of that call says why/),
    cause: { message: 'The identical call that this one waited for failed: no answer passed the checks.' },
  });
});

test('who waited for a provider is told its status, and tries again where the SDK would have', () => {
  const final = sharedError({ type: 'provider', statusCode: 400, isRetryable: false, retryAfterMs: 50 });
  expect(ProviderFailedError.isInstance(final)).toBe(true);
  expect(final).toMatchObject({
    retryAfterMs: 50,
    message: expect.stringMatching(/\(status 400\)\. The error of that call says why/),
    cause: { message: 'The identical call that this one waited for failed (status 400).' },
  });
  const again = sharedError({ type: 'provider', statusCode: 503, isRetryable: true, retryAfterMs: 50 });
  expect(APICallError.isInstance(again)).toBe(true);
  expect(again).toMatchObject({
    isRetryable: true,
    statusCode: 503,
    responseHeaders: { 'retry-after-ms': '50' },
    message: 'The identical call that this one waited for failed (status 503).',
  });
  const plain = sharedError({ type: 'provider', isRetryable: true });
  expect(plain).toMatchObject({ message: 'The identical call that this one waited for failed.', url: '' });
  expect(plain).toMatchObject({ statusCode: undefined, responseHeaders: undefined });
});

test('an older answer is better than a failure, but not than what the caller must be told', () => {
  const left = AbortSignal.abort();
  for (const error of [exhausted, callFailed(503), overBudget]) {
    expect([mayServeStale(error, undefined), mayServeStale(error, new AbortController().signal)]).toEqual([true, true]);
    expect(mayServeStale(error, left)).toBe(false);
  }
  for (const error of own.filter((error) => error !== overBudget)) expect(mayServeStale(error, undefined)).toBe(false);
});
