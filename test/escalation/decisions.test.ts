import { describe, expect, test } from 'vitest';
import { readDecision } from '../../src/escalation/read-decision.ts';
import type { Attempt } from '../../src/trace/history.ts';

const attempts = [
  { number: 1, text: 'a' },
  { number: 2, text: '' },
] as readonly Partial<Attempt>[] as readonly Attempt[];
const half = { number: 3, text: 'a', estimatedTokens: 1 };
const escalation = { attempts, proposal: 'a', stage: 'human', passesOnTo: 'lead' };

describe('a decision has its own members alone', () => {
  test.each([
    [{ type: 'approve', by: 'x', text: 'b' }, { type: 'approve' }],
    [
      { type: 'approve', attempt: 1, by: 'x' },
      { type: 'approve', attempt: 1 },
    ],
    [
      { type: 'edit', text: '', by: 'x' },
      { type: 'edit', text: '' },
    ],
    [
      { type: 'edit', text: 'b', force: false },
      { type: 'edit', text: 'b', force: false },
    ],
    [
      { type: 'retry', advice: 'Look.', at: 'x' },
      { type: 'retry', advice: 'Look.' },
    ],
    [{ type: 'reject', by: 'x' }, { type: 'reject' }],
    [
      { type: 'reject', reason: 'No.' },
      { type: 'reject', reason: 'No.' },
    ],
    [
      { type: 'escalate', reason: '' },
      { type: 'escalate', reason: '' },
    ],
  ])('%j', (given, expected) => {
    expect(readDecision(given, escalation)).toEqual(expected);
  });
});

describe('what is no decision is refused with what to do instead', () => {
  const none = 'A decision is of type approve, edit, retry, reject or escalate.';
  test.each<[unknown, string, object?]>([
    [undefined, none],
    [null, none],
    ['approve', none],
    [{ type: 'pass' }, none],
    [{ type: 'approve' }, 'There is no complete answer to approve; edit, retry or reject instead.', { attempts: [] }],
    [
      { type: 'approve' },
      'There is no complete answer to approve; edit, retry or reject instead.',
      { attempts: [half] },
    ],
    [
      { type: 'approve', attempt: 3 },
      'That attempt has no complete text to approve',
      { attempts: [...attempts, half] },
    ],
    [{ type: 'approve' }, 'The best attempt has no text to approve; name another, or edit instead.', { proposal: '' }],
    [{ type: 'approve', attempt: 3 }, 'There is no attempt of that number to approve.'],
    [{ type: 'approve', attempt: '1' }, 'There is no attempt of that number to approve.'],
    [{ type: 'approve', attempt: 2 }, 'That attempt has no complete text to approve; name another, or edit instead.'],
    [{ type: 'edit' }, 'An edit needs a text.'],
    [{ type: 'edit', text: 1 }, 'An edit needs a text.'],
    [{ type: 'edit', text: 'a', force: 'yes' }, 'force is true or false.'],
    [{ type: 'retry' }, 'A retry needs advice.'],
    [{ type: 'retry', advice: ' \n' }, 'A retry needs advice.'],
    [{ type: 'reject', reason: 1 }, 'A reason is a text.'],
    [{ type: 'escalate', reason: null }, 'A reason is a text.'],
  ])('%j: %s', (given, message, rest = {}) => {
    expect(() => readDecision(given, { ...escalation, ...rest })).toThrow(message);
  });

  test('the last person on the ladder has nobody to pass it on to', () => {
    const last = { ...escalation, passesOnTo: null };
    expect(() => readDecision({ type: 'escalate' }, last)).toThrow(
      'There is nobody to pass this on to: "human" is the last person on the ladder.',
    );
    expect(readDecision({ type: 'reject' }, last)).toEqual({ type: 'reject' });
  });
});
