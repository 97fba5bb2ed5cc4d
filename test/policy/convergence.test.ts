import { expect, test } from 'vitest';
import { repetitionIn } from '../../src/policy/convergence.ts';
import { failed, issue } from './history.ts';

test('one attempt alone makes progress', () => {
  expect(repetitionIn([])).toBeUndefined();
  expect(repetitionIn([failed('retry')])).toBeUndefined();
});

test('answers are compared as JSON values where they are JSON, else as trimmed texts', () => {
  const before = failed('retry', { text: '{"a":1.0,"b":[1,2]}' });
  expect(repetitionIn([before, failed('retry', { text: ' { "b": [1, 2], "a": 1 } ' })])).toMatchObject({
    type: 'answer',
  });
  expect(repetitionIn([before, failed('retry', { text: '{"a":1,"b":[2,1]}' })])).toBeUndefined();
  expect(repetitionIn([failed('retry', { text: 'No.' }), failed('retry', { text: 'No.\n' })])).toMatchObject({
    type: 'answer',
  });
});

test('empty answers, as tool calls have them, are told apart by their issues alone', () => {
  expect(repetitionIn([failed('retry', { text: '' }), failed('retry', { text: '' })])).toBeUndefined();
});

test('issues are the same by path, check and message, in any order', () => {
  const issues = [issue('Make it a number.', 'schema', ['total']), issue('Add up.')];
  const other = [issue('Make it a number.', 'schema', ['sum']), issue('Add up.')];
  const before = failed('retry', { issues });
  expect(repetitionIn([before, failed('retry', { issues: issues.toReversed() })])).toMatchObject({ type: 'issues' });
  expect(repetitionIn([before, failed('retry', { issues: other })])).toBeUndefined();
});
