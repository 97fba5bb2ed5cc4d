import { expect, test } from 'vitest';
import { repetitionIn } from '../../src/policy/convergence.ts';
import { failed, issue, passed } from './history.ts';

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

test('so are answers with the same text beside calls that were wrong', () => {
  const called = (message: string) => failed('retry', { text: 'One moment.', issues: [issue(message, 'tool-input')] });
  expect(repetitionIn([called('Add n.'), called('Make n a number.')])).toBeUndefined();
  expect(repetitionIn([called('Add n.'), failed('retry', { text: 'One moment.' })])).toBeUndefined();
  expect(repetitionIn([called('Add n.'), called('Add n.')])).toMatchObject({ type: 'issues' });
});

test('issues are the same by path, check and message, in any order', () => {
  const issues = [issue('Make it a number.', 'schema', ['total']), issue('Add up.')];
  const other = [issue('Make it a number.', 'schema', ['sum']), issue('Add up.')];
  const before = failed('retry', { issues });
  expect(repetitionIn([before, failed('retry', { issues: issues.toReversed() })])).toMatchObject({ type: 'issues' });
  expect(repetitionIn([before, failed('retry', { issues: other })])).toBeUndefined();
});

test('the answer that is repeated may be any before it, the issues only those of the one before', () => {
  const [first, second] = [failed('retry', { text: 'a' }), { ...failed('retry', { text: 'b' }), number: 2 }];
  const third = { ...failed('retry', { text: 'a' }), number: 3 };
  expect(repetitionIn([{ ...first, number: 1 }, second, third])).toEqual({ type: 'answer', attempt: 1 });
  expect(repetitionIn([{ ...third, number: 1 }, { ...third, number: 2 }, third])).toEqual({
    type: 'answer',
    attempt: 2,
  });
  const same = [issue('Add up.')];
  const before = { ...failed('retry', { issues: same }), number: 4 };
  expect(repetitionIn([before, failed('retry', { issues: same })])).toEqual({ type: 'issues', attempt: 4 });
});

test('the text of an aborted answer is compared with none, its issues are', () => {
  const [one, two] = [issue('one'), issue('two')];
  const whole = { ...failed('retry', { issues: [one, two] }), number: 1 };
  const aborted = (issues: readonly (typeof one)[]) => ({
    ...failed('retry', { issues }),
    number: 2,
    estimatedTokens: 3,
  });
  expect(repetitionIn([whole, { ...aborted([one]), text: whole.text }])).toBeUndefined();
  expect(repetitionIn([{ ...aborted([one]), text: whole.text }, whole])).toBeUndefined();
  expect(repetitionIn([aborted([one]), aborted([one])])).toEqual({ type: 'issues', attempt: 2 });
});

test('issues are told apart by their check too', () => {
  const [one, other] = [issue('Add up.'), { ...issue('Add up.'), check: 'other' }];
  expect(repetitionIn([failed('retry', { issues: [one] }), failed('retry', { issues: [other] })])).toBeUndefined();
});

test('an answer that passed has no issues to repeat', () => {
  expect(repetitionIn([{ ...passed('retry'), text: 'a' }, failed('retry')])).toBeUndefined();
});

test('answers that nest deeper than can be compared as values are compared as texts', () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const before = { ...failed('retry', { text: deep }), number: 1 };
  expect(repetitionIn([before, failed('retry', { text: `${deep}\n` })])).toEqual({ type: 'answer', attempt: 1 });
});
