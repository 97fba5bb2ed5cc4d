import { expect, test } from 'vitest';
import { bestAttempt } from '../../src/policy/best-attempt.ts';
import { failed, history, issue, passed, providerFailed } from './history.ts';

const two = { issues: [issue('a'), issue('b')] };

test('the best attempt has the fewest issues', () => {
  expect(bestAttempt(history(failed('retry', two), failed('retry'), failed('tools', two)))?.number).toBe(2);
  expect(bestAttempt(history(failed('retry'), passed('human'), failed('human')))?.number).toBe(2);
});

test('of equals it is the latest', () => {
  expect(bestAttempt(history(failed('retry'), failed('tools')))?.number).toBe(2);
});

test('there is none where no answer came', () => {
  expect(bestAttempt(history(providerFailed('retry')))).toBeUndefined();
});

test('an answer that was cancelled early is none', () => {
  const aborted = { ...failed('retry'), estimatedTokens: 4 };
  expect(bestAttempt(history(failed('retry', two), aborted))?.number).toBe(1);
  expect(bestAttempt(history(aborted, failed('retry', two)))?.number).toBe(2);
  expect(bestAttempt(history(aborted, aborted))).toBeUndefined();
});
