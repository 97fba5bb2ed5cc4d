import { expect, test } from 'vitest';
import { makesNoProgress } from '../../src/policy/convergence.ts';
import { failed, issue } from './history.ts';

test('one attempt alone makes progress', () => {
  expect(makesNoProgress([])).toBe(false);
  expect(makesNoProgress([failed('retry')])).toBe(false);
});

test('answers are compared as JSON values where they are JSON, else as trimmed texts', () => {
  const before = failed('retry', { text: '{"a":1.0,"b":[1,2]}' });
  expect(makesNoProgress([before, failed('retry', { text: ' { "b": [1, 2], "a": 1 } ' })])).toBe(true);
  expect(makesNoProgress([before, failed('retry', { text: '{"a":1,"b":[2,1]}' })])).toBe(false);
  expect(makesNoProgress([failed('retry', { text: 'No.' }), failed('retry', { text: 'No.\n' })])).toBe(true);
});

test('empty answers, as tool calls have them, are told apart by their issues alone', () => {
  expect(makesNoProgress([failed('retry', { text: '' }), failed('retry', { text: '' })])).toBe(false);
});

test('issues are the same by path, check and message, in any order', () => {
  const issues = [issue('Make it a number.', 'schema', ['total']), issue('Add up.')];
  const other = [issue('Make it a number.', 'schema', ['sum']), issue('Add up.')];
  const before = failed('retry', { issues });
  expect(makesNoProgress([before, failed('retry', { issues: issues.toReversed() })])).toBe(true);
  expect(makesNoProgress([before, failed('retry', { issues: other })])).toBe(false);
});
